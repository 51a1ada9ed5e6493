import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { RuleQuery } from '../rules/rule.schemas.js';
import { ruleController } from '../rules/rule-controller.js';
import {
  CreateAllergyRule,
  AllergyRulePage,
  AllergyRuleVersions,
  AllergyRuleView,
  UpdateAllergyRule,
} from './allergy-rules.schemas.js';
import { AllergyRulesService } from './allergy-rules.service.js';

@ApiTags('clinical')
@Controller('clinical/allergy-rules')
export class AllergyRulesController extends ruleController({
  View: AllergyRuleView,
  Page: AllergyRulePage,
  Versions: AllergyRuleVersions,
  Query: RuleQuery,
  Create: CreateAllergyRule,
  Update: UpdateAllergyRule,
}) {
  constructor(rules: AllergyRulesService) {
    super(rules);
  }
}
