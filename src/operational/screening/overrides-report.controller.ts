import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { OverridesQuery, OverridesReport } from './overrides-report.schemas.js';
import { OverridesReportService } from './overrides-report.service.js';

@ApiTags('reports')
@Controller('reports/overrides')
@Heavy()
export class OverridesReportController {
  constructor(private readonly reports: OverridesReportService) {}

  @Get()
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: OverridesReport })
  async report(
    @Ctx() ctx: RequestContext,
    @Query({ schema: OverridesQuery }) query: z.output<typeof OverridesQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof OverridesReport> | string> {
    if (query.format === 'json') return this.reports.report(ctx, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="overrides-by-${query.by}.csv"`);
    return this.reports.csv(ctx, query);
  }
}
