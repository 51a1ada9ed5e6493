import type pg from 'pg';

/** The rows of every table that outlives a crash, as one statement and so of one moment. */
const COUNT_ROWS = `
select /* recovery.countRows */ n.nspname || '.' || c.relname as "table",
  ((xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', n.nspname, c.relname), false, true, '')))[1])::text as "rows"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
order by 1`;

export async function countRows(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ table: string; rows: string }>(COUNT_ROWS);
  return Object.fromEntries(rows.map((row) => [row.table, Number(row.rows)]));
}

/** The first tables that hold other than they should, in words. */
export function rowDifferences(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .sort()
    .filter((table) => expected[table] !== found[table])
    .map(
      (table) => `${table}: ${found[table] ?? 'no table'}, in the backup ${expected[table] ?? 'no table'}`,
    );
}
