import { BackupBroken } from '../../platform/database/recovery/backup-broken.js';
import { readBackupKey } from '../../platform/database/recovery/backup-key.js';
import {
  BackupStore,
  newestProven,
  type Backup,
  type Failure,
} from '../../platform/database/recovery/backup-store.js';
import { parseLsn } from '../../platform/database/recovery/lsn.js';
import { WalArchive, type ArchiveHead } from '../../platform/database/recovery/wal-archive.js';
import { promises, type ArchiveFacts, type BackupFacts } from './backup-status.domain.js';
import type { BackupStatus, BackupView } from './backups.types.js';

/** What lies in a folder of backups. */
export interface FoundBackups {
  readonly backups: readonly Backup[];
  readonly head: ArchiveHead | undefined;
  readonly archiveBytes: number | undefined;
  readonly failure: Failure | undefined;
}

export async function readBackups(directory: string, keyFile: string): Promise<FoundBackups> {
  const key = await readBackupKey(keyFile);
  const store = new BackupStore(directory);
  const backups = await store.list(key);
  const systemId = backups.find((backup) => backup.manifest?.log)?.manifest?.log?.systemId;
  const archive = key && systemId !== undefined ? new WalArchive(directory, systemId, key) : undefined;
  const head = await archive?.readHead().catch((error: unknown) => {
    // As if there were none: what would be lost is then told by the backups alone.
    if (error instanceof BackupBroken) return undefined;
    throw error;
  });
  const archiveBytes = head ? await archive?.bytes() : undefined;
  return { backups, head, archiveBytes, failure: await store.lastFailure() };
}

export const factsOf = (backups: readonly Backup[]): BackupFacts[] =>
  backups.flatMap(({ manifest, proof }) =>
    manifest
      ? [
          {
            takenAt: new Date(manifest.takenAt),
            provenAt: proof?.ok ? new Date(proof.provenAt) : undefined,
            restoreSeconds: proof?.restoreSeconds,
            end: manifest.log ? parseLsn(manifest.log.end) : undefined,
          },
        ]
      : [],
  );

export const archiveFactsOf = (head: ArchiveHead | undefined): ArchiveFacts | undefined =>
  head && { from: parseLsn(head.from), until: new Date(head.at) };

export function viewOf({ id, manifest, proof, fault }: Backup): BackupView {
  const wrong = proof?.checks.filter((check) => !check.ok) ?? [];
  return {
    id,
    kind: manifest?.kind ?? null,
    takenAt: manifest?.takenAt ?? null,
    endedAt: manifest?.endedAt ?? null,
    bytes: manifest ? Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0) : null,
    program: manifest?.program ?? null,
    checkedAt: proof?.provenAt ?? null,
    isProven: proof?.ok === true,
    restoreSeconds: proof?.restoreSeconds ?? null,
    faults: fault === undefined ? wrong.map(({ name, detail }) => `${name}: ${detail}`) : [fault],
  };
}

export function statusOf(directory: string | undefined, found: FoundBackups, now: Date): BackupStatus {
  const [last] = found.backups.filter((backup) => backup.manifest);
  const proven = newestProven(found.backups);
  return {
    directory: directory ?? null,
    lastBackup: last ? viewOf(last) : null,
    lastProven: proven ? viewOf(proven) : null,
    ...promises(factsOf(found.backups), archiveFactsOf(found.head), now),
    archivedUntil: found.head?.at ?? null,
    archiveBytes: found.archiveBytes ?? null,
    lastFailure: found.failure ?? null,
  };
}
