import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListService } from '../list.service.js';
import type { Counted } from '../list.types.js';
import { THERAPEUTIC_CATEGORIES, type TherapeuticCategory } from './therapeutic-category.entity.js';
import {
  CreateTherapeuticCategory,
  TherapeuticCategoryPage,
  TherapeuticCategoryQuery,
  TherapeuticCategoryView,
  UpdateTherapeuticCategory,
} from './therapeutic-categories.schemas.js';
import { TherapeuticCategoriesService } from './therapeutic-categories.service.js';

/** Therapeutic categories: the ATC tree, and categories of sources and of the pharmacy. */
@ApiTags('reference')
@Controller('reference/therapeutic-categories')
export class TherapeuticCategoriesController {
  constructor(
    private readonly lists: ListService,
    private readonly categories: TherapeuticCategoriesService,
  ) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: TherapeuticCategoryPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TherapeuticCategoryQuery }) query: z.output<typeof TherapeuticCategoryQuery>,
  ): Promise<Page<Counted<TherapeuticCategory>>> {
    return this.categories.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: TherapeuticCategoryView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<TherapeuticCategory> {
    return this.lists.findOne(ctx, THERAPEUTIC_CATEGORIES, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: TherapeuticCategoryView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateTherapeuticCategory }) input: z.output<typeof CreateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    return this.categories.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: TherapeuticCategoryView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateTherapeuticCategory }) input: z.output<typeof UpdateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    return this.categories.update(ctx, id, input);
  }
}
