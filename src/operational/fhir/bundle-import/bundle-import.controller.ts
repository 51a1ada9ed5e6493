import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { FHIR_JSON, requireJson } from '../rest/fhir-http.js';
import { FhirAnswer } from '../rest/fhir.schemas.js';
import { ImportReport, SentBundle } from './bundle-import.schemas.js';
import { BundleImportService } from './bundle-import.service.js';
import type { BundleReport } from './bundle.types.js';
import { transactionResponse } from './transaction-response.domain.js';

/** Import of FHIR bundles: of all that is in one, or of nothing. */
@ApiTags('fhir')
@Controller('fhir')
export class BundleImportController {
  constructor(private readonly bundles: BundleImportService) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('WritePatient', 'WritePrescription')
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  async transaction(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SentBundle }) bundle: object,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    requireJson(request);
    const { report, outcomes, entries } = await this.bundles.import(ctx, bundle);
    return transactionResponse(report.bundleType ?? 'transaction', entries, outcomes);
  }

  @Post('$import')
  @HttpCode(200)
  @RequirePermission('WritePatient', 'WritePrescription')
  @ApiOkResponse({ standardSchema: ImportReport })
  async import(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SentBundle }) bundle: object,
  ): Promise<BundleReport> {
    return (await this.bundles.import(ctx, bundle)).report;
  }
}
