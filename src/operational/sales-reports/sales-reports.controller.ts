import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  PrescribersQuery,
  ReturnsQuery,
  ReturnsReport,
  SalesQuery,
  SalesReport,
  TendersQuery,
  TendersReport,
  TopDrugsQuery,
} from './sales-reports.schemas.js';
import { SalesReportsService } from './sales-reports.service.js';

@ApiTags('reports')
@Controller('reports')
@Heavy()
export class SalesReportsController {
  constructor(private readonly reports: SalesReportsService) {}

  @Get('sales')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: SalesReport })
  async sales(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SalesQuery }) query: z.output<typeof SalesQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof SalesReport> | string> {
    return sent(reply, `sales-by-${query.by}`, await this.reports.sales(ctx, query));
  }

  @Get('top-drugs')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: SalesReport })
  async topDrugs(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TopDrugsQuery }) query: z.output<typeof TopDrugsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof SalesReport> | string> {
    return sent(reply, `top-drugs-by-${query.order}`, await this.reports.topDrugs(ctx, query));
  }

  @Get('prescribers')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: SalesReport })
  async prescribers(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PrescribersQuery }) query: z.output<typeof PrescribersQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof SalesReport> | string> {
    return sent(reply, 'prescribers', await this.reports.prescribers(ctx, query));
  }

  @Get('tenders')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: TendersReport })
  async tenders(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TendersQuery }) query: z.output<typeof TendersQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof TendersReport> | string> {
    return sent(reply, `tenders-by-${query.by}`, await this.reports.tenders(ctx, query));
  }

  @Get('returns')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: ReturnsReport })
  async returns(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReturnsQuery }) query: z.output<typeof ReturnsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof ReturnsReport> | string> {
    return sent(reply, `returns-by-${query.by}`, await this.reports.returns(ctx, query));
  }
}

/** A text goes out as a file of that name. */
function sent<Answer>(reply: FastifyReply, name: string, answer: Answer): Answer {
  if (typeof answer === 'string') {
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  }
  return answer;
}
