import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { RuleQuery } from '../rules/rule.schemas.js';
import { ruleController } from '../rules/rule-controller.js';
import {
  CreateInteraction,
  InteractionPage,
  InteractionVersions,
  InteractionView,
  UpdateInteraction,
} from './interactions.schemas.js';
import { InteractionsService } from './interactions.service.js';

@ApiTags('clinical')
@Controller('clinical/interactions')
export class InteractionsController extends ruleController({
  View: InteractionView,
  Page: InteractionPage,
  Versions: InteractionVersions,
  Query: RuleQuery,
  Create: CreateInteraction,
  Update: UpdateInteraction,
}) {
  constructor(rules: InteractionsService) {
    super(rules);
  }
}
