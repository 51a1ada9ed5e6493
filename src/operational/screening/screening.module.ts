import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ScreeningController } from './screening.controller.js';
import { ScreeningService } from './screening.service.js';

/** Clinical checks on demand. */
@Module({
  imports: [ReferenceModule, PatientsModule],
  controllers: [ScreeningController],
  providers: [ScreeningService],
  exports: [ScreeningService],
})
export class ScreeningModule {}
