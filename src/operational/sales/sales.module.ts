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
import { BasketPreviewService } from './pricing/basket-preview.service.js';
import { BasketPricingService } from './pricing/basket-pricing.service.js';
import { PricingRepository } from './pricing/pricing.repository.js';
import { PromotionsController } from './pricing/promotions.controller.js';
import { PromotionsRepository } from './pricing/promotions.repository.js';
import { PromotionsService } from './pricing/promotions.service.js';
import { TaxClassesController } from './pricing/tax-classes.controller.js';
import { TaxClassesRepository } from './pricing/tax-classes.repository.js';
import { TaxClassesService } from './pricing/tax-classes.service.js';
import { BuyerChecksService } from './purchase-limits/buyer-checks.service.js';
import { PurchaseLimitsController } from './purchase-limits/purchase-limits.controller.js';
import { PurchaseLimitsRepository } from './purchase-limits/purchase-limits.repository.js';
import { PurchaseLimitsService } from './purchase-limits/purchase-limits.service.js';
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

/** The till: shifts, sales with their prices, taxes and limits, returns, receipts. */
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
  controllers: [
    SalesController,
    QuotationsController,
    TillShiftsController,
    TaxClassesController,
    PromotionsController,
    PurchaseLimitsController,
  ],
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
    BasketPreviewService,
    BasketPricingService,
    PricingRepository,
    PromotionsRepository,
    PromotionsService,
    TaxClassesRepository,
    TaxClassesService,
    BuyerChecksService,
    PurchaseLimitsRepository,
    PurchaseLimitsService,
  ],
  exports: [SalesService, ReceiptsService, TillShiftsService],
})
export class SalesModule {}
