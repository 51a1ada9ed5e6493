import { Module } from '@nestjs/common';

import { IntegrityModule } from '../integrity/integrity.module.js';
import { OfflineSalesModule } from '../offline-sales/offline-sales.module.js';
import { OperationsController } from './operations.controller.js';
import { OperationsRepository } from './operations.repository.js';
import { OperationsService } from './operations.service.js';
import { StockCheckJobService } from './stock-check-job.service.js';

/** How the installation is, on screen and as figures. */
@Module({
  imports: [IntegrityModule, OfflineSalesModule],
  controllers: [OperationsController],
  providers: [OperationsRepository, OperationsService, StockCheckJobService],
})
export class OperationsModule {}
