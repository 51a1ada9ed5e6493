import type { TestDatabase } from './db.js';

/** The identity of every row it makes, so that each refers to the others whatever refers to what. */
export const ID = 770_001;
/** In every free text of a row of the branch: where it is seen, a row was. */
export const CANARY = 'CANARY770001';
/** What rows are called that belong to no branch and may be seen by all. */
const GLOBAL = 'GLOBAL770001';

interface Column {
  table: string;
  column: string;
  type: string;
  isRequired: boolean;
  isKey: boolean;
  refersTo: string | null;
  isForced: boolean;
  hasDefault: boolean;
  isGenerated: boolean;
  checks: string[] | null;
}

const COLUMNS = `
select c.oid::regclass::text as "table", a.attname as "column", format_type(a.atttypid, null) as type, a.attnotnull as "isRequired",
  exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)) as "isKey",
  (select k.confrelid::regclass::text from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
    order by cardinality(k.conkey) limit 1) as "refersTo",
  c.relforcerowsecurity as "isForced", a.atthasdef and a.attgenerated = '' as "hasDefault", a.attgenerated <> '' as "isGenerated",
  (select array_agg(pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition
order by 1, a.attnum`;

/** Rows that are not made: tables that hold one row already, or that are not about anything a person may ask for. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'operational.installation',
  'operational.identity_secret',
  'operational.audit_logs',
]);

/**
 * Puts one row into every table of both schemas, all with the identity 770001 and, where rows are a branch's, of branch 770001. It is made
 * out of the catalogue, so that a table somebody adds has its row too: constraints on the content of rows are taken off (this is a
 * database of the test's own), lists of words give their first. The rows are no pharmacy's; they are there to be asked for.
 */
export async function oneOfEverything(db: TestDatabase): Promise<string[]> {
  const columns = (await db.owner.query<Column>(COLUMNS)).rows;
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  const client = await db.owner.connect();
  const made: string[] = [];
  try {
    await client.query(
      `do $$ declare k record; begin
         for k in select conname, conrelid::regclass as t from pg_constraint where contype in ('c', 'x') and conislocal and coninhcount = 0
           and connamespace in ('operational'::regnamespace, 'reference'::regnamespace) and conrelid <> 0
         loop execute format('alter table %s drop constraint %I', k.t, k.conname); end loop;
         -- What is computed of columns that are empty is empty.
         for k in select attname, attrelid::regclass as t from pg_attribute join pg_class on pg_class.oid = attrelid
           where attgenerated <> '' and attnotnull and relnamespace in ('operational'::regnamespace, 'reference'::regnamespace)
         loop execute format('alter table %s alter column %I drop not null', k.t, k.attname); end loop;
       end $$`,
    );
    // Triggers would ask for histories, and foreign keys for an order.
    await client.query("set session_replication_role = 'replica'");
    for (const [table, all] of tables) {
      if (LEFT_OUT.has(table)) continue;
      const filled = all.flatMap((column) => {
        const value = valueOf(column);
        return value === undefined ? [] : [{ name: column.column, value }];
      });
      await client.query(
        `insert into ${table} (${filled.map(({ name }) => `"${name}"`).join(', ')}) overriding system value
         values (${filled.map((_, n) => `$${n + 1}`).join(', ')}) on conflict do nothing`,
        filled.map(({ value }) => value),
      );
      made.push(table);
    }
  } finally {
    await client.query("set session_replication_role = 'origin'");
    client.release();
  }
  return made;
}

function valueOf(column: Column): unknown {
  const { type, isRequired, isKey, refersTo, isForced, hasDefault, isGenerated } = column;
  if (isGenerated) return undefined;
  const word = firstWord(column.checks);
  if (
    isText(type) &&
    !isKey &&
    refersTo === null &&
    word === undefined &&
    !isCode(column.checks) &&
    !hasDefault
  )
    return isForced ? CANARY : GLOBAL;
  if (!isRequired || (hasDefault && !isKey && refersTo === null)) return undefined;
  if (isText(type)) return word ?? (isForced ? CANARY : GLOBAL);
  switch (type) {
    case 'integer':
    case 'bigint':
      return isKey || refersTo !== null || column.column.endsWith('_id') ? ID : 1;
    case 'smallint':
    case 'numeric':
    case 'real':
    case 'double precision':
      return 1;
    case 'boolean':
      return false;
    case 'date':
      return '2026-01-15';
    case 'timestamp with time zone':
      return '2026-01-15T10:00:00Z';
    case 'uuid':
      return '00000000-0000-4000-8000-000000770001';
    case 'bytea':
      return Buffer.from(isForced ? CANARY : GLOBAL);
    case 'jsonb':
    case 'json':
      return '{}';
    default:
      if (type.endsWith('[]')) return '{}';
      throw new Error(`one-of-everything knows no value for ${column.table}.${column.column} ${type}`);
  }
}

const isText = (type: string): boolean => /^(text|character|character varying|"char")$/.test(type);

/** The first word of a list a CHECK allows. */
const firstWord = (checks: string[] | null): string | undefined =>
  checks
    ?.map((check) => /ANY \(ARRAY\['([^']*)'/.exec(check)?.[1] ?? /= '([^']*)'::text/.exec(check)?.[1])
    .find((word) => word !== undefined);

/** Whether a CHECK asks for a pattern: a text of it is no free text. */
const isCode = (checks: string[] | null): boolean => checks?.some((check) => / ~ /.test(check)) ?? false;
