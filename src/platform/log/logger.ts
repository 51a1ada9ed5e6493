import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Field names whose values never reach a log line: secrets and patient data. */
const REDACTED = [
  'password',
  'token',
  'authorization',
  'cookie',
  'body',
  'sig',
  'note',
  'notes',
  'phone',
  'q',
];

/** The structured log of the process: one JSON object a line, on standard error. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}
