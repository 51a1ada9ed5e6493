import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission, RequireStepUp } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import type { FillShares } from '../insurance/claims.types.js';
import { BasketPreviewService, type BasketPreview } from './pricing/basket-preview.service.js';
import type { EInvoice } from './e-invoice/e-invoice.types.js';
import { ExchangesService, type Exchange } from './exchanges.service.js';
import { ReceiptsService } from './receipts.service.js';
import { ReturnsService } from './returns.service.js';
import {
  CreateSale,
  EInvoiceView,
  ExchangeSale,
  ExchangeView,
  FillSharesList,
  PricedSale,
  PriceSale,
  ReceiptPrint,
  ReceiptQuery,
  ReturnSale,
  SaleCreated,
  SalePage,
  SaleQuery,
  SaleView,
  SharesQuery,
  VoidSale,
} from './sales.schemas.js';
import type { SaleAnswer } from './sale-answer.types.js';
import { SalesService } from './sales.service.js';
import type { SaleDetail, SaleHeader } from './sales.types.js';

@ApiTags('sales')
@Controller('sales')
export class SalesController {
  constructor(
    private readonly sales: SalesService,
    private readonly returns: ReturnsService,
    private readonly exchanges: ExchangesService,
    private readonly receipts: ReceiptsService,
    private readonly preview: BasketPreviewService,
  ) {}

  @Post()
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: SaleCreated })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateSale }) input: z.output<typeof CreateSale>,
  ): Promise<SaleAnswer> {
    return this.sales.create(ctx, input);
  }

  @Post('price')
  @WorksWhenFull()
  @HttpCode(200)
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PricedSale })
  price(
    @Ctx() ctx: RequestContext,
    @Body({ schema: PriceSale }) input: z.output<typeof PriceSale>,
  ): Promise<BasketPreview> {
    return this.preview.price(ctx, input);
  }

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: SalePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SaleQuery }) query: z.output<typeof SaleQuery>,
  ): Promise<Page<SaleHeader & { itemCount: number }>> {
    return this.sales.findPage(ctx, query);
  }

  @Get('shares')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: FillSharesList })
  shares(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SharesQuery }) query: z.output<typeof SharesQuery>,
  ): Promise<{ data: FillShares[] }> {
    return this.sales.shares(ctx, query.fillIds);
  }

  @Get(':id')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: SaleView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<SaleDetail> {
    return this.sales.getDetail(ctx, id);
  }

  @Post(':id/return')
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: SaleView })
  takeBack(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReturnSale }) input: z.output<typeof ReturnSale>,
  ): Promise<SaleDetail> {
    return this.returns.takeBack(ctx, id, input);
  }

  @Post(':id/exchange')
  @RequirePermission('Refund', 'Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ExchangeView })
  exchange(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ExchangeSale }) input: z.output<typeof ExchangeSale>,
  ): Promise<Exchange> {
    return this.exchanges.exchange(ctx, id, input);
  }

  @Post(':id/void')
  @RequireStepUp({ strength: 'counter' })
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: SaleView })
  voidSale(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: VoidSale }) input: z.output<typeof VoidSale>,
  ): Promise<SaleDetail> {
    return this.returns.voidSale(ctx, id, input);
  }

  @Post(':id/receipt-prints')
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ReceiptPrint })
  countPrint(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<{ printNo: number }> {
    return this.receipts.count(ctx, id);
  }

  @Get(':id/e-invoice')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: EInvoiceView })
  eInvoice(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<EInvoice | null> {
    return this.receipts.eInvoice(ctx, id);
  }

  @Get(':id/receipt')
  @RequirePermission('Sell')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The receipt as a printable page.' })
  receipt(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ReceiptQuery }) query: z.output<typeof ReceiptQuery>,
  ): Promise<string> {
    return this.receipts.html(ctx, id, query);
  }
}
