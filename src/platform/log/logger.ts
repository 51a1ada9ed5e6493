import { trace } from '@opentelemetry/api';
import { pino, type DestinationStream, type Logger } from 'pino';

import { errorFields } from './error-fields.js';

export type { Logger } from 'pino';

/** Field names whose values never reach a log line: secrets and patient data. */
const REDACTED = [
  'password',
  'token',
  'authorization',
  'cookie',
  'body',
  'query',
  'parameters',
  'url',
  'sig',
  'note',
  'notes',
  'phone',
  'q',
];

/** The trace a line belongs to, where traces are on. */
function traceOf(): { traceId?: string } {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId === undefined ? {} : { traceId };
}

/** The structured log of the process: one JSON object a line, on standard error unless it is said otherwise. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: undefined,
      mixin: traceOf,
      serializers: { err: errorFields },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}
