import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AllergyRuleRow } from './allergies/allergy-rule.entity.js';
import { AllergyRulesController } from './allergies/allergy-rules.controller.js';
import { AllergyRulesService } from './allergies/allergy-rules.service.js';
import { ClinicalService } from './clinical.service.js';
import { Contraindication } from './contraindications/contraindication.entity.js';
import { ContraindicationsController } from './contraindications/contraindications.controller.js';
import { ContraindicationsService } from './contraindications/contraindications.service.js';
import { DosageGuideline } from './dosage/dosage-guideline.entity.js';
import { DosageGuidelinesController } from './dosage/dosage-guidelines.controller.js';
import { DosageGuidelinesService } from './dosage/dosage-guidelines.service.js';
import { DrugInteraction } from './interactions/drug-interaction.entity.js';
import { InteractionsController } from './interactions/interactions.controller.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { LookAlikesService } from './look-alikes.service.js';
import { RenalFunctionService } from './renal-function.service.js';
import { RulebookKeeper } from './rulebook/rulebook-keeper.js';
import { RulebookRepository } from './rulebook/rulebook.repository.js';
import { RuleSetsRepository } from './rule-sets/rule-sets.repository.js';
import { RuleSetsService } from './rule-sets/rule-sets.service.js';
import { RulePreviewService } from './rules/rule-preview.service.js';
import { VersionedRulesRepository } from './rules/versioned-rules.repository.js';
import { VersionedRulesService } from './rules/versioned-rules.service.js';
import { ScreeningRepository } from './screening.repository.js';
import { StarterRulesService } from './starter-rules.service.js';

/** Clinical rules and the screening that judges by them. */
@Module({
  imports: [TypeOrmModule.forFeature([DrugInteraction, AllergyRuleRow, Contraindication, DosageGuideline])],
  controllers: [
    InteractionsController,
    AllergyRulesController,
    ContraindicationsController,
    DosageGuidelinesController,
  ],
  providers: [
    ScreeningRepository,
    RulebookRepository,
    RulebookKeeper,
    ClinicalService,
    LookAlikesService,
    RenalFunctionService,
    VersionedRulesRepository,
    VersionedRulesService,
    RulePreviewService,
    InteractionsService,
    AllergyRulesService,
    ContraindicationsService,
    DosageGuidelinesService,
    StarterRulesService,
    RuleSetsRepository,
    RuleSetsService,
  ],
  exports: [ClinicalService, LookAlikesService, RenalFunctionService, RuleSetsService, StarterRulesService],
})
export class ClinicalModule {}
