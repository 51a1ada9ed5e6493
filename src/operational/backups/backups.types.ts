/** A backup as the pharmacy sees it. */
export interface BackupView {
  readonly id: string;
  readonly kind: 'physical' | 'logical' | null;
  /** The moment it holds. */
  readonly takenAt: string | null;
  readonly endedAt: string | null;
  readonly bytes: number | null;
  readonly program: string | null;
  /** When it was restored and checked; `isProven`: all was right. */
  readonly checkedAt: string | null;
  readonly isProven: boolean;
  readonly restoreSeconds: number | null;
  /** What was wrong with the restored copy, or why the backup cannot be used. */
  readonly faults: readonly string[];
}

/** How the backups stand. */
export interface BackupStatus {
  readonly directory: string | null;
  readonly lastBackup: BackupView | null;
  readonly lastProven: BackupView | null;
  /** What would be lost if the machine were gone now. */
  readonly rpoSeconds: number | null;
  /** What the restoration of the last proven backup took. */
  readonly rtoSeconds: number | null;
  /** Until when the log after the backups is archived; null: it is not. */
  readonly archivedUntil: string | null;
  readonly archiveBytes: number | null;
  readonly lastFailure: { readonly at: string; readonly message: string } | null;
}
