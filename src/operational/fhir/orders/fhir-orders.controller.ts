import { Body, Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { baseOf, FHIR_JSON, requireJson } from '../rest/fhir-http.js';
import { FhirAnswer } from '../rest/fhir.schemas.js';
import { FhirOrdersService } from './fhir-orders.service.js';
import { MedicationOrder } from './medication-order.schemas.js';

/** Prescriptions entered as FHIR R4. */
@ApiTags('fhir')
@Controller('fhir')
export class FhirOrdersController {
  constructor(private readonly orders: FhirOrdersService) {}

  @Post('MedicationRequest')
  @RequirePermission('WritePrescription', 'ReadPrescription')
  @Idempotent()
  @Header('content-type', FHIR_JSON)
  @ApiCreatedResponse({ standardSchema: FhirAnswer })
  async create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: MedicationOrder }) order: MedicationOrder,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    requireJson(request);
    const base = baseOf(request);
    const { id, resource } = await this.orders.create(ctx, order, base);
    const { meta } = resource as { meta: { versionId: string } };
    void reply.header('location', `${base}/MedicationRequest/${id}`).header('etag', `W/"${meta.versionId}"`);
    return /(?:^|[,;\s])return=minimal(?:$|[,;\s])/i.test(String(request.headers.prefer ?? ''))
      ? undefined
      : resource;
  }
}
