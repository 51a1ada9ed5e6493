/** Every right there is, with what it allows. Roles are sets of these; handlers name them with @RequirePermission. */
export const PERMISSIONS = {
  ReadDrug: 'Search and read the drug catalogue and clinical rules; run a clinical check',
  ManageDrugCatalog: 'Create and change drugs and catalogue lists, import catalogues',
  ManageClinicalRules: 'Create and change clinical rules',
  ReadPatient: 'Find and read patients and prescribers',
  WritePatient: 'Create and change patients, their allergies, conditions and insurance',
  MergePatients: 'Merge two records of one patient, and undo it',
  ExportPatient: 'Hand out everything held about one patient',
  ReadPrescription: 'Read prescriptions, fills and labels',
  WritePrescription: 'Enter, hold, release, transfer and cancel prescriptions; keep the prescriber register',
  DispensePrescription: 'Fill and dispense prescriptions',
  VerifyPrescription:
    'Review prescriptions before they are filled and verify fills: a pharmacist’s signature',
  Compound: 'Compound preparations: weigh, make and discard batches',
  BypassScan: 'Go on without a scan that the branch asks for, with a reason',
  ReportNearMiss: 'Report an error that was caught in time',
  OverrideClinicalAlert: 'Go on in spite of a clinical alert, with a reason',
  ReadInventory: 'Read lots, movements and stock alerts',
  WriteInventory: 'Receive, adjust, quarantine, release and destroy stock',
  CountStock: 'Count stock without being told what is expected',
  ApproveStock: 'Approve counts and corrections of stock, and settle what was lost on the way',
  ManageRecalls: 'Call back lots, and close or withdraw a recall',
  WitnessStock: 'Sign as the second person for receipt and destruction of controlled medicines',
  SignOffControlled: 'Count controlled medicines and sign the day off',
  Sell: 'Open a till shift, sell, print receipts',
  Refund: 'Take back and void sales',
  ManageAccounts: 'Give customers credit, block their accounts, put entries right, set what points are worth',
  ReadProcurement: 'Read suppliers and purchase orders',
  WriteProcurement: 'Write suppliers and purchase orders',
  ApprovePurchaseOrder: 'Approve purchase orders',
  ReadClaims: 'Read payers and claims',
  WriteClaims: 'Write payers and claims',
  ReadReports: 'Read reports',
  ReadAuditLog: 'Read the audit trail',
  ManageUsers: 'Create, change and disable users',
  ManageRoles: 'Create and change roles',
  ManageBranches: 'Create and change branches',
} as const;

export type Permission = keyof typeof PERMISSIONS;

const READ: readonly Permission[] = ['ReadDrug', 'ReadPatient', 'ReadPrescription', 'ReadInventory'];

/** The roles a new installation starts with. */
export const SEEDED_ROLES: Readonly<
  Record<string, { description: string; permissions: readonly Permission[] }>
> = {
  administrator: {
    description: 'Runs the installation: users, roles, branches, catalogue, and all daily work',
    permissions: Object.keys(PERMISSIONS) as Permission[],
  },
  pharmacist: {
    description: 'Responsible for what is dispensed: overrides alerts, keeps clinical rules',
    permissions: [
      ...READ,
      'ManageClinicalRules',
      'WritePatient',
      'MergePatients',
      'WritePrescription',
      'DispensePrescription',
      'VerifyPrescription',
      'Compound',
      'BypassScan',
      'ReportNearMiss',
      'OverrideClinicalAlert',
      'WriteInventory',
      'CountStock',
      'ApproveStock',
      'ManageRecalls',
      'WitnessStock',
      'SignOffControlled',
      'Sell',
      'Refund',
      'ManageAccounts',
      'ReadProcurement',
      'WriteProcurement',
      'ReadClaims',
      'WriteClaims',
      'ReadReports',
    ],
  },
  technician: {
    description: 'Enters and fills prescriptions; a pharmacist overrides and verifies',
    permissions: [
      ...READ,
      'WritePatient',
      'WritePrescription',
      'DispensePrescription',
      'Compound',
      'ReportNearMiss',
      'CountStock',
      'WitnessStock',
      'Sell',
      'ReadClaims',
    ],
  },
  cashier: {
    description: 'Sells at the till',
    permissions: ['ReadDrug', 'ReadPatient', 'ReadPrescription', 'ReportNearMiss', 'Sell'],
  },
  'inventory clerk': {
    description: 'Receives and counts stock, orders from suppliers',
    permissions: [
      'ReadDrug',
      'ReadInventory',
      'WriteInventory',
      'CountStock',
      'WitnessStock',
      'ReportNearMiss',
      'ReadProcurement',
      'WriteProcurement',
    ],
  },
  auditor: {
    description: 'Reads everything, changes nothing',
    permissions: [...READ, 'ReadProcurement', 'ReadClaims', 'ReadReports', 'ReadAuditLog'],
  },
};
