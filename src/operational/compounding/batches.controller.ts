import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  BatchPage,
  BatchQuery,
  BatchReleased,
  BatchView,
  DiscardBatch,
  ItemScanned,
  MakeBatch,
  ReleaseBatch,
  ScanItem,
  StartBatch,
  WeighItem,
  WorksheetQuery,
  type BatchSummary,
} from './batches.schemas.js';
import { BatchesService } from './batches.service.js';

@ApiTags('compounding')
@Controller('compound-batches')
export class BatchesController {
  constructor(private readonly batches: BatchesService) {}

  @Get()
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: BatchPage })
  findPage(
    @Ctx() ctx: RequestContext,
    @Query({ schema: BatchQuery }) query: z.output<typeof BatchQuery>,
  ): Promise<Page<BatchSummary>> {
    return this.batches.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: BatchView })
  findOne(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<BatchView> {
    return this.batches.findOne(ctx, id);
  }

  @Get(':id/worksheet')
  @RequirePermission('ReadInventory')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'Printable worksheet, A4', schema: { type: 'string' } })
  worksheet(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: WorksheetQuery }) query: z.output<typeof WorksheetQuery>,
  ): Promise<string> {
    return this.batches.worksheet(ctx, id, query.lang);
  }

  @Post()
  @RequirePermission('Compound')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: BatchView })
  start(@Ctx() ctx: RequestContext, @Body({ schema: StartBatch }) input: StartBatch): Promise<BatchView> {
    return this.batches.start(ctx, input);
  }

  @Post(':id/scan')
  @HttpCode(200)
  @RequirePermission('Compound')
  @ApiOkResponse({ standardSchema: ItemScanned })
  scan(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ScanItem }) input: ScanItem,
  ): Promise<ItemScanned> {
    return this.batches.scan(ctx, id, input);
  }

  @Post(':id/weigh')
  @HttpCode(200)
  @RequirePermission('Compound')
  @Idempotent()
  @ApiOkResponse({ standardSchema: BatchView })
  weigh(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: WeighItem }) input: WeighItem,
  ): Promise<BatchView> {
    return this.batches.weigh(ctx, id, input);
  }

  @Post(':id/make')
  @HttpCode(200)
  @RequirePermission('Compound')
  @Idempotent()
  @ApiOkResponse({ standardSchema: BatchView })
  make(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: MakeBatch }) input: z.output<typeof MakeBatch>,
  ): Promise<BatchView> {
    return this.batches.make(ctx, id, input.beyondUseDate);
  }

  @Post(':id/release')
  @HttpCode(200)
  @RequirePermission('Compound', 'VerifyPrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: BatchReleased })
  release(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReleaseBatch }) input: ReleaseBatch,
  ): Promise<BatchReleased> {
    return this.batches.release(ctx, id, input);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @RequirePermission('Compound')
  @Idempotent()
  @ApiOkResponse({ standardSchema: BatchView })
  discard(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: DiscardBatch }) input: DiscardBatch,
  ): Promise<BatchView> {
    return this.batches.discard(ctx, id, input);
  }
}
