import { Module } from '@nestjs/common';

import { DaySumsJobService } from './day-sums-job.service.js';
import { DaySumsService } from './day-sums.service.js';
import { SalesReportsController } from './sales-reports.controller.js';
import { SalesReportsRepository } from './sales-reports.repository.js';
import { SalesReportsService } from './sales-reports.service.js';

/** What was sold, taken back, paid and earned, and the job that sums days that are over. */
@Module({
  controllers: [SalesReportsController],
  providers: [SalesReportsRepository, SalesReportsService, DaySumsService, DaySumsJobService],
})
export class SalesReportsModule {}
