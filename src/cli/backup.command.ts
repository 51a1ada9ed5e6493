import { backupSource, openInstallation, type Installation } from '../installation.js';
import { ageText } from '../operational/backups/backup-status.domain.js';
import type { BackupStatus, BackupView } from '../operational/backups/backups.types.js';
import { readBackups, statusOf, viewOf } from '../operational/backups/read-backups.js';
import { proveStored, runBackup } from '../operational/backups/run-backup.js';
import { defaultDirectory } from '../operational/backups/upgrade-guard.js';
import { readConfig, type Config } from '../platform/config/config.js';
import { keyText, readBackupKey, type BackupKey } from '../platform/database/recovery/backup-key.js';
import { BackupStore } from '../platform/database/recovery/backup-store.js';
import { notice, report } from './report.js';

interface Options {
  readonly to?: string;
  readonly keep?: string;
  /** False with --no-proof. */
  readonly proof: boolean;
  readonly json?: boolean;
}

type Action = 'run' | 'list' | 'status' | 'prove' | 'key';

/** Backs up, lists, tells how backups stand, proves one, or shows the key. */
export async function backup(action: Action, id: string | undefined, options: Options): Promise<void> {
  const config = readConfig();
  const { keyFile } = config.backups;
  const directory = options.to ?? config.backups.directory ?? defaultDirectory(config.home);
  const json = options.json === true;
  if (action === 'run') await run(config, directory, options);
  else if (action === 'prove') await prove(config, directory, id, json);
  else if (action === 'list') {
    const views = (await readBackups(directory, keyFile)).backups.map(viewOf);
    report(json, { directory, backups: views }, views.length > 0 ? views.map(line) : ['No backup yet.']);
  } else if (action === 'status') {
    const status = statusOf(directory, await readBackups(directory, keyFile), new Date());
    report(json, status, statusLines(status));
  } else {
    const key = await readBackupKey(keyFile);
    if (!key) throw new Error(`There is no key in ${keyFile} yet: the first backup makes it.`);
    report(json, { keyId: key.id, keyFile, key: keyText(key) }, keyLines(key));
  }
}

async function withInstallation<T>(
  config: Config,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(config);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

async function run(config: Config, directory: string, options: Options): Promise<void> {
  const keep = options.keep === undefined ? config.backups.keep : Number(options.keep);
  if (!Number.isInteger(keep) || keep < 1 || keep > 365) throw new Error('--keep must be 1 to 365');
  if (options.to === undefined && config.backups.directory === undefined)
    notice(
      `WARNING: the backup goes to ${directory}, the disk of the database: it is lost with it. Name a folder on another disk with --to or MEDITORY_BACKUP_DIR.`,
    );
  const {
    backup: made,
    proof,
    removed,
    newKey,
  } = await withInstallation(config, (installation) =>
    runBackup(backupSource(installation, config), {
      directory,
      keyFile: config.backups.keyFile,
      keep,
      isProved: options.proof,
      say: notice,
    }),
  );
  const view = viewOf({ ...made, proof });
  if (newKey) for (const words of newKeyLines(newKey, config.backups.keyFile)) notice(words);
  report(options.json === true, { directory, backup: view, removed }, [
    line(view),
    ...view.faults.map((fault) => `  WRONG ${fault}`),
    ...(removed.length > 0 ? [`Took away ${removed.length} older ones.`] : []),
  ]);
  if (proof && !proof.ok) process.exitCode = 1;
}

async function prove(
  config: Config,
  directory: string,
  id: string | undefined,
  json: boolean,
): Promise<void> {
  const key = await readBackupKey(config.backups.keyFile);
  if (!key) throw new Error(`There is no key in ${config.backups.keyFile}.`);
  const store = new BackupStore(directory);
  const found = (await store.list(key)).find((backup) => id === undefined || backup.id === id);
  if (!found) throw new Error(id === undefined ? 'No backup yet.' : `There is no backup ${id}.`);
  const proof = await withInstallation(config, (installation) =>
    proveStored(backupSource(installation, config), store, found, key, notice),
  );
  const view = viewOf({ ...found, proof });
  report(json, view, [line(view), ...view.faults.map((fault) => `  WRONG ${fault}`)]);
  if (!proof.ok) process.exitCode = 1;
}

const size = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

function line(view: BackupView): string {
  if (view.takenAt === null || view.bytes === null) return `${view.id}  BROKEN ${view.faults.join('; ')}`;
  const proof =
    view.checkedAt === null
      ? 'not proved'
      : view.isProven
        ? `proved ${view.checkedAt}, restored in ${view.restoreSeconds} s`
        : 'PROVED WRONG';
  return `${view.id}  of ${view.takenAt}  ${size(view.bytes)}  ${proof}`;
}

function statusLines(status: BackupStatus): string[] {
  const { lastBackup, lastProven, rpoSeconds, rtoSeconds, archivedUntil, lastFailure } = status;
  return [
    `Folder             ${status.directory}`,
    `Last backup        ${lastBackup ? line(lastBackup) : 'none'}`,
    `Last proven        ${lastProven ? line(lastProven) : 'none'}`,
    `Log archived until ${archivedUntil ?? 'not archived'}`,
    `Would be lost now  ${rpoSeconds === null ? 'everything' : ageText(rpoSeconds)}`,
    `Restoring takes    ${rtoSeconds === null ? 'not measured' : ageText(Math.ceil(rtoSeconds))}`,
    ...(lastFailure ? [`FAILED             ${lastFailure.at}: ${lastFailure.message}`] : []),
  ];
}

const keyLines = (key: BackupKey): string[] => [
  `Key ${key.id} of the backups. Whoever has it can read them; without it nobody can.`,
  '',
  `  ${keyText(key)}`,
];

const newKeyLines = (key: BackupKey, file: string): string[] => [
  '',
  '  *** KEEP THIS KEY SOMEWHERE ELSE. WITHOUT IT NO BACKUP CAN BE READ, BY ANYBODY, EVER. ***',
  '',
  `  ${keyText(key)}`,
  '',
  `  It lies in ${file}, which is lost with this machine. Print it, or copy the file to`,
  '  another place that is not the one of the backups. "npm run meditory -- backup key" shows it again.',
  '',
];
