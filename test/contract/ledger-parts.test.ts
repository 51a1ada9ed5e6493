// The parts of the ledger: what guards the ledger guards each of them, those made later too, and nobody reads or writes one directly.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { connectAs, useTestDatabase } from '../support/db.js';

const db = useTestDatabase();

async function parts(): Promise<string[]> {
  const { rows } = await db.owner.query<{ name: string }>(
    `select i.inhrelid::regclass::text as name from pg_inherits i where i.inhparent = 'operational.stock_movements'::regclass order by 1`,
  );
  return rows.map((row) => row.name);
}

/** Runs a statement as a role, with a branch, in a transaction that is rolled back; answers its SQLSTATE or 'ok'. */
async function attempt(role: string, branchId: number, statement: string): Promise<string> {
  const client = await connectAs(db, role);
  try {
    await client.query('begin');
    await client.query("select set_config('app.branches', $1, true)", [String(branchId)]);
    await client.query(statement);
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

describe('the parts of the ledger', () => {
  let branchId = 0;
  let drugId = 0;
  let lotId = 0;
  beforeAll(async () => {
    branchId = await aBranch(db);
    ({ drugId } = await aDrug(db));
    ({ lotId } = await aLot(db, { branchId, drugId }));
  });
  const write = (recordedAt: string): Promise<unknown> =>
    db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, recorded_at)
       values ($1, $2, $3, 'adjustment', 1, 'x', 0, 0, $4)`,
      [branchId, lotId, drugId, recordedAt],
    );

  it('are there for this month and three ahead, and one for what no month was made for', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select 'operational.stock_movements_' || to_char(operational.movement_month(now()) + make_interval(months => n), 'YYYY_MM') as name from generate_series(0, 3) n`,
    );
    expect(await parts()).toEqual(
      expect.arrayContaining([...rows.map((row) => row.name), 'operational.stock_movements_default']),
    );
  });

  it('take in what was recorded before there was one, and leave nothing over', async () => {
    await write('2019-02-28T23:59:59.999Z');
    await write('2019-03-01T00:00:00Z');
    const left = async (): Promise<unknown> =>
      (await db.owner.query('select count(*)::int as n from operational.stock_movements_default')).rows[0];
    expect(await left()).toEqual({ n: 2 });
    await db.owner.query('select operational.ensure_month_parts(5)');
    expect(await left()).toEqual({ n: 0 });
    const { rows } = await db.owner.query(
      `select tableoid::regclass::text as part, count(*)::int as n from operational.stock_movements where recorded_at < '2020-01-01' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { part: 'operational.stock_movements_2019_02', n: 1 },
      { part: 'operational.stock_movements_2019_03', n: 1 },
    ]);
    // What is in it is in the trail of changes once, under the name of the ledger, and the move is no change.
    const audit = await db.owner.query(
      `select a.table_name, a.action, count(*)::int as n from operational.audit_logs a where a.table_name like 'stock_movements%' group by 1, 2`,
    );
    expect(audit.rows).toEqual([{ table_name: 'stock_movements', action: 'insert', n: 3 }]);
    expect((await db.owner.query('select operational.ensure_month_parts(5) as made')).rows).toEqual([
      { made: 0 },
    ]);
  });

  it('have every guard of the ledger, each of them, and its rights none', async () => {
    const { rows } = await db.owner.query<Record<string, unknown>>(
      `with ledger as (select 'operational.stock_movements'::regclass as oid),
       guards as (select t.tgname, t.tgfoid from pg_trigger t, ledger l where t.tgrelid = l.oid and not t.tgisinternal and t.tgtype & 1 = 1),
       keys as (select c.contype, c.confrelid, pg_get_constraintdef(c.oid) as text from pg_constraint c, ledger l where c.conrelid = l.oid and c.contype in ('f', 'c', 'p'))
       select c.relname,
         (select count(*)::int from guards g where not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = g.tgfoid and t.tgname = g.tgname and t.tgenabled = 'O')) as missing_guards,
         (select count(*)::int from keys k where not exists (select from pg_constraint o where o.conrelid = c.oid and o.convalidated and pg_get_constraintdef(o.oid) = k.text)) as missing_keys,
         exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgtype & 32 = 32 and t.tgtype & 1 = 0 and t.tgenabled = 'O') as keeps_from_truncation,
         c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
         obj_description(c.oid, 'pg_class') is not null as commented,
         (select count(*)::int from unnest(array['pharmacy_app', 'pharmacy_admin', 'pharmacy_reporting']) r,
           unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p where has_table_privilege(r, c.oid, p)) as rights
       from pg_inherits i join pg_class c on c.oid = i.inhrelid, ledger l where i.inhparent = l.oid`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(7);
    for (const { relname, ...part } of rows)
      expect(part, String(relname)).toEqual({
        missing_guards: 0,
        missing_keys: 0,
        keeps_from_truncation: true,
        secured: true,
        policies: 0,
        commented: true,
        rights: 0,
      });
  });

  it('are read and written through the ledger alone', async () => {
    const columns = '(branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost';
    const values = `(${branchId}, ${lotId}, ${drugId}, 'adjustment', 1, 'x', 0, 0`;
    expect(
      await attempt(
        'pharmacy_app',
        branchId,
        `insert into operational.stock_movements ${columns}) values ${values})`,
      ),
    ).toBe('ok');
    for (const part of await parts()) {
      expect(await attempt('pharmacy_app', branchId, `select 1 from ${part}`), part).toBe('42501');
      expect(await attempt('pharmacy_reporting', branchId, `select 1 from ${part}`), part).toBe('42501');
      expect(
        await attempt('pharmacy_app', branchId, `insert into ${part} ${columns}) values ${values})`),
        part,
      ).toBe('42501');
      for (const statement of [`update ${part} set quantity = 1`, `delete from ${part}`, `truncate ${part}`])
        expect(await attempt('pharmacy_app', branchId, statement), statement).toBe('42501');
      expect(await attempt('meditory_owner', branchId, `truncate ${part}`), part).toBe('MD004');
    }
    for (const change of [
      'update operational.stock_movements set quantity = quantity + 1',
      'delete from operational.stock_movements',
      'truncate operational.stock_movements',
    ])
      // prettier-ignore
      expect(await attempt('meditory_owner', branchId, change), change).toBe('MD004');
  });

  it('know their number, time and transaction from the database, whatever the server says', async () => {
    const columns = '(branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost';
    for (const [column, value, refusal] of [
      ['recorded_at', "now() - interval '1 year'", '42501'],
      ['movement_id', '1', '428C9'],
      ['tx_id', "'x'", '42501'],
    ] as const)
      expect(
        await attempt(
          'pharmacy_app',
          branchId,
          `insert into operational.stock_movements ${columns}, ${column}) values (${branchId}, ${lotId}, ${drugId}, 'adjustment', 1, 'x', 0, 0, ${value})`,
        ),
        column,
      ).toBe(refusal);
  });

  it('show a row of another branch to nobody, whatever its month', async () => {
    const other = await aBranch(db);
    const count = async (branch: number): Promise<unknown> => {
      const client = await connectAs(db, 'pharmacy_app');
      try {
        await client.query("select set_config('app.branches', $1, false)", [String(branch)]);
        return (await client.query('select count(*)::int as n from operational.stock_movements')).rows[0];
      } finally {
        await client.end();
      }
    };
    expect(await count(other)).toEqual({ n: 0 });
    expect(await count(branchId)).toEqual({ n: 3 });
  });

  it('are named by rows of other tables only where they are', async () => {
    const { rows } = await db.owner.query<{ name: string; column: string }>(
      `select t.tgrelid::regclass::text as name, a.attname as column from pg_trigger t join pg_attribute a on a.attrelid = t.tgrelid and a.attnum = t.tgattr[0]
       where t.tgfoid = 'operational.require_movement()'::regprocedure`,
    );
    const naming = rows.map(({ name, column }) => `${name}.${column}`);
    // Every column of that name is guarded, but the keys and notes the database writes itself.
    const { rows: columns } = await db.owner.query<{ name: string }>(
      `select 'operational.' || c.table_name || '.' || c.column_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'operational' and t.table_type = 'BASE TABLE' and c.column_name like '%movement_id' and c.data_type = 'bigint'
         and c.table_name not like 'stock_movement%' and c.column_name not like '%transit_movement_id' and c.column_name <> 'pack_movement_id'
         and (c.table_name, c.column_name) not in (('stock_count_entries', 'movement_id'), ('stock_count_lines', 'snapshot_movement_id'))`,
    );
    expect(naming.sort()).toEqual(columns.map((row) => row.name).sort());
  });

  it('refuse a correction of a movement that is not there', async () => {
    const { userId } = await aWorldFor(db, 'pharmacist');
    await expect(
      db.owner.query(
        `insert into operational.stock_adjustments (branch_id, lot_id, quantity, reason_code, reason, requested_by, corrects_movement_id)
         values ($1, $2, 1, 'found', 'x', $3, 999999999)`,
        [branchId, lotId, userId],
      ),
    ).rejects.toMatchObject({ code: '23503', constraint: 'stock_adjustments_corrects_movement_id_fkey' });
  });
});
