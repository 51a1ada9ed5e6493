import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { InsuranceModule } from '../insurance/insurance.module.js';
import { LostSalesModule } from '../lost-sales/lost-sales.module.js';
import { NearMissesModule } from '../near-misses/near-misses.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { PrescriptionDocumentsModule } from '../prescription-documents/prescription-documents.module.js';
import { ScreeningModule } from '../screening/screening.module.js';
import { LabelsModule } from '../labels/labels.module.js';
import { SerialsModule } from '../serials/serials.module.js';
import { SigModule } from '../sig/sig.module.js';
import { PrescribersModule } from '../prescribers/prescribers.module.js';
import { WillCallModule } from '../will-call/will-call.module.js';
import { ControlledLimitsController } from './controlled-limits.controller.js';
import { ControlledLimitsRepository } from './controlled-limits.repository.js';
import { ControlledLimits } from './controlled-limits.service.js';
import { ControlledMaximaService } from './controlled-maxima.service.js';
import { Fill } from './fill.entity.js';
import { FillCases } from './fill-cases.js';
import { FillScansController } from './fill-scans.controller.js';
import { FillScansRepository } from './fill-scans.repository.js';
import { FillScansService } from './fill-scans.service.js';
import { FillingService } from './filling.service.js';
import { FillStationController } from './fill-station.controller.js';
import { FillStationRepository } from './fill-station.repository.js';
import { FillStationService } from './fill-station.service.js';
import { FillsController } from './fills.controller.js';
import { FillsRepository } from './fills.repository.js';
import { FillsService } from './fills.service.js';
import { HandOver } from './hand-over.service.js';
import { PackProof } from './pack-proof.service.js';
import { PickUpsRepository } from './pick-ups.repository.js';
import { PrescriptionCases } from './prescription-cases.js';
import { PrescriptionRecordsRepository } from './prescription-records.repository.js';
import { PrescriptionScreening } from './prescription-screening.service.js';
import { PrescriptionStepsService } from './prescription-steps.service.js';
import { Prescription } from './prescription.entity.js';
import { PrescriptionsController } from './prescriptions.controller.js';
import './prescriptions.errors.js';
import { PrescriptionsRepository } from './prescriptions.repository.js';
import { PrescriptionsService } from './prescriptions.service.js';
import { ProductChoice } from './product-choice.service.js';
import { PromisesService } from './promises.service.js';
import { ScanVerification } from './scan-verification.service.js';

/** Prescriptions and their fills. */
@Module({
  imports: [
    ReferenceModule,
    PatientsModule,
    PrescribersModule,
    ScreeningModule,
    InsuranceModule,
    LostSalesModule,
    NearMissesModule,
    SerialsModule,
    WillCallModule,
    LabelsModule,
    SigModule,
    PrescriptionDocumentsModule,
    TypeOrmModule.forFeature([Prescription, Fill]),
  ],
  controllers: [
    PrescriptionsController,
    FillsController,
    FillScansController,
    FillStationController,
    ControlledLimitsController,
  ],
  providers: [
    PrescriptionsRepository,
    PrescriptionRecordsRepository,
    FillsRepository,
    ControlledLimitsRepository,
    ControlledLimits,
    ControlledMaximaService,
    FillScansRepository,
    PrescriptionCases,
    FillCases,
    PackProof,
    ScanVerification,
    PickUpsRepository,
    HandOver,
    PrescriptionScreening,
    PrescriptionsService,
    PrescriptionStepsService,
    FillingService,
    ProductChoice,
    FillsService,
    FillScansService,
    PromisesService,
    FillStationRepository,
    FillStationService,
  ],
  exports: [FillsService, FillingService, PackProof, PrescriptionsService],
})
export class PrescriptionsModule {}
