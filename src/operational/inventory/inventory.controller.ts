import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import type { Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  ChangeLotStatus,
  GoodsReceived,
  LotPage,
  LotQuery,
  LotView,
  MovementPage,
  MovementQuery,
  ReceiveGoods,
  StockAlerts,
} from './inventory.schemas.js';
import { LotsService } from './lots.service.js';
import type { Lot } from './lots.types.js';
import { ReceivingService, type DeliveryTaken } from './receiving.service.js';

@ApiTags('inventory')
@Controller('inventory')
export class InventoryController {
  constructor(
    private readonly lots: LotsService,
    private readonly receiving: ReceivingService,
  ) {}

  @Get('lots')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: LotPage })
  async findLots(
    @Ctx() ctx: RequestContext,
    @Query({ schema: LotQuery }) query: z.output<typeof LotQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<Lot> | string> {
    if (query.format === 'json') return this.lots.findPage(ctx, query);
    const file = await this.lots.file(ctx, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="lots.csv"');
    return file;
  }

  @Get('movements')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: MovementPage })
  findMovements(
    @Ctx() ctx: RequestContext,
    @Query({ schema: MovementQuery }) query: z.output<typeof MovementQuery>,
  ): ReturnType<LotsService['findMovements']> {
    return this.lots.findMovements(ctx, query);
  }

  @Get('alerts')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: StockAlerts })
  alerts(@Ctx() ctx: RequestContext): ReturnType<LotsService['alerts']> {
    return this.lots.alerts(ctx);
  }

  @Post('receive')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: GoodsReceived })
  receive(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ReceiveGoods }) input: z.output<typeof ReceiveGoods>,
  ): Promise<DeliveryTaken> {
    return this.receiving.receive(ctx, input);
  }

  @Post('quarantine')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: LotView })
  quarantine(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangeLotStatus }) input: z.output<typeof ChangeLotStatus>,
  ): Promise<Lot> {
    return this.lots.changeStatus(ctx, input, 'quarantined');
  }

  @Post('hold')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: LotView })
  hold(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangeLotStatus }) input: z.output<typeof ChangeLotStatus>,
  ): Promise<Lot> {
    return this.lots.changeStatus(ctx, input, 'on_hold');
  }

  @Post('release')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: LotView })
  release(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangeLotStatus }) input: z.output<typeof ChangeLotStatus>,
  ): Promise<Lot> {
    return this.lots.changeStatus(ctx, input, 'available');
  }
}
