import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { CountEntriesService } from './count-entries.service.js';
import { CyclePlanService } from './cycle-plan.service.js';
import { StockCountsController } from './stock-counts.controller.js';
import { StockCountsRepository } from './stock-counts.repository.js';
import { StockCountsService } from './stock-counts.service.js';

/** Counting stock: cycle plans, blind counts, approval. */
@Module({
  imports: [ReferenceModule],
  controllers: [StockCountsController],
  providers: [StockCountsRepository, StockCountsService, CountEntriesService, CyclePlanService],
})
export class StockCountsModule {}
