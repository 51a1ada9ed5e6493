import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AdjustmentPage, AdjustmentQuery, AdjustmentView, CloseAdjustment } from './adjustments.schemas.js';
import { AdjustmentsService, type AdjustmentAsked } from './adjustments.service.js';
import type { Adjustment } from './adjustments.types.js';
import { AdjustLot, LotAdjusted } from './inventory.schemas.js';

@ApiTags('inventory')
@Controller('inventory')
export class AdjustmentsController {
  constructor(private readonly adjustments: AdjustmentsService) {}

  @Post('adjust')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: LotAdjusted })
  adjust(
    @Ctx() ctx: RequestContext,
    @Body({ schema: AdjustLot }) input: z.output<typeof AdjustLot>,
  ): Promise<AdjustmentAsked> {
    return this.adjustments.adjust(ctx, input);
  }

  @Get('adjustments')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: AdjustmentPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: AdjustmentQuery }) query: z.output<typeof AdjustmentQuery>,
  ): Promise<Page<Adjustment>> {
    return this.adjustments.findPage(ctx, query);
  }

  @Post('adjustments/:id/approve')
  @HttpCode(200)
  @RequirePermission('ApproveStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: AdjustmentView })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CloseAdjustment }) input: z.output<typeof CloseAdjustment>,
  ): Promise<Adjustment> {
    return this.adjustments.approve(ctx, id, input);
  }

  @Post('adjustments/:id/reject')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: AdjustmentView })
  reject(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CloseAdjustment }) input: z.output<typeof CloseAdjustment>,
  ): Promise<Adjustment> {
    return this.adjustments.reject(ctx, id, input);
  }
}
