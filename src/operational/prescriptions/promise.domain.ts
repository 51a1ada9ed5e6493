import { RuleViolation } from '../../platform/errors/domain-error.js';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** What comes by telephone for another day is promised so far ahead at most. */
const LONGEST_DAYS = 366;

/** The time promised where no other is given: so many minutes from now, on the minute, as an instant. */
export function promisedBy(now: Date, minutes: number): string {
  return new Date((Math.floor(now.getTime() / MINUTE_MS) + minutes) * MINUTE_MS).toISOString();
}

/**
 * Throws RuleViolation for a time that can be no promise: more than a day past (what was promised yesterday may be written
 * down today), or more than a year ahead.
 */
export function assertPromise(promisedAt: string | null | undefined, now: Date): void {
  if (promisedAt === null || promisedAt === undefined) return;
  const ahead = Date.parse(promisedAt) - now.getTime();
  if (ahead > -DAY_MS && ahead < LONGEST_DAYS * DAY_MS) return;
  throw new RuleViolation('Nothing can be promised for that time.', {}, [
    { pointer: '/promisedAt', detail: 'must not be more than a day past or a year ahead' },
  ]);
}
