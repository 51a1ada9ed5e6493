import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Reservation } from './stock-reservations.repository.js';
import {
  KeepStock,
  ReservationPage,
  ReservationQuery,
  ReservationView,
} from './stock-reservations.schemas.js';
import { StockReservationsService } from './stock-reservations.service.js';

@ApiTags('inventory')
@Controller('inventory/reservations')
export class StockReservationsController {
  constructor(private readonly reservations: StockReservationsService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: ReservationPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReservationQuery }) query: z.output<typeof ReservationQuery>,
  ): Promise<Page<Reservation>> {
    return this.reservations.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ReservationView })
  keep(
    @Ctx() ctx: RequestContext,
    @Body({ schema: KeepStock }) input: z.output<typeof KeepStock>,
  ): Promise<Reservation> {
    return this.reservations.keep(ctx, input);
  }

  @Post(':id/release')
  @HttpCode(200)
  @RequirePermission('Sell')
  @Idempotent()
  @ApiOkResponse({ standardSchema: ReservationView })
  release(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Reservation> {
    return this.reservations.release(ctx, id);
  }
}
