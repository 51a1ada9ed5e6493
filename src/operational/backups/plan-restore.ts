import { BackupBroken } from '../../platform/database/recovery/backup-broken.js';
import type { BackupKey } from '../../platform/database/recovery/backup-key.js';
import { type BackupStore, type Backup } from '../../platform/database/recovery/backup-store.js';
import { parseLsn } from '../../platform/database/recovery/lsn.js';
import type { RestoreTarget } from '../../platform/database/recovery/restore-cluster.js';
import { WalArchive, type ArchiveHead } from '../../platform/database/recovery/wal-archive.js';

/** Which backup to restore, and what of the log after it. */
export interface RestorePlan {
  readonly backup: Backup;
  readonly target: RestoreTarget;
  readonly archive: WalArchive | undefined;
  /** The last moment that can be restored. */
  readonly until: Date;
  /** Why what happened after the backup cannot be had, where there was something. */
  readonly warning: string | undefined;
}

function headAfter(backup: Backup, head: ArchiveHead | undefined): ArchiveHead | undefined {
  const end = backup.manifest?.log?.end;
  return head && end !== undefined && parseLsn(head.from) <= parseLsn(end) ? head : undefined;
}

/** Chooses the newest backup that can be brought to the target; throws with the reason where there is none. */
export async function planRestore(
  store: BackupStore,
  key: BackupKey,
  asked: { id?: string | undefined; at?: Date | undefined },
): Promise<RestorePlan> {
  const all = await store.list(key);
  const named = asked.id === undefined ? all : all.filter((backup) => backup.id === asked.id);
  if (named.length === 0)
    throw new Error(asked.id === undefined ? `There is no backup in ${store.root}.` : `There is no backup ${asked.id} in ${store.root}.`); // prettier-ignore
  const usable = named.filter((backup) => backup.manifest);
  if (usable.length === 0)
    throw new BackupBroken(`No backup in ${store.root} can be used. ${named[0]?.id}: ${named[0]?.fault}`);
  const { at } = asked;
  const backup = usable.find(({ manifest }) => !at || Date.parse(manifest?.takenAt ?? '') <= at.getTime());
  if (!backup?.manifest)
    throw new Error(`The oldest backup holds ${usable.at(-1)?.manifest?.takenAt}; nothing is known of a moment before.`); // prettier-ignore
  const { log, takenAt } = backup.manifest;
  const archive = log && new WalArchive(store.root, log.systemId, key);
  let warning: string | undefined;
  const found = await archive?.readHead().catch((error: unknown) => {
    if (!(error instanceof BackupBroken)) throw error;
    warning = `WARNING: ${error.message} What happened after the backup cannot be restored.`;
    return undefined;
  });
  const head = headAfter(backup, found);
  const until = head ? new Date(head.at) : new Date(takenAt);
  if (at && at > until)
    throw new Error(
      `What is archived goes until ${until.toISOString()}; nothing is known of a moment after.`,
    );
  const target: RestoreTarget = !head ? { kind: 'backup' } : at ? { kind: 'time', at } : { kind: 'latest' };
  return { backup, target, archive: head && archive, until, warning };
}
