import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { to as copyTo } from 'pg-copy-streams';

import type { BackupKey } from './backup-key.js';
import { connect } from './backup-lock.js';
import type { BackupSource } from './base-backup.js';
import type { Backup, BackupStore } from './backup-store.js';
import { replaceSealed, syncPath, writeSealed, type SealedFile } from './sealed-file.js';

/** Whether this login may read every row: row-level security would hide some of it from anybody else without a word. */
const MAY_READ = `
select /* recovery.mayRead */ (select rolsuper from pg_roles where rolname = current_user) or pg_has_role(current_user, 'meditory_owner', 'member') as allowed`;

/** Row-level security binds the owner as well until he says that this is maintenance (ADR 47); before that was so the word has no meaning. */
const SEE_ALL = "set role meditory_owner; set app.maintenance = 'on'";

/** Tables that would give some of their rows only, without a word, even so. */
const HIDDEN = `
select /* recovery.hidden */ c.oid::regclass::text as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'p') and not c.relispartition and row_security_active(c.oid)
  and not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*'
    and 'meditory_owner'::regrole = any (p.polroles) and pg_get_expr(p.polqual, p.polrelid) like '%is_maintenance()%')
order by 1 limit 1`;

/** Tables that outlive a crash, each as the command that reads it; a table of parts is one. Generated columns are made anew. */
const TABLES = `
select /* recovery.tables */ n.nspname || '.' || c.relname as name,
  format('copy (select %s from %I.%I) to stdout', columns.list, n.nspname, c.relname) as command, columns.list as columns
from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join lateral (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) as list from pg_attribute a
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') columns
where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
order by 1`;

const SEQUENCES = `
select /* recovery.sequences */ schemaname || '.' || sequencename as name, last_value::text as value
from pg_sequences where schemaname in ('operational', 'reference') and last_value is not null order by 1`;

const ABOUT = `
select /* recovery.exported */ clock_timestamp() as at, current_setting('server_version_num')::int as postgres,
  (select name from public.meditory_migrations order by timestamp desc limit 1) as migration`;

/** What stands beside the rows: how to write them again. */
export interface ExportIndex {
  readonly tables: readonly { readonly name: string; readonly columns: string }[];
  readonly sequences: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Exports one database of a server, table by table, as of one moment. Nothing waits for it; it needs no access to files, no superuser, and the same
 * version of PostgreSQL nowhere. What is exported is the pharmacy: logins and their passwords belong to the server.
 */
export async function exportDatabase(
  source: BackupSource,
  store: BackupStore,
  key: BackupKey,
): Promise<Backup> {
  const startedAt = new Date();
  const client = await connect(source.server);
  try {
    const { rows: rights } = await client.query<{ allowed: boolean }>(MAY_READ);
    if (!rights[0]?.allowed)
      throw new Error(
        `${source.server.username} may not read everything. Back up as a login that is a member of meditory_owner: set MEDITORY_BACKUP_DB_USERNAME and MEDITORY_BACKUP_DB_PASSWORD to the one that migrates.`,
      );
    await client.query(SEE_ALL);
    const { rows: hidden } = await client.query<{ name: string }>(HIDDEN);
    if (hidden[0])
      throw new Error(`Not every row of ${hidden[0].name} can be read, so nothing is backed up.`);
    await client.query('begin isolation level repeatable read read only');
    const { rows: abouts } = await client.query<{ at: Date; postgres: number; migration: string }>(ABOUT);
    const [about] = abouts;
    if (!about) throw new Error('There is nothing to back up: the database is empty.');
    const { id, directory } = await store.begin('logical', startedAt);
    await mkdir(join(directory, 'tables'), { mode: 0o700 });
    const { rows: tables } = await client.query<{ name: string; command: string; columns: string }>(TABLES);
    const files: Record<string, SealedFile> = {};
    const rows: Record<string, number> = {};
    let plainBytes = 0;
    for (const { name, command } of tables) {
      const path = `tables/${name}.bak`;
      const stream = client.query(copyTo(command));
      const written = await writeSealed(stream, join(directory, path), key, `${id} ${path}`);
      files[path] = written.file;
      plainBytes += written.plainBytes;
      rows[name] = stream.rowCount;
    }
    const { rows: sequences } = await client.query<{ name: string; value: string }>(SEQUENCES);
    const index: ExportIndex = { tables: tables.map(({ name, columns }) => ({ name, columns })), sequences };
    files['index.bak'] = await replaceSealed(
      Readable.from([Buffer.from(JSON.stringify(index))]),
      join(directory, 'index.bak'),
      key,
      `${id} index.bak`,
    );
    await syncPath(join(directory, 'tables'));
    return await store.finish(
      key,
      {
        format: 1,
        id,
        kind: 'logical',
        program: source.program,
        postgres: about.postgres,
        keyId: key.id,
        startedAt: startedAt.toISOString(),
        takenAt: about.at.toISOString(),
        endedAt: new Date().toISOString(),
        migration: about.migration,
        plainBytes,
        rows,
        files,
      },
      directory,
    );
  } finally {
    await client.end();
  }
}
