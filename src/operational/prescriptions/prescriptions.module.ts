import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ScreeningModule } from '../screening/screening.module.js';
import { PrescribersModule } from '../prescribers/prescribers.module.js';
import { Fill } from './fill.entity.js';
import { FillingService } from './filling.service.js';
import { FillsController } from './fills.controller.js';
import { FillsRepository } from './fills.repository.js';
import { FillsService } from './fills.service.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { Prescription } from './prescription.entity.js';
import { PrescriptionsController } from './prescriptions.controller.js';
import { PrescriptionsRepository } from './prescriptions.repository.js';
import { PrescriptionsService } from './prescriptions.service.js';

/** Prescriptions and their fills. */
@Module({
  imports: [
    ReferenceModule,
    PatientsModule,
    PrescribersModule,
    ScreeningModule,
    TypeOrmModule.forFeature([Prescription, Fill]),
  ],
  controllers: [PrescriptionsController, FillsController],
  providers: [
    PrescriptionsRepository,
    FillsRepository,
    PrescriptionScreening,
    PrescriptionsService,
    FillingService,
    FillsService,
  ],
  exports: [FillsService],
})
export class PrescriptionsModule {}
