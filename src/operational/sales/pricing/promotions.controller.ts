import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  CreatePromotion,
  EndPromotion,
  PromotionPage,
  PromotionQuery,
  PromotionView,
  UpdatePromotion,
  type PromotionRow,
} from './promotions.schemas.js';
import { PromotionsService } from './promotions.service.js';

@ApiTags('promotions')
@Controller('promotions')
export class PromotionsController {
  constructor(private readonly promotions: PromotionsService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PromotionPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PromotionQuery }) query: z.output<typeof PromotionQuery>,
  ): Promise<Page<PromotionRow>> {
    return this.promotions.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PromotionView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PromotionRow> {
    return this.promotions.getOne(ctx, id);
  }

  @Post()
  @RequirePermission('ManagePricing')
  @ApiCreatedResponse({ standardSchema: PromotionView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePromotion }) input: z.output<typeof CreatePromotion>,
  ): Promise<PromotionRow> {
    return this.promotions.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: PromotionView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePromotion }) input: z.output<typeof UpdatePromotion>,
  ): Promise<PromotionRow> {
    return this.promotions.update(ctx, id, input);
  }

  @Post(':id/end')
  @HttpCode(200)
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: PromotionView })
  end(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: EndPromotion }) input: z.output<typeof EndPromotion>,
  ): Promise<PromotionRow> {
    return this.promotions.end(ctx, id, input.version);
  }
}
