import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { RuleCoverageQuery, RuleCoverageReport } from './rule-coverage.schemas.js';
import { RuleCoverageService } from './rule-coverage.service.js';

@ApiTags('reports')
@Controller('reports/rule-coverage')
@Heavy()
export class RuleCoverageController {
  constructor(private readonly coverage: RuleCoverageService) {}

  @Get()
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: RuleCoverageReport })
  async report(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleCoverageQuery }) query: z.output<typeof RuleCoverageQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof RuleCoverageReport> | string> {
    if (query.format === 'json') return this.coverage.report(ctx, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="rule-coverage.csv"');
    return this.coverage.csv(ctx);
  }
}
