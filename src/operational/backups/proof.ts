import { join, relative } from 'node:path';

import { type EmbeddedCluster } from '../../platform/database/embedded-cluster.js';
import { withOwnerConnection } from '../../platform/database/owner-connection.js';
import type { BackupKey } from '../../platform/database/recovery/backup-key.js';
import { connect } from '../../platform/database/recovery/backup-lock.js';
import type { BackupSource } from '../../platform/database/recovery/base-backup.js';
import type { Backup, BackupStore, Proof } from '../../platform/database/recovery/backup-store.js';
import { loadCluster } from '../../platform/database/recovery/logical-load.js';
import { restoreCluster } from '../../platform/database/recovery/restore-cluster.js';
import { countRows } from '../../platform/database/recovery/row-counts.js';
import { inScratch, requireRoom } from '../../platform/database/recovery/scratch.js';
import { PROOF_CHECKS } from './proof-checks.js';

/** Of what is wrong, so many rows are told. */
const MOST_TOLD = 5;
/** Beside the files themselves: the log, and what checks sort on disk. */
const ROOM_FACTOR = 1.3;

/**
 * Restores a backup into a cluster of its own and asks everything of it that a pharmacy relies on; the answer is kept beside the backup. A copy of an
 * older program is brought up to date first, so that the proof before an upgrade rehearses it.
 */
export async function proveBackup(
  store: BackupStore,
  backup: Backup,
  key: BackupKey,
  source: BackupSource,
): Promise<Proof> {
  const { home } = source;
  const { manifest, fault } = backup;
  if (!manifest) throw new Error(`The backup ${backup.id} cannot be used. ${fault ?? ''}`.trim());
  return inScratch(home, async (directory) => {
    await requireRoom(home, manifest.plainBytes * ROOM_FACTOR, 'Proving a backup');
    const { cluster, seconds } = await restoreCopy(backup, key, directory, manifest.kind);
    const checks = await checkCopy(cluster, manifest.rows, source, directory);
    return store.writeProof(key, backup, {
      id: backup.id,
      provenAt: new Date().toISOString(),
      ok: checks.every((check) => check.ok),
      restoreSeconds: Math.round(seconds * 10) / 10,
      checks,
    });
  });
}

/** A cluster of its own with the backup in it, running. */
async function restoreCopy(
  backup: Backup,
  key: BackupKey,
  directory: string,
  kind: 'physical' | 'logical',
): Promise<{ cluster: EmbeddedCluster; seconds: number }> {
  if (kind === 'physical')
    return restoreCluster(backup, key, directory, {
      target: { kind: 'backup' },
      archive: undefined,
      isLasting: false,
    });
  return loadCluster(backup, key, directory, { isLasting: false });
}

async function checkCopy(
  cluster: EmbeddedCluster,
  expected: Readonly<Record<string, number>>,
  { home, bringUp, audit: settings }: BackupSource,
  directory: string,
): Promise<Proof['checks']> {
  // The anchors that were written when the backup was made lie in the copy; those of today know of seals it cannot have.
  const audit = settings && { ...settings, anchorFile: join(directory, relative(home, settings.anchorFile)) };
  const client = await connect(cluster.server('superuser'));
  const found = await countRows(client).finally(() => client.end());
  await bringUp(cluster.server('superuser'));
  return withOwnerConnection(cluster.server('app'), async (uow) => {
    const checks: Proof['checks'] = [];
    for (const { name, run } of PROOF_CHECKS) {
      const faults = await run({ expected, found, uow, audit });
      const told = faults.slice(0, MOST_TOLD).join('; ');
      const more = faults.length > MOST_TOLD ? `; and ${faults.length - MOST_TOLD} more` : '';
      checks.push({ name, ok: faults.length === 0, detail: `${told}${more}` });
    }
    return checks;
  });
}
