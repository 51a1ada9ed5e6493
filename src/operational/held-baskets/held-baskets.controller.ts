import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  HeldBasketPage,
  HeldBasketQuery,
  HeldBasketView,
  HoldBasket,
  type HeldBasket,
  type HeldBasketRow,
} from './held-baskets.schemas.js';
import { HeldBasketsService } from './held-baskets.service.js';

@ApiTags('after the sale')
@Controller('held-baskets')
@RequirePermission('Sell')
export class HeldBasketsController {
  constructor(private readonly baskets: HeldBasketsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: HeldBasketPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: HeldBasketQuery }) query: z.output<typeof HeldBasketQuery>,
  ): Promise<Page<HeldBasketRow>> {
    return this.baskets.findPage(ctx, query);
  }

  @Post()
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: HeldBasketView })
  hold(
    @Ctx() ctx: RequestContext,
    @Body({ schema: HoldBasket }) input: z.output<typeof HoldBasket>,
  ): Promise<HeldBasket> {
    return this.baskets.hold(ctx, input);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: HeldBasketView })
  resume(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<HeldBasket> {
    return this.baskets.resume(ctx, id);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: HeldBasketView })
  discard(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<HeldBasket> {
    return this.baskets.discard(ctx, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Idempotent()
  @ApiOkResponse({ standardSchema: HeldBasketView })
  restore(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<HeldBasket> {
    return this.baskets.restore(ctx, id);
  }
}
