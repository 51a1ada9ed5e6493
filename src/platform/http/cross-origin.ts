import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Paths a page of another origin may call, if its origin is named in the configuration. */
const OPEN_PATH = /^\/api\/cds-services(?:[/?]|$)/;

const METHODS = 'GET, POST';
const HEADERS = 'authorization, content-type, x-branch-id';
/** Seconds a browser may keep the permission. */
const KEEP = '600';

/**
 * Cross-origin resource sharing for the decision-support services and nothing else: off unless origins are configured, never
 * for every origin, and never with cookies, so that only a page that holds a bearer token gets an answer.
 */
export function allowOrigins(app: NestFastifyApplication, origins: ReadonlySet<string>): void {
  if (origins.size === 0) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!OPEN_PATH.test(request.url)) return done();
    reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.has(origin)) return done();
    reply.header('access-control-allow-origin', origin);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return done();
    void reply
      .status(204)
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', KEEP)
      .send();
  });
}
