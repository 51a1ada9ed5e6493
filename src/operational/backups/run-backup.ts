import { mkdir } from 'node:fs/promises';

import { BackupRunning, whileLocked } from '../../platform/database/recovery/backup-lock.js';
import { backUpCluster, type BackupSource } from '../../platform/database/recovery/base-backup.js';
import { ensureBackupKey, type BackupKey } from '../../platform/database/recovery/backup-key.js';
import {
  BackupStore,
  outdated,
  type Backup,
  type Proof,
} from '../../platform/database/recovery/backup-store.js';
import { exportDatabase } from '../../platform/database/recovery/logical-export.js';
import { WalArchive } from '../../platform/database/recovery/wal-archive.js';
import { proveBackup } from './proof.js';

export interface BackupOptions {
  readonly directory: string;
  readonly keyFile: string;
  /** How many proven ones stay. */
  readonly keep: number;
  readonly isProved: boolean;
  readonly say: (line: string) => void;
}

export interface BackupResult {
  readonly backup: Backup;
  readonly proof: Proof | undefined;
  readonly removed: readonly string[];
  /** Set where the key was made now: it must be kept elsewhere. */
  readonly newKey: BackupKey | undefined;
}

/**
 * Backs an installation up, proves the backup and takes away those that are too old; one at a time. What goes wrong is kept in the folder as well, for
 * whoever looks later.
 */
export async function runBackup(source: BackupSource, options: BackupOptions): Promise<BackupResult> {
  const store = new BackupStore(options.directory);
  try {
    await mkdir(source.home, { recursive: true });
    const { key, isNew } = await ensureBackupKey(options.keyFile);
    const result = await whileLocked(source.server, async (admin) => {
      options.say('Copying the database …');
      const backup = source.isCluster
        ? await backUpCluster(source, store, key, admin)
        : await exportDatabase(source, store, key);
      const proof = options.isProved ? await prove(store, backup, key, source, options.say) : undefined;
      const removed = proof?.ok ? await removeOld(store, key, options.keep) : [];
      return { backup, proof, removed, newKey: isNew ? key : undefined };
    });
    const wrong = result.proof?.checks.filter((check) => !check.ok) ?? [];
    if (wrong.length > 0)
      await store.noteFailure(
        `The restored copy of ${result.backup.id} is not right. ${wrong.map(({ name, detail }) => `${name}: ${detail}`).join('; ')}`,
      );
    else await store.forgetFailure();
    return result;
  } catch (error) {
    if (!(error instanceof BackupRunning)) await noteFailure(store, error);
    throw error;
  }
}

/** A folder that is gone can hold no note of it; the failure itself is told all the same. */
async function noteFailure(store: BackupStore, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  try {
    await store.noteFailure(message);
  } catch (cause) {
    throw new Error(`${message} Nor can anything be written to ${store.root}.`, { cause });
  }
}

/** Proves a backup that lies there, under the lock. */
export function proveStored(
  source: BackupSource,
  store: BackupStore,
  backup: Backup,
  key: BackupKey,
  say: (line: string) => void,
): Promise<Proof> {
  return whileLocked(source.server, () => prove(store, backup, key, source, say));
}

function prove(
  store: BackupStore,
  backup: Backup,
  key: BackupKey,
  source: BackupSource,
  say: (line: string) => void,
): Promise<Proof> {
  say('Restoring the copy to prove it …');
  return proveBackup(store, backup, key, source);
}

/** Takes away backups beyond those kept, and the archived log that only they needed. */
async function removeOld(store: BackupStore, key: BackupKey, keep: number): Promise<string[]> {
  const backups = await store.list(key);
  const old = outdated(backups, keep);
  for (const backup of old) await store.remove(backup);
  const kept = backups.filter((backup) => !old.includes(backup));
  const bySystem = new Map<string, string>();
  // Newest first: the last one of each cluster is its oldest.
  for (const { manifest } of kept) if (manifest?.log) bySystem.set(manifest.log.systemId, manifest.log.start);
  for (const [systemId, start] of bySystem) await new WalArchive(store.root, systemId, key).prune(start);
  return old.map((backup) => backup.id);
}
