import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { AfterSaleSettingsModule } from '../after-sale-settings/after-sale-settings.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { InsuranceModule } from '../insurance/insurance.module.js';
import { LostSalesModule } from '../lost-sales/lost-sales.module.js';
import { PrescriptionsModule } from '../prescriptions/prescriptions.module.js';
import { ScreeningModule } from '../screening/screening.module.js';
import { SerialsModule } from '../serials/serials.module.js';
import { EInvoiceService } from './e-invoice/e-invoice.service.js';
import { Sale } from './entities/sale.entity.js';
import { ExchangesService } from './exchanges.service.js';
import { QuotationsController } from './quotations/quotations.controller.js';
import { QuotationsRepository } from './quotations/quotations.repository.js';
import { QuotationsService } from './quotations/quotations.service.js';
import { ReceiptsService } from './receipts.service.js';
import { ReturnsService } from './returns.service.js';
import { SalesController } from './sales.controller.js';
import { SalesRepository } from './sales.repository.js';
import { SalesService } from './sales.service.js';
import { TillShiftsController } from './till-shifts/till-shifts.controller.js';
import { TillShiftsRepository } from './till-shifts/till-shifts.repository.js';
import { TillShiftsService } from './till-shifts/till-shifts.service.js';

/** The till: shifts, sales, returns, receipts. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Sale]),
    AfterSaleSettingsModule,
    ReferenceModule,
    AccountsModule,
    InsuranceModule,
    LostSalesModule,
    PrescriptionsModule,
    ScreeningModule,
    SerialsModule,
  ],
  controllers: [SalesController, QuotationsController, TillShiftsController],
  providers: [
    SalesRepository,
    SalesService,
    ReturnsService,
    ExchangesService,
    ReceiptsService,
    EInvoiceService,
    QuotationsRepository,
    QuotationsService,
    TillShiftsRepository,
    TillShiftsService,
  ],
  exports: [SalesService, ReceiptsService],
})
export class SalesModule {}
