import { Body, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RulePreview } from './rule-preview.types.js';
import { CloseRule, RulePreviewView } from './rule.schemas.js';

/** What a rule resource takes and answers. */
interface RuleSchemas<View, Query extends object, Create extends object, Update extends object> {
  readonly View: z.ZodType<View>;
  readonly Page: z.ZodType<Page<View>>;
  /** The versions of one rule, the latest first. */
  readonly Versions: z.ZodType<{ data: View[] }>;
  readonly Query: z.ZodType<Query>;
  readonly Create: z.ZodType<Create>;
  readonly Update: z.ZodType<Update>;
}

/** What keeps the rules of one resource. */
export interface RuleKeeper<View, Query, Create, Update> {
  findPage(ctx: RequestContext, query: Query): Promise<Page<View>>;
  findVersions(ctx: RequestContext, id: number): Promise<{ data: View[] }>;
  create(ctx: RequestContext, input: Create): Promise<View>;
  change(ctx: RequestContext, id: number, input: Update): Promise<View>;
  close(ctx: RequestContext, id: number, version: number): Promise<View>;
  preview(
    ctx: RequestContext,
    change: { readonly id: number; readonly input: Update } | { readonly input: Create },
  ): Promise<RulePreview>;
}

/** A controller of one of the four rule resources: the same calls on each, with its own schemas. */
export function ruleController<View, Query extends object, Create extends object, Update extends object>(
  schemas: RuleSchemas<View, Query, Create, Update>,
): abstract new (rules: RuleKeeper<View, Query, Create, Update>) => object {
  abstract class RuleController {
    constructor(readonly rules: RuleKeeper<View, Query, Create, Update>) {}

    @Get()
    @RequirePermission('ReadDrug')
    @ApiOkResponse({ standardSchema: schemas.Page })
    list(@Ctx() ctx: RequestContext, @Query({ schema: schemas.Query }) query: Query): Promise<Page<View>> {
      return this.rules.findPage(ctx, query);
    }

    @Post()
    @RequirePermission('ManageClinicalRules')
    @ApiCreatedResponse({ standardSchema: schemas.View })
    create(@Ctx() ctx: RequestContext, @Body({ schema: schemas.Create }) input: Create): Promise<View> {
      return this.rules.create(ctx, input);
    }

    @Patch(':id')
    @RequirePermission('ManageClinicalRules')
    @ApiOkResponse({ standardSchema: schemas.View })
    change(
      @Ctx() ctx: RequestContext,
      @Param('id', { schema: PathId }) id: number,
      @Body({ schema: schemas.Update }) input: Update,
    ): Promise<View> {
      return this.rules.change(ctx, id, input);
    }

    @Get(':id/versions')
    @RequirePermission('ReadDrug')
    @ApiOkResponse({ standardSchema: schemas.Versions })
    versions(
      @Ctx() ctx: RequestContext,
      @Param('id', { schema: PathId }) id: number,
    ): Promise<{ data: View[] }> {
      return this.rules.findVersions(ctx, id);
    }

    @Post(':id/close')
    @HttpCode(200)
    @RequirePermission('ManageClinicalRules')
    @ApiOkResponse({ standardSchema: schemas.View })
    close(
      @Ctx() ctx: RequestContext,
      @Param('id', { schema: PathId }) id: number,
      @Body({ schema: CloseRule }) { version }: z.output<typeof CloseRule>,
    ): Promise<View> {
      return this.rules.close(ctx, id, version);
    }

    @Post('preview')
    @HttpCode(200)
    @RequirePermission('ManageClinicalRules')
    @ApiOkResponse({ standardSchema: RulePreviewView })
    previewNew(
      @Ctx() ctx: RequestContext,
      @Body({ schema: schemas.Create }) input: Create,
    ): Promise<RulePreview> {
      return this.rules.preview(ctx, { input });
    }

    @Post(':id/preview')
    @HttpCode(200)
    @RequirePermission('ManageClinicalRules')
    @ApiOkResponse({ standardSchema: RulePreviewView })
    previewChange(
      @Ctx() ctx: RequestContext,
      @Param('id', { schema: PathId }) id: number,
      @Body({ schema: schemas.Update }) input: Update,
    ): Promise<RulePreview> {
      return this.rules.preview(ctx, { id, input });
    }
  }
  return RuleController;
}
