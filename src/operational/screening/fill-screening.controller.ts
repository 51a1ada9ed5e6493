import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { FillScreening } from './fill-screening.schemas.js';
import { FillScreeningService } from './fill-screening.service.js';

@ApiTags('fills')
@Controller('fills')
export class FillScreeningController {
  constructor(private readonly screenings: FillScreeningService) {}

  @Get(':id/screening')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: FillScreening })
  replay(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof FillScreening>> {
    return this.screenings.replay(ctx, id);
  }
}
