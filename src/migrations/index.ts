import { CreateSchemas1763800000001 } from './1763800000001-create-schemas.js';
import { ReferenceCatalogue1763800000002 } from './1763800000002-reference-catalogue.js';
import { ReferenceClinical1763800000003 } from './1763800000003-reference-clinical.js';
import { Access1763800000004 } from './1763800000004-access.js';
import { Audit1763800000005 } from './1763800000005-audit.js';
import { People1763800000006 } from './1763800000006-people.js';
import { Prescriptions1763800000007 } from './1763800000007-prescriptions.js';
import { Procurement1763800000008 } from './1763800000008-procurement.js';
import { Sales1763800000009 } from './1763800000009-sales.js';
import { Inventory1763800000010 } from './1763800000010-inventory.js';
import { SaleIntegrity1763800000011 } from './1763800000011-sale-integrity.js';
import { Rights1763800000012 } from './1763800000012-rights.js';
import { Views1763800000013 } from './1763800000013-views.js';
import { CatalogueModel1763800000014 } from './1763800000014-catalogue-model.js';
import { SearchFeed1763800000015 } from './1763800000015-search-feed.js';
import { ImportReleases1763800000016 } from './1763800000016-import-releases.js';
import { LegacyMove1763800000017 } from './1763800000017-legacy-move.js';
import { ImportSpeed1795000000000 } from './1795000000000-import-speed.js';
import { RuleFeed1796000000001 } from './1796000000001-rule-feed.js';
import { RulesInFull1796000000002 } from './1796000000002-rules-in-full.js';
import { Screenings1796000000003 } from './1796000000003-screenings.js';
import { CdsHooks1797000000000 } from './1797000000000-cds-hooks.js';
import { RuleSets1798000000000 } from './1798000000000-rule-sets.js';
import { PatientState1798000000010 } from './1798000000010-patient-state.js';
import { EarlyRefill1798000000011 } from './1798000000011-early-refill.js';
import { SaleScreening1798000000012 } from './1798000000012-sale-screening.js';
import { EntryScreenings1798000000013 } from './1798000000013-entry-screenings.js';
import { AuditOnce1798000000014 } from './1798000000014-audit-once.js';
import { Fhir1798000000030 } from './1798000000030-fhir.js';
import { FhirLinks1798000000031 } from './1798000000031-fhir-links.js';
import { FhirMerged1798000000032 } from './1798000000032-fhir-merged.js';
import { DispensingSteps1798000000040 } from './1798000000040-dispensing-steps.js';
import { OwedFills1798000000041 } from './1798000000041-owed-fills.js';
import { Substitution1798000000042 } from './1798000000042-substitution.js';
import { ScanVerification1798000000043 } from './1798000000043-scan-verification.js';
import { WillCall1798000000044 } from './1798000000044-will-call.js';
import { ScanGuardSpeed1798000000045 } from './1798000000045-scan-guard-speed.js';
import { SigStructure1798000000060 } from './1798000000060-sig-structure.js';
import { Labels1798000000061 } from './1798000000061-labels.js';
import { ControlledRegister1798000000070 } from './1798000000070-controlled-register.js';
import { ControlledCollector1798000000071 } from './1798000000071-controlled-collector.js';
import { PatientMerge1798000000080 } from './1798000000080-patient-merge.js';
import { PatientExports1798000000081 } from './1798000000081-patient-exports.js';
import { RefillsDue1798000000082 } from './1798000000082-refills-due.js';
import { Consents1798000000083 } from './1798000000083-consents.js';
import { Insurance1799000000000 } from './1799000000000-insurance.js';
import { ClaimTenders1799000000001 } from './1799000000001-claim-tenders.js';
import { ControlledLimits1799000000020 } from './1799000000020-controlled-limits.js';
import { TwoPersons1799000000021 } from './1799000000021-two-persons.js';
import { SignOffs1799000000022 } from './1799000000022-sign-offs.js';
import { WorkBoard1799000000040 } from './1799000000040-work-board.js';
import { PrescriptionDocuments1799000000060 } from './1799000000060-prescription-documents.js';
import { RenalFunction1799000000080 } from './1799000000080-renal-function.js';
import { DeceasedPatients1799000000081 } from './1799000000081-deceased-patients.js';
import { TransferredMedicines1799000000082 } from './1799000000082-transferred-medicines.js';
import { DuplicatePatients1799000000083 } from './1799000000083-duplicate-patients.js';
import { PrescriberAuthority1799000000084 } from './1799000000084-prescriber-authority.js';
import { TwoIdentifiers1799000000085 } from './1799000000085-two-identifiers.js';
import { PeopleSearch1799000000100 } from './1799000000100-people-search.js';
import { CompoundFormulas1799000000110 } from './1799000000110-compound-formulas.js';
import { CompoundBatches1799000000111 } from './1799000000111-compound-batches.js';
import { ControlledMaximaEnd1799000000120 } from './1799000000120-controlled-maxima-end.js';
import { StockCounts1799000000130 } from './1799000000130-stock-counts.js';
import { StockTransfers1799000000131 } from './1799000000131-stock-transfers.js';
import { StockRecalls1799000000132 } from './1799000000132-stock-recalls.js';
import { StockExpiry1799000000133 } from './1799000000133-stock-expiry.js';
import { StockCorrections1799000000134 } from './1799000000134-stock-corrections.js';
import { FillSpeed1799000000160 } from './1799000000160-fill-speed.js';
import { PurchaseOrders1799000000170 } from './1799000000170-purchase-orders.js';
import { Receiving1799000000171 } from './1799000000171-receiving.js';
import { SupplierInvoices1799000000172 } from './1799000000172-supplier-invoices.js';
import { SupplierReturns1799000000173 } from './1799000000173-supplier-returns.js';
import { ReorderRules1799000000174 } from './1799000000174-reorder-rules.js';
import { LedgerByMonth1799000000180 } from './1799000000180-ledger-by-month.js';
import { MonthTotals1799000000181 } from './1799000000181-month-totals.js';
import { StockMonths1799000000182 } from './1799000000182-stock-months.js';
import { PackSerials1799000000190 } from './1799000000190-pack-serials.js';
import { OpenedFirst1799000000191 } from './1799000000191-opened-first.js';
import { LostSales1799000000200 } from './1799000000200-lost-sales.js';
import { PurchaseOrderMails1799000000210 } from './1799000000210-purchase-order-mails.js';
import { SetAsideStock1799000000215 } from './1799000000215-set-aside-stock.js';
import { SupplierReturnWitness1799000000216 } from './1799000000216-supplier-return-witness.js';
import { FreeGoodsLimit1799000000217 } from './1799000000217-free-goods-limit.js';
import { LateMovements1799000000218 } from './1799000000218-late-movements.js';
import { DemandHistories1799000000219 } from './1799000000219-demand-histories.js';
import { TaxClasses1799000000220 } from './1799000000220-tax-classes.js';
import { Promotions1799000000221 } from './1799000000221-promotions.js';
import { PurchaseLimits1799000000222 } from './1799000000222-purchase-limits.js';
import { PriceCeiling1799000000223 } from './1799000000223-price-ceiling.js';
import { CustomerAccounts1799000000225 } from './1799000000225-customer-accounts.js';
import { AccountTenders1799000000226 } from './1799000000226-account-tenders.js';
import { LoyaltyPoints1799000000227 } from './1799000000227-loyalty-points.js';
import { TillDrawer1799000000230 } from './1799000000230-till-drawer.js';
import { QuickUnlock1799000000231 } from './1799000000231-quick-unlock.js';
import { Journal1799000000232 } from './1799000000232-journal.js';
import { ExchangeRates1799000000233 } from './1799000000233-exchange-rates.js';
import { OfflineSales1799000000235 } from './1799000000235-offline-sales.js';
import { HeldBaskets1799000000240 } from './1799000000240-held-baskets.js';
import { CreditNotes1799000000241 } from './1799000000241-credit-notes.js';
import { ReceiptPrinters1799000000242 } from './1799000000242-receipt-printers.js';
import { Quotations1799000000243 } from './1799000000243-quotations.js';
import { SalesDaySums1799000000245 } from './1799000000245-sales-day-sums.js';
import { AuditSeals1799000000250 } from './1799000000250-audit-seals.js';
import { RefusedRequests1799000000251 } from './1799000000251-refused-requests.js';
import { AuditedRules1799000000252 } from './1799000000252-audited-rules.js';
import { SecondFactors1799000000260 } from './1799000000260-second-factors.js';
import { SessionProofs1799000000261 } from './1799000000261-session-proofs.js';
import { SignInRecords1799000000262 } from './1799000000262-sign-in-records.js';
import { RightsGuards1799000000263 } from './1799000000263-rights-guards.js';
import { EmergencyAccess1799000000264 } from './1799000000264-emergency-access.js';
import { SeparateDuties1799000000265 } from './1799000000265-separate-duties.js';
import { OperationsRights1799000000280 } from './1799000000280-operations-rights.js';
import { SaleSpeed1799000000285 } from './1799000000285-sale-speed.js';
import { WrittenInSets1799000000286 } from './1799000000286-written-in-sets.js';
import { ForcedRowSecurity1799000000290 } from './1799000000290-forced-row-security.js';
import { PrescribersByDay1799000000310 } from './1799000000310-prescribers-by-day.js';
import { SecondFactorAsked1799000000320 } from './1799000000320-second-factor-asked.js';
import { RegisteredTills1799000000321 } from './1799000000321-registered-tills.js';
import { CodeDrift1799000000322 } from './1799000000322-code-drift.js';
import { IdentifyPatients1799000000330 } from './1799000000330-identify-patients.js';
import { ReferenceHub1799000000360 } from './1799000000360-reference-hub.js';
import { AuditByMonth1799000000380 } from './1799000000380-audit-by-month.js';
import { DetachedMonths1799000000381 } from './1799000000381-detached-months.js';
import { OneIndexOfDays1799000000382 } from './1799000000382-one-index-of-days.js';
import { Erasure1799000000385 } from './1799000000385-erasure.js';
import { IdentityChecks1799000000390 } from './1799000000390-identity-checks.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreateSchemas1763800000001,
  ReferenceCatalogue1763800000002,
  ReferenceClinical1763800000003,
  Access1763800000004,
  Audit1763800000005,
  People1763800000006,
  Prescriptions1763800000007,
  Procurement1763800000008,
  Sales1763800000009,
  Inventory1763800000010,
  SaleIntegrity1763800000011,
  Rights1763800000012,
  Views1763800000013,
  CatalogueModel1763800000014,
  SearchFeed1763800000015,
  ImportReleases1763800000016,
  LegacyMove1763800000017,
  ImportSpeed1795000000000,
  RuleFeed1796000000001,
  RulesInFull1796000000002,
  Screenings1796000000003,
  CdsHooks1797000000000,
  RuleSets1798000000000,
  PatientState1798000000010,
  EarlyRefill1798000000011,
  SaleScreening1798000000012,
  EntryScreenings1798000000013,
  AuditOnce1798000000014,
  Fhir1798000000030,
  FhirLinks1798000000031,
  FhirMerged1798000000032,
  DispensingSteps1798000000040,
  OwedFills1798000000041,
  Substitution1798000000042,
  ScanVerification1798000000043,
  WillCall1798000000044,
  ScanGuardSpeed1798000000045,
  SigStructure1798000000060,
  Labels1798000000061,
  ControlledRegister1798000000070,
  ControlledCollector1798000000071,
  PatientMerge1798000000080,
  PatientExports1798000000081,
  RefillsDue1798000000082,
  Consents1798000000083,
  Insurance1799000000000,
  ClaimTenders1799000000001,
  ControlledLimits1799000000020,
  TwoPersons1799000000021,
  SignOffs1799000000022,
  WorkBoard1799000000040,
  PrescriptionDocuments1799000000060,
  RenalFunction1799000000080,
  DeceasedPatients1799000000081,
  TransferredMedicines1799000000082,
  DuplicatePatients1799000000083,
  PrescriberAuthority1799000000084,
  TwoIdentifiers1799000000085,
  PeopleSearch1799000000100,
  CompoundFormulas1799000000110,
  CompoundBatches1799000000111,
  ControlledMaximaEnd1799000000120,
  StockCounts1799000000130,
  StockTransfers1799000000131,
  StockRecalls1799000000132,
  StockExpiry1799000000133,
  StockCorrections1799000000134,
  FillSpeed1799000000160,
  PurchaseOrders1799000000170,
  Receiving1799000000171,
  SupplierInvoices1799000000172,
  SupplierReturns1799000000173,
  ReorderRules1799000000174,
  LedgerByMonth1799000000180,
  MonthTotals1799000000181,
  StockMonths1799000000182,
  PackSerials1799000000190,
  OpenedFirst1799000000191,
  LostSales1799000000200,
  PurchaseOrderMails1799000000210,
  SetAsideStock1799000000215,
  SupplierReturnWitness1799000000216,
  FreeGoodsLimit1799000000217,
  LateMovements1799000000218,
  DemandHistories1799000000219,
  TaxClasses1799000000220,
  Promotions1799000000221,
  PurchaseLimits1799000000222,
  PriceCeiling1799000000223,
  CustomerAccounts1799000000225,
  AccountTenders1799000000226,
  LoyaltyPoints1799000000227,
  TillDrawer1799000000230,
  QuickUnlock1799000000231,
  Journal1799000000232,
  ExchangeRates1799000000233,
  OfflineSales1799000000235,
  HeldBaskets1799000000240,
  CreditNotes1799000000241,
  ReceiptPrinters1799000000242,
  Quotations1799000000243,
  SalesDaySums1799000000245,
  AuditSeals1799000000250,
  RefusedRequests1799000000251,
  AuditedRules1799000000252,
  SecondFactors1799000000260,
  SessionProofs1799000000261,
  SignInRecords1799000000262,
  RightsGuards1799000000263,
  EmergencyAccess1799000000264,
  SeparateDuties1799000000265,
  OperationsRights1799000000280,
  SaleSpeed1799000000285,
  WrittenInSets1799000000286,
  ForcedRowSecurity1799000000290,
  PrescribersByDay1799000000310,
  SecondFactorAsked1799000000320,
  RegisteredTills1799000000321,
  CodeDrift1799000000322,
  IdentifyPatients1799000000330,
  ReferenceHub1799000000360,
  AuditByMonth1799000000380,
  DetachedMonths1799000000381,
  OneIndexOfDays1799000000382,
  Erasure1799000000385,
  IdentityChecks1799000000390,
] as const;
