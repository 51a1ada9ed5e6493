import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Freshness } from '../database/replicas/freshness.js';
import type { WrittenMarks } from '../database/replicas/written-marks.js';
import { lsnText, parseLsn } from '../database/recovery/lsn.js';
import { InvalidRequest } from '../errors/domain-error.js';
import type { GuardedRequest } from '../security/decorators.js';
import { isSecure } from './tls.js';

const WRITTEN = 'x-data-written';
const WRITTEN_COOKIE = 'meditory_written';
const PLACE = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i;

/**
 * What a request must see: how far whoever asks has written, as an answer told him before, maybe of another process. Throws InvalidRequest for a
 * header that is no such place; a cookie that is none is left alone.
 */
export function freshnessOf({ headers, cookies }: Pick<GuardedRequest, 'headers' | 'cookies'>): Freshness {
  const header = headers[WRITTEN];
  if (header !== undefined && (typeof header !== 'string' || !PLACE.test(header)))
    throw new InvalidRequest('X-Data-Written must be what an answer had in that header.');
  const told = header ?? cookies?.[WRITTEN_COOKIE];
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
            `${WRITTEN_COOKIE}=${lsnText(written)}; Path=/api; Max-Age=${Math.ceil(keptMs / 1000)}; HttpOnly; SameSite=Strict${isSecure(request) ? '; Secure' : ''}`,
          );
      }
      done();
    },
  );
}
