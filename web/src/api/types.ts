import type { components } from './generated';

/*
 * Short names for the types generated from the OpenAPI document, so that a changed answer stops the build where it is used.
 * Money and quantities are decimal strings, dates YYYY-MM-DD, instants ISO 8601.
 */

type Schemas = components['schemas'];

export interface PageMeta {
  /** There are more than `total`. */
  capped?: boolean | undefined;
  total: number;
  page: number;
  limit: number;
}

/** Access. */
export type Me = Schemas['Me'];
export type Branch = Me['branches'][number];
export type UserPage = Schemas['UserPage'];
export type UserRow = Schemas['User'];
export type CreateUser = Schemas['CreateUser'];
export type UpdateUser = Schemas['UpdateUser'];
export type RolePage = Schemas['RolePage'];
export type BranchPage = Schemas['BranchPage'];
export type AuditPage = Schemas['AuditLogPage'];
export type AuditRow = AuditPage['data'][number];
export type AuditChain = Schemas['AuditChain'];
export type AuditVerification = Schemas['AuditVerification'];
export type AuditAction = AuditRow['action'];

/** Catalogue. */
export type HubAnswer = Schemas['Hub'];
export type DrugSearchAnswer = Schemas['DrugSearchResult'];
export type DrugHit = Schemas['DrugSearchHit'];
export type MatchKind = NonNullable<DrugHit['match']['kind']>;
export type DrugDetail = Schemas['Drug'];
export type CreateDrug = Schemas['CreateDrug'];
export type UpdateDrug = Schemas['UpdateDrug'];
export type DrugIngredient = DrugDetail['ingredients'][number];
export type IngredientAmount = DrugHit['ingredients'][number];
export type DrugEquivalents = Schemas['DrugEquivalents'];
export type DrugEquivalent = DrugEquivalents['data'][number];
export type DrugAlternatives = Schemas['DrugAlternatives'];
export type DrugAlternative = DrugAlternatives['data'][number];
export type DrugRules = Schemas['DrugRules'];
export type DrugPriceHistory = Schemas['DrugPriceHistory'];
export type PricePeriod = DrugPriceHistory['data'][number];
export type BarcodeAnswer = Schemas['DrugByBarcode'];
export type Ingredient = Schemas['Ingredient'];
export type IngredientPage = Schemas['IngredientPage'];
export type CreateIngredient = Schemas['CreateIngredient'];
export type MergeIngredient = Schemas['MergeIngredient'];
export type MergeResult = Schemas['IngredientMergeResult'];
export type IngredientWorklist = Schemas['IngredientWorklist'];
export type IngredientDecisions = Schemas['IngredientLinks'];
export type LinkText = Schemas['LinkIngredientText'];
export type LinkResult = Schemas['IngredientLinkResult'];
export type LinkUndone = Schemas['IngredientLinkUndone'];
export type IngredientGroupPage = Schemas['IngredientGroupPage'];

/** What every list of the catalogue answers at least. */
export type NamedPage = Pick<Schemas['CompanyPage'], 'data' | 'meta'>;

/** Dosage forms and routes, which have Arabic names. */
export type LocalNamedPage = Schemas['DosageFormPage'];

/** An ingredient or a group of them, as both lists answer. */
export type NamedEntry = Pick<Schemas['Ingredient'], 'id' | 'name' | 'nameAr'>;

/** Imports of catalogues. */
export type ReleasePage = Schemas['ReleasePage'];
export type Release = ReleasePage['data'][number];
export type ReleaseStatus = Release['status'];
export type ReleaseReport = Schemas['ReleaseReport'];
export type ReleaseRejectPage = Schemas['ReleaseRejectPage'];
export type ReleaseReject = ReleaseRejectPage['data'][number];
export type ReleaseChangePage = Schemas['ReleaseChangePage'];
export type ReleaseChange = ReleaseChangePage['data'][number];
export type ChangeKind = ReleaseChange['kinds'][number];
export type ClinicalImpact = NonNullable<ReleaseReport['impact']>;
export type ReleaseStarted = Schemas['ReleaseStarted'];
export type RuleReleasePage = Schemas['RuleReleasePage'];
export type RuleReleaseRow = RuleReleasePage['data'][number];
export type RuleRelease = Schemas['RuleRelease'];
export type RuleKind = RuleRelease['ruleKind'];
export type RuleChangePage = Schemas['RuleReleaseChangePage'];
export type RuleChange = RuleChangePage['data'][number];
export type RuleReleasePreview = Schemas['RuleReleasePreview'];
export type ImportSourceList = Schemas['ImportSourceList'];
export type ImportSource = ImportSourceList['data'][number];

/** People. */
export type Patient = Schemas['Patient'];
export type PatientDetail = Schemas['PatientDetail'];
export type PatientDuplicates = Schemas['PatientDuplicateList'];
export type PatientDuplicate = PatientDuplicates['data'][number];
export type PatientMergePage = Schemas['PatientMergePage'];
export type PatientMerge = Schemas['PatientMerge'];
export type MergePatient = Schemas['MergePatient'];
export type PatientConsentPage = Schemas['PatientConsentPage'];
export type PatientConsent = Schemas['PatientConsent'];
export type RecordConsent = Schemas['RecordConsent'];
export type PatientViewsPage = Schemas['PatientViewsPage'];
export type PatientTimelinePage = Schemas['PatientTimelinePage'];
export type TimelineEvent = PatientTimelinePage['data'][number];
export type PatientAdherence = Schemas['PatientAdherence'];
export type ProductAdherence = PatientAdherence['products'][number];
export type PatientExport = Schemas['PatientExport'];
export type RefillsDuePage = Schemas['RefillsDuePage'];
export type RefillDue = RefillsDuePage['data'][number];
export type CreatePrescriber = Schemas['CreatePrescriber'];
export type UpdatePrescriber = Schemas['UpdatePrescriber'];
export type PatientPage = Schemas['PatientPage'];
export type CreatePatient = Schemas['CreatePatient'];
export type UpdatePatient = Schemas['UpdatePatient'];
export type AllergyStatus = Patient['allergyStatus'];
export type Sex = Patient['sex'];
export type PatientAllergy = Schemas['PatientAllergy'];
export type PatientAllergyList = Schemas['PatientAllergyList'];
export type CreateAllergy = Schemas['CreatePatientAllergy'];
export type ReactionSeverity = PatientAllergy['severity'];
export type PatientCondition = Schemas['PatientCondition'];
export type PatientConditionList = Schemas['PatientConditionList'];
export type CreateCondition = Schemas['CreatePatientCondition'];
export type Prescriber = Schemas['Prescriber'];
export type PrescriberPage = Schemas['PrescriberPage'];

/** Screening. */
export type ScreeningAnswer = Schemas['ClinicalCheckResult'];
export type ClinicalCheck = Schemas['ClinicalCheck'];
export type AlternativesQuestion = Schemas['ClinicalAlternativesQuery'];
export type AlternativesAnswer = Schemas['ClinicalAlternatives'];
export type Alternative = AlternativesAnswer['data'][number];
export type PrescriptionAlert = Schemas['PrescriptionDetail']['alerts'][number];

/** What every finding has, whether kept with a prescription or not. */
export type ScreeningAlert = Pick<
  PrescriptionAlert,
  | 'kind'
  | 'severity'
  | 'subjects'
  | 'message'
  | 'management'
  | 'source'
  | 'ruleCode'
  | 'ruleVersion'
  | 'stops'
>;

/** A finding kept with a patient, which an override names. */
export type KeptAlert = Schemas['FilledPrescription']['alerts'][number];
export type RememberedOverride = Schemas['FilledPrescription']['rememberedOverrides'][number];
export type GivenOverride = NonNullable<FillRequest['overrides']>[number];
export type StepUpConfirmation = Schemas['StepUpConfirmation'];
export type AlertSeverity = PrescriptionAlert['severity'];
export type ClinicalSubject = PrescriptionAlert['subjects'][number];
export type NotChecked = Schemas['PrescriptionDetail']['notChecked'][number];

/** Clinical rules. */
export type RulePreview = Schemas['RulePreview'];

/** Reports. */
export type OverridesReport = Schemas['OverridesReport'];

/** Prescriptions. */
export type PrescriptionRow = Schemas['PrescriptionRow'];
export type PrescriptionPage = Schemas['PrescriptionPage'];
export type Paper = Schemas['PrescriptionDocument'];
export type PaperPage = Schemas['PrescriptionDocumentPage'];
export type PrescriptionDetail = Schemas['PrescriptionDetail'];
export type WorkBoard = Schemas['WorkBoard'];
export type BoardColumn = WorkBoard['columns'][number];
export type BoardColumnId = BoardColumn['column'];
export type BoardCard = Schemas['BoardCard'];
export type TakenCard = Schemas['TakenCard'];
export type WorkLease = Schemas['WorkLease'];
export type WorkLeases = Schemas['WorkLeases'];
export type PrescriptionStatus = PrescriptionRow['status'];
export type PrescriptionEvent = PrescriptionDetail['history'][number];
export type CreatePrescription = Schemas['CreatePrescription'];
export type ParseSig = Schemas['ParseSig'];
export type LabelTemplate = Schemas['LabelTemplate'];
export type UpdateLabelTemplate = Schemas['UpdateLabelTemplate'];
export type SigReading = Schemas['SigReading'];
export type FillRequest = Schemas['FillPrescription'];
export type OverrideReason = GivenOverride['reason'];
export type Fill = Schemas['Fill'];
export type FilledPrescription = Schemas['FilledPrescription'];
export type FillStatus = Fill['status'];
export type FillLot = Fill['lots'][number];

/** Stations. */
export type FillStation = Schemas['FillStation'];
export type FillScanned = Schemas['FillScanned'];
export type ScanFill = Schemas['ScanFill'];
export type BypassScan = Schemas['BypassScan'];
export type ChooseLot = Schemas['ChooseLot'];
export type DispenseFill = Schemas['DispenseFill'];
export type WillCallPage = Schemas['WillCallPage'];
export type WillCallRow = WillCallPage['data'][number];
export type OwedFillsPage = Schemas['OwedFillsPage'];
export type OwedFill = Schemas['OwedFill'];

/** Insurance. */
export type Payer = Schemas['Payer'];
export type PayerPage = Schemas['PayerPage'];
export type CreatePayer = Schemas['CreatePayer'];
export type PayerPlan = Schemas['PayerPlan'];
export type PayerPlanList = Schemas['PayerPlanList'];
export type CreatePlan = Schemas['CreatePayerPlan'];
export type CoverageRule = Schemas['CoverageRule'];
export type CoverageRulePage = Schemas['CoverageRulePage'];
export type CreateRule = Schemas['CreateCoverageRule'];
export type UpdateRule = Schemas['UpdateCoverageRule'];
export type Claim = Schemas['Claim'];
export type ClaimPage = Schemas['ClaimPage'];
export type ClaimDetail = Schemas['ClaimDetail'];
export type FillClaims = Schemas['FillClaims'];
export type ClaimsEstimate = Schemas['ClaimsEstimate'];
export type ClaimBatch = Schemas['ClaimBatch'];
export type ClaimBatchPage = Schemas['ClaimBatchPage'];
export type Cover = Schemas['PatientInsurance'];
export type Authorisation = Schemas['PriorAuthorisation'];
export type AuthorisationList = Schemas['PriorAuthorisationList'];
export type CreateAuthorisation = Schemas['CreatePriorAuthorisation'];
export type UpdateAuthorisation = Schemas['UpdatePriorAuthorisation'];
export type CoverList = Schemas['PatientInsuranceList'];
export type CreateCover = Schemas['CreatePatientInsurance'];

/** Stock. */
export type Lot = Schemas['Lot'];
export type LotPage = Schemas['LotPage'];
export type LotStatus = Lot['status'];
export type MovementPage = Schemas['StockMovementPage'];
export type Movement = Schemas['StockMovement'];
export type ReceiveRequest = Schemas['ReceiveGoods'];
export type AdjustRequest = Schemas['AdjustLot'];
export type LotAdjusted = Schemas['LotAdjusted'];
export type Correction = Schemas['Adjustment'];
export type CorrectionPage = Schemas['AdjustmentPage'];
export type StockPolicy = Schemas['StockPolicy'];
export type UpdateStockPolicy = Schemas['UpdateStockPolicy'];
export type CountPlanPage = Schemas['CountCyclePlanPage'];

export type ReportStop = Schemas['ReportStop'];

/** Bins of what waits to be picked up. */
export type Bin = Schemas['WillCallBin'];
export type BinList = Schemas['WillCallBins'];
export type StockCount = Schemas['StockCount'];
export type StockCountPage = Schemas['StockCountPage'];
export type StockCountWithLines = Schemas['StockCountWithLines'];
export type CountLine = StockCountWithLines['page']['data'][number];
export type StartStockCount = Schemas['StartStockCount'];
export type EnterStockCounts = Schemas['EnterStockCounts'];
export type StockCountsEntered = Schemas['StockCountsEntered'];

/** Transfers between branches. */
export type TransferPage = Schemas['StockTransferPage'];
export type TransferHead = TransferPage['data'][number];
export type Transfer = Schemas['StockTransfer'];
export type TransitLot = Transfer['lots'][number];
export type Discrepancy = Transfer['discrepancies'][number];
export type TransferBranches = Schemas['TransferBranches'];
export type CreateTransfer = Schemas['CreateStockTransfer'];
export type IssueTransfer = Schemas['IssueStockTransfer'];
export type ReceiveTransfer = Schemas['ReceiveStockTransfer'];
export type ResolveDiscrepancy = Schemas['ResolveStockDiscrepancy'];

/** Recalls. */
export type RecallPage = Schemas['RecallPage'];
export type RecallHead = RecallPage['data'][number];
export type Recall = Schemas['Recall'];
export type RecallContacts = Schemas['RecallContacts'];
export type OpenRecall = Schemas['OpenRecall'];
export type InTransitPage = Schemas['InTransitPage'];

/** Packs by serial, and what is told of them. */
export type PackFound = Schemas['PackFound'];
export type PackLife = Schemas['PackLife'];
export type TraceStatus = Schemas['TraceStatus'];
export type TracePolicy = Schemas['TracePolicy'];
export type SaveTracePolicy = Schemas['SaveTracePolicy'];
export type TraceEventPage = Schemas['TraceEventPage'];
export type TraceEvent = Schemas['TraceEvent'];
export type TraceBatch = Schemas['TraceBatch'];
export type TraceBatchPage = Schemas['TraceBatchPage'];

/** What suppliers charge and take back. */
export type SupplierInvoice = Schemas['SupplierInvoiceDetail'];
export type SupplierInvoicePage = Schemas['SupplierInvoicePage'];
export type SupplierInvoiceRow = Schemas['SupplierInvoice'];
export type SupplierInvoiceProposal = Schemas['SupplierInvoiceProposal'];
export type EnterSupplierInvoice = Schemas['EnterSupplierInvoice'];
export type Payables = Schemas['Payables'];
export type SupplierReturn = Schemas['SupplierReturnDetail'];
export type SupplierReturnPage = Schemas['SupplierReturnPage'];
export type SupplierReturnRow = Schemas['SupplierReturn'];
export type CreateSupplierReturn = Schemas['CreateSupplierReturn'];
export type CreditSupplierReturn = Schemas['CreditSupplierReturn'];
export type ReturnDeadlines = Schemas['SupplierReturnDeadlines'];

/** Reports of stock. */
export type StockAsOf = Schemas['StockAsOf'];
export type StockMonths = Schemas['StockMonths'];
export type StockValuation = Schemas['StockValuation'];
export type ExpiryReport = Schemas['ExpiryReport'];

/** Controlled medicines: the register, two people, sign-offs. */
export type RegisterPage = Schemas['ControlledRegisterPage'];
export type RegisterEntry = Schemas['ControlledRegisterEntry'];
export type CountSheet = Schemas['ControlledCountSheet'];
export type DrugToCount = CountSheet['drugs'][number];
export type ControlledCounted = Schemas['ControlledCounted'];
export type SignOffDay = Schemas['SignOffDay'];
export type SignOff = Schemas['ControlledSignOff'];
export type SignOffPage = Schemas['ControlledSignOffPage'];
export type ControlledMaximum = Schemas['ControlledMaximum'];
export type ControlledMaximumPage = Schemas['ControlledMaximumPage'];
export type SetControlledMaximum = Schemas['SetControlledMaximum'];
export type DestroyRequest = Schemas['DestroyLot'];
export type DestructionPage = Schemas['DestructionPage'];
export type Destruction = Schemas['Destruction'];
export type WitnessSigned = Schemas['WitnessSigned'];
export type PartialReason = NonNullable<Schemas['FillPrescription']['partialReason']>;
export type ControlledStanding = Schemas['ControlledStanding'];

/** Compounding. */
export type CompoundFormula = Schemas['CompoundFormula'];
export type FormulaPage = Schemas['CompoundFormulaPage'];
export type FormulaSummary = Schemas['CompoundFormulaSummary'];
export type CreateFormula = Schemas['CreateCompoundFormula'];
export type UpdateFormula = Schemas['UpdateCompoundFormula'];
export type DraftFormula = Schemas['DraftCompoundFormula'];
export type BeyondUseLimits = Schemas['BeyondUseLimits'];
export type CompoundCosting = Schemas['CompoundCosting'];
export type DraftCosting = Schemas['DraftCompoundCosting'];
export type CompoundBatch = Schemas['CompoundBatch'];
export type BatchSummary = Schemas['CompoundBatchSummary'];
export type BatchPage = Schemas['CompoundBatchPage'];
export type BatchItem = CompoundBatch['items'][number];
export type BatchReleased = Schemas['CompoundBatchReleased'];
export type StartBatch = Schemas['StartCompoundBatch'];
export type ScanItem = Schemas['ScanCompoundItem'];
export type ItemScanned = Schemas['CompoundItemScanned'];
export type WeighItem = Schemas['WeighCompoundItem'];
export type MakeBatch = Schemas['MakeCompoundBatch'];
export type ReleaseBatch = Schemas['ReleaseCompoundBatch'];
export type DiscardBatch = Schemas['DiscardCompoundBatch'];

/** Near misses. */
export type NearMiss = Schemas['NearMiss'];
export type NearMissPage = Schemas['NearMissPage'];
export type NearMissReport = Schemas['NearMissReport'];
export type ReportNearMiss = Schemas['ReportNearMiss'];

/** A branch with all it chooses. */
export type BranchSettings = Schemas['Branch'];
export type UpdateBranch = Schemas['UpdateBranch'];

export type * from './procurement-types';
export type * from './till-types';
