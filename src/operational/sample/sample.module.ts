import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { FirstStartService } from './first-start.service.js';
import { InstallationRepository } from './installation.repository.js';
import { SamplePharmacyService } from './sample-pharmacy.service.js';
import { SampleRepository } from './sample.repository.js';

/** First start of an installation. */
@Module({
  imports: [ReferenceModule],
  providers: [FirstStartService, InstallationRepository, SamplePharmacyService, SampleRepository],
})
export class SampleModule {}
