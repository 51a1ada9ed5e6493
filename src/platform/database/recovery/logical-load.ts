import { join } from 'node:path';

import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';

import type { DatabaseServer } from '../../config/config.js';
import { EmbeddedCluster } from '../embedded-cluster.js';
import { migrateUp } from '../migrator.js';
import { BackupBroken } from './backup-broken.js';
import type { BackupKey } from './backup-key.js';
import { connect } from './backup-lock.js';
import type { Backup } from './backup-store.js';
import type { ExportIndex } from './logical-export.js';
import { fileOf } from './restore-cluster.js';
import { readSealed, readSealedBytes } from './sealed-file.js';
import { parseJson } from './wal-archive.js';

const MOST_INDEX_BYTES = 16 * 1024 * 1024;

const Index: z.ZodType<ExportIndex> = z.strictObject({
  tables: z.array(z.strictObject({ name: z.string(), columns: z.string() })),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string() })),
});

/** Rows anybody has written since the database was made. */
const HAS_DATA = `
select /* recovery.isOccupied */ to_regclass('public.meditory_migrations') is not null as occupied`;

/** What would stand in the way of rows that were checked when they were written: triggers that stay on when others are off, and policies that bind the owner. */
const GUARDS = `
select /* recovery.guards */ format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as "off",
  format('alter table %s enable always trigger %I', t.tgrelid::regclass, t.tgname) as "on"
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled = 'A'
union all
select format('alter table %s no force row level security', c.oid::regclass), format('alter table %s force row level security', c.oid::regclass)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and c.relforcerowsecurity
order by 1`;

const EMPTY_ALL = `
select /* recovery.emptyAll */ 'truncate ' || string_agg(format('%I.%I', n.nspname, c.relname), ', ') as command
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'p') and not c.relispartition`;

/** What was counted from the rows is not in the export; some of it belongs to a role the owner is not. */
const COUNT_ANEW = `
select /* recovery.countAnew */ format('refresh materialized view %I.%I', n.nspname, c.relname) as command
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and c.relkind = 'm'
order by 1`;

/** `$1`: a table as text, which must be one; `$2`: its columns, quoted where they were read. */
const WRITE_TABLE = `select /* recovery.writeTable */ format('copy %s (%s) from stdin', $1::regclass, $2::text) as command`;

/** Rows of months that have no part yet get one, by the function the schema of the export has for that. */
const MAKE_MONTHS = `
select /* recovery.makeMonths */ format('select %s()', p.oid::regproc) as command
from pg_proc p where p.pronamespace = 'operational'::regnamespace and p.proname in ('ensure_month_parts', 'ensure_movement_partitions')`;

const SET_SEQUENCE = `select /* recovery.setSequence */ setval($1::regclass, $2::bigint)`;

/**
 * Writes an exported database into an empty one: schema of the migration it had, then its rows, in one transaction with triggers off, since what they
 * would do was done. The login must be a superuser, or the one that migrates on a server whose superuser made the roles. `appPassword`: of
 * the server's role, where the cluster is ours.
 */
export async function loadDatabase(
  backup: Backup,
  key: BackupKey,
  server: DatabaseServer,
  appPassword?: string,
): Promise<void> {
  const { manifest, directory, id } = backup;
  if (!manifest) throw new BackupBroken(`The backup ${id} cannot be used. ${backup.fault ?? ''}`.trim());
  const told = (name: string): string => `${name} of the backup ${id}`;
  const packed = await readSealedBytes(join(directory, 'index.bak'), key, `${id} index.bak`, told('index.bak'), MOST_INDEX_BYTES, fileOf(manifest, 'index.bak')); // prettier-ignore
  const index = Index.safeParse(parseJson(packed.toString('utf8')));
  if (!index.success) throw new BackupBroken(`The list of tables of the backup ${id} cannot be read.`);

  const client = await connect(server);
  try {
    const { rows: state } = await client.query<{ occupied: boolean }>(HAS_DATA);
    if (state[0]?.occupied)
      throw new Error(`The database ${server.database} is not empty. Restore into a new database.`);
    await migrateUp(server, {
      through: manifest.migration,
      ...(appPassword === undefined ? {} : { appPassword }),
    });
    await client.query('set role meditory_owner');
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    const { rows: guards } = await client.query<{ off: string; on: string }>(GUARDS);
    for (const { off } of guards) await client.query(off);
    const { rows: emptying } = await client.query<{ command: string }>(EMPTY_ALL);
    for (const { command } of emptying) await client.query(command);
    for (const { name, columns } of index.data.tables) {
      const path = `tables/${name}.bak`;
      const { rows } = await client.query<{ command: string }>(WRITE_TABLE, [name, columns]);
      const sink = client.query(copyFrom(rows[0]?.command ?? ''));
      await readSealed(join(directory, path), key, `${id} ${path}`, sink, told(path), fileOf(manifest, path));
    }
    for (const { name, value } of index.data.sequences) await client.query(SET_SEQUENCE, [name, value]);
    const { rows: making } = await client.query<{ command: string }>(MAKE_MONTHS);
    for (const { command } of making) await client.query(command);
    for (const { on } of guards) await client.query(on);
    await client.query('set role none');
    const { rows: counts } = await client.query<{ command: string }>(COUNT_ANEW);
    for (const { command } of counts) await client.query(command);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Makes a cluster in an empty folder and loads an export into it; it runs when this answers. */
export async function loadCluster(
  backup: Backup,
  key: BackupKey,
  home: string,
  options: { isLasting: boolean },
): Promise<{ cluster: EmbeddedCluster; seconds: number }> {
  const begin = performance.now();
  const cluster = await EmbeddedCluster.open(home, { unsafeFast: !options.isLasting });
  await cluster.start();
  await loadDatabase(backup, key, cluster.server('superuser'), cluster.appPassword);
  return { cluster, seconds: (performance.now() - begin) / 1000 };
}
