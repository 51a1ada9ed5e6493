// The ledger goes into months and back with all that belongs to it: rows, numbers, guards, keys, policies, rights.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateDown, migrateUp } from '../../src/platform/database/migrator.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aBranch } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

/** Migrations of the months of the ledger: the last ones down to the one before it. */
const PUT_IN_MONTHS = 'LedgerByMonth1799000000180';

const BELONGINGS = `
select 'trigger' as kind, t.tgrelid::regclass::text as of, pg_get_triggerdef(t.oid) as text from pg_trigger t join pg_class c on c.oid = t.tgrelid
where not t.tgisinternal and c.relnamespace = 'operational'::regnamespace and (c.relname = 'stock_movements' or pg_get_triggerdef(t.oid) like '%require_movement%')
union all
select 'constraint', c.conrelid::regclass::text, c.conname || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c
where c.contype <> 't' and (c.conrelid = 'operational.stock_movements'::regclass or c.confrelid = 'operational.stock_movements'::regclass)
union all
select 'index', i.tablename, i.indexdef from pg_indexes i where i.schemaname = 'operational' and i.tablename = 'stock_movements'
union all
select 'policy', p.policyname, concat_ws(' | ', p.cmd, p.roles::text, p.qual, p.with_check) from pg_policies p where p.schemaname = 'operational' and p.tablename = 'stock_movements'
union all
select 'right', g.grantee, g.privilege_type from information_schema.role_table_grants g where g.table_schema = 'operational' and g.table_name = 'stock_movements' and g.grantee like 'pharmacy%'
union all
select 'right to column', g.grantee, g.column_name from information_schema.column_privileges g
where g.table_schema = 'operational' and g.table_name = 'stock_movements' and g.grantee = 'pharmacy_app' and g.privilege_type = 'INSERT'
union all
select 'comment', 'column', col_description(a.attrelid, a.attnum) from pg_attribute a where a.attrelid = 'operational.stock_movements'::regclass and a.attnum > 0
union all
select 'view', 'discrepancies', pg_get_viewdef('operational.stock_discrepancies'::regclass)
union all
select 'function', p.proname, p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '') from pg_proc p where p.pronamespace = 'operational'::regnamespace
order by 1, 2, 3`;

const ROWS = `select md5(string_agg(m::text, '|' order by m.movement_id)) as hash, count(*)::int as n from operational.stock_movements m`;

describe('the ledger, migrated', () => {
  const db = useTestDatabase();
  let server: DatabaseServer;
  let client: pg.Client;
  let [branchId, drugId, lotId] = [0, 0, 0];
  const write = (type: string, quantity: string, more = 'null', recorded = 'clock_timestamp()') =>
    client.query<{ id: string }>(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, reverses_movement_id, balance_after, unit_cost, recorded_at)
       values (${branchId}, ${lotId}, ${drugId}, '${type}', ${quantity}, 'x', ${more}, 0, 0, ${recorded}) returning movement_id as id`,
    );
  const ask = async (text: string): Promise<unknown[]> =>
    (await client.query<Record<string, unknown>>(text)).rows;
  async function stepsDown(): Promise<number> {
    const rows = (await ask(
      `select count(*)::int as n from public.meditory_migrations where id >= (select id from public.meditory_migrations where name = '${PUT_IN_MONTHS}')`,
    )) as { n: number }[];
    return rows[0]?.n ?? 0;
  }

  beforeAll(async () => {
    server = { ...inject('superuser'), database: db.superuser.database };
    branchId = await aBranch(db);
    ({ drugId } = await aDrug(db));
    ({ lotId } = await aLot(db, { branchId, drugId, quantity: '100' }));
    client = new pg.Client({ ...server, user: server.username });
    await client.connect();
  });
  afterAll(() => client.end());

  it('is in months, in one, in months and in one again, the same each time', async () => {
    const first = (await write('adjustment', '-5', 'null', "'2020-05-17'")).rows[0]?.id ?? '';
    await write('reversal', '5', first);
    await write('adjustment', '-1', 'null', "'2021-12-31T23:59:59.999Z'");
    const [rows, months] = [await ask(ROWS), await ask(BELONGINGS)];
    const steps = await stepsDown();
    await migrateDown(server, steps);
    expect(await ask(ROWS)).toEqual(rows);
    const one = await ask(BELONGINGS);
    expect(await ask(`select relkind::text as kind from pg_class where oid = 'operational.stock_movements'::regclass`)).toEqual([{ kind: 'r' }]); // prettier-ignore
    await expect(write('reversal', '5', first)).rejects.toMatchObject({
      code: '23505',
      constraint: 'stock_movements_reversed_once_key',
    });
    const next = (await write('adjustment', '1')).rows[0]?.id ?? '';
    expect(BigInt(next)).toBeGreaterThan(BigInt(first));
    const more = await ask(ROWS);
    await migrateUp(server);
    expect(await ask(ROWS)).toEqual(more);
    expect(await ask(BELONGINGS)).toEqual(months);
    expect(await ask(`select count(*)::int as n from operational.stock_movements_default`)).toEqual([
      { n: 0 },
    ]);
    expect(await ask(`select month::text from operational.stock_closed_months where movements > 0 order by 1`)).toEqual([{ month: '2020-05-01' }, { month: '2021-12-01' }]); // prettier-ignore
    expect(await ask('select * from operational.stock_discrepancies')).toEqual([]);
    await expect(write('reversal', '5', first)).rejects.toMatchObject({
      code: '23505',
      constraint: 'stock_movements_reversed_once_key',
    });
    await expect(write('reversal', '5', '999999999')).rejects.toMatchObject({ code: '23503' });
    await migrateDown(server, steps);
    expect(await ask(BELONGINGS)).toEqual(one);
    await migrateUp(server);
  }, 120_000);
});
