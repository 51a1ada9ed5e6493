import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { IngredientMergeService } from './ingredient-merge.service.js';
import {
  AddSynonym,
  CreateIngredient,
  IngredientPage,
  IngredientQuery,
  IngredientView,
  MergeIngredient,
  MergeResult,
  UpdateIngredient,
  type GivenSynonym,
} from './ingredients.schemas.js';
import { IngredientsService } from './ingredients.service.js';

/** Active ingredients with their synonyms, codes and groups. */
@ApiTags('reference')
@Controller('reference/ingredients')
export class IngredientsController {
  constructor(
    private readonly ingredients: IngredientsService,
    private readonly merges: IngredientMergeService,
  ) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: IngredientPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: IngredientQuery }) query: IngredientQuery,
  ): Promise<Page<IngredientView & { products: number }>> {
    return this.ingredients.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: IngredientView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<IngredientView> {
    return this.ingredients.findOne(ctx, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: IngredientView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateIngredient }) input: CreateIngredient,
  ): Promise<IngredientView> {
    return this.ingredients.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: IngredientView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateIngredient }) input: UpdateIngredient,
  ): Promise<IngredientView> {
    return this.ingredients.update(ctx, id, input);
  }

  @Post(':id/synonyms')
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: IngredientView })
  addSynonym(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: AddSynonym }) input: GivenSynonym,
  ): Promise<IngredientView> {
    return this.ingredients.addSynonym(ctx, id, input);
  }

  @Delete(':id/synonyms/:synonymId')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: IngredientView })
  removeSynonym(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('synonymId', { schema: PathId }) synonymId: number,
  ): Promise<IngredientView> {
    return this.ingredients.removeSynonym(ctx, id, synonymId);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: MergeResult })
  merge(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: MergeIngredient }) input: MergeIngredient,
  ): Promise<MergeResult> {
    return this.merges.merge(ctx, id, input);
  }
}
