import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { ageText } from '../operational/backups/backup-status.domain.js';
import { planRestore, type RestorePlan } from '../operational/backups/plan-restore.js';
import { defaultDirectory } from '../operational/backups/upgrade-guard.js';
import { readConfig } from '../platform/config/config.js';
import { EmbeddedCluster } from '../platform/database/embedded-cluster.js';
import { keepBackupKey, readBackupKey, type BackupKey } from '../platform/database/recovery/backup-key.js';
import { BackupStore } from '../platform/database/recovery/backup-store.js';
import { isHomeFile } from '../platform/database/recovery/home-files.js';
import { loadCluster, loadDatabase } from '../platform/database/recovery/logical-load.js';
import { restoreCluster } from '../platform/database/recovery/restore-cluster.js';
import { requireRoom } from '../platform/database/recovery/scratch.js';
import { syncPath } from '../platform/database/recovery/sealed-file.js';
import { notice, report } from './report.js';

interface Options {
  readonly from?: string;
  readonly backup?: string;
  readonly toTime?: string;
  readonly latest?: boolean;
  readonly into?: string;
  readonly keyFile?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** Of the size of the database: its files, and the log that is replayed. */
const ROOM_FACTOR = 1.3;

/** Makes an installation of a backup. Nothing that is there is touched until the restored database has started. */
export async function restore(options: Options): Promise<void> {
  const config = readConfig();
  const home = resolve(options.into ?? config.home);
  const server = options.into === undefined ? config.server : undefined;
  const root = resolve(options.from ?? config.backups.directory ?? defaultDirectory(config.home));
  const keyFile = options.keyFile ?? config.backups.keyFile;
  if (options.toTime !== undefined && options.latest === true)
    throw new Error('Either --to-time or --latest, not both.');
  const at = options.toTime === undefined ? undefined : instant(options.toTime);
  if (!server) await refuseOccupied(home, options.replace === true);
  const key = await readBackupKey(keyFile);
  if (!key)
    throw new Error(
      `There is no key in ${keyFile}. Write the key you kept into a file and name it with --key-file.`,
    );
  const plan = await planRestore(new BackupStore(root), key, { id: options.backup, at });
  if (plan.warning !== undefined) notice(plan.warning);
  notice(`Restoring ${plan.backup.id} …`);
  const begin = performance.now();
  const aside = server ? await loadDatabase(plan.backup, key, server) : await restoreHome(plan, key, home);
  const seconds = (performance.now() - begin) / 1000;
  const until = at ?? plan.until;
  const lost = Math.max(0, Math.round((Date.now() - until.getTime()) / 1000));
  const place = server ? `the database ${server.database}` : home;
  const result = {
    backup: plan.backup.id,
    into: place,
    restoredTo: until.toISOString(),
    rpoSeconds: lost,
    rtoSeconds: Math.round(seconds * 10) / 10,
    replaced: aside ?? null,
  };
  report(options.json === true, result, [
    `Restored into ${place} as of ${result.restoredTo}.`,
    `What happened in the ${ageText(lost)} since then is not in it. The restoration took ${ageText(Math.ceil(seconds))}.`,
    ...(aside === undefined ? [] : [`What was there before lies in ${aside}. Remove it when you are sure.`]),
    ...(server ? ['Run "npm run migrate", and give pharmacy_app a password.'] : []),
    'Start the server, then run "npm run doctor".',
  ]);
}

/** Restores into the folder of an embedded installation; answers where what was there is now. */
async function restoreHome(plan: RestorePlan, key: BackupKey, home: string): Promise<string | undefined> {
  const { backup, target, archive } = plan;
  await mkdir(home, { recursive: true });
  await requireRoom(home, (backup.manifest?.plainBytes ?? 0) * ROOM_FACTOR, 'The restoration');
  for (const name of await readdir(home)) if (/^restoring-/.test(name)) await discard(join(home, name));
  const directory = join(home, `restoring-${process.pid}`);
  await mkdir(directory, { mode: 0o711 });
  try {
    const { cluster } =
      backup.manifest?.kind === 'logical'
        ? await loadCluster(backup, key, directory, { isLasting: true })
        : await restoreCluster(backup, key, directory, { target, archive, isLasting: true });
    await cluster.stop();
    const aside = await putInPlace(directory, home);
    // The next backups of this installation are made with the key of those before.
    await keepBackupKey(join(home, 'backup.key'), key);
    return aside;
  } finally {
    await discard(directory);
  }
}

function instant(text: string): Date {
  const at = new Date(text);
  // Without its zone a moment would be another one on another machine.
  if (!/(Z|[+-]\d{2}:?\d{2})$/i.test(text) || Number.isNaN(at.getTime()))
    throw new Error('--to-time must be an instant with its zone, such as 2026-11-30T14:20:00Z.');
  return at;
}

/** Throws where there is an installation already that nobody said to move aside, or one that runs. */
async function refuseOccupied(home: string, mayReplace: boolean): Promise<void> {
  const isOccupied = existsSync(join(home, 'postgres')) || existsSync(join(home, 'cluster.json'));
  if (!isOccupied) return;
  if (!mayReplace)
    throw new Error(`There is an installation in ${home} already. Restore --into another folder, or move it aside with --replace.`); // prettier-ignore
  if (
    existsSync(join(home, 'cluster.json')) &&
    existsSync(join(home, 'postgres')) &&
    (await (await EmbeddedCluster.open(home)).isRunning())
  )
    throw new Error(`The database in ${home} runs. Stop the server first.`);
}

/** Moves what is in the folder aside and what was restored into its place; answers where the old is now. */
async function putInPlace(directory: string, home: string): Promise<string | undefined> {
  const old = (await readdir(home)).filter((name) => name === 'postgres' || isHomeFile(name));
  const aside = join(home, `replaced-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`);
  if (old.length > 0) await mkdir(aside, { mode: 0o700 });
  // A database without its passwords is taken for one that was never finished, and made anew: the old passwords go last, the new ones come first, so
  // that a start after a loss of power in between finds passwords without a database, and stops.
  const isLast = (name: string): number => Number(name === 'cluster.json');
  for (const name of old.sort((a, b) => isLast(a) - isLast(b)))
    await rename(join(home, name), join(aside, name));
  const fresh = (await readdir(directory)).sort((a, b) => isLast(b) - isLast(a));
  for (const name of fresh) await rename(join(directory, name), join(home, name));
  await syncPath(home);
  return old.length > 0 ? aside : undefined;
}

/** What was begun and not put in place goes, its cluster first. */
async function discard(directory: string): Promise<void> {
  if (existsSync(join(directory, 'cluster.json')) && existsSync(join(directory, 'postgres')))
    await (await EmbeddedCluster.open(directory)).stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
