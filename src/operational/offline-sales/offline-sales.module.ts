import { Module } from '@nestjs/common';

import { SalesModule } from '../sales/sales.module.js';
import { OfflineSalesController } from './offline-sales.controller.js';
import { OfflineSalesRepository } from './offline-sales.repository.js';
import { OfflineSalesService } from './offline-sales.service.js';
import { TillCatalogueService } from './till-catalogue.service.js';

/** Sales a till made while the server was out of reach. */
@Module({
  imports: [SalesModule],
  controllers: [OfflineSalesController],
  providers: [OfflineSalesRepository, OfflineSalesService, TillCatalogueService],
  exports: [OfflineSalesService],
})
export class OfflineSalesModule {}
