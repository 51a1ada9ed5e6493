import { Module } from '@nestjs/common';

import { ClinicalModule } from '../clinical/clinical.module.js';
import { ApplyRepository } from './apply.repository.js';
import { ClinicalImpactService } from './clinical-impact.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ReleaseRunner } from './release-runner.service.js';
import { ReleasesRepository } from './releases.repository.js';
import { ReleasesService } from './releases.service.js';
import { SourceRegistry } from './source-registry.js';
import { StagingRepository } from './staging.repository.js';
import { UploadsService } from './uploads.service.js';

/** Loading catalogues from outside. Who is on a product comes from PATIENTS_ON_DRUGS, which patients provides globally. */
@Module({
  imports: [ClinicalModule],
  controllers: [ImportsController],
  providers: [
    ImportsService,
    ReleaseRunner,
    ReleasesService,
    UploadsService,
    SourceRegistry,
    ClinicalImpactService,
    StagingRepository,
    ApplyRepository,
    ReleasesRepository,
  ],
  exports: [ImportsService, ReleasesService, SourceRegistry],
})
export class ImportsModule {}
