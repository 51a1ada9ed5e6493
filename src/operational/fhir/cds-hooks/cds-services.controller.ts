import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';

import { Ctx, Public, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { WorksWhenFull } from '../../../platform/storage/storage.guard.js';
import type { Card } from './cards.domain.js';
import { CdsFeedbackService } from './cds-feedback.service.js';
import { CdsFeedback, CdsFeedbackStored, CdsRequest, CdsResponse, CdsServices } from './cds-hooks.schemas.js';
import { CdsHooksService } from './cds-hooks.service.js';
import { describeServices } from './cds-services.js';

/** The services of CDS Hooks (https://cds-hooks.hl7.org) under the base address /api. */
@ApiTags('cds-hooks')
@Controller('cds-services')
export class CdsServicesController {
  constructor(
    private readonly services: CdsHooksService,
    private readonly feedback: CdsFeedbackService,
  ) {}

  @Get()
  @Public()
  @ApiOkResponse({ standardSchema: CdsServices })
  discover(): ReturnType<typeof describeServices> {
    return describeServices();
  }

  @Post(':id')
  @WorksWhenFull()
  @HttpCode(200)
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: CdsResponse })
  call(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Body({ schema: CdsRequest }) request: CdsRequest,
  ): Promise<{ cards: Card[] }> {
    return this.services.check(ctx, id, request);
  }

  @Post(':id/feedback')
  @HttpCode(200)
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: CdsFeedbackStored })
  report(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Body({ schema: CdsFeedback }) feedback: CdsFeedback,
  ): Promise<{ stored: number }> {
    return this.feedback.store(ctx, id, feedback);
  }
}
