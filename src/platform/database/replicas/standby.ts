import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import { postgresIdentity } from '../embedded-binaries.js';
import { EmbeddedCluster, type EmbeddedOptions } from '../embedded-cluster.js';
import { loginOf } from '../login.js';
import { ClusterWriter, SETTINGS_FILE, ownSettings, unpackBase } from '../recovery/cluster-files.js';
import { packHomeFiles, unpackHomeFiles } from '../recovery/home-files.js';
import { ReplicationConnection } from '../recovery/replication.js';

/** Replaying what was written while the files were copied. */
const CATCH_UP_MS = 600_000;
const PROMOTE_SECONDS = 60;
/** The standby has begun to follow by then. */
const FOLLOWS_WITHIN_MS = 60_000;

/** A standby as it is made. */
export interface StandbyPlan {
  /** Folder of the installation whose embedded database is followed; it runs. */
  readonly from: string;
  /** Folder the standby is made in; it is empty, or not there. */
  readonly home: string;
  /** By what name the primary knows it: a slot keeps the log for it. */
  readonly name: string;
  /** True: from then on the primary acknowledges nothing that this standby does not have. */
  readonly isSynchronous: boolean;
}

const STANDBY_NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** Opens the embedded database of a folder. Throws where there is none. */
export async function openCluster(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedCluster> {
  if (!existsSync(join(home, 'cluster.json'))) throw new Error(`There is no embedded database in ${home}.`);
  return EmbeddedCluster.open(home, options);
}

/**
 * Makes a copy of a running embedded database that follows it, with the keys of the installation beside it, and starts it. Throws where the folder is
 * not empty; what was begun is removed when it fails.
 */
export async function createStandby(
  plan: StandbyPlan,
  options: EmbeddedOptions = {},
): Promise<EmbeddedCluster> {
  const { from, home, name, isSynchronous } = plan;
  if (!STANDBY_NAME.test(name))
    throw new Error('The name of a standby has up to 40 small letters, digits and underscores.');
  if (existsSync(home) && (await readdir(home)).length > 0)
    throw new Error(`${home} is not empty: a standby is made in a folder of its own.`);
  const primary = (await openCluster(from)).server('superuser', 'postgres');
  const connection = await ReplicationConnection.open(primary);
  const slot = `meditory_${name}`;
  let cluster: EmbeddedCluster | undefined;
  try {
    if (await connection.findSlot(slot))
      throw new Error(`There is a standby ${name} already: give another --name.`);
    await connection.createSlot(slot, false);
    try {
      await mkdir(home, { recursive: true });
      await unpackHomeFiles(await packHomeFiles(from), home);
      await copyFiles(connection, plan, followSettings(primary, name, slot), options.unsafeFast !== true);
      cluster = await EmbeddedCluster.open(home, options);
      await cluster.moveToFreePort();
      await cluster.recover(CATCH_UP_MS);
      await untilFollowed(primary, name);
      if (isSynchronous) await waitFor(primary, name);
      return cluster;
    } catch (error) {
      await cluster?.stop();
      await rm(home, { recursive: true, force: true });
      await connection.dropSlot(slot);
      throw error;
    }
  } finally {
    await connection.close();
  }
}

/** What makes a cluster follow another one. The password is that of the copied cluster, and lies in its folder anyway. */
function followSettings(
  { host, port, username, password = '' }: DatabaseServer,
  name: string,
  slot: string,
): string[] {
  const at = `host=${host} port=${port} user=${username} password=${password} application_name=${name}`;
  return [`primary_conninfo = '${at}'`, `primary_slot_name = '${slot}'`, 'hot_standby_feedback = on'];
}

async function copyFiles(
  connection: ReplicationConnection,
  { home, name }: StandbyPlan,
  settings: readonly string[],
  isLasting: boolean,
): Promise<void> {
  const writer = new ClusterWriter(await postgresIdentity(), isLasting);
  const data = join(home, 'postgres');
  await writer.folder(data);
  await unpackBase((sink) => pipeline(connection.baseBackup(`standby ${name}`), sink), data, writer);
  const file = join(data, SETTINGS_FILE);
  const own = ownSettings(await readFile(file, 'utf8'));
  await writeFile(file, `${own}\n${settings.join('\n')}\n`);
  await writer.file(join(data, 'standby.signal'), []);
}

async function withSession<T>(server: DatabaseServer, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...loginOf(server), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const FOLLOWED = `
select /* replicas.followed */ exists (select from pg_stat_replication where application_name = $1 and state = 'streaming') as followed`;

async function untilFollowed(primary: DatabaseServer, name: string): Promise<void> {
  await withSession(primary, async (client) => {
    for (const until = Date.now() + FOLLOWS_WITHIN_MS; ;) {
      const { rows } = await client.query<{ followed: boolean }>(FOLLOWED, [name]);
      if (rows[0]?.followed) return;
      if (Date.now() > until) throw new Error(`The standby ${name} does not follow within a minute.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}

const SYNCHRONOUS = `select /* replicas.synchronous */ format('alter system set synchronous_standby_names = %L', $1::text) as command`;

async function waitFor(primary: DatabaseServer, name: string): Promise<void> {
  await withSession(primary, async (client) => {
    const { rows } = await client.query<{ command: string }>(SYNCHRONOUS, [name]);
    for (const { command } of rows) await client.query(command);
    await client.query('select /* replicas.reload */ pg_reload_conf()');
  });
}

const RECEIVES = `
select /* replicas.receives */ pg_is_in_recovery() as "isStandby",
  (select r.sender_host || ':' || r.sender_port from pg_stat_wal_receiver r where r.status = 'streaming') as "from"`;

/**
 * Makes a standby the primary. Throws where it follows a primary that runs, unless `isForced`: two that take writes part from each other.
 */
export async function promoteStandby(cluster: EmbeddedCluster, isForced: boolean): Promise<void> {
  await withSession(cluster.server('superuser', 'postgres'), async (client) => {
    const { rows } = await client.query<{ isStandby: boolean; from: string | null }>(RECEIVES);
    const [state] = rows;
    if (!state?.isStandby) throw new Error('This database follows nobody: it takes writes already.');
    if (state.from !== null && !isForced)
      throw new Error(`It follows ${state.from}, which runs. Stop that first; --force promotes beside it.`);
    const { rows: promoted } = await client.query<{ done: boolean }>(
      'select /* replicas.promote */ pg_promote(true, $1) as done',
      [PROMOTE_SECONDS],
    );
    if (!promoted[0]?.done) throw new Error(`It was not promoted within ${PROMOTE_SECONDS} s.`);
    await client.query('alter system reset primary_conninfo');
    await client.query('alter system reset primary_slot_name');
  });
}

const STATUS = `
select /* replicas.status */ pg_is_in_recovery() as "isStandby",
  case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end::text as lsn,
  (select r.sender_host || ':' || r.sender_port from pg_stat_wal_receiver r where r.status = 'streaming') as "from",
  coalesce((select json_agg(json_build_object('name', s.application_name, 'state', s.state, 'sync', s.sync_state,
      'bytesBehind', pg_wal_lsn_diff(s.sent_lsn, s.replay_lsn)) order by s.application_name)
    from pg_stat_replication s where s.application_name not like 'meditory-%'), '[]') as standbys`;

/** Whom a database follows, and who follows it. */
export interface StandbyStatus {
  readonly isStandby: boolean;
  readonly lsn: string;
  /** Undefined as text null: it follows nobody at the moment. */
  readonly from: string | null;
  readonly standbys: readonly { name: string; state: string; sync: string; bytesBehind: number | null }[];
}

export function standbyStatus(cluster: EmbeddedCluster): Promise<StandbyStatus> {
  return withSession(cluster.server('superuser', 'postgres'), async (client) => {
    const { rows } = await client.query<StandbyStatus>(STATUS);
    const [status] = rows;
    if (!status) throw new Error('The database does not say how it stands.');
    return status;
  });
}
