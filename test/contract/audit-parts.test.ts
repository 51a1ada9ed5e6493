// The months of the audit trail: parts made ahead with those of the ledger, guarded each, and nobody's; nothing is refused where none was made.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBranch } from '../builders/world.js';
import { connectAs, useTestDatabase } from '../support/db.js';

const db = useTestDatabase();
const ask = async <T>(text: string): Promise<T[]> =>
  (await db.owner.query<Record<string, unknown>>(text)).rows as T[];
const parts = async (): Promise<string[]> =>
  (
    await ask<{ name: string }>(
      `select i.inhrelid::regclass::text as name from pg_inherits i where i.inhparent = 'operational.audit_logs'::regclass order by 1`,
    )
  ).map(({ name }) => name);

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

const write = (at: string, branchId: number | null = null): Promise<unknown> =>
  db.owner.query(
    `insert into operational.audit_logs (occurred_at, tx_id, branch_id, table_schema, table_name, row_key, action) values ($1, 'x', $2, 'operational', 'things', '1', 'insert')`,
    [at, branchId],
  );

describe('the months of the audit trail', () => {
  let branchId = 0;
  beforeAll(async () => {
    branchId = await aBranch(db);
  });

  it('are there for this month and three ahead, and one for what no month was made for', async () => {
    const due = await ask<{ name: string }>(
      `select 'operational.audit_logs_' || to_char(operational.movement_month(now()) + make_interval(months => n), 'YYYY_MM') as name from generate_series(0, 3) n`,
    );
    expect(await parts()).toEqual([...due.map(({ name }) => name), 'operational.audit_logs_default'].sort());
  });

  it('take in what was written where there was none, and leave nothing over, by the job of the ledger', async () => {
    await write('2019-02-28T23:59:59.999Z', branchId);
    await write('2019-03-01T00:00:00Z', branchId);
    const left = () => ask('select count(*)::int as n from operational.audit_logs_default');
    expect(await left()).toEqual([{ n: 2 }]);
    await db.owner.query('select operational.close_movement_months()');
    expect(await left()).toEqual([{ n: 0 }]);
    expect(
      await ask(
        `select tableoid::regclass::text as part, count(*)::int as n from operational.audit_logs where occurred_at < '2020-01-01' group by 1 order by 1`,
      ),
    ).toEqual([
      { part: 'operational.audit_logs_2019_02', n: 1 },
      { part: 'operational.audit_logs_2019_03', n: 1 },
    ]);
    expect(await ask('select operational.ensure_month_parts() as made')).toEqual([{ made: 0 }]);
  });

  it('have every guard and index of the trail, each of them, and its rights none', async () => {
    const rows = await ask<Record<string, unknown>>(
      `with trail as (select 'operational.audit_logs'::regclass as oid)
       select c.relname,
         (select count(*)::int from pg_trigger g, trail l where g.tgrelid = l.oid and not g.tgisinternal and g.tgtype & 1 = 1
           and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = g.tgfoid and t.tgenabled = 'O')) as missing_guards,
         (select count(*)::int from pg_index i, trail l where i.indrelid = l.oid
           and not exists (select from pg_inherits h join pg_index p on p.indexrelid = h.inhrelid where h.inhparent = i.indexrelid and p.indrelid = c.oid and p.indisvalid)) as missing_indexes,
         exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgtype & 32 = 32 and t.tgtype & 1 = 0 and t.tgenabled = 'O') as keeps_from_truncation,
         c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies, obj_description(c.oid, 'pg_class') is not null as commented,
         (select count(*)::int from unnest(array['pharmacy_app', 'pharmacy_admin', 'pharmacy_reporting', 'pharmacy_sealer', 'meditory_definer']) r,
           unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p where has_table_privilege(r, c.oid, p)) as rights
       from pg_inherits i join pg_class c on c.oid = i.inhrelid, trail l where i.inhparent = l.oid`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(7);
    for (const { relname, ...part } of rows)
      expect(part, String(relname)).toEqual({
        missing_guards: 0,
        missing_indexes: 0,
        keeps_from_truncation: true,
        secured: true,
        policies: 0,
        commented: true,
        rights: 0,
      });
  });

  it('are read through the trail alone, changed by nobody', async () => {
    expect(await attempt('pharmacy_app', branchId, 'select 1 from operational.audit_logs')).toBe('ok');
    for (const part of await parts()) {
      for (const role of ['pharmacy_app', 'pharmacy_reporting', 'pharmacy_sealer', 'meditory_definer'])
        expect(await attempt(role, branchId, `select 1 from ${part}`), `${role} ${part}`).toBe('42501');
      expect(await attempt('meditory_owner', branchId, `truncate ${part}`), part).toBe('MD004');
    }
    for (const part of ['operational.audit_logs_2019_02', 'operational.audit_logs'])
      for (const change of [`update ${part} set user_id = 1`, `delete from ${part}`])
        expect(
          await attempt(
            'meditory_owner',
            branchId,
            `set local role meditory_owner; set local app.maintenance = 'on'; ${change}`,
          ),
          change,
        ).toBe('MD004');
  });

  it('show a row of another branch to nobody, whatever its month', async () => {
    const other = await aBranch(db);
    const count = async (branch: number): Promise<unknown> => {
      const client = await connectAs(db, 'pharmacy_app');
      try {
        await client.query("select set_config('app.branches', $1, false)", [String(branch)]);
        const { rows } = await client.query(
          `select count(*)::int as n from operational.audit_logs where occurred_at < '2020-01-01'`,
        );
        return rows[0];
      } finally {
        await client.end();
      }
    };
    expect(await count(other)).toEqual({ n: 0 });
    expect(await count(branchId)).toEqual({ n: 2 });
  });
});
