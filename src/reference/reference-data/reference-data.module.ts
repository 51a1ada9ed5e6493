import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { CompaniesController } from './companies/companies.controller.js';
import { Company } from './companies/company.entity.js';
import { DosageForm } from './dosage-forms/dosage-form.entity.js';
import { DosageFormsController } from './dosage-forms/dosage-forms.controller.js';
import { HandlingFlag } from './handling-flags/handling-flag.entity.js';
import { HandlingFlagsController } from './handling-flags/handling-flags.controller.js';
import { IngredientGroup } from './ingredient-groups/ingredient-group.entity.js';
import { IngredientGroupsController } from './ingredient-groups/ingredient-groups.controller.js';
import { IngredientSuggestionsService } from '../imports/ingredient-suggestions.service.js';
import { Ingredient } from './ingredients/ingredient.entity.js';
import { IngredientMergeRepository } from './ingredients/ingredient-merge.repository.js';
import { IngredientMergeService } from './ingredients/ingredient-merge.service.js';
import { IngredientWorklistController } from './ingredients/ingredient-worklist.controller.js';
import { IngredientWorklistRepository } from './ingredients/ingredient-worklist.repository.js';
import { IngredientWorklistService } from './ingredients/ingredient-worklist.service.js';
import { IngredientsController } from './ingredients/ingredients.controller.js';
import { IngredientsRepository } from './ingredients/ingredients.repository.js';
import { IngredientsService } from './ingredients/ingredients.service.js';
import { ListRepository } from './list.repository.js';
import { ListService } from './list.service.js';
import { Route } from './routes/route.entity.js';
import { RoutesController } from './routes/routes.controller.js';
import { AtcRepository } from './therapeutic-categories/atc.repository.js';
import { AtcTreeService } from './therapeutic-categories/atc-tree.service.js';
import { TherapeuticCategoriesController } from './therapeutic-categories/therapeutic-categories.controller.js';
import { TherapeuticCategoriesService } from './therapeutic-categories/therapeutic-categories.service.js';
import { TherapeuticCategory } from './therapeutic-categories/therapeutic-category.entity.js';

/** The small lists the catalogue refers to. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      DosageForm,
      Route,
      Company,
      TherapeuticCategory,
      Ingredient,
      IngredientGroup,
      HandlingFlag,
    ]),
  ],
  controllers: [
    DosageFormsController,
    RoutesController,
    CompaniesController,
    TherapeuticCategoriesController,
    IngredientWorklistController,
    IngredientsController,
    IngredientGroupsController,
    HandlingFlagsController,
  ],
  providers: [
    ListRepository,
    ListService,
    AtcRepository,
    AtcTreeService,
    TherapeuticCategoriesService,
    IngredientsRepository,
    IngredientsService,
    IngredientMergeRepository,
    IngredientMergeService,
    IngredientWorklistRepository,
    IngredientWorklistService,
    IngredientSuggestionsService,
  ],
  exports: [IngredientsService, AtcTreeService],
})
export class ReferenceDataModule {}
