import { Module } from '@nestjs/common';

import { OwedFillsModule } from '../owed-fills/owed-fills.module.js';
import { ArrivalsService } from './arrivals.service.js';
import { IssueService } from './issue.service.js';
import { StockTransfersController } from './stock-transfers.controller.js';
import { StockTransfersRepository } from './stock-transfers.repository.js';
import { StockTransfersService } from './stock-transfers.service.js';

/** Stock between branches, with what is in transit. */
@Module({
  imports: [OwedFillsModule],
  controllers: [StockTransfersController],
  providers: [StockTransfersRepository, StockTransfersService, IssueService, ArrivalsService],
})
export class StockTransfersModule {}
