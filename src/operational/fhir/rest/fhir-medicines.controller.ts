import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { baseOf, FHIR_JSON, isStrict, queryOf, requireJson, versioned } from './fhir-http.js';
import { FhirReadService } from './fhir-read.service.js';
import type { FhirResource, ResourceType } from './fhir-resource.types.js';
import { FhirAnswer } from './fhir.schemas.js';
import type { FhirBundle } from './search-bundle.domain.js';

/** Products, prescriptions and fills, as FHIR R4. */
@ApiTags('fhir')
@Controller('fhir')
export class FhirMedicinesController {
  constructor(private readonly records: FhirReadService) {}

  @Get('Medication')
  @RequirePermission('ReadDrug')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchMedication(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'Medication', request);
  }

  @Get('Medication/:id')
  @RequirePermission('ReadDrug')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readMedication(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'Medication', id, request, reply);
  }

  @Get('MedicationRequest')
  @RequirePermission('ReadPatient', 'ReadPrescription')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchMedicationRequest(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'MedicationRequest', request);
  }

  @Get('MedicationRequest/:id')
  @RequirePermission('ReadPrescription')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readMedicationRequest(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'MedicationRequest', id, request, reply);
  }

  @Get('MedicationDispense')
  @RequirePermission('ReadPatient', 'ReadPrescription')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchMedicationDispense(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'MedicationDispense', request);
  }

  @Get('MedicationDispense/:id')
  @RequirePermission('ReadPrescription')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readMedicationDispense(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'MedicationDispense', id, request, reply);
  }

  private search(ctx: RequestContext, type: ResourceType, request: FastifyRequest): Promise<FhirBundle> {
    requireJson(request);
    return this.records.search(ctx, type, baseOf(request), queryOf(request), isStrict(request));
  }

  private async read(
    ctx: RequestContext,
    type: ResourceType,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    requireJson(request);
    return versioned(request, reply, await this.records.read(ctx, type, id));
  }
}
