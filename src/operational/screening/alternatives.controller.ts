import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import { ClinicalAlternatives, ClinicalAlternativesResult } from './alternatives.schemas.js';
import { AlternativesService } from './alternatives.service.js';

@ApiTags('clinical')
@Controller('clinical/alternatives')
export class AlternativesController {
  constructor(private readonly alternatives: AlternativesService) {}

  @Post()
  @WorksWhenFull()
  @HttpCode(200)
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: ClinicalAlternativesResult })
  find(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ClinicalAlternatives }) query: z.output<typeof ClinicalAlternatives>,
  ): Promise<ClinicalAlternativesResult> {
    return this.alternatives.find(ctx, query);
  }
}
