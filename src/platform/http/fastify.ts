import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { HttpException, UnsupportedMediaTypeException } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import type { Logger } from '../log/logger.js';
import { CSP_REPORTS_PATH, isCspReport } from './csp-reports.js';
import type { WrittenMarks } from '../database/replicas/written-marks.js';
import type { Metrics } from '../metrics/metrics.js';
import type { StorageWatch } from '../storage/storage-watch.js';
import { answerBrokenRequest } from './broken-request.js';
import type { Drain } from './drain.js';
import { tellFreshness } from './freshness-headers.js';
import { lingerFor } from './lingering-close.js';
import { answerOf, toProblem, type Problem } from './problem.filter.js';
import { isSecure, secureServer, type TlsMaterial } from './tls.js';

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
const isOfApi = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || (request.routeOptions.url ?? '').startsWith('/api/');
const isUpload = (request: FastifyRequest): boolean => uploadTime(request) !== undefined;

/** A connection that has sent no whole head by then is ended; it is looked every few seconds, so within 20 s. */
const HEADERS_TIMEOUT_MS = 15_000;
const CONNECTIONS_CHECK_MS = 5000;
const MOST_HEADER_BYTES = 16 * 1024;
const LIMITS = { maxHeaderSize: MOST_HEADER_BYTES, connectionsCheckingInterval: CONNECTIONS_CHECK_MS };
/** More than every screen of a chain holds open; each beyond is refused before it costs anything. */
const MOST_CONNECTIONS = 5000;

/** The HTTP adapter with its limits: small bodies, small heads, bounded waiting for headers and requests. With `tls` it speaks HTTPS alone. */
export function createAdapter(tls?: TlsMaterial): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    ...(tls ? { https: { ...secureServer(tls), ...LIMITS } } : { http: LIMITS }),
    clientErrorHandler: answerBrokenRequest,
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
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy': `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; report-uri ${CSP_REPORTS_PATH}`,
};

/** A year, as long as browsers are told to remember that this host is reached by TLS alone. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** Who wants to know of each request. */
interface Watchers {
  readonly metrics: Metrics;
  readonly drain: Drain;
  readonly storage: StorageWatch;
  readonly marks: WrittenMarks;
  /** Browsers come by TLS, also where the proxy in front of us does not say so. */
  readonly isTls: boolean;
}

/** Cookies, security headers, `no-store` on API answers, request id, and one log line a request without its content. */
export async function prepareFastify(
  app: NestFastifyApplication,
  logger: Logger,
  { metrics, drain, storage, marks, isTls }: Watchers,
): Promise<void> {
  await app.register(cookie);
  await app.register(multipart);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(
    FHIR_JSON,
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  fastify.server.maxConnections = MOST_CONNECTIONS;
  drain.attach(fastify);
  tellFreshness(fastify, marks);
  // Node.js would answer what a caller expects and we do not know by an empty body.
  fastify.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const problem = toProblem(new HttpException('No such expectation is known.', 417), randomUUID());
    const { contentType, body } = answerOf(problem, request.url ?? '/');
    response.writeHead(417, { ...SECURITY_HEADERS, 'content-type': contentType, connection: 'close' });
    response.end(JSON.stringify(body));
  });
  fastify.addHook('onRoute', (route) => {
    const limit = LARGE_BODIES.get(`${String(route.method)} ${route.url}`);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.header(name, value);
    if (isTls) request.headers['x-forwarded-proto'] = 'https';
    // Over plain HTTP a browser ignores it; a proxy that speaks TLS for us says so.
    if (isSecure(request)) reply.header('strict-transport-security', HSTS);
    reply.header('x-request-id', request.id);
    // By the route found, not by how the address was written: %61pi is api as well.
    if (isOfApi(request)) reply.header('cache-control', 'no-store');
    // Every answer says it, so that each screen knows at once, and at once when it is over.
    if (isOfApi(request) && storage.isLow) reply.header('x-meditory-storage', 'low');
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
    if (isCspReport(request)) return done();
    const refusal = new UnsupportedMediaTypeException('The body must be application/json.');
    refuse(request, reply, toProblem(refusal, request.id));
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 413 && !request.raw.complete) lingerFor(request.raw);
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    // An upload that was answered before it ended (not signed in, too much) is not read to its end.
    if (!request.raw.complete && isUpload(request))
      setTimeout(() => request.raw.destroy(), REFUSED_UPLOAD_MS).unref();
    metrics.observe(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1000);
    if (isOfApi(request))
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
  // What is refused before there is a route has been through no hook.
  void reply.headers(SECURITY_HEADERS).status(problem.status).header('content-type', contentType).send(body);
}

/** Ends the connection of a client that sends its body too slowly. */
function limitBodyTime(request: FastifyRequest, afterMs: number): void {
  const { raw } = request;
  const timer = setTimeout(() => (raw.complete ? undefined : raw.destroy()), afterMs);
  const stop = (): void => clearTimeout(timer);
  raw.once('end', stop).once('close', stop);
}
