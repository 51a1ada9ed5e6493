import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { SaleAnswer } from '../sale-answer.types.js';
import {
  CreateQuotation,
  QuotationPage,
  QuotationPrintQuery,
  QuotationQuery,
  QuotationSold,
  QuotationView,
  SellQuotation,
  type Quotation,
  type QuotationRow,
} from './quotations.schemas.js';
import { QuotationsService } from './quotations.service.js';

@ApiTags('after the sale')
@Controller('quotations')
@RequirePermission('Sell')
export class QuotationsController {
  constructor(private readonly quotations: QuotationsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: QuotationPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: QuotationQuery }) query: z.output<typeof QuotationQuery>,
  ): Promise<Page<QuotationRow>> {
    return this.quotations.findPage(ctx, query);
  }

  @Post()
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: QuotationView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateQuotation }) input: z.output<typeof CreateQuotation>,
  ): Promise<Quotation> {
    return this.quotations.create(ctx, input);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: QuotationView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Quotation> {
    return this.quotations.findOne(ctx, id);
  }

  @Post(':id/sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: QuotationSold })
  sell(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: SellQuotation }) input: z.output<typeof SellQuotation>,
  ): Promise<SaleAnswer> {
    return this.quotations.sell(ctx, id, input);
  }

  @Get(':id/print')
  @RequirePermission('Sell', 'IdentifyPatients')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The quotation as a printable page.' })
  print(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: QuotationPrintQuery }) query: z.output<typeof QuotationPrintQuery>,
  ): Promise<string> {
    return this.quotations.html(ctx, id, query);
  }
}
