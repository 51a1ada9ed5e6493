import type { TestDatabase } from './db.js';

/** What both schemas hold that rights are asked of: tables with their parts, views and materialized views. */
export interface Relation {
  readonly name: string;
  readonly kind: 'table' | 'part' | 'view' | 'materialized view';
  readonly isForced: boolean;
  readonly isInvoker: boolean;
  readonly hasBranch: boolean;
}

const RELATIONS = `
select c.oid::regclass::text as name, case when c.relispartition then 'part' when c.relkind in ('r', 'p') then 'table' when c.relkind = 'v' then 'view' else 'materialized view' end as kind,
  c.relrowsecurity and c.relforcerowsecurity as "isForced", coalesce('security_invoker=true' = any (c.reloptions), false) as "isInvoker",
  exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'branch_id' and not a.attisdropped) as "hasBranch"
from pg_class c where c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
order by 1`;

export async function relationsOf(db: TestDatabase): Promise<Relation[]> {
  return (await db.owner.query<Relation>(RELATIONS)).rows;
}
