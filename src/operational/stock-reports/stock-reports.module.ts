import { Module } from '@nestjs/common';

import { ExpiryJobService } from './expiry-job.service.js';
import { ExpiryService } from './expiry.service.js';
import { StockReportsController } from './stock-reports.controller.js';
import { StockReportsRepository } from './stock-reports.repository.js';
import { StockReportsService } from './stock-reports.service.js';

/** What stock is and was worth, what of it expires, and the job that marks it. */
@Module({
  controllers: [StockReportsController],
  providers: [StockReportsRepository, StockReportsService, ExpiryService, ExpiryJobService],
})
export class StockReportsModule {}
