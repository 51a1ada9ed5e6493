import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RebalancingPage, RebalancingQuery, type RebalancingRow } from './rebalancing.schemas.js';
import { RebalancingService } from './rebalancing.service.js';

@ApiTags('procurement')
@Controller('inventory/rebalancing')
export class RebalancingController {
  constructor(private readonly rebalancing: RebalancingService) {}

  @Get()
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: RebalancingPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RebalancingQuery }) query: z.output<typeof RebalancingQuery>,
  ): Promise<Page<RebalancingRow>> {
    return this.rebalancing.findPage(ctx, query);
  }
}
