import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RulePreviewView, RuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import {
  CreateDosageGuideline,
  DosageGuidelinePage,
  DosageGuidelineView,
  UpdateDosageGuideline,
} from './dosage-guidelines.schemas.js';
import { DosageGuidelinesService } from './dosage-guidelines.service.js';

@ApiTags('clinical')
@Controller('clinical/dosage-guidelines')
export class DosageGuidelinesController {
  constructor(private readonly rules: DosageGuidelinesService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: DosageGuidelinePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<z.output<typeof DosageGuidelineView>>> {
    return this.rules.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManageClinicalRules')
  @ApiCreatedResponse({ standardSchema: DosageGuidelineView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateDosageGuideline }) input: z.output<typeof CreateDosageGuideline>,
  ): Promise<z.output<typeof DosageGuidelineView>> {
    return this.rules.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: DosageGuidelineView })
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateDosageGuideline }) input: z.output<typeof UpdateDosageGuideline>,
  ): Promise<z.output<typeof DosageGuidelineView>> {
    return this.rules.change(ctx, id, input);
  }

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: RulePreviewView })
  previewNew(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateDosageGuideline }) input: z.output<typeof CreateDosageGuideline>,
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
    @Body({ schema: UpdateDosageGuideline }) input: z.output<typeof UpdateDosageGuideline>,
  ): Promise<RulePreview> {
    return this.rules.preview(ctx, { id, input });
  }
}
