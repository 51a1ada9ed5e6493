import { ensureBackupKey } from '../../src/platform/database/recovery/backup-key.js';
import { BackupStore } from '../../src/platform/database/recovery/backup-store.js';

export interface StoredBackup {
  readonly directory: string;
  readonly keyFile: string;
  readonly takenAt: Date;
  /** Undefined: it was not proved. */
  readonly provenAt?: Date;
}

/** A backup as its folder keeps it, signed, with nothing in it that could be restored: for what is said of backups, not for what they hold. */
export async function aStoredBackup({
  directory,
  keyFile,
  takenAt,
  provenAt,
}: StoredBackup): Promise<BackupStore> {
  const { key } = await ensureBackupKey(keyFile);
  const store = new BackupStore(directory);
  const begun = await store.begin('logical', takenAt);
  const at = takenAt.toISOString();
  const backup = await store.finish(
    key,
    {
      ...{ format: 1, id: begun.id, kind: 'logical', program: '1.0.0', postgres: 180000, keyId: key.id },
      ...{ startedAt: at, takenAt: at, endedAt: at, migration: 'First1', plainBytes: 4096, rows: {} },
      files: { 'database.dump': { bytes: 2048, sha256: '0'.repeat(64) } },
    },
    begun.directory,
  );
  if (provenAt)
    await store.writeProof(key, backup, {
      ...{ id: begun.id, provenAt: provenAt.toISOString(), ok: true, restoreSeconds: 12, checks: [] },
    });
  return store;
}
