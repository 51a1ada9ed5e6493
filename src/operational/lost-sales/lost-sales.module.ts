import { Module } from '@nestjs/common';

import { LostSalesController } from './lost-sales.controller.js';
import { LostSalesRepository } from './lost-sales.repository.js';
import { LostSalesService } from './lost-sales.service.js';

/** What was wanted and not in stock. */
@Module({
  controllers: [LostSalesController],
  providers: [LostSalesRepository, LostSalesService],
  exports: [LostSalesService],
})
export class LostSalesModule {}
