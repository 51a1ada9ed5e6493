import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  DuplicateList,
  MergePage,
  MergePatient,
  MergeQuery,
  MergeView,
  UndoMerge,
} from './patient-merges.schemas.js';
import { PatientMergesService } from './patient-merges.service.js';

@ApiTags('patients')
@Controller('patients/:id')
export class PatientMergesController {
  constructor(private readonly merges: PatientMergesService) {}

  @Get('merges')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: MergePage })
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: MergeQuery }) query: z.output<typeof MergeQuery>,
  ): Promise<z.output<typeof MergePage>> {
    return this.merges.findPage(ctx, id, query);
  }

  @Get('duplicates')
  @RequirePermission('ReadPatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: DuplicateList })
  duplicates(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof DuplicateList>> {
    return this.merges.findDuplicates(ctx, id);
  }

  @Post('merge')
  @RequirePermission('MergePatients', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: MergeView })
  merge(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: MergePatient }) input: z.output<typeof MergePatient>,
  ): Promise<z.output<typeof MergeView>> {
    return this.merges.merge(ctx, id, input);
  }

  @Post('merges/:mergeId/undo')
  @RequirePermission('MergePatients', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: MergeView })
  undo(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('mergeId', { schema: PathId }) mergeId: number,
    @Body({ schema: UndoMerge }) input: z.output<typeof UndoMerge>,
  ): Promise<z.output<typeof MergeView>> {
    return this.merges.undo(ctx, id, mergeId, input);
  }
}
