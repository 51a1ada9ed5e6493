import { join } from 'node:path';

import { readBackupKey } from '../../platform/database/recovery/backup-key.js';
import { connect } from '../../platform/database/recovery/backup-lock.js';
import { BackupStore } from '../../platform/database/recovery/backup-store.js';
import type { BackupSource } from '../../platform/database/recovery/base-backup.js';
import type { BackupConfig } from '../../platform/config/config.js';
import { isFresh } from './backup-status.domain.js';
import { factsOf } from './read-backups.js';
import { runBackup } from './run-backup.js';

/** Somebody works with it: without users there is nothing that could be lost. */
const HAS_DATA = `
select /* backups.hasData */ case when to_regclass('operational.users') is null then false
  else (xpath('/row/c/text()', query_to_xml('select exists (select from operational.users) as c', false, true, '')))[1]::text::boolean end as "hasData"`;

/** Where backups go when nobody said: beside the database, which is better than nothing and is said so. */
export const defaultDirectory = (home: string): string => join(home, 'backups');

/**
 * Lets an upgrade go on only where a backup of the last day was restored and found whole. An embedded database makes one, so that a pharmacy is never
 * locked out of its own program; for another server its operator does, or says that he has his own.
 */
export async function requireProof(
  source: BackupSource,
  config: BackupConfig,
  options: { isOverridden: boolean; say: (line: string) => void },
): Promise<void> {
  const { say } = options;
  const client = await connect(source.server);
  const { rows } = await client.query<{ hasData: boolean }>(HAS_DATA).finally(() => client.end());
  if (!rows[0]?.hasData) return;
  if (options.isOverridden) {
    say(
      'WARNING: the database is upgraded WITHOUT a proven backup, as --without-proof asks. If this goes wrong there may be no way back.',
    );
    return;
  }
  const directory = config.directory ?? defaultDirectory(source.home);
  const backups = await new BackupStore(directory).list(await readBackupKey(config.keyFile));
  if (isFresh(factsOf(backups), new Date())) return;
  if (!source.isCluster)
    throw new Error(
      'The database is upgraded only after a proven backup of the last 24 hours. Run "npm run meditory -- backup" first, or, if you have a backup of your own that you restored to try it, repeat with --without-proof.',
    );
  say(
    'This version changes the database. It is backed up, and the upgrade is tried on the copy, before anything is touched …',
  );
  const { proof } = await runBackup(source, {
    directory,
    keyFile: config.keyFile,
    keep: config.keep,
    isProved: true,
    say,
  });
  if (!proof?.ok)
    throw new Error(
      `The upgrade was tried on a copy and did not pass; the database was not touched. ${
        proof?.checks
          .filter(({ ok }) => !ok)
          .map(({ name, detail }) => `${name}: ${detail}`)
          .join('; ') ?? ''
      } Go back to the version before, or repeat with --without-proof.`,
    );
}
