import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

import { DomainError } from '../errors/domain-error.js';
import type { Logger } from '../log/logger.js';
import { ACCESS_RULE, READS, type AccessRule, type GuardedRequest } from './decorators.js';
import type { Permission } from './permissions.js';
import { pointsOf, ReadingCount, type Reading } from './reading-pace.domain.js';

/** Rights by which one reads of patients. */
const OF_PATIENTS: ReadonlySet<Permission> = new Set(['ReadPatient', 'ReadPrescription', 'ReadClaims']);

/** 429: more records of patients were read in ten minutes than work at a counter needs; `retryAfterSeconds` says when to go on. */
export class ReadingTooFast extends DomainError {
  readonly code = 'reading-too-fast';
  readonly status = 429;
  readonly title = 'Too many records read';
  constructor(retryAfterSeconds: number) {
    super('More records were read than work at a counter needs. Wait, then go on.', { retryAfterSeconds });
  }
}

type Request = GuardedRequest & {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
};

/**
 * Stops who copies the register: counts, for each user, the records of patients that are opened and the pages of lists that
 * are turned, and says so in the log long before it stops him. Routes join by the right they ask for. Counts are of this
 * process and in memory: nothing is written where somebody only reads.
 */
export class ReadingPaceGuard implements CanActivate {
  private readonly count = new ReadingCount();

  constructor(
    private readonly reflector: Reflector,
    private readonly logger: Logger,
  ) {}

  canActivate(host: ExecutionContext): boolean {
    const request = host.switchToHttp().getRequest<Request>();
    const actor = request.meditoryContext?.actor;
    if (!actor || !this.isReading(host, request.method)) return true;
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      host.getHandler(),
      host.getClass(),
    ]);
    if (rule?.kind !== 'permission' || !rule.permissions.some((right) => OF_PATIENTS.has(right))) return true;
    const { isTooFast, isNews, retryAfterMs } = this.count.note(
      actor.userId,
      readingOf(request),
      performance.now(),
    );
    if (isNews)
      this.logger.warn(
        {
          requestId: request.id,
          userId: actor.userId,
          address: request.ip,
          route: request.routeOptions?.url,
          isStopped: isTooFast,
        },
        'a user reads unusually many records of patients',
      );
    if (isTooFast) throw new ReadingTooFast(Math.ceil(retryAfterMs / 1000));
    return true;
  }

  private isReading(host: ExecutionContext, method: string): boolean {
    if (method === 'GET' || method === 'HEAD') return true;
    return this.reflector.get<boolean | undefined>(READS, host.getHandler()) === true;
  }
}

const asked = (what: unknown): Readonly<Record<string, unknown>> =>
  typeof what === 'object' && what !== null ? { ...what } : {};

/** All that hangs on one record is one reading: a patient with his allergies and his timeline. */
function readingOf(request: Request): Reading {
  const route = request.routeOptions?.url ?? '';
  const [first] = Object.values(request.params ?? {});
  if (first !== undefined) return { record: `${route.slice(0, route.indexOf(':'))}${first.slice(0, 40)}` };
  const query = asked(request.method === 'POST' ? request.body : request.query);
  const isFirst = !('cursor' in query) && !('_cursor' in query) && Number(query['page'] ?? 1) <= 1;
  const rows = Number(query['limit'] ?? query['_count'] ?? 20);
  return {
    points: pointsOf({ isFirst, rows: Number.isInteger(rows) && rows > 0 ? Math.min(rows, 100) : 100 }),
  };
}
