import type { PartFinding } from '../../platform/health/health-notes.js';
import type { Figure } from '../../platform/metrics/metrics.js';
import { ageText } from './backup-status.domain.js';
import type { BackupStatus } from './backups.types.js';

/** One is made each day; twice that time means that a day went by without a proven one. */
const LATE_MS = 48 * 3_600_000;

/** For /health/ready, which everybody may read: no paths, nothing of what failed. That nobody set backups up is no fault of the server. */
export function findingOf(
  { directory, lastProven, rpoSeconds, lastFailure }: BackupStatus,
  now: Date,
): PartFinding {
  if (directory === null) return { state: 'ok', words: 'not set up (MEDITORY_BACKUP_DIR)' };
  const takenAt = lastProven?.takenAt ?? undefined;
  const isLate = takenAt === undefined || now.getTime() - Date.parse(takenAt) > LATE_MS;
  const words = [
    takenAt === undefined ? 'no proven backup' : `last proven backup of ${takenAt}`,
    ...(rpoSeconds === null ? [] : [`${ageText(rpoSeconds)} would be lost`]),
    ...(lastFailure ? [`failing since ${lastFailure.at}`] : []),
  ];
  return { state: isLate || lastFailure ? 'degraded' : 'ok', words: words.join(', ') };
}

/** For metrics: what is not there has no age. */
export function figuresOf({ lastBackup, lastProven }: BackupStatus, now: Date): Figure[] {
  const age = (name: string, help: string, since: string | null | undefined): Figure[] =>
    since ? [{ name, help, value: Math.max(0, (now.getTime() - Date.parse(since)) / 1000) }] : [];
  return [
    ...age('meditory_backup_age_seconds', 'Age of the newest backup.', lastBackup?.takenAt),
    ...age(
      'meditory_backup_proof_age_seconds',
      'Time since the newest proven backup was restored and found whole.',
      lastProven?.checkedAt,
    ),
  ];
}
