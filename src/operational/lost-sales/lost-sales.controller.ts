import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import type { Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  LostSaleNoted,
  LostSalePage,
  LostSaleQuery,
  NoteLostSale,
  type LostSaleRow,
} from './lost-sales.schemas.js';
import { LostSalesService } from './lost-sales.service.js';

@ApiTags('lost sales')
@Controller('inventory/lost-sales')
export class LostSalesController {
  constructor(private readonly lostSales: LostSalesService) {}

  @Get()
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: LostSalePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: LostSaleQuery }) query: z.output<typeof LostSaleQuery>,
  ): Promise<Page<LostSaleRow>> {
    return this.lostSales.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('Sell')
  @ApiCreatedResponse({ standardSchema: LostSaleNoted })
  note(
    @Ctx() ctx: RequestContext,
    @Body({ schema: NoteLostSale }) input: z.output<typeof NoteLostSale>,
  ): Promise<z.output<typeof LostSaleNoted>> {
    return this.lostSales.note(ctx, input);
  }
}
