import { Module } from '@nestjs/common';

import { AuditSealsModule } from '../audit-seals/audit-seals.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ErasureAgainService } from './erasure-again.service.js';
import { ErasureJobService } from './erasure-job.service.js';
import {
  ErasureController,
  PatientErasureController,
  RetentionRulesController,
} from './erasure.controller.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';

/** Erasing people on their request, and how long law keeps what. */
@Module({
  imports: [AuditSealsModule, PatientsModule],
  controllers: [PatientErasureController, ErasureController, RetentionRulesController],
  providers: [ErasureRepository, ErasureService, ErasureAgainService, ErasureJobService],
})
export class ErasureModule {}
