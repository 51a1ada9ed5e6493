import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { CashMovement, CloseShift, OpenShift, ShiftReport, ShiftView } from './till-shifts.schemas.js';
import { TillShiftsService } from './till-shifts.service.js';
import type { Report, Shift } from './till-shifts.types.js';

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
  report(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Report> {
    return this.shifts.report(ctx, id);
  }
}
