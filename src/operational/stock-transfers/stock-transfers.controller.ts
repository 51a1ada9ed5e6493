import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ArrivalsService, type TransferTaken } from './arrivals.service.js';
import { IssueService } from './issue.service.js';
import * as schemas from './stock-transfers.schemas.js';
import { StockTransfersService } from './stock-transfers.service.js';
import type { InTransitRow, Transfer, TransferHead } from './stock-transfers.types.js';

@ApiTags('stock transfers')
@Controller('inventory')
export class StockTransfersController {
  constructor(
    private readonly transfers: StockTransfersService,
    private readonly sending: IssueService,
    private readonly arrivals: ArrivalsService,
  ) {}

  @Get('transfers')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.TransferPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.TransferQuery }) query: z.output<typeof schemas.TransferQuery>,
  ): Promise<Page<TransferHead>> {
    return this.transfers.findPage(ctx, query);
  }

  @Get('transfer-branches')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.TransferBranches })
  branches(@Ctx() ctx: RequestContext): ReturnType<StockTransfersService['findBranches']> {
    return this.transfers.findBranches(ctx);
  }

  @Get('in-transit')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.InTransitPage })
  inTransit(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.InTransitQuery }) query: z.output<typeof schemas.InTransitQuery>,
  ): Promise<Page<InTransitRow>> {
    return this.transfers.findInTransit(ctx, query);
  }

  @Get('transfers/:id')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.TransferView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Transfer> {
    return this.transfers.findOne(ctx, id);
  }

  @Post('transfers')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.TransferView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.CreateTransfer }) input: z.output<typeof schemas.CreateTransfer>,
  ): Promise<Transfer> {
    return this.transfers.create(ctx, input);
  }

  @Post('transfers/:id/approve')
  @HttpCode(200)
  @RequirePermission('ApproveStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.TransferView })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.ApproveTransfer }) input: z.output<typeof schemas.ApproveTransfer>,
  ): Promise<Transfer> {
    return this.transfers.approve(ctx, id, input);
  }

  @Post('transfers/:id/issue')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.TransferView })
  issue(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.IssueTransfer }) input: z.output<typeof schemas.IssueTransfer>,
  ): Promise<Transfer> {
    return this.sending.issue(ctx, id, input);
  }

  @Post('transfers/:id/receive')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.TransferReceived })
  receive(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.ReceiveTransfer }) input: z.output<typeof schemas.ReceiveTransfer>,
  ): Promise<TransferTaken> {
    return this.arrivals.receive(ctx, id, input);
  }

  @Post('transfers/:id/resolve')
  @HttpCode(200)
  @RequirePermission('ApproveStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.TransferView })
  resolve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.ResolveDiscrepancy }) input: z.output<typeof schemas.ResolveDiscrepancy>,
  ): Promise<Transfer> {
    return this.arrivals.resolve(ctx, id, input);
  }

  @Post('transfers/:id/cancel')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.TransferView })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.CancelTransfer }) input: z.output<typeof schemas.CancelTransfer>,
  ): Promise<Transfer> {
    return this.transfers.cancel(ctx, id, input);
  }
}
