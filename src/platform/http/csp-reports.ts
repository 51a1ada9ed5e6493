import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';

import type { Logger } from '../log/logger.js';

/** Where browsers tell what the content security policy stopped; named in the policy itself. */
export const CSP_REPORTS_PATH = '/api/csp-reports';

/** A report is some hundred bytes. */
const MAX_BYTES = 8 * 1024;
/** Lines of the log in a minute: anybody may send reports, nobody may fill the disk with them. */
const LINES_A_MINUTE = 30;

const CSP_REPORT = /^application\/csp-report *(;|$)/i;

/** What of a report is worth a line: which rule, and what it stopped. */
const Report = z.object({
  'csp-report': z.object({
    'effective-directive': z.string().max(100).optional(),
    'violated-directive': z.string().max(400).optional(),
    'blocked-uri': z.string().max(4000).optional(),
    'document-uri': z.string().max(4000).optional(),
  }),
});

/** True for a request no other type of body of which would be read. */
export const isCspReport = (request: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean =>
  request.method === 'POST' &&
  request.url === CSP_REPORTS_PATH &&
  CSP_REPORT.test(request.headers['content-type'] ?? '');

/** An address without what it was asked: a search may name a patient. */
function withoutQuery(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return address?.slice(0, 40);
  const { origin, pathname, protocol } = new URL(address);
  return origin === 'null' ? protocol : `${origin}${pathname}`.slice(0, 200);
}

/**
 * Takes the reports of browsers and writes them to the log: stored script that was stopped by the policy is an attack
 * somebody should hear of. Answered 204 whatever they hold, and no more than a few a minute are written.
 */
export function takeCspReports(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  const lines = new RateLimiterMemory({ points: LINES_A_MINUTE, duration: 60 });
  fastify.addContentTypeParser(
    CSP_REPORT,
    { parseAs: 'string', bodyLimit: MAX_BYTES },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  fastify.post(CSP_REPORTS_PATH, { bodyLimit: MAX_BYTES }, async (request, reply) => {
    const parsed = Report.safeParse(request.body);
    if (parsed.success && (await lines.consume('all').catch(() => undefined))) {
      const report = parsed.data['csp-report'];
      logger.warn(
        {
          requestId: request.id,
          directive: (report['effective-directive'] ?? report['violated-directive'])?.slice(0, 100),
          blocked: withoutQuery(report['blocked-uri']),
          page: withoutQuery(report['document-uri']),
        },
        'the content security policy stopped something',
      );
    }
    return reply.status(204).send();
  });
}
