import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { DoseRuleQuery } from '../rules/rule.schemas.js';
import { ruleController } from '../rules/rule-controller.js';
import {
  CreateDosageGuideline,
  DosageGuidelinePage,
  DosageGuidelineVersions,
  DosageGuidelineView,
  UpdateDosageGuideline,
} from './dosage-guidelines.schemas.js';
import { DosageGuidelinesService } from './dosage-guidelines.service.js';

@ApiTags('clinical')
@Controller('clinical/dosage-guidelines')
export class DosageGuidelinesController extends ruleController({
  View: DosageGuidelineView,
  Page: DosageGuidelinePage,
  Versions: DosageGuidelineVersions,
  Query: DoseRuleQuery,
  Create: CreateDosageGuideline,
  Update: UpdateDosageGuideline,
}) {
  constructor(rules: DosageGuidelinesService) {
    super(rules);
  }
}
