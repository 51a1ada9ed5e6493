import { Module } from '@nestjs/common';

import { LapseJobService } from './lapse-job.service.js';
import { StockReservationsController } from './stock-reservations.controller.js';
import { StockReservationsRepository } from './stock-reservations.repository.js';
import { StockReservationsService } from './stock-reservations.service.js';

/** Stock kept for somebody for a time. */
@Module({
  controllers: [StockReservationsController],
  providers: [StockReservationsRepository, StockReservationsService, LapseJobService],
})
export class StockReservationsModule {}
