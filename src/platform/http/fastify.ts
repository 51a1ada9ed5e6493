import { randomUUID } from 'node:crypto';

import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import type { Logger } from '../log/logger.js';
import { answerOf, toProblem, type Problem } from './problem.filter.js';

const BODY_LIMIT = 256 * 1024;
/** Routes that take more: a decision-support call brings a patient's record along, a FHIR bundle a whole life. */
const LARGE_BODIES: ReadonlyMap<string, number> = new Map([
  ['POST /api/cds-services/:id', 1024 * 1024],
  ['POST /api/fhir', 32 * 1024 * 1024],
  ['POST /api/fhir/$import', 32 * 1024 * 1024],
]);
/** FHIR names its JSON so; a page of another site cannot send it unasked either. */
const FHIR_JSON = /^application\/fhir\+json *(;|$)/i;
const FHIR_PATH = /^\/api\/fhir(?:[/?]|$)/;
/** Time to send a body; files of an upload take longer than a command. */
const BODY_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 30 * 60_000;
/** Time a client has to read why its upload is refused. */
const REFUSED_UPLOAD_MS = 5_000;

/** A picture of a paper comes from the next room, not from the other end of the world. */
const PAPER_TIMEOUT_MS = 2 * 60_000;

/** Routes that take files as multipart/form-data, by method and path: how long the body may take. */
const UPLOAD_ROUTES: ReadonlyMap<string, number> = new Map([
  ['POST /api/reference/imports', UPLOAD_TIMEOUT_MS],
  ['POST /api/reference/rule-imports', UPLOAD_TIMEOUT_MS],
  ['POST /api/prescription-documents', PAPER_TIMEOUT_MS],
  ['POST /api/prescriptions/:id/documents', PAPER_TIMEOUT_MS],
]);

const uploadTime = (request: FastifyRequest): number | undefined =>
  UPLOAD_ROUTES.get(`${request.method} ${request.routeOptions.url ?? ''}`);
const isUpload = (request: FastifyRequest): boolean => uploadTime(request) !== undefined;

/** The HTTP adapter with its limits: small bodies, bounded waiting for headers and requests. */
export function createAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 3000, caseSensitive: true, ignoreTrailingSlash: false },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      refuse(request, reply, toProblem(error, request.id));
    },
  });
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
};

/**
 * Cookies, security headers, `no-store` on API answers, request id, and one log line a request without its content. With `isTls`
 * browsers come by TLS, also where the proxy in front of us does not say so.
 */
export async function prepareFastify(
  app: NestFastifyApplication,
  logger: Logger,
  isTls: boolean,
): Promise<void> {
  await app.register(cookie);
  await app.register(multipart);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(
    FHIR_JSON,
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  fastify.server.headersTimeout = 15_000;
  fastify.addHook('onRoute', (route) => {
    const limit = LARGE_BODIES.get(`${String(route.method)} ${route.url}`);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.header(name, value);
    if (isTls) request.headers['x-forwarded-proto'] = 'https';
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      limitBodyTime(request, uploadTime(request) ?? BODY_TIMEOUT_MS);
    done();
  });
  // A page of another site can make a browser send a form or plain text unasked, but not JSON: nothing else is read. Files
  // come as a form, on their own route; with a cookie, the guard asks every write where it comes from.
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    const type = request.headers['content-type'];
    if (request.method === 'GET' || request.method === 'HEAD') return done();
    if (type === undefined || /^application\/json *(;|$)/i.test(type)) return done();
    if (/^multipart\/form-data *;/i.test(type) && isUpload(request)) return done();
    if (FHIR_JSON.test(type) && FHIR_PATH.test(request.url)) return done();
    const refusal = new UnsupportedMediaTypeException('The body must be application/json.');
    refuse(request, reply, toProblem(refusal, request.id));
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    // An upload that was answered before it ended (not signed in, too much) is not read to its end.
    if (!request.raw.complete && isUpload(request))
      setTimeout(() => request.raw.destroy(), REFUSED_UPLOAD_MS).unref();
    if (request.url.startsWith('/api/'))
      logger.info(
        {
          requestId: request.id,
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request',
      );
    done();
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const { contentType, body } = answerOf(problem, request.url);
  void reply.status(problem.status).header('content-type', contentType).send(body);
}

/** Ends the connection of a client that sends its body too slowly. */
function limitBodyTime(request: FastifyRequest, afterMs: number): void {
  const { raw } = request;
  const timer = setTimeout(() => (raw.complete ? undefined : raw.destroy()), afterMs);
  const stop = (): void => clearTimeout(timer);
  raw.once('end', stop).once('close', stop);
}
