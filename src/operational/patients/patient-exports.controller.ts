import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  ExportPatient,
  PatientExport,
  PrintPatientExport,
  ViewsPage,
  ViewsQuery,
} from './patient-exports.schemas.js';
import { PatientExportsService } from './patient-exports.service.js';

@ApiTags('patients')
@Controller('patients/:id')
export class PatientExportsController {
  constructor(private readonly exports: PatientExportsService) {}

  @Get('views')
  @RequirePermission('ReadAuditLog')
  @ApiOkResponse({ standardSchema: ViewsPage })
  views(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ViewsQuery }) query: z.output<typeof ViewsQuery>,
  ): Promise<z.output<typeof ViewsPage>> {
    return this.exports.views(ctx, id, query);
  }

  @Post('exports')
  @RequireStepUp()
  @RequirePermission('ExportPatient', 'IdentifyPatients')
  @Header('cache-control', 'no-store')
  @ApiCreatedResponse({ standardSchema: PatientExport })
  asData(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ExportPatient }) input: z.output<typeof ExportPatient>,
  ): Promise<z.output<typeof PatientExport>> {
    return this.exports.asData(ctx, id, input.reason);
  }

  @Post('exports/print')
  @RequireStepUp()
  @RequirePermission('ExportPatient', 'IdentifyPatients')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiCreatedResponse({ description: 'Printable page, A4', schema: { type: 'string' } })
  asPage(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: PrintPatientExport }) input: z.output<typeof PrintPatientExport>,
  ): Promise<string> {
    return this.exports.asPage(ctx, id, input);
  }
}
