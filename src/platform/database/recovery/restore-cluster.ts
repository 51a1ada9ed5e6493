import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { postgresIdentity } from '../embedded-binaries.js';
import { EmbeddedCluster } from '../embedded-cluster.js';
import { BackupBroken } from './backup-broken.js';
import type { BackupKey } from './backup-key.js';
import { connect } from './backup-lock.js';
import type { Backup, Manifest } from './backup-store.js';
import { ClusterWriter, SETTINGS_FILE, ownSettings, unpackBase } from './cluster-files.js';
import { MOST_HOME_BYTES, unpackHomeFiles } from './home-files.js';
import { SEGMENT_NAME, parseLsn, segmentName, segmentOf } from './lsn.js';
import { readSealed, readSealedBytes } from './sealed-file.js';
import { readSegment, type WalArchive } from './wal-archive.js';

/** Until when to restore: what the backup itself holds, a moment, or all there is. */
export type RestoreTarget = { kind: 'backup' } | { kind: 'time'; at: Date } | { kind: 'latest' };

export interface RestoreOptions {
  readonly target: RestoreTarget;
  /** The log after the backup; without it there is the backup alone. */
  readonly archive: WalArchive | undefined;
  /** False: a copy to be looked at and thrown away, which need not survive a loss of power. */
  readonly isLasting: boolean;
}

/** A recovery may replay days of the log. */
const RECOVERY_MS = 3_600_000;

const ENDED_BEFORE_TARGET = /recovery ended before configured recovery target was reached/;

function manifestOf({ manifest, fault, id }: Backup): Manifest & { log: NonNullable<Manifest['log']> } {
  if (!manifest) throw new BackupBroken(`The backup ${id} cannot be used. ${fault ?? ''}`.trim());
  const { log } = manifest;
  if (!log) throw new BackupBroken(`The backup ${id} is an export, not a copy of a cluster.`);
  return { ...manifest, log };
}

/** A file of a backup that must be there. */
export function fileOf(manifest: Manifest, name: string): { bytes: number; sha256: string } {
  const file = manifest.files[name];
  if (!file) throw new BackupBroken(`The backup ${manifest.id} has no file ${name}.`);
  return file;
}

/**
 * Makes a cluster of a backup in an empty folder and starts it; it answers when it is recovered. Every byte is checked before it is used; what is
 * broken ends it with BackupBroken.
 */
export async function restoreCluster(
  backup: Backup,
  key: BackupKey,
  home: string,
  options: RestoreOptions,
): Promise<{ cluster: EmbeddedCluster; seconds: number }> {
  const begin = performance.now();
  const manifest = manifestOf(backup);
  const identity = await postgresIdentity();
  const writer = new ClusterWriter(identity, options.isLasting);
  const data = join(home, 'postgres');
  const at = (name: string): string => join(backup.directory, name);
  const told = (name: string): string => `${name} of the backup ${manifest.id}`;

  const packed = await readSealedBytes(
    at('home.bak'),
    key,
    `${manifest.id} home.bak`,
    told('home.bak'),
    MOST_HOME_BYTES,
    fileOf(manifest, 'home.bak'),
  );
  await unpackHomeFiles(packed, home);
  await lstat(join(home, 'cluster.json')).catch(() => {
    throw new BackupBroken('The backup has no passwords of its cluster: it is not whole.');
  });
  await writer.folder(data);
  await unpackBase(
    (sink) =>
      readSealed(
        at('base.bak'),
        key,
        `${manifest.id} base.bak`,
        sink,
        told('base.bak'),
        fileOf(manifest, 'base.bak'),
      ),
    data,
    writer,
  );
  for (const file of Object.keys(manifest.files).sort()) {
    const name = /^wal\/(.+)\.bak$/.exec(file)?.[1];
    if (name === undefined || !SEGMENT_NAME.test(name)) continue;
    const bytes = await readSegment(
      at(file),
      key,
      `${manifest.id} ${file}`,
      told(file),
      fileOf(manifest, file),
    );
    await writer.file(join(data, 'pg_wal', name), [bytes]);
  }
  if (options.target.kind !== 'backup') await addArchive(manifest.log, options.archive, data, writer);

  const cluster = await EmbeddedCluster.open(home, { unsafeFast: !options.isLasting });
  await cluster.moveToFreePort();
  await recover(cluster, manifest.id, data, options.target);
  return { cluster, seconds: (performance.now() - begin) / 1000 };
}

/** The archived log after the backup, where PostgreSQL looks for its own. */
async function addArchive(
  log: { timeline: number; end: string },
  archive: WalArchive | undefined,
  data: string,
  writer: ClusterWriter,
): Promise<void> {
  if (!archive) return;
  const segments = await archive.continuing(log.timeline, segmentOf(parseLsn(log.end)));
  for (const segment of segments) {
    const path = join(data, 'pg_wal', segmentName(segment.timeline, segment.segment));
    await writer.file(path, [await archive.read(segment)]);
  }
  const timelines = new Set(segments.map((segment) => segment.timeline));
  for (const { name, timeline, read } of await archive.histories())
    if (timelines.has(timeline)) await writer.file(join(data, 'pg_wal', name), [await read()]);
}

const settingsOf = (target: RestoreTarget, id: string): string[] => [
  // All there is lies where PostgreSQL looks first; it wants a command all the same.
  "restore_command = 'exit 1'",
  "recovery_target_action = 'promote'",
  'hot_standby = off',
  `recovery_target_timeline = '${target.kind === 'backup' ? 'current' : 'latest'}'`,
  ...(target.kind === 'backup' ? [`recovery_target_name = '${id}'`] : []),
  ...(target.kind === 'time'
    ? [`recovery_target_time = '${target.at.toISOString().replace('Z', '+00')}'`]
    : []),
];

/** Lets PostgreSQL replay the log up to the target, and takes the settings of that away again. */
async function recover(
  cluster: EmbeddedCluster,
  id: string,
  data: string,
  target: RestoreTarget,
): Promise<void> {
  const file = join(data, SETTINGS_FILE);
  const before = ownSettings(await readFile(file, 'utf8'));
  const attempt = async (to: RestoreTarget): Promise<void> => {
    const identity = await postgresIdentity();
    await writeFile(file, `${before}\n${settingsOf(to, id).join('\n')}\n`);
    await new ClusterWriter(identity, false).file(join(data, 'recovery.signal'), []);
    await cluster.recover(RECOVERY_MS);
  };
  try {
    await attempt(target);
  } catch (error) {
    // Nothing was committed between the moment and the end of the log: all there is, is what was then. Whoever asks made sure the log goes so far.
    if (target.kind !== 'time' || !(error instanceof Error) || !ENDED_BEFORE_TARGET.test(error.message))
      throw error;
    await attempt({ kind: 'latest' });
  }
  await writeFile(file, before);
  await followNobody(cluster);
}

/** Subscriptions of the database that are on, each as the command that switches it off. */
const FOLLOWING = `
select /* recovery.following */ format('alter subscription %I disable', subname) as command from pg_subscription
where subenabled and subdbid = (select oid from pg_database where datname = current_database())`;

/**
 * What a copy would take from a publisher was meant for the one it was made from, and what came after the backup would not come a second time. No
 * subscription was at work during the recovery; from here on somebody must say that it is to begin anew.
 */
async function followNobody(cluster: EmbeddedCluster): Promise<void> {
  const client = await connect(cluster.server('superuser'));
  try {
    const { rows } = await client.query<{ command: string }>(FOLLOWING);
    for (const { command } of rows) await client.query(command);
  } finally {
    await client.end();
  }
}
