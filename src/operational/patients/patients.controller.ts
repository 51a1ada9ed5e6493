import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, FindsPersons, RequirePermission, SearchByBody } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PatientDetail } from './patient-records.schemas.js';
import {
  CreatePatient,
  PatientPage,
  PatientQuery,
  PatientView,
  SearchPatients,
  UpdatePatient,
} from './patients.schemas.js';
import { PatientsService } from './patients.service.js';

@ApiTags('patients')
@Controller('patients')
export class PatientsController {
  constructor(private readonly patients: PatientsService) {}

  @Get()
  @FindsPersons()
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PatientPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PatientQuery }) query: z.output<typeof PatientQuery>,
  ): Promise<Page<z.output<typeof PatientView>>> {
    return this.patients.findPage(ctx, query);
  }

  @Post('search')
  @FindsPersons()
  @SearchByBody()
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PatientPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchPatients }) query: z.output<typeof SearchPatients>,
  ): Promise<Page<z.output<typeof PatientView>>> {
    return this.patients.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: PatientDetail })
  findOne(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof PatientDetail>> {
    return this.patients.findOne(ctx, id);
  }

  @Post()
  @RequirePermission('WritePatient', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: PatientView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePatient }) input: z.output<typeof CreatePatient>,
  ): Promise<z.output<typeof PatientView>> {
    return this.patients.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('WritePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: PatientView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePatient }) input: z.output<typeof UpdatePatient>,
  ): Promise<z.output<typeof PatientView>> {
    return this.patients.update(ctx, id, input);
  }
}
