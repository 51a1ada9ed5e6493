import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { LotSplit, LotView } from './inventory.schemas.js';
import type { Lot } from './lots.types.js';
import type { Bin } from './shelves.repository.js';
import { BinPage, BinQuery, MoveLot, SplitLot } from './shelves.schemas.js';
import { ShelvesService } from './shelves.service.js';

@ApiTags('inventory')
@Controller('inventory')
export class ShelvesController {
  constructor(private readonly shelves: ShelvesService) {}

  @Get('bins')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: BinPage })
  bins(
    @Ctx() ctx: RequestContext,
    @Query({ schema: BinQuery }) query: z.output<typeof BinQuery>,
  ): Promise<Page<Bin>> {
    return this.shelves.findBins(ctx, query);
  }

  @Patch('lots/:id')
  @RequirePermission('WriteInventory')
  @ApiOkResponse({ standardSchema: LotView })
  move(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: MoveLot }) input: z.output<typeof MoveLot>,
  ): Promise<Lot> {
    return this.shelves.move(ctx, id, input);
  }

  @Post('split')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: LotSplit })
  split(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SplitLot }) input: z.output<typeof SplitLot>,
  ): Promise<{ from: Lot; to: Lot }> {
    return this.shelves.split(ctx, input);
  }
}
