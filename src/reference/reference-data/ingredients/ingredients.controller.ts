import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  CreateIngredient,
  IngredientPage,
  IngredientQuery,
  IngredientView,
  UpdateIngredient,
} from './ingredients.schemas.js';
import { IngredientsService } from './ingredients.service.js';

/** Active ingredients with their synonyms and groups. */
@ApiTags('reference')
@Controller('reference/ingredients')
export class IngredientsController {
  constructor(private readonly ingredients: IngredientsService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: IngredientPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: IngredientQuery }) query: z.output<typeof IngredientQuery>,
  ): Promise<Page<z.output<typeof IngredientView>>> {
    return this.ingredients.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: IngredientView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateIngredient }) input: z.output<typeof CreateIngredient>,
  ): Promise<z.output<typeof IngredientView>> {
    return this.ingredients.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: IngredientView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateIngredient }) input: z.output<typeof UpdateIngredient>,
  ): Promise<z.output<typeof IngredientView>> {
    return this.ingredients.update(ctx, id, input);
  }
}
