import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { LabelTemplate } from './label-template.types.js';
import { LabelTemplateView, UpdateLabelTemplate } from './labels.schemas.js';
import { LabelsService } from './labels.service.js';

@ApiTags('fills')
@Controller('label-template')
export class LabelTemplateController {
  constructor(private readonly labels: LabelsService) {}

  @Get()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: LabelTemplateView })
  read(@Ctx() ctx: RequestContext): Promise<LabelTemplate> {
    return this.labels.template(ctx);
  }

  @Patch()
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: LabelTemplateView })
  update(
    @Ctx() ctx: RequestContext,
    @Body({ schema: UpdateLabelTemplate }) input: z.output<typeof UpdateLabelTemplate>,
  ): Promise<LabelTemplate> {
    return this.labels.updateTemplate(ctx, input);
  }
}
