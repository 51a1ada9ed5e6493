/** How long the oldest event waits, against what the branch allows. */
export interface OfflineCounter {
  /** Whole and tenths of hours since the oldest event that nobody accepted yet; "0.0" where none waits. */
  readonly hours: string;
  readonly state: 'in-time' | 'warning' | 'late';
  /** Hours left until it is late; negative after it. */
  readonly hoursLeft: string;
}

const TENTH_MS = 360_000;

const tenths = (value: number): string =>
  `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 10)}.${Math.abs(value) % 10}`;

/** Counts in whole tenths of an hour, rounded down: an event is late when its time is over, never before. */
export function offlineCounter(
  oldest: Date | null,
  now: Date,
  policy: { readonly warnHours: number; readonly deadlineHours: number },
): OfflineCounter {
  const waited = oldest === null ? 0 : Math.max(0, Math.floor((now.getTime() - oldest.getTime()) / TENTH_MS));
  const isLate = oldest !== null && now.getTime() - oldest.getTime() > policy.deadlineHours * 10 * TENTH_MS;
  const isNear = oldest !== null && now.getTime() - oldest.getTime() >= policy.warnHours * 10 * TENTH_MS;
  return {
    hours: tenths(waited),
    state: isLate ? 'late' : isNear ? 'warning' : 'in-time',
    hoursLeft: tenths(policy.deadlineHours * 10 - waited),
  };
}
