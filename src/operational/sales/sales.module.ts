import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { InsuranceModule } from '../insurance/insurance.module.js';
import { LostSalesModule } from '../lost-sales/lost-sales.module.js';
import { PrescriptionsModule } from '../prescriptions/prescriptions.module.js';
import { ScreeningModule } from '../screening/screening.module.js';
import { SerialsModule } from '../serials/serials.module.js';
import { Sale } from './entities/sale.entity.js';
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
    ReferenceModule,
    InsuranceModule,
    LostSalesModule,
    PrescriptionsModule,
    ScreeningModule,
    SerialsModule,
  ],
  controllers: [SalesController, TillShiftsController],
  providers: [
    SalesRepository,
    SalesService,
    ReturnsService,
    ReceiptsService,
    TillShiftsRepository,
    TillShiftsService,
  ],
  exports: [SalesService, TillShiftsService],
})
export class SalesModule {}
