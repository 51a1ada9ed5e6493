import { Module } from '@nestjs/common';

import { ClinicalModule } from '../clinical/clinical.module.js';
import { HubModule } from '../hub/hub.module.js';
import { ApplyRepository } from './apply.repository.js';
import { ArrivalsJob } from './arrivals-job.service.js';
import { CatalogueTidyService } from './catalogue-tidy.service.js';
import { ClinicalImpactService } from './clinical-impact.service.js';
import { ImportWork } from './import-work.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ReleaseRunner } from './release-runner.service.js';
import { ReleasesRepository } from './releases.repository.js';
import { ReleasesService } from './releases.service.js';
import { RuleImportsController } from './rules/rule-imports.controller.js';
import { RuleImportsService } from './rules/rule-imports.service.js';
import { RuleRejectsService } from './rules/rule-rejects.service.js';
import { RuleStager } from './rules/rule-stager.service.js';
import { RuleSubjectsRepository } from './rules/rule-subjects.repository.js';
import { RuleUploadsService } from './rules/rule-uploads.service.js';
import { SourceRegistry } from './source-registry.js';
import { StagingRepository } from './staging.repository.js';
import { UploadsService } from './uploads.service.js';

/** Loading catalogues and clinical rules from outside. Who is on a product comes from PATIENTS_ON_DRUGS, which patients provides globally. */
@Module({
  imports: [ClinicalModule, HubModule],
  controllers: [ImportsController, RuleImportsController],
  providers: [
    ImportWork,
    ArrivalsJob,
    CatalogueTidyService,
    ImportsService,
    RuleImportsService,
    RuleUploadsService,
    RuleRejectsService,
    RuleStager,
    RuleSubjectsRepository,
    ReleaseRunner,
    ReleasesService,
    UploadsService,
    SourceRegistry,
    ClinicalImpactService,
    StagingRepository,
    ApplyRepository,
    ReleasesRepository,
  ],
  exports: [ImportsService, ReleasesService, RuleImportsService, SourceRegistry],
})
export class ImportsModule {}
