import { Module } from '@nestjs/common';

import { PatientsModule } from '../patients/patients.module.js';
import { RefillsController } from './refills.controller.js';
import { RefillsRepository } from './refills.repository.js';
import { RefillsService } from './refills.service.js';

/** Refills that are due, and how steadily medicines were collected. Reads fills by SQL of its own. */
@Module({
  imports: [PatientsModule],
  controllers: [RefillsController],
  providers: [RefillsRepository, RefillsService],
})
export class RefillsModule {}
