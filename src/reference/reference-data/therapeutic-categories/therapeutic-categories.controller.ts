import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import { THERAPEUTIC_CATEGORIES, type TherapeuticCategory } from './therapeutic-category.entity.js';
import {
  CreateTherapeuticCategory,
  TherapeuticCategoryPage,
  TherapeuticCategoryView,
  UpdateTherapeuticCategory,
} from './therapeutic-categories.schemas.js';

/** Therapeutic categories: analgesic, antibiotic, … */
@ApiTags('reference')
@Controller('reference/therapeutic-categories')
export class TherapeuticCategoriesController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: TherapeuticCategoryPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: z.output<typeof ListQuery>,
  ): Promise<Page<TherapeuticCategory>> {
    return this.lists.findPage(ctx, THERAPEUTIC_CATEGORIES, query);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: TherapeuticCategoryView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateTherapeuticCategory }) input: z.output<typeof CreateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    return this.lists.create(ctx, THERAPEUTIC_CATEGORIES, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: TherapeuticCategoryView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateTherapeuticCategory }) input: z.output<typeof UpdateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    return this.lists.update(ctx, THERAPEUTIC_CATEGORIES, id, input);
  }
}
