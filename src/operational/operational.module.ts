import { Module } from '@nestjs/common';

import { AfterSaleSettingsModule } from './after-sale-settings/after-sale-settings.module.js';
import { CreditNotesModule } from './credit-notes/credit-notes.module.js';
import { HeldBasketsModule } from './held-baskets/held-baskets.module.js';
import { ReceiptPrintingModule } from './receipt-printing/receipt-printing.module.js';
import { PriceTagsModule } from './price-tags/price-tags.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditLogModule } from './audit-log/audit-log.module.js';
import { AuditSealsModule } from './audit-seals/audit-seals.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BackupsModule } from './backups/backups.module.js';
import { CompoundingModule } from './compounding/compounding.module.js';
import { CdsHooksModule } from './fhir/cds-hooks/cds-hooks.module.js';
import { ControlledRegisterModule } from './controlled-register/controlled-register.module.js';
import { EmergencyAccessModule } from './emergency-access/emergency-access.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { ExchangeRatesModule } from './exchange-rates/exchange-rates.module.js';
import { FhirModule } from './fhir/fhir.module.js';
import { InsuranceModule } from './insurance/insurance.module.js';
import { IntegrityModule } from './integrity/integrity.module.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { JournalModule } from './journal/journal.module.js';
import { LabelsModule } from './labels/labels.module.js';
import { LostSalesModule } from './lost-sales/lost-sales.module.js';
import { NearMissesModule } from './near-misses/near-misses.module.js';
import { OfflineSalesModule } from './offline-sales/offline-sales.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { OwedFillsModule } from './owed-fills/owed-fills.module.js';
import { PatientsModule } from './patients/patients.module.js';
import { PatientsOnDrugsModule } from './patients/patients-on-drugs.module.js';
import { PrescribersModule } from './prescribers/prescribers.module.js';
import { PrescriptionDocumentsModule } from './prescription-documents/prescription-documents.module.js';
import { PrescriptionsModule } from './prescriptions/prescriptions.module.js';
import { ProcurementModule } from './procurement/procurement.module.js';
import { RecallsModule } from './recalls/recalls.module.js';
import { RefillsModule } from './refills/refills.module.js';
import { SalesModule } from './sales/sales.module.js';
import { SalesReportsModule } from './sales-reports/sales-reports.module.js';
import { SampleModule } from './sample/sample.module.js';
import { PastScreeningsModule } from './screening/past-screenings.module.js';
import { ScreeningModule } from './screening/screening.module.js';
import { SerialsModule } from './serials/serials.module.js';
import { StockCountsModule } from './stock-counts/stock-counts.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { StockReportsModule } from './stock-reports/stock-reports.module.js';
import { StockReservationsModule } from './stock-reservations/stock-reservations.module.js';
import { StockTransfersModule } from './stock-transfers/stock-transfers.module.js';
import { TraceModule } from './trace/trace.module.js';
import { WillCallModule } from './will-call/will-call.module.js';
import { WorkBoardModule } from './work-board/work-board.module.js';
import { SigModule } from './sig/sig.module.js';

/** The day's work. Gathers the slices; exports nothing. */
@Module({
  imports: [
    AfterSaleSettingsModule,
    CreditNotesModule,
    HeldBasketsModule,
    ReceiptPrintingModule,
    PriceTagsModule,
    AccountsModule,
    AuditLogModule,
    AuditSealsModule,
    AuthModule,
    BackupsModule,
    CdsHooksModule,
    CompoundingModule,
    ControlledRegisterModule,
    EmergencyAccessModule,
    ErasureModule,
    ExchangeRatesModule,
    FhirModule,
    InsuranceModule,
    IntegrityModule,
    InventoryModule,
    JournalModule,
    LabelsModule,
    LostSalesModule,
    NearMissesModule,
    OfflineSalesModule,
    OperationsModule,
    OwedFillsModule,
    PatientsModule,
    PatientsOnDrugsModule,
    PrescribersModule,
    PrescriptionDocumentsModule,
    PrescriptionsModule,
    ProcurementModule,
    RecallsModule,
    RefillsModule,
    SalesModule,
    SalesReportsModule,
    SampleModule,
    PastScreeningsModule,
    ScreeningModule,
    SerialsModule,
    SigModule,
    StockCountsModule,
    LedgerModule,
    StockReportsModule,
    StockReservationsModule,
    StockTransfersModule,
    TraceModule,
    WillCallModule,
    WorkBoardModule,
  ],
})
export class OperationalModule {}
