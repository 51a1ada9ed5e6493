import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { packageRoot } from '../../../platform/package-root.js';
import { Public } from '../../../platform/security/decorators.js';
import { capabilityStatement } from './capability.domain.js';
import { baseOf, FHIR_JSON, requireJson } from './fhir-http.js';
import { FhirAnswer } from './fhir.schemas.js';

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  version: string;
};

/** What the FHIR side of this server can do. Says nothing of anybody. */
@ApiTags('fhir')
@Controller('fhir')
export class FhirMetadataController {
  @Get('metadata')
  @Public()
  @Header('content-type', FHIR_JSON)
  @ApiOkResponse({ standardSchema: FhirAnswer })
  metadata(@Req() request: FastifyRequest): object {
    requireJson(request);
    return capabilityStatement(baseOf(request), version);
  }
}
