import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  OfflineSaleInput,
  OfflineSalePage,
  OfflineSaleQuery,
  OfflineSaleReceived,
  OfflineSaleView,
  PostOfflineSale,
  RejectOfflineSale,
  TillCatalogue,
  TillCatalogueQuery,
} from './offline-sales.schemas.js';
import { OfflineSalesService } from './offline-sales.service.js';
import type { OfflineSaleDetail, OfflineSaleRow } from './offline-sales.types.js';
import { TillCatalogueService } from './till-catalogue.service.js';

@ApiTags('offline sales')
@Controller('offline-sales')
export class OfflineSalesController {
  constructor(
    private readonly offline: OfflineSalesService,
    private readonly catalogue: TillCatalogueService,
  ) {}

  @Post()
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: OfflineSaleReceived })
  receive(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OfflineSaleInput }) sale: z.output<typeof OfflineSaleInput>,
  ): Promise<OfflineSaleRow> {
    return this.offline.receive(ctx, sale);
  }

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: OfflineSalePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: OfflineSaleQuery }) query: z.output<typeof OfflineSaleQuery>,
  ): Promise<Page<OfflineSaleRow>> {
    return this.offline.findPage(ctx, query);
  }

  @Get('catalogue')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: TillCatalogue })
  products(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TillCatalogueQuery }) query: z.output<typeof TillCatalogueQuery>,
  ): Promise<z.output<typeof TillCatalogue>> {
    return this.catalogue.page(ctx, query);
  }

  @Get(':id')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: OfflineSaleView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<OfflineSaleDetail> {
    return this.offline.getDetail(ctx, id);
  }

  @Post(':id/post')
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: OfflineSaleView })
  post(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: PostOfflineSale }) input: z.output<typeof PostOfflineSale>,
  ): Promise<OfflineSaleDetail> {
    return this.offline.postConflict(ctx, id, input);
  }

  @Post(':id/reject')
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: OfflineSaleView })
  reject(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: RejectOfflineSale }) input: z.output<typeof RejectOfflineSale>,
  ): Promise<OfflineSaleDetail> {
    return this.offline.reject(ctx, id, input);
  }
}
