/** A backup as far as its age and its proof matter. */
export interface BackupFacts {
  readonly takenAt: Date;
  /** When it was restored and found whole; undefined: it was not. */
  readonly provenAt: Date | undefined;
  readonly restoreSeconds: number | undefined;
  /** Where in the log it ends; of a copy of a cluster. */
  readonly end: bigint | undefined;
}

/** How far the archived log goes without a gap: from a place in the log until a moment. */
export interface ArchiveFacts {
  readonly from: bigint;
  readonly until: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The last time at which it was so many o'clock, by the clock of the machine. */
export function lastTime(hour: number, now: Date): Date {
  const time = new Date(now);
  time.setHours(hour, 0, 0, 0);
  if (time > now) time.setDate(time.getDate() - 1);
  return time;
}

/** The next time at which it is so many o'clock. */
function timeAfter(hour: number, now: Date): Date {
  const time = lastTime(hour, now);
  time.setDate(time.getDate() + 1);
  return time;
}

export interface Due {
  readonly hour: number;
  readonly now: Date;
  /** Usable backups, newest first. */
  readonly backups: readonly BackupFacts[];
  readonly archive: ArchiveFacts | undefined;
  /** When it was tried last without success. */
  readonly failedAt: Date | undefined;
}

/**
 * Whether a backup is to be made now: none was taken and proved since the hour of the day it is made at, or the archived log begins after the last one,
 * so that nothing links them. After a failure there is an hour of patience.
 */
export function isDue({ hour, now, backups, archive, failedAt }: Due): boolean {
  if (failedAt && now.getTime() - failedAt.getTime() < HOUR_MS) return false;
  const newest = backups.find((backup) => backup.provenAt);
  if (!newest || newest.takenAt < lastTime(hour, now)) return true;
  return archive !== undefined && newest.end !== undefined && newest.end < archive.from;
}

/** When the next one is made: at once where it is due, else at its hour; never in the hour after a failure. */
export function nextTime({ failedAt, ...due }: Due): Date {
  const next = isDue({ ...due, failedAt: undefined }) ? due.now : timeAfter(due.hour, due.now);
  const patient = failedAt && new Date(failedAt.getTime() + HOUR_MS);
  return patient && patient > next ? patient : next;
}

/** Whether an upgrade may rely on the backups: one of the last day was restored and found whole. */
export function isFresh(backups: readonly BackupFacts[], now: Date): boolean {
  return backups.some(({ takenAt, provenAt }) => provenAt && now.getTime() - takenAt.getTime() <= DAY_MS);
}

/** What would be lost, and how long it would take, if the machine were gone now. */
export function promises(
  backups: readonly BackupFacts[],
  archive: ArchiveFacts | undefined,
  now: Date,
): { rpoSeconds: number | null; rtoSeconds: number | null } {
  const newest = backups[0];
  const isLinked = archive && newest && (newest.end === undefined || newest.end >= archive.from);
  const until = isLinked && archive.until > newest.takenAt ? archive.until : newest?.takenAt;
  const proven = backups.find((backup) => backup.restoreSeconds !== undefined);
  return {
    rpoSeconds: until ? Math.max(0, Math.round((now.getTime() - until.getTime()) / 1000)) : null,
    rtoSeconds: proven?.restoreSeconds ?? null,
  };
}

/** A duration in the unit people think of it. */
export function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
