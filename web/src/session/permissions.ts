/** Permissions the interface asks about; the server's catalogue is larger and is what decides. */
export type Permission =
  | 'ReadDrug'
  | 'ManageDrugCatalog'
  | 'ManageClinicalRules'
  | 'ReadReports'
  | 'ReadPatient'
  | 'WritePatient'
  | 'ReadPrescription'
  | 'WritePrescription'
  | 'DispensePrescription'
  | 'OverrideClinicalAlert'
  | 'ReadInventory'
  | 'WriteInventory'
  | 'Sell'
  | 'Refund'
  | 'ManageUsers'
  | 'ManageRoles'
  | 'ReadAuditLog';
