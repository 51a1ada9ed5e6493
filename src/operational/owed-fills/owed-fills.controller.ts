import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { OwedFillsPage, OwedFillsQuery } from './owed-fills.schemas.js';
import { OwedFillsService } from './owed-fills.service.js';

@ApiTags('fills')
@Controller('owed-fills')
export class OwedFillsController {
  constructor(private readonly owed: OwedFillsService) {}

  @Get()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: OwedFillsPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: OwedFillsQuery }) query: z.output<typeof OwedFillsQuery>,
  ): Promise<z.output<typeof OwedFillsPage>> {
    return this.owed.findPage(ctx, query);
  }
}
