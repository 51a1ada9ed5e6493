import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  AsOfQuery,
  DeadStock,
  DeadStockQuery,
  ExpiryQuery,
  ExpiryReport,
  StockAsOf,
  StockMonths,
  StockMonthsQuery,
  StockValuation,
  ValuationQuery,
} from './stock-reports.schemas.js';
import { StockReportsService } from './stock-reports.service.js';

@ApiTags('reports')
@Controller('reports')
@Heavy()
export class StockReportsController {
  constructor(private readonly reports: StockReportsService) {}

  @Get('stock-as-of')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: StockAsOf })
  async asOf(
    @Ctx() ctx: RequestContext,
    @Query({ schema: AsOfQuery }) query: z.output<typeof AsOfQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof StockAsOf> | string> {
    if (query.format === 'json') return this.reports.asOf(ctx, query);
    asFile(reply, 'stock-as-of');
    return this.reports.asOfCsv(ctx, query);
  }

  @Get('stock-valuation')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: StockValuation })
  async valuation(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ValuationQuery }) query: z.output<typeof ValuationQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof StockValuation> | string> {
    if (query.format === 'json') return this.reports.valuation(ctx, query);
    asFile(reply, `stock-valuation-by-${query.by}`);
    return this.reports.valuationCsv(ctx, query);
  }

  @Get('stock-months')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: StockMonths })
  async months(
    @Ctx() ctx: RequestContext,
    @Query({ schema: StockMonthsQuery }) query: z.output<typeof StockMonthsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof StockMonths> | string> {
    if (query.format === 'json') return this.reports.months(ctx, query);
    asFile(reply, 'stock-months');
    return this.reports.monthsCsv(ctx, query);
  }

  @Get('dead-stock')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: DeadStock })
  async deadStock(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DeadStockQuery }) query: z.output<typeof DeadStockQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof DeadStock> | string> {
    if (query.format === 'json') return this.reports.deadStock(ctx, query);
    asFile(reply, 'dead-stock');
    return this.reports.deadStockCsv(ctx, query);
  }

  @Get('expiry')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: ExpiryReport })
  async expiry(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ExpiryQuery }) query: z.output<typeof ExpiryQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof ExpiryReport> | string> {
    if (query.format === 'json') return this.reports.expiry(ctx, query);
    asFile(reply, 'expiry');
    return this.reports.expiryCsv(ctx, query);
  }
}

function asFile(reply: FastifyReply, name: string): void {
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
}
