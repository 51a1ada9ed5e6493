import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ConsentPage, ConsentQuery, ConsentView, RecordConsent } from './patient-consents.schemas.js';
import { PatientConsentsService } from './patient-consents.service.js';

@ApiTags('patients')
@Controller('patients/:id/consents')
export class PatientConsentsController {
  constructor(private readonly consents: PatientConsentsService) {}

  @Get()
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: ConsentPage })
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ConsentQuery }) query: z.output<typeof ConsentQuery>,
  ): Promise<z.output<typeof ConsentPage>> {
    return this.consents.findPage(ctx, id, query);
  }

  @Post()
  @RequirePermission('WritePatient', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: ConsentView })
  record(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: RecordConsent }) input: z.output<typeof RecordConsent>,
  ): Promise<z.output<typeof ConsentView>> {
    return this.consents.record(ctx, id, input);
  }
}
