import type { Pool } from 'pg';

/**
 * Every page of every table and index, read from the disk and judged: the checksum of a page is checked when it is read (a bad one is an
 * error), rows by verify_heapam, B-trees against their tables, GIN indexes by their own rule.
 */
const CHECKS = {
  tables: `
select c.oid::regclass || ': ' || v.msg as broken
from pg_class c cross join lateral verify_heapam(c.oid::regclass, check_toast => true) v
where c.relkind in ('r', 'm', 't') and c.relpersistence = 'p'`,
  trees: `
select 'not one B-tree' as broken from (
  select bt_index_check(c.oid::regclass, true, true)
  from pg_class c join pg_index i on i.indexrelid = c.oid join pg_am a on a.oid = c.relam
  where a.amname = 'btree' and c.relkind = 'i' and c.relpersistence = 'p' and i.indisvalid) checked having count(*) = 0`,
  gin: `
select 'not one GIN index' as broken from (
  select gin_index_check(c.oid::regclass)
  from pg_class c join pg_index i on i.indexrelid = c.oid join pg_am a on a.oid = c.relam
  where a.amname = 'gin' and c.relkind = 'i' and c.relpersistence = 'p' and i.indisvalid) checked having count(*) = 0`,
  checksums: `
select datname || ': ' || checksum_failures || ' pages' as broken from pg_stat_database where checksum_failures > 0`,
} as const;

/** What is broken on the disk of a database; how many tables and indexes were read. */
export async function damaged(db: Pool): Promise<{ broken: string[]; relations: number; pages: number }> {
  await db.query('create extension if not exists amcheck');
  const broken: string[] = [];
  for (const sql of Object.values(CHECKS)) {
    const { rows } = await db.query<{ broken: string }>(sql);
    broken.push(...rows.map((row) => row.broken));
  }
  const { rows } = await db.query<{ relations: number; pages: number; on: string }>(
    `select count(*)::int as relations, sum(pg_relation_size(oid) / current_setting('block_size')::int)::int as pages,
       current_setting('data_checksums') as on
     from pg_class where relkind in ('r', 'm', 't', 'i') and relpersistence = 'p'`,
  );
  const counted = rows[0];
  if (counted?.on !== 'on') throw new Error('the pages of this database have no checksums');
  await db.query('drop extension amcheck');
  return { broken, relations: counted.relations, pages: counted.pages };
}
