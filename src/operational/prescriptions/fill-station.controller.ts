import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ChooseLot, FillStationView } from './fill-station.schemas.js';
import { FillStationService } from './fill-station.service.js';
import { DispenseFill, FillView } from './prescriptions.schemas.js';

@ApiTags('fills')
@Controller('fills')
export class FillStationController {
  constructor(private readonly station: FillStationService) {}

  @Get(':id/station')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: FillStationView })
  look(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof FillStationView>> {
    return this.station.look(ctx, id);
  }

  @Post(':id/complete')
  @HttpCode(200)
  @RequirePermission('DispensePrescription', 'VerifyPrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: FillView })
  complete(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: DispenseFill }) input: z.output<typeof DispenseFill>,
  ): Promise<z.output<typeof FillView>> {
    return this.station.complete(ctx, id, input);
  }

  @Post(':id/choose-lot')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: FillView })
  chooseLot(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChooseLot }) input: z.output<typeof ChooseLot>,
  ): Promise<z.output<typeof FillView>> {
    return this.station.chooseLot(ctx, id, input);
  }
}
