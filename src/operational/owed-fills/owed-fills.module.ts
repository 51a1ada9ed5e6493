import { Module } from '@nestjs/common';

import { OwedFillsController } from './owed-fills.controller.js';
import { OwedFillsRepository } from './owed-fills.repository.js';
import { OwedFillsService } from './owed-fills.service.js';

/** Rests of partial fills. Reads fills by SQL of its own, so that stock can ask it without knowing prescriptions. */
@Module({
  controllers: [OwedFillsController],
  providers: [OwedFillsRepository, OwedFillsService],
  exports: [OwedFillsService],
})
export class OwedFillsModule {}
