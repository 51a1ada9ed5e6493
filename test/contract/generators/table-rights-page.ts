import pg from 'pg';

import type { DatabaseServer } from '../../../src/platform/config/config.js';

/** Roles that log in or are entered by the server, and the one that owns functions; the owner of the tables may do everything by nature. */
const ROLES = ['pharmacy_app', 'pharmacy_admin', 'pharmacy_reporting', 'meditory_definer'] as const;
type Role = (typeof ROLES)[number];

/** What a role may do with a table or a view, as PostgreSQL answered when it was tried; columns where it is not all of them. */
type Rights = Readonly<Record<string, true | readonly string[]>>;

export interface RelationRights {
  readonly relation: string;
  readonly rows: string;
  readonly rights: Readonly<Record<Role, Rights>>;
}

const RELATIONS = `
select c.oid::regclass::text as relation,
  case when c.relkind in ('v', 'm') then 'view' when c.relispartition then 'part' when c.relforcerowsecurity then 'by policy' else 'all' end as rows
from pg_class c where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
  -- Months of the ledger come and go with the calendar; the one for what is left over stands for them.
  and not (c.relispartition and c.relname not in ('stock_movements_default', 'audit_logs_default'))
order by c.relnamespace::regnamespace::text desc, c.relname`;

/**
 * Tries everything as the role, inside the database: each attempt is a statement that would change no row, and is taken back. An answer
 * other than "permission denied for" this very relation means the right is there, whatever a trigger or a constraint says then.
 */
const TRY = `
do $$
declare
  r record;
  v_text text;
  v_verb text;
  v_found jsonb := '[]';
begin
  for r in
    select c.oid, c.oid::regclass::text as relation, c.relname, a.attname, c.relkind in ('v', 'm') as is_view
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
      and not (c.relispartition and c.relname not in ('stock_movements_default', 'audit_logs_default'))
    order by c.oid, a.attnum
  loop
    foreach v_verb in array array['select', 'update', 'insert'] loop
      v_text := case v_verb when 'select' then format('select %I from %s limit 0', r.attname, r.relation)
        when 'update' then format('update %s set %I = default where false', r.relation, r.attname)
        else format('insert into %s (%I) values (default)', r.relation, r.attname) end;
      begin
        execute v_text;
        v_found := v_found || jsonb_build_array(jsonb_build_array(r.relation, v_verb, r.attname));
        raise exception 'tried' using errcode = 'ZZ000';
      exception when others then
        -- 55000, 42809: a view that cannot be written, whoever asks.
        if sqlstate not in ('ZZ000', '55000', '42809') and sqlerrm not like 'permission denied for % ' || r.relname
          and sqlerrm not like 'permission denied for schema %' then
          v_found := v_found || jsonb_build_array(jsonb_build_array(r.relation, v_verb, r.attname));
        end if;
      end;
    end loop;
  end loop;
  for r in
    select c.oid, c.oid::regclass::text as relation, c.relname, c.relkind in ('v', 'm') as is_view
    from pg_class c where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
      and not (c.relispartition and c.relname not in ('stock_movements_default', 'audit_logs_default'))
  loop
    foreach v_verb in array array['delete', 'truncate', 'trigger'] loop
      v_text := case v_verb when 'delete' then format('delete from %s where false', r.relation)
        when 'truncate' then format('truncate %s', r.relation)
        else format('create trigger tried before insert on %s for each row execute function operational.refuse_change()', r.relation) end;
      begin
        execute v_text;
        raise exception 'tried' using errcode = 'ZZ000';
      exception when others then
        if sqlstate not in ('55000', '42809') and sqlerrm not like 'permission denied for % ' || r.relname
          and sqlerrm not like 'must be owner of %' and sqlerrm not like 'permission denied for schema %' then
          v_found := v_found || jsonb_build_array(jsonb_build_array(r.relation, v_verb));
        end if;
      end;
    end loop;
    -- To refer to a table one must own another: what cannot be tried is asked.
    if has_table_privilege(r.oid, 'references') or has_any_column_privilege(r.oid, 'references') then
      v_found := v_found || jsonb_build_array(jsonb_build_array(r.relation, 'references'));
    end if;
  end loop;
  perform set_config('test.found', v_found::text, false);
end $$`;

const COLUMNS = `
select c.oid::regclass::text as relation, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm') group by 1`;

/** What every role may do with every table and view, tried as the role. */
export async function readRights(server: DatabaseServer): Promise<RelationRights[]> {
  const client = new pg.Client({ ...server, user: server.username });
  await client.connect();
  try {
    const relations = (await client.query<{ relation: string; rows: string }>(RELATIONS)).rows;
    const columns = new Map(
      (await client.query<{ relation: string; columns: string[] }>(COLUMNS)).rows.map((row) => [
        row.relation,
        row.columns,
      ]),
    );
    const found = new Map<Role, Map<string, Map<string, string[]>>>();
    for (const role of ROLES) found.set(role, await tryAs(client, role));
    return relations.map(({ relation, rows }) => {
      const rights = (role: Role): Rights => {
        const verbs = found.get(role)?.get(relation) ?? new Map<string, string[]>();
        const all = columns.get(relation)?.length ?? 0;
        return Object.fromEntries(
          [...verbs].map(([verb, some]) => [verb, some.length === 0 || some.length === all ? true : some]),
        );
      };
      return {
        relation,
        rows,
        rights: Object.fromEntries(ROLES.map((role) => [role, rights(role)])) as Record<Role, Rights>,
      };
    });
  } finally {
    await client.end();
  }
}

/** By relation and verb, the columns that were found open; none where the verb knows no columns. */
async function tryAs(client: pg.Client, role: Role): Promise<Map<string, Map<string, string[]>>> {
  await client.query('begin');
  await client.query(`set local session authorization ${role}`);
  await client.query("set local statement_timeout = '2min'");
  await client.query(TRY);
  const { rows } = await client.query<{ found: string }>("select current_setting('test.found') as found");
  await client.query('rollback');
  const answer = new Map<string, Map<string, string[]>>();
  for (const [relation, verb, column] of JSON.parse(rows[0]?.found ?? '[]') as [string, string, string?][]) {
    const verbs = answer.get(relation) ?? new Map<string, string[]>();
    answer.set(relation, verbs);
    const open = verbs.get(verb) ?? [];
    verbs.set(verb, open);
    if (column !== undefined) open.push(column);
  }
  return answer;
}

const ORDER = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'];

function cell(rights: Rights): string {
  return ORDER.filter((verb) => rights[verb] !== undefined)
    .map((verb) => {
      const columns = rights[verb];
      return columns === true ? verb : `${verb} (${(columns ?? []).join(', ')})`;
    })
    .join(', ');
}

/** Table × role × verb. */
export function tableRightsPage(relations: readonly RelationRights[]): string {
  return [
    '# Rights on tables',
    '',
    'Generated by `npm run gen` from what PostgreSQL allowed when each role tried it, column by column. Do not edit.',
    '',
    'Rows: `by policy`: row-level security, forced on the owner too; `all`: every row, for the reason in `test/contract/row-security.test.ts`; `view`; `part`: a month of the ledger, reached through the ledger alone.',
    '',
    `| table | rows | ${ROLES.join(' | ')} |`,
    `|---|---|${ROLES.map(() => '---|').join('')}`,
    ...relations.map(
      ({ relation, rows, rights }) =>
        `| ${relation} | ${rows} | ${ROLES.map((role) => cell(rights[role])).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
