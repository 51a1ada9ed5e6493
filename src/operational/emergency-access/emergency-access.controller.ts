import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp, ShowsPersons } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  EmergencyAccessPage,
  EmergencyAccessQuery,
  EmergencyAccessView,
  EmergencyRecord,
  OpenEmergencyAccess,
  ReviewEmergencyAccess,
} from './emergency-access.schemas.js';
import { EmergencyAccessService } from './emergency-access.service.js';

@ApiTags('access')
@Controller('emergency-accesses')
export class EmergencyAccessController {
  constructor(private readonly accesses: EmergencyAccessService) {}

  @Post()
  @RequirePermission('BreakGlass')
  @RequireStepUp({ strength: 'counter' })
  @ApiCreatedResponse({ standardSchema: EmergencyAccessView })
  open(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OpenEmergencyAccess }) input: z.output<typeof OpenEmergencyAccess>,
  ): ReturnType<EmergencyAccessService['open']> {
    return this.accesses.open(ctx, input);
  }

  @Get(':id/record')
  @RequirePermission('BreakGlass')
  @ShowsPersons('an emergency is about a person; each look is written down and reviewed')
  @ApiOkResponse({ standardSchema: EmergencyRecord })
  record(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): ReturnType<EmergencyAccessService['record']> {
    return this.accesses.record(ctx, id);
  }

  @Get()
  @RequirePermission('ReviewEmergencyAccess')
  @ApiOkResponse({ standardSchema: EmergencyAccessPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: EmergencyAccessQuery }) query: z.output<typeof EmergencyAccessQuery>,
  ): ReturnType<EmergencyAccessService['findPage']> {
    return this.accesses.findPage(ctx, query);
  }

  @Post(':id/review')
  @HttpCode(200)
  @RequirePermission('ReviewEmergencyAccess')
  @ApiOkResponse({ standardSchema: EmergencyAccessView })
  review(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReviewEmergencyAccess }) input: z.output<typeof ReviewEmergencyAccess>,
  ): ReturnType<EmergencyAccessService['review']> {
    return this.accesses.review(ctx, id, input);
  }
}
