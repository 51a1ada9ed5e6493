import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Name of the tracer of the program. */
export const TRACER = 'meditory';

/**
 * A span for each request to the API, by the template of its route: no address, no query, nobody's address. It is a child of the span a
 * `traceparent` names; the answer tells which it is (`traceresponse`). Add it before hooks whose log lines are to name the trace.
 */
export function followRequests(fastify: Pick<FastifyInstance, 'addHook'>): void {
  const tracer = trace.getTracer(TRACER);
  const followed = new WeakMap<FastifyRequest, Context>();
  const goOn = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void =>
    context.with(followed.get(request) ?? ROOT_CONTEXT, done);
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (!route?.startsWith('/api/')) return done();
    const caller = propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      caller,
    );
    const own = trace.setSpan(caller, span);
    followed.set(request, own);
    const told: { traceparent?: string } = {};
    propagation.inject(own, told);
    if (told.traceparent !== undefined) reply.header('traceresponse', told.traceparent);
    // Whether it was answered or the caller went away.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    done();
  });
  // Reading the body goes through events of the socket, which know of no request.
  fastify.addHook('preHandler', goOn);
  fastify.addHook('onResponse', goOn);
}
