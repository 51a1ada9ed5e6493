import { NotAcceptableException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { registerErrorFormat } from '../../../platform/http/problem.filter.js';
import type { FhirResource } from './fhir-resource.types.js';
import { outcomeOf } from './operation-outcome.domain.js';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const PATH = '/api/fhir';

registerErrorFormat({ below: PATH, contentType: FHIR_JSON, render: outcomeOf });

/** The base address as the client wrote it. */
export function baseOf(request: FastifyRequest): string {
  const host = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-fA-F:]+\](?::\d{1,5})?$/.test(request.host)
    ? request.host
    : 'localhost';
  return `${request.protocol}://${host}${PATH}`;
}

/** Parameters of the query in the order written; one named more than once is there more than once. */
export function queryOf(request: FastifyRequest): [string, string][] {
  const at = request.url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.url.slice(at + 1))];
}

/** Prefer: handling=strict refuses parameters that are not known; lenient, and saying nothing, pass them over. */
export const isStrict = (request: FastifyRequest): boolean =>
  /(?:^|[,;\s])handling=strict(?:$|[,;\s])/i.test(String(request.headers.prefer ?? ''));

const JSON_TYPES =
  /(?:^|,)\s*(?:\*\/\*|application\/\*|application\/(?:fhir\+)?json|text\/json)\s*(?:$|[,;])/i;

/** Answers 406 to whoever takes nothing but XML. */
export function requireJson(request: FastifyRequest): void {
  const format = new URLSearchParams(request.url.split('?')[1] ?? '').get('_format');
  const isAsked = format === null ? JSON_TYPES.test(request.headers.accept ?? '*/*') : /json/i.test(format);
  if (!isAsked) throw new NotAcceptableException('This server speaks JSON: application/fhir+json.');
}

/** Names the version in ETag; undefined, with status 304, where the client has it already. */
export function versioned(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: FhirResource,
): FhirResource | undefined {
  const { versionId } = resource['meta'] as { versionId: string };
  const tag = `W/"${versionId}"`;
  void reply.header('etag', tag);
  const known = String(request.headers['if-none-match'] ?? '');
  if (!known.split(',').some((one) => one.trim() === tag)) return resource;
  void reply.status(304);
  return undefined;
}
