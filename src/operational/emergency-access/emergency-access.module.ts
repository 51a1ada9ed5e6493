import { Module } from '@nestjs/common';

import { PatientsModule } from '../patients/patients.module.js';
import { PrescriptionsModule } from '../prescriptions/prescriptions.module.js';
import { EmergencyAccessController } from './emergency-access.controller.js';
import { EmergencyAccessRepository } from './emergency-access.repository.js';
import { EmergencyAccessService } from './emergency-access.service.js';

/** Reading a patient's record in an emergency without the right or the branch for it. */
@Module({
  imports: [PatientsModule, PrescriptionsModule],
  controllers: [EmergencyAccessController],
  providers: [EmergencyAccessRepository, EmergencyAccessService],
})
export class EmergencyAccessModule {}
