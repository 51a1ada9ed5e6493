import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AdherenceQuery, AdherenceView, RefillsDuePage, RefillsDueQuery } from './refills.schemas.js';
import { RefillsService } from './refills.service.js';

@ApiTags('refills')
@Controller()
export class RefillsController {
  constructor(private readonly refills: RefillsService) {}

  @Get('refills-due')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: RefillsDuePage })
  due(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RefillsDueQuery }) query: z.output<typeof RefillsDueQuery>,
  ): Promise<z.output<typeof RefillsDuePage>> {
    return this.refills.due(ctx, query);
  }

  @Get('patients/:id/adherence')
  @RequirePermission('ReadPatient', 'ReadPrescription')
  @ApiOkResponse({ standardSchema: AdherenceView })
  adherence(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: AdherenceQuery }) query: z.output<typeof AdherenceQuery>,
  ): Promise<z.output<typeof AdherenceView>> {
    return this.refills.adherence(ctx, id, query);
  }
}
