import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  DemandView,
  OrderSuggestions,
  ReorderRule,
  RulePage,
  RuleQuery,
  SetReorderRule,
  SuggestionPage,
  SuggestionQuery,
  SuggestionsOrdered,
  type Rule,
  type SuggestionRow,
} from './reorder.schemas.js';
import { ReorderService } from './reorder.service.js';

@ApiTags('procurement')
@Controller()
export class ReorderController {
  constructor(private readonly reorder: ReorderService) {}

  @Get('inventory/reorder-suggestions')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: SuggestionPage })
  suggestions(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SuggestionQuery }) query: z.output<typeof SuggestionQuery>,
  ): Promise<Page<SuggestionRow>> {
    return this.reorder.suggestions(ctx, query);
  }

  @Get('inventory/demand/:drugId')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: DemandView })
  demand(
    @Ctx() ctx: RequestContext,
    @Param('drugId', { schema: PathId }) drugId: number,
  ): Promise<z.output<typeof DemandView>> {
    return this.reorder.demand(ctx, drugId);
  }

  @Get('inventory/reorder-rules')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: RulePage })
  rules(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<Rule>> {
    return this.reorder.findRules(ctx, query);
  }

  @Put('inventory/reorder-rules/:drugId')
  @RequirePermission('WriteProcurement')
  @ApiOkResponse({ standardSchema: ReorderRule })
  setRule(
    @Ctx() ctx: RequestContext,
    @Param('drugId', { schema: PathId }) drugId: number,
    @Body({ schema: SetReorderRule }) input: z.output<typeof SetReorderRule>,
  ): Promise<Rule> {
    return this.reorder.setRule(ctx, drugId, input);
  }

  @Post('purchase-orders/from-suggestions')
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: SuggestionsOrdered })
  order(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OrderSuggestions }) input: z.output<typeof OrderSuggestions>,
  ): Promise<z.output<typeof SuggestionsOrdered>> {
    return this.reorder.order(ctx, input);
  }
}
