import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { CompaniesController } from './companies/companies.controller.js';
import { Company } from './companies/company.entity.js';
import { DosageForm } from './dosage-forms/dosage-form.entity.js';
import { DosageFormsController } from './dosage-forms/dosage-forms.controller.js';
import { IngredientGroup } from './ingredient-groups/ingredient-group.entity.js';
import { IngredientGroupsController } from './ingredient-groups/ingredient-groups.controller.js';
import { Ingredient } from './ingredients/ingredient.entity.js';
import { IngredientsController } from './ingredients/ingredients.controller.js';
import { IngredientsRepository } from './ingredients/ingredients.repository.js';
import { IngredientsService } from './ingredients/ingredients.service.js';
import { ListRepository } from './list.repository.js';
import { ListService } from './list.service.js';
import { Route } from './routes/route.entity.js';
import { RoutesController } from './routes/routes.controller.js';
import { TherapeuticCategoriesController } from './therapeutic-categories/therapeutic-categories.controller.js';
import { TherapeuticCategory } from './therapeutic-categories/therapeutic-category.entity.js';

/** The small lists the catalogue refers to. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DosageForm, Route, Company, TherapeuticCategory, Ingredient, IngredientGroup]),
  ],
  controllers: [
    DosageFormsController,
    RoutesController,
    CompaniesController,
    TherapeuticCategoriesController,
    IngredientsController,
    IngredientGroupsController,
  ],
  providers: [ListRepository, ListService, IngredientsRepository, IngredientsService],
  exports: [IngredientsService],
})
export class ReferenceDataModule {}
