import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { LinkRow } from './ingredient-merge.repository.js';
import { IngredientMergeService } from './ingredient-merge.service.js';
import {
  LinkResult,
  LinksPage,
  LinksQuery,
  LinkText,
  UndoResult,
  WorklistPage,
  WorklistQuery,
} from './ingredient-worklist.schemas.js';
import { IngredientWorklistService } from './ingredient-worklist.service.js';

/** Ingredient texts nobody has decided about, and what was decided. */
@ApiTags('reference')
@Controller('reference/ingredients/worklist')
@RequirePermission('ManageDrugCatalog')
export class IngredientWorklistController {
  constructor(
    private readonly worklist: IngredientWorklistService,
    private readonly merges: IngredientMergeService,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: WorklistPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: WorklistQuery }) query: WorklistQuery,
  ): Promise<WorklistPage> {
    return this.worklist.findPage(ctx, query);
  }

  @Post('link')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LinkResult })
  link(@Ctx() ctx: RequestContext, @Body({ schema: LinkText }) input: LinkText): Promise<LinkResult> {
    return this.worklist.link(ctx, input);
  }

  @Get('links')
  @ApiOkResponse({ standardSchema: LinksPage })
  links(
    @Ctx() ctx: RequestContext,
    @Query({ schema: LinksQuery }) query: z.output<typeof LinksQuery>,
  ): Promise<Page<LinkRow>> {
    return this.worklist.findLinks(ctx, query);
  }

  @Post('links/:id/undo')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: UndoResult })
  undo(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof UndoResult>> {
    return this.merges.undo(ctx, id);
  }
}
