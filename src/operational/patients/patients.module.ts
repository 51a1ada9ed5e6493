import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { PatientAllergy } from './patient-allergy.entity.js';
import { PatientCondition } from './patient-condition.entity.js';
import { PatientInsurance } from './patient-insurance.entity.js';
import { PatientMedication } from './patient-medication.entity.js';
import { PatientConsentsController } from './patient-consents.controller.js';
import { PatientConsentsRepository } from './patient-consents.repository.js';
import { PatientConsentsService } from './patient-consents.service.js';
import { PatientExportsController } from './patient-exports.controller.js';
import { PatientExportsRepository } from './patient-exports.repository.js';
import { PatientExportsService } from './patient-exports.service.js';
import { PatientMergesController } from './patient-merges.controller.js';
import { PatientMergesRepository } from './patient-merges.repository.js';
import { PatientMergesService } from './patient-merges.service.js';
import { PatientRecordsController } from './patient-records.controller.js';
import { PatientRecordsRepository } from './patient-records.repository.js';
import { PatientRecordsService } from './patient-records.service.js';
import { PatientTimelineController } from './patient-timeline.controller.js';
import { PatientTimelineService } from './patient-timeline.service.js';
import { Patient } from './patient.entity.js';
import { PatientsController } from './patients.controller.js';
import { PatientsRepository } from './patients.repository.js';
import { PatientsService } from './patients.service.js';

/** People the pharmacy cares for. */
@Module({
  imports: [
    ReferenceModule,
    TypeOrmModule.forFeature([
      Patient,
      PatientAllergy,
      PatientCondition,
      PatientMedication,
      PatientInsurance,
    ]),
  ],
  controllers: [
    PatientsController,
    PatientRecordsController,
    PatientMergesController,
    PatientExportsController,
    PatientTimelineController,
    PatientConsentsController,
  ],
  providers: [
    PatientsRepository,
    PatientRecordsRepository,
    PatientMergesRepository,
    PatientExportsRepository,
    PatientsService,
    PatientRecordsService,
    PatientMergesService,
    PatientExportsService,
    PatientTimelineService,
    PatientConsentsRepository,
    PatientConsentsService,
  ],
  exports: [PatientsService],
})
export class PatientsModule {}
