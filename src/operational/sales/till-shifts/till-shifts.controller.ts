import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Denomination } from './till-shifts.repository.js';
import {
  CashDrop,
  CashMovement,
  CloseShift,
  CountDrawer,
  DenominationList,
  OpenShift,
  ReportQuery,
  SetDenominations,
  ShiftDrawer,
  ShiftPage,
  ShiftQuery,
  ShiftReport,
  ShiftView,
} from './till-shifts.schemas.js';
import { TillShiftsService } from './till-shifts.service.js';
import type { DrawerView, Report, Shift, ShiftRow } from './till-shifts.types.js';

@ApiTags('till')
@Controller('till-shifts')
@RequirePermission('Sell')
export class TillShiftsController {
  constructor(private readonly shifts: TillShiftsService) {}

  @Post()
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ShiftView })
  open(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OpenShift }) input: z.output<typeof OpenShift>,
  ): Promise<Shift> {
    return this.shifts.open(ctx, input);
  }

  @Get('current')
  @ApiOkResponse({ standardSchema: ShiftView })
  current(@Ctx() ctx: RequestContext): Promise<Shift> {
    return this.shifts.current(ctx);
  }

  @Get()
  @RequirePermission('SuperviseTill')
  @ApiOkResponse({ standardSchema: ShiftPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ShiftQuery }) query: z.output<typeof ShiftQuery>,
  ): Promise<Page<ShiftRow>> {
    return this.shifts.findPage(ctx, query);
  }

  @Get('denominations')
  @ApiOkResponse({ standardSchema: DenominationList })
  denominations(@Ctx() ctx: RequestContext): Promise<{ data: Denomination[] }> {
    return this.shifts.denominations(ctx);
  }

  @Put('denominations')
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: DenominationList })
  setDenominations(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetDenominations }) input: z.output<typeof SetDenominations>,
  ): Promise<{ data: Denomination[] }> {
    return this.shifts.setDenominations(ctx, input);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: ShiftDrawer })
  drawer(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<DrawerView> {
    return this.shifts.drawer(ctx, id);
  }

  @Post(':id/pay-in')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ShiftView })
  payIn(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CashMovement }) input: z.output<typeof CashMovement>,
  ): Promise<Shift> {
    return this.shifts.moveCash(ctx, id, 'in', input);
  }

  @Post(':id/pay-out')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ShiftView })
  payOut(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CashMovement }) input: z.output<typeof CashMovement>,
  ): Promise<Shift> {
    return this.shifts.moveCash(ctx, id, 'out', input);
  }

  @Post(':id/drop')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ShiftView })
  drop(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CashDrop }) input: z.output<typeof CashDrop>,
  ): Promise<Shift> {
    return this.shifts.drop(ctx, id, input);
  }

  @Post(':id/count')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ShiftDrawer })
  count(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CountDrawer }) input: z.output<typeof CountDrawer>,
  ): Promise<DrawerView> {
    return this.shifts.count(ctx, id, input);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: ShiftReport })
  close(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CloseShift }) input: z.output<typeof CloseShift>,
  ): Promise<Report> {
    return this.shifts.close(ctx, id, input);
  }

  @Get(':id/report')
  @ApiOkResponse({ standardSchema: ShiftReport })
  async report(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ReportQuery }) query: z.output<typeof ReportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Report | string> {
    if (query.format === 'json') return this.shifts.report(ctx, id);
    reply.type('text/html; charset=utf-8');
    return this.shifts.reportPage(ctx, id, query);
  }
}
