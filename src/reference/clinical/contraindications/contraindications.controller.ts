import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { RuleQuery } from '../rules/rule.schemas.js';
import { ruleController } from '../rules/rule-controller.js';
import {
  CreateContraindication,
  ContraindicationPage,
  ContraindicationVersions,
  ContraindicationView,
  UpdateContraindication,
} from './contraindications.schemas.js';
import { ContraindicationsService } from './contraindications.service.js';

@ApiTags('clinical')
@Controller('clinical/contraindications')
export class ContraindicationsController extends ruleController({
  View: ContraindicationView,
  Page: ContraindicationPage,
  Versions: ContraindicationVersions,
  Query: RuleQuery,
  Create: CreateContraindication,
  Update: UpdateContraindication,
}) {
  constructor(rules: ContraindicationsService) {
    super(rules);
  }
}
