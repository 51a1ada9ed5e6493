import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RulePreviewView, RuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import {
  CreateAllergyRule,
  AllergyRulePage,
  AllergyRuleView,
  UpdateAllergyRule,
} from './allergy-rules.schemas.js';
import { AllergyRulesService } from './allergy-rules.service.js';

@ApiTags('clinical')
@Controller('clinical/allergy-rules')
export class AllergyRulesController {
  constructor(private readonly rules: AllergyRulesService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: AllergyRulePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<z.output<typeof AllergyRuleView>>> {
    return this.rules.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManageClinicalRules')
  @ApiCreatedResponse({ standardSchema: AllergyRuleView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateAllergyRule }) input: z.output<typeof CreateAllergyRule>,
  ): Promise<z.output<typeof AllergyRuleView>> {
    return this.rules.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: AllergyRuleView })
  change(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateAllergyRule }) input: z.output<typeof UpdateAllergyRule>,
  ): Promise<z.output<typeof AllergyRuleView>> {
    return this.rules.change(ctx, id, input);
  }

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('ManageClinicalRules')
  @ApiOkResponse({ standardSchema: RulePreviewView })
  previewNew(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateAllergyRule }) input: z.output<typeof CreateAllergyRule>,
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
    @Body({ schema: UpdateAllergyRule }) input: z.output<typeof UpdateAllergyRule>,
  ): Promise<RulePreview> {
    return this.rules.preview(ctx, { id, input });
  }
}
