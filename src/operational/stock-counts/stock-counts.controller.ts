import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { CountEntriesService } from './count-entries.service.js';
import { CyclePlanService } from './cycle-plan.service.js';
import * as schemas from './stock-counts.schemas.js';
import { StockCountsService } from './stock-counts.service.js';
import type { CyclePlanRow, StockCount, StockPolicy } from './stock-counts.types.js';

@ApiTags('stock counts')
@Controller('inventory')
export class StockCountsController {
  constructor(
    private readonly counts: StockCountsService,
    private readonly entries: CountEntriesService,
    private readonly plan: CyclePlanService,
  ) {}

  @Get('policy')
  @RequirePermission('CountStock')
  @ApiOkResponse({ standardSchema: schemas.StockPolicyView })
  policy(@Ctx() ctx: RequestContext): Promise<StockPolicy> {
    return this.plan.policy(ctx);
  }

  @Patch('policy')
  @RequirePermission('ApproveStock')
  @ApiOkResponse({ standardSchema: schemas.StockPolicyView })
  setPolicy(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.UpdateStockPolicy }) input: z.output<typeof schemas.UpdateStockPolicy>,
  ): Promise<StockPolicy> {
    return this.plan.setPolicy(ctx, input);
  }

  @Get('count-plan')
  @RequirePermission('CountStock')
  @ApiOkResponse({ standardSchema: schemas.CyclePlanPage })
  cyclePlan(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.CyclePlanQuery }) query: z.output<typeof schemas.CyclePlanQuery>,
  ): Promise<Page<CyclePlanRow>> {
    return this.plan.findPage(ctx, query);
  }

  @Get('counts')
  @RequirePermission('CountStock')
  @ApiOkResponse({ standardSchema: schemas.CountPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.CountQuery }) query: z.output<typeof schemas.CountQuery>,
  ): Promise<Page<StockCount>> {
    return this.counts.findPage(ctx, query);
  }

  @Post('counts')
  @RequirePermission('CountStock')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.CountView })
  start(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.StartCount }) input: z.output<typeof schemas.StartCount>,
  ): Promise<StockCount> {
    return this.counts.start(ctx, input);
  }

  @Get('counts/:id')
  @RequirePermission('CountStock')
  @ApiOkResponse({ standardSchema: schemas.CountWithLines })
  one(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: schemas.LineQuery }) query: z.output<typeof schemas.LineQuery>,
  ): ReturnType<StockCountsService['findOne']> {
    return this.counts.findOne(ctx, id, query);
  }

  @Post('counts/:id/enter')
  @HttpCode(200)
  @RequirePermission('CountStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.CountsEntered })
  enter(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.EnterCounts }) input: z.output<typeof schemas.EnterCounts>,
  ): ReturnType<CountEntriesService['enter']> {
    return this.entries.enter(ctx, id, input);
  }

  @Post('counts/:id/recount')
  @HttpCode(200)
  @RequirePermission('ApproveStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.CountView })
  recount(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.AskRecount }) input: z.output<typeof schemas.AskRecount>,
  ): Promise<StockCount> {
    return this.counts.recount(ctx, id, input);
  }

  @Post('counts/:id/submit')
  @HttpCode(200)
  @RequirePermission('CountStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.CountView })
  submit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.SubmitCount }) input: z.output<typeof schemas.SubmitCount>,
  ): Promise<StockCount> {
    return this.counts.submit(ctx, id, input);
  }

  @Post('counts/:id/approve')
  @HttpCode(200)
  @RequirePermission('ApproveStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.CountView })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.ApproveCount }) input: z.output<typeof schemas.ApproveCount>,
  ): Promise<StockCount> {
    return this.counts.approve(ctx, id, input);
  }

  @Post('counts/:id/cancel')
  @HttpCode(200)
  @RequirePermission('CountStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.CountView })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.CancelCount }) input: z.output<typeof schemas.CancelCount>,
  ): Promise<StockCount> {
    return this.counts.cancel(ctx, id, input);
  }
}
