import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { CdsFeedbackService } from './cds-feedback.service.js';
import { CdsFeedbackPage, CdsFeedbackQuery, type CdsFeedbackRow } from './cds-hooks.schemas.js';

@ApiTags('cds-hooks')
@Controller('cds-feedback')
export class CdsFeedbackController {
  constructor(private readonly feedback: CdsFeedbackService) {}

  @Get()
  @RequirePermission('ReadAuditLog')
  @ApiOkResponse({ standardSchema: CdsFeedbackPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: CdsFeedbackQuery }) query: z.output<typeof CdsFeedbackQuery>,
  ): Promise<Page<CdsFeedbackRow>> {
    return this.feedback.findPage(ctx, query);
  }
}
