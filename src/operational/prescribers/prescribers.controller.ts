import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission, SearchByBody } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  CreatePrescriber,
  PrescriberPage,
  PrescriberQuery,
  PrescriberView,
  SearchPrescribers,
  UpdatePrescriber,
} from './prescribers.schemas.js';
import { PrescribersService } from './prescribers.service.js';

@ApiTags('prescribers')
@Controller('prescribers')
export class PrescribersController {
  constructor(private readonly prescribers: PrescribersService) {}

  @Get()
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PrescriberPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PrescriberQuery }) query: z.output<typeof PrescriberQuery>,
  ): Promise<Page<z.output<typeof PrescriberView>>> {
    return this.prescribers.findPage(ctx, query);
  }

  @Post('search')
  @SearchByBody()
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PrescriberPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchPrescribers }) query: z.output<typeof SearchPrescribers>,
  ): Promise<Page<z.output<typeof PrescriberView>>> {
    return this.prescribers.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PrescriberView })
  findOne(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof PrescriberView>> {
    return this.prescribers.findOne(ctx, id);
  }

  @Post()
  @RequirePermission('WritePrescription')
  @ApiCreatedResponse({ standardSchema: PrescriberView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePrescriber }) input: z.output<typeof CreatePrescriber>,
  ): Promise<z.output<typeof PrescriberView>> {
    return this.prescribers.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriberView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePrescriber }) input: z.output<typeof UpdatePrescriber>,
  ): Promise<z.output<typeof PrescriberView>> {
    return this.prescribers.update(ctx, id, input);
  }
}
