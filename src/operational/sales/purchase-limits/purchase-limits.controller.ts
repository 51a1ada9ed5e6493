import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  CreatePurchaseLimit,
  EndPurchaseLimit,
  PurchaseLimitPage,
  PurchaseLimitQuery,
  PurchaseLimitView,
  UpdatePurchaseLimit,
  type PurchaseLimit,
} from './purchase-limits.schemas.js';
import { PurchaseLimitsService } from './purchase-limits.service.js';

@ApiTags('purchase limits')
@Controller('purchase-limits')
export class PurchaseLimitsController {
  constructor(private readonly limits: PurchaseLimitsService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PurchaseLimitPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PurchaseLimitQuery }) query: z.output<typeof PurchaseLimitQuery>,
  ): Promise<Page<PurchaseLimit>> {
    return this.limits.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManagePricing')
  @ApiCreatedResponse({ standardSchema: PurchaseLimitView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePurchaseLimit }) input: z.output<typeof CreatePurchaseLimit>,
  ): Promise<PurchaseLimit> {
    return this.limits.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: PurchaseLimitView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePurchaseLimit }) input: z.output<typeof UpdatePurchaseLimit>,
  ): Promise<PurchaseLimit> {
    return this.limits.update(ctx, id, input);
  }

  @Post(':id/end')
  @HttpCode(200)
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: PurchaseLimitView })
  end(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndPurchaseLimit }) input: z.output<typeof EndPurchaseLimit>,
  ): Promise<PurchaseLimit> {
    return this.limits.end(ctx, id, input.version);
  }
}
