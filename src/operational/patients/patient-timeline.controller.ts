import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { TimelinePage, TimelineQuery } from './patient-timeline.schemas.js';
import { PatientTimelineService } from './patient-timeline.service.js';

@ApiTags('patients')
@Controller('patients/:id')
export class PatientTimelineController {
  constructor(private readonly timeline: PatientTimelineService) {}

  @Get('timeline')
  @RequirePermission('ReadPatient', 'ReadPrescription')
  @ApiOkResponse({ standardSchema: TimelinePage })
  findPage(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: TimelineQuery }) query: z.output<typeof TimelineQuery>,
  ): Promise<z.output<typeof TimelinePage>> {
    return this.timeline.findPage(ctx, id, query);
  }
}
