import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  LoyaltyRuleView,
  PointsPage,
  PointsQuery,
  WriteLoyaltyRule,
  type PointsRow,
} from './loyalty.schemas.js';
import { LoyaltyService } from './loyalty.service.js';

type RuleView = Promise<z.output<typeof LoyaltyRuleView>>;

@ApiTags('customer accounts')
@Controller()
export class LoyaltyController {
  constructor(private readonly loyalty: LoyaltyService) {}

  @Get('loyalty-rule')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: LoyaltyRuleView })
  rule(@Ctx() ctx: RequestContext): RuleView {
    return this.loyalty.getRule(ctx);
  }

  @Put('loyalty-rule')
  @RequirePermission('ManageAccounts')
  @ApiOkResponse({ standardSchema: LoyaltyRuleView })
  write(
    @Ctx() ctx: RequestContext,
    @Body({ schema: WriteLoyaltyRule }) input: z.output<typeof WriteLoyaltyRule>,
  ): RuleView {
    return this.loyalty.writeRule(ctx, input);
  }

  @Get('accounts/:id/points')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: PointsPage })
  points(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: PointsQuery }) query: z.output<typeof PointsQuery>,
  ): Promise<Page<PointsRow>> {
    return this.loyalty.findEntries(ctx, id, query);
  }
}
