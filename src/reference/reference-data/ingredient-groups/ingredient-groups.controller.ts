import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import { INGREDIENT_GROUPS, type IngredientGroup } from './ingredient-group.entity.js';
import {
  CreateIngredientGroup,
  IngredientGroupPage,
  IngredientGroupView,
  UpdateIngredientGroup,
} from './ingredient-groups.schemas.js';

/** Groups of ingredients that clinical rules refer to. */
@ApiTags('reference')
@Controller('reference/ingredient-groups')
export class IngredientGroupsController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: IngredientGroupPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<IngredientGroup>> {
    return this.lists.findPage(ctx, INGREDIENT_GROUPS, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: IngredientGroupView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<IngredientGroup> {
    return this.lists.findOne(ctx, INGREDIENT_GROUPS, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: IngredientGroupView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateIngredientGroup }) input: z.output<typeof CreateIngredientGroup>,
  ): Promise<IngredientGroup> {
    return this.lists.create(ctx, INGREDIENT_GROUPS, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: IngredientGroupView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateIngredientGroup }) input: z.output<typeof UpdateIngredientGroup>,
  ): Promise<IngredientGroup> {
    return this.lists.update(ctx, INGREDIENT_GROUPS, id, input);
  }
}
