import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { DeliveryReadingService } from './delivery-reading.service.js';
import { OrderReceivingService } from './order-receiving.service.js';
import {
  OrderReceived,
  ReceiptDetail,
  ReceiptPage,
  ReceiptQuery,
  ReceiveOrder,
  ReverseReceiptItem,
  type Receipt,
  type ReceiptWithItems,
} from './receipts.schemas.js';
import { DeliveryScanned, ScanDelivery, ShipNotice, ShipNoticeRead } from './scan.schemas.js';

@ApiTags('procurement')
@Controller()
export class ReceiptsController {
  constructor(
    private readonly receiving: OrderReceivingService,
    private readonly reading: DeliveryReadingService,
  ) {}

  @Post('purchase-orders/:id/receive')
  @RequirePermission('WriteProcurement', 'WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: OrderReceived })
  receive(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReceiveOrder }) input: z.output<typeof ReceiveOrder>,
  ): Promise<z.output<typeof OrderReceived>> {
    return this.receiving.receive(ctx, id, input);
  }

  @Post('purchase-orders/:id/scan')
  @HttpCode(200)
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: DeliveryScanned })
  scan(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ScanDelivery }) input: z.output<typeof ScanDelivery>,
  ): Promise<z.output<typeof DeliveryScanned>> {
    return this.reading.scan(ctx, id, input.code);
  }

  @Post('purchase-orders/:id/ship-notice')
  @HttpCode(200)
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: ShipNoticeRead })
  shipNotice(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ShipNotice }) input: z.output<typeof ShipNotice>,
  ): Promise<z.output<typeof ShipNoticeRead>> {
    return this.reading.readNotice(ctx, id, input.content);
  }

  @Get('goods-receipts')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: ReceiptPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReceiptQuery }) query: z.output<typeof ReceiptQuery>,
  ): Promise<Page<Receipt>> {
    return this.receiving.findPage(ctx, query);
  }

  @Get('goods-receipts/:id')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: ReceiptDetail })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<ReceiptWithItems> {
    return this.receiving.get(ctx, id);
  }

  @Post('goods-receipts/:id/items/:itemId/reverse')
  @HttpCode(200)
  @RequirePermission('WriteProcurement', 'WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: ReceiptDetail })
  reverse(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('itemId', { schema: PathId }) itemId: number,
    @Body({ schema: ReverseReceiptItem }) input: z.output<typeof ReverseReceiptItem>,
  ): Promise<ReceiptWithItems> {
    return this.receiving.reverse(ctx, id, itemId, input);
  }
}
