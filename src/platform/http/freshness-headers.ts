import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Freshness } from '../database/replicas/freshness.js';
import type { WrittenMarks } from '../database/replicas/written-marks.js';
import { lsnText, parseLsn } from '../database/recovery/lsn.js';
import { InvalidRequest } from '../errors/domain-error.js';
import type { GuardedRequest } from '../security/decorators.js';
import { isSecure } from './tls.js';

const WRITTEN = 'x-data-written';
/** By TLS a cookie that no page without it can set. */
const writtenCookieOf = (request: Pick<GuardedRequest, 'headers' | 'protocol'>): string =>
  isSecure(request) ? '__Secure-meditory_written' : 'meditory_written';
const PLACE = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i;

/**
 * What a request must see: how far whoever asks has written, as an answer told him before, maybe of another process. Throws InvalidRequest for a
 * header that is no such place; a cookie that is none is left alone.
 */
export function freshnessOf(request: Pick<GuardedRequest, 'headers' | 'cookies' | 'protocol'>): Freshness {
  const header = request.headers[WRITTEN];
  if (header !== undefined && (typeof header !== 'string' || !PLACE.test(header)))
    throw new InvalidRequest('X-Data-Written must be what an answer had in that header.');
  const told = header ?? request.cookies?.[writtenCookieOf(request)];
  return new Freshness(told !== undefined && PLACE.test(told) ? parseLsn(told) : 0n);
}

/** Tells with each answer how far its request wrote, and of what was read late how old it is. */
export function tellFreshness(fastify: FastifyInstance, { keptMs = 0 }: WrittenMarks): void {
  fastify.addHook(
    'onSend',
    (request: FastifyRequest & Pick<GuardedRequest, 'meditoryContext'>, reply, _payload, done) => {
      const { written, asOf } = request.meditoryContext?.freshness ?? {};
      if (asOf) void reply.header('x-data-as-of', asOf.toISOString());
      if (written !== undefined) {
        void reply.header(WRITTEN, lsnText(written));
        // A browser brings it along to whichever process answers next; other callers send the header.
        if (request.headers.authorization === undefined)
          void reply.header(
            'set-cookie',
            `${writtenCookieOf(request)}=${lsnText(written)}; Path=/api; Max-Age=${Math.ceil(keptMs / 1000)}; HttpOnly; SameSite=Strict${isSecure(request) ? '; Secure' : ''}`,
          );
      }
      done();
    },
  );
}
