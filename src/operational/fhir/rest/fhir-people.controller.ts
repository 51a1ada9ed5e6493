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

/** People and what is on record of them, as FHIR R4. */
@ApiTags('fhir')
@Controller('fhir')
export class FhirPeopleController {
  constructor(private readonly records: FhirReadService) {}

  @Get('Patient')
  @RequirePermission('ReadPatient', 'IdentifyPatients')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchPatient(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'Patient', request);
  }

  @Get('Patient/:id')
  @RequirePermission('ReadPatient', 'IdentifyPatients')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readPatient(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'Patient', id, request, reply);
  }

  @Get('Practitioner')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchPractitioner(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'Practitioner', request);
  }

  @Get('Practitioner/:id')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readPractitioner(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'Practitioner', id, request, reply);
  }

  @Get('AllergyIntolerance')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchAllergyIntolerance(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'AllergyIntolerance', request);
  }

  @Get('AllergyIntolerance/:id')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readAllergyIntolerance(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'AllergyIntolerance', id, request, reply);
  }

  @Get('Condition')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchCondition(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'Condition', request);
  }

  @Get('Condition/:id')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readCondition(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'Condition', id, request, reply);
  }

  @Get('MedicationStatement')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  searchMedicationStatement(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<FhirBundle> {
    return this.search(ctx, 'MedicationStatement', request);
  }

  @Get('MedicationStatement/:id')
  @RequirePermission('ReadPatient')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  readMedicationStatement(
    @Ctx() ctx: RequestContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FhirResource | undefined> {
    return this.read(ctx, 'MedicationStatement', id, request, reply);
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
