import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RulePreviewView, RuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import {
  CreateInteraction,
  InteractionPage,
  InteractionView,
  UpdateInteraction,
} from './interactions.schemas.js';
import { InteractionsService } from './interactions.service.js';

@ApiTags('clinical')
@Controller('clinical/interactions')
export class InteractionsController {
  constructor(private readonly rules: InteractionsService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: InteractionPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<z.output<typeof InteractionView>>> {
    return this.rules.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManageClinicalRules')
  @ApiCreatedResponse({ standardSchema: InteractionView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateInteraction }) input: z.output<typeof CreateInteraction>,
  ): Promise<z.output<typeof InteractionView>> {
    return this.rules.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: InteractionView })
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateInteraction }) input: z.output<typeof UpdateInteraction>,
  ): Promise<z.output<typeof InteractionView>> {
    return this.rules.change(ctx, id, input);
  }

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: RulePreviewView })
  previewNew(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateInteraction }) input: z.output<typeof CreateInteraction>,
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
    @Body({ schema: UpdateInteraction }) input: z.output<typeof UpdateInteraction>,
  ): Promise<RulePreview> {
    return this.rules.preview(ctx, { id, input });
  }
}
