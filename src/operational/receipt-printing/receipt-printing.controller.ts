import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  CreatePrinter,
  PrinterPage,
  PrinterQuery,
  PrinterView,
  PrintJobPage,
  PrintJobQuery,
  PrintJobView,
  PrintReceipt,
  UpdatePrinter,
  type Printer,
  type PrintJob,
} from './receipt-printing.schemas.js';
import { ReceiptPrintingService } from './receipt-printing.service.js';

@ApiTags('receipt printing')
@Controller('receipt-printers')
export class ReceiptPrintersController {
  constructor(private readonly printing: ReceiptPrintingService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PrinterPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PrinterQuery }) query: z.output<typeof PrinterQuery>,
  ): Promise<Page<Printer>> {
    return this.printing.findPrinters(ctx, query);
  }

  @Post()
  @RequirePermission('ManageBranches')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: PrinterView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePrinter }) input: z.output<typeof CreatePrinter>,
  ): Promise<Printer> {
    return this.printing.createPrinter(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: PrinterView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePrinter }) input: z.output<typeof UpdatePrinter>,
  ): Promise<Printer> {
    return this.printing.updatePrinter(ctx, id, input);
  }

  @Post(':id/test')
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: PrintJobView })
  test(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PrintJob> {
    return this.printing.printTest(ctx, id);
  }

  @Post(':id/open-drawer')
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: PrintJobView })
  openDrawer(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PrintJob> {
    return this.printing.openDrawer(ctx, id);
  }
}

@ApiTags('receipt printing')
@Controller('print-jobs')
@RequirePermission('Sell')
export class PrintJobsController {
  constructor(private readonly printing: ReceiptPrintingService) {}

  @Get()
  @ApiOkResponse({ standardSchema: PrintJobPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PrintJobQuery }) query: z.output<typeof PrintJobQuery>,
  ): Promise<Page<PrintJob>> {
    return this.printing.findJobs(ctx, query);
  }

  @Post()
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: PrintJobView })
  print(
    @Ctx() ctx: RequestContext,
    @Body({ schema: PrintReceipt }) input: z.output<typeof PrintReceipt>,
  ): Promise<PrintJob> {
    return this.printing.printReceipt(ctx, input);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: PrintJobView })
  retry(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PrintJob> {
    return this.printing.retry(ctx, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: PrintJobView })
  cancel(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PrintJob> {
    return this.printing.cancel(ctx, id);
  }
}
