import type { LoggerService } from '@nestjs/common';

import type { Logger } from './logger.js';

/** Steps of the start that are told by every module; they say nothing when all is well. */
const CHATTY: ReadonlySet<string> = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/**
 * What Nest and the services say, in the one log of the process: JSON, so that no text can look like a line of its own, and
 * errors without the values they quote. The last of the further arguments is the area, as Nest's Logger hands it over.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    if (!CHATTY.has(areaOf(rest) ?? '')) this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const area = areaOf(rest);
    const error = [message, ...rest].find((one) => one instanceof Error);
    const fields = {
      ...(area === undefined ? {} : { area }),
      ...(error === undefined ? {} : { err: error }),
    };
    this.logger[level](fields, typeof message === 'string' ? message : 'failed');
  }
}

function areaOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}
