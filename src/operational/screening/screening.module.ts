import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlternativesController } from './alternatives.controller.js';
import { AlternativesRepository } from './alternatives.repository.js';
import { AlternativesService } from './alternatives.service.js';
import { ClearanceService } from './clearance.service.js';
import { KeptScreeningsController } from './kept-screenings.controller.js';
import { KeptScreeningsService } from './kept-screenings.service.js';
import { OverridesReportController } from './overrides-report.controller.js';
import { OverridesReportService } from './overrides-report.service.js';
import { RuleCoverageController } from './rule-coverage.controller.js';
import { RuleCoverageRepository } from './rule-coverage.repository.js';
import { RuleCoverageService } from './rule-coverage.service.js';
import { ShelfRepository } from './shelf.repository.js';
import { ShelfService } from './shelf.service.js';
import { ScreeningController } from './screening.controller.js';
import { ScreeningService } from './screening.service.js';

/** Clinical checks on demand, and the clearance of whatever leaves: alerts, overrides, verdicts kept. */
@Module({
  imports: [ReferenceModule, PatientsModule],
  controllers: [
    ScreeningController,
    AlternativesController,
    KeptScreeningsController,
    OverridesReportController,
    RuleCoverageController,
  ],
  providers: [
    AlertsRepository,
    AlternativesRepository,
    AlternativesService,
    ClearanceService,
    ShelfRepository,
    ShelfService,
    ScreeningService,
    KeptScreeningsService,
    OverridesReportService,
    RuleCoverageRepository,
    RuleCoverageService,
  ],
  exports: [ClearanceService, ScreeningService],
})
export class ScreeningModule {}
