import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Heavy, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  ApproveInvoice,
  EndInvoice,
  EnterInvoice,
  InvoiceDetail,
  InvoicePage,
  InvoiceProposal,
  InvoiceQuery,
  Payables,
  PayablesQuery,
  PayInvoice,
  ProposalQuery,
  type Invoice,
  type InvoiceWithLines,
} from './invoices.schemas.js';
import { InvoicesService } from './invoices.service.js';

@ApiTags('procurement')
@Controller()
export class InvoicesController {
  constructor(private readonly invoices: InvoicesService) {}

  @Get('supplier-invoices')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: InvoicePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: InvoiceQuery }) query: z.output<typeof InvoiceQuery>,
  ): Promise<Page<Invoice>> {
    return this.invoices.findPage(ctx, query);
  }

  @Get('supplier-invoices/proposal')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: InvoiceProposal })
  proposal(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ProposalQuery }) { purchaseOrderId }: z.output<typeof ProposalQuery>,
  ): Promise<z.output<typeof InvoiceProposal>> {
    return this.invoices.proposal(ctx, purchaseOrderId);
  }

  @Get('supplier-invoices/:id')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<InvoiceWithLines> {
    return this.invoices.get(ctx, id);
  }

  @Post('supplier-invoices')
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: InvoiceDetail })
  enter(
    @Ctx() ctx: RequestContext,
    @Body({ schema: EnterInvoice }) input: z.output<typeof EnterInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.invoices.enter(ctx, input);
  }

  @Post('supplier-invoices/:id/match')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  match(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<InvoiceWithLines> {
    return this.invoices.match(ctx, id);
  }

  @Post('supplier-invoices/:id/approve')
  @HttpCode(200)
  @RequirePermission('ApprovePurchaseOrder')
  @Idempotent()
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ApproveInvoice }) input: z.output<typeof ApproveInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.invoices.approve(ctx, id, input);
  }

  @Post('supplier-invoices/:id/dispute')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  dispute(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndInvoice }) input: z.output<typeof EndInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.invoices.dispute(ctx, id, input);
  }

  @Post('supplier-invoices/:id/void')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  void(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndInvoice }) input: z.output<typeof EndInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.invoices.void(ctx, id, input);
  }

  @Post('supplier-invoices/:id/payments')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: InvoiceDetail })
  pay(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: PayInvoice }) input: z.output<typeof PayInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.invoices.pay(ctx, id, input);
  }

  @Get('reports/payables')
  @Heavy()
  @RequirePermission('ReadReports', 'ReadProcurement')
  @ApiOkResponse({ standardSchema: Payables })
  async payables(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PayablesQuery }) query: z.output<typeof PayablesQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof Payables> | string> {
    if (query.format === 'json') return this.invoices.payables(ctx, query);
    const file = await this.invoices.payablesCsv(ctx, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="payables.csv"');
    return file;
  }
}
