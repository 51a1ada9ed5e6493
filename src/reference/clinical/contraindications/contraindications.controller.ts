import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RulePreviewView, RuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import {
  CreateContraindication,
  ContraindicationPage,
  ContraindicationView,
  UpdateContraindication,
} from './contraindications.schemas.js';
import { ContraindicationsService } from './contraindications.service.js';

@ApiTags('clinical')
@Controller('clinical/contraindications')
export class ContraindicationsController {
  constructor(private readonly rules: ContraindicationsService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: ContraindicationPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<z.output<typeof ContraindicationView>>> {
    return this.rules.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManageClinicalRules')
  @ApiCreatedResponse({ standardSchema: ContraindicationView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateContraindication }) input: z.output<typeof CreateContraindication>,
  ): Promise<z.output<typeof ContraindicationView>> {
    return this.rules.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: ContraindicationView })
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateContraindication }) input: z.output<typeof UpdateContraindication>,
  ): Promise<z.output<typeof ContraindicationView>> {
    return this.rules.change(ctx, id, input);
  }

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: RulePreviewView })
  previewNew(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateContraindication }) input: z.output<typeof CreateContraindication>,
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
    @Body({ schema: UpdateContraindication }) input: z.output<typeof UpdateContraindication>,
  ): Promise<RulePreview> {
    return this.rules.preview(ctx, { id, input });
  }
}
