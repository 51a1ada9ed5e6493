import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  NearMissPage,
  NearMissQuery,
  NearMissReport,
  NearMissReported,
  NearMissReportQuery,
  ReportNearMiss,
} from './near-misses.schemas.js';
import { NearMissesService } from './near-misses.service.js';

@ApiTags('near-misses')
@Controller()
export class NearMissesController {
  constructor(private readonly nearMisses: NearMissesService) {}

  @Get('near-misses')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: NearMissPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: NearMissQuery }) query: z.output<typeof NearMissQuery>,
  ): Promise<z.output<typeof NearMissPage>> {
    return this.nearMisses.findPage(ctx, query);
  }

  @Post('near-misses')
  @RequirePermission('ReportNearMiss')
  @ApiCreatedResponse({ standardSchema: NearMissReported })
  report(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ReportNearMiss }) input: z.output<typeof ReportNearMiss>,
  ): Promise<z.output<typeof NearMissReported>> {
    return this.nearMisses.report(ctx, input);
  }

  @Get('reports/near-misses')
  @Heavy()
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: NearMissReport })
  async statistics(
    @Ctx() ctx: RequestContext,
    @Query({ schema: NearMissReportQuery }) query: z.output<typeof NearMissReportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof NearMissReport> | string> {
    if (query.format === 'json') return this.nearMisses.statistics(ctx, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="near-misses-by-${query.by}.csv"`);
    return this.nearMisses.csv(ctx, query);
  }
}
