import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { EntryScreening, FillScreening } from './kept-screenings.schemas.js';
import { KeptScreeningsService } from './kept-screenings.service.js';

@Controller()
export class KeptScreeningsController {
  constructor(private readonly screenings: KeptScreeningsService) {}

  @Get('fills/:id/screening')
  @ApiTags('fills')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: FillScreening })
  ofFill(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof FillScreening>> {
    return this.screenings.replayFill(ctx, id);
  }

  @Get('prescriptions/:id/screening')
  @ApiTags('prescriptions')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: EntryScreening })
  ofPrescription(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof EntryScreening>> {
    return this.screenings.replayEntry(ctx, id);
  }
}
