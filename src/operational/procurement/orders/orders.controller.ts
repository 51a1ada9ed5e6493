import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  ApproveOrder,
  CreateOrder,
  EndOrder,
  OrderDetail,
  OrderFormat,
  OrderPage,
  OrderQuery,
  SubmitOrder,
  UpdateOrder,
  type OrderMail,
} from './orders.schemas.js';
import type { Order, OrderWithLines } from './orders.types.js';
import { OrdersService } from './orders.service.js';

@ApiTags('procurement')
@Controller('purchase-orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: OrderPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: OrderQuery }) query: z.output<typeof OrderQuery>,
  ): Promise<Page<Order>> {
    return this.orders.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: OrderDetail })
  async get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: OrderFormat }) { format, language }: z.output<typeof OrderFormat>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderWithLines | z.output<typeof OrderMail> | string | Buffer> {
    if (format === 'json') return this.orders.get(ctx, id);
    if (format === 'mail') return this.orders.mail(ctx, id, language);
    if (format === 'html') {
      const page = await this.orders.html(ctx, id, language);
      reply.header('content-type', 'text/html; charset=utf-8');
      return page;
    }
    if (format === 'pdf') {
      const paper = await this.orders.pdf(ctx, id, language);
      reply.header('content-type', 'application/pdf');
      reply.header('content-disposition', `attachment; filename="purchase-order-${id}.pdf"`);
      return paper;
    }
    const file = await this.orders.csv(ctx, id);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="purchase-order-${id}.csv"`);
    return file;
  }

  @Post()
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: OrderDetail })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateOrder }) input: z.output<typeof CreateOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('WriteProcurement')
  @ApiOkResponse({ standardSchema: OrderDetail })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateOrder }) input: z.output<typeof UpdateOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.update(ctx, id, input);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: OrderDetail })
  submit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: SubmitOrder }) input: z.output<typeof SubmitOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.submit(ctx, id, input);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @RequirePermission('ApprovePurchaseOrder')
  @Idempotent()
  @ApiOkResponse({ standardSchema: OrderDetail })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ApproveOrder }) input: z.output<typeof ApproveOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.approve(ctx, id, input);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: OrderDetail })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndOrder }) input: z.output<typeof EndOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.cancel(ctx, id, input);
  }

  @Post(':id/close')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: OrderDetail })
  close(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndOrder }) input: z.output<typeof EndOrder>,
  ): Promise<OrderWithLines> {
    return this.orders.close(ctx, id, input);
  }
}
