// Row-level security binds everybody but the functions that must see all branches (docs/security/database.md, ADR 47).
import { describe, expect, it } from 'vitest';

import { ALL_BRANCHES, ALL_BRANCHES_SINCE } from '../../src/migrations/database-rights/all-branches.js';
import {
  asLogin,
  protectBranchTable,
  seesAllBranches,
} from '../../src/migrations/support/forced-row-security.js';
import { aPatient } from '../builders/patient.js';
import { aBranch } from '../builders/world.js';
import { relationsOf } from '../support/catalogue-of-database.js';
import { connectAs, useTestDatabase } from '../support/db.js';

/** Tables of `operational` without row-level security, and why. A new table is under it, or is written here. */
const OPEN: Readonly<Record<string, string>> = {
  audit_removals: 'of the one chain of the installation: which of its seals have no rows any more',
  audit_seals: 'one chain for all branches: numbers and hashes, nothing of what the rows say',
  beyond_use_limits: 'rules of compounding, the same at all branches',
  branches: 'who works where is decided by user_branches; names of branches are on papers of all',
  cash_denominations: 'coins and notes of a currency',
  compound_formula_items: 'formulas are the chain’s, batches the branch’s',
  compound_formula_versions: 'formulas are the chain’s, batches the branch’s',
  compound_formulas: 'formulas are the chain’s, batches the branch’s',
  controlled_maxima: 'law of a jurisdiction',
  controlled_rest_limits: 'law of a jurisdiction',
  controlled_schedules: 'law of a jurisdiction',
  coverage_rules: 'rules of a payer’s plan, the same at all branches',
  drug_tax_classes: 'taxes of products, the same at all branches',
  identity_checks: 'about a user, who may work at several branches',
  identity_secret: 'no role may read it; one function makes keys with it',
  installation: 'one row about the installation',
  journal_accounts: 'the chart of accounts of the chain',
  known_devices: 'of a user, asked before it is known who asks; hashes',
  mfa_challenges: 'of a user, asked before it is known who asks',
  mfa_factors:
    'of a user, asked before it is known who asks; secrets are encrypted with a key outside the database',
  password_links: 'looked up by its hash before anybody is known',
  payer_plans: 'payers are the chain’s',
  payers: 'payers are the chain’s',
  permissions: 'the catalogue of rights',
  prescribers: 'prescribers are the chain’s',
  quick_unlocks: 'of a user, asked before it is known who asks; rows are reached by the user’s number',
  rate_limits: 'counts of hashes, asked before it is known who asks',
  recovery_codes: 'of a user, asked before it is known who asks; hashes',
  registered_tills:
    'looked up by its hash before anybody is known; what looks after them asks for the branches itself',
  retention_rules: 'law, the same at all branches',
  role_permissions: 'roles are the chain’s',
  roles: 'roles are the chain’s',
  sessions: 'a session is looked up by its secret before anybody is known',
  stock_closed_months: 'which months of the whole ledger are closed',
  stock_recalls: 'a lot is called back at every branch',
  stock_report_refreshes: 'how fresh a report is',
  suppliers: 'suppliers are the chain’s',
  tax_classes: 'taxes, the same at all branches',
  tax_rates: 'taxes, the same at all branches',
  user_branches: 'says at which branches a user works: asked before his branches are known',
  user_roles: 'roles are the chain’s',
  users: 'a user may work at several branches; asked before it is known who asks',
};

/** Views that run with the rights of their owner, and why. */
const OWNERS_VIEWS: Readonly<Record<string, string>> = {
  'operational.stock_months': 'over sums no role may read; it asks for the branches itself',
  'reference.drug_barcode_units': 'master data is nobody’s',
  'reference.drug_pack_sizes': 'master data is nobody’s',
  'reference.drug_prices': 'master data is nobody’s',
};

describe('row-level security', () => {
  const db = useTestDatabase();

  /** As the owner without a word of maintenance: what a hand at psql, or a new function, would see. */
  async function asOwner<T>(
    branches: string | null,
    work: (sql: (text: string) => Promise<Record<string, unknown>[]>) => Promise<T>,
  ): Promise<T> {
    const client = await connectAs(db, 'meditory_owner');
    try {
      await client.query('begin');
      if (branches !== null) await client.query("select set_config('app.branches', $1, true)", [branches]);
      return await work(async (text) => (await client.query<Record<string, unknown>>(text)).rows);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  }
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'ok',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );

  it('is forced on every table of `operational` that is not on the list, and on none that is', async () => {
    const tables = (await relationsOf(db)).filter(
      ({ name, kind }) => kind === 'table' && name.startsWith('operational.'),
    );
    const open = tables
      .filter(({ isForced }) => !isForced)
      .map(({ name }) => name.replace('operational.', ''));
    expect(open.sort()).toEqual(Object.keys(OPEN).sort());
    expect(tables.filter(({ isForced }) => isForced).length).toBeGreaterThan(100);
  });

  it('leaves out no table that belongs to a row of a branch by another', async () => {
    const { rows } = await db.owner.query(
      `select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent
       from pg_constraint c join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
       where c.contype = 'f' and child.relnamespace = 'operational'::regnamespace and parent.relforcerowsecurity and not child.relforcerowsecurity
         and not child.relispartition`,
    );
    expect(rows).toEqual([]);
  });

  it('has, on each table, its own policy for the server and the owner alike, and the three that stand on all', async () => {
    const { rows } = await db.owner.query<{ table: string; policies: string[] }>(
      `select p.polrelid::regclass::text as "table", array_agg(format('%s to %s', p.polname, (select string_agg(r.rolname, '+' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)))
         order by p.polname) as policies
       from pg_policy p join pg_class c on c.oid = p.polrelid where c.relforcerowsecurity group by 1 order by 1`,
    );
    for (const { table, policies } of rows) {
      expect(policies, table).toContain('all_branches to meditory_definer');
      expect(policies, table).toContain('maintenance to meditory_owner');
      const served = policies.filter((policy) => policy.includes('pharmacy_app'));
      for (const policy of served) expect(policy, table).toMatch(/ to meditory_owner\+pharmacy_app$/);
    }
  });

  it('keeps the parts of the ledger from everybody: no right, no policy', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_inherits i on i.inhrelid = c.oid
       where i.inhparent = 'operational.stock_movements'::regclass
         and (not c.relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid)
           or exists (select from aclexplode(c.relacl) a where a.grantee <> c.relowner))`,
    );
    expect(rows).toEqual([]);
  });

  it('lets no view look with the rights of its owner but those of the list', async () => {
    const views = (await relationsOf(db)).filter(({ kind, isInvoker }) => kind === 'view' && !isInvoker);
    expect(views.map(({ name }) => name)).toEqual(Object.keys(OWNERS_VIEWS).sort());
    const readable = await db.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c, unnest(array['pharmacy_app', 'pharmacy_admin']) role
       where c.relkind = 'm' and c.relnamespace = 'operational'::regnamespace and has_table_privilege(role, c.oid, 'select')`,
    );
    expect(readable.rows, 'a materialized view knows no policies').toEqual([]);
  });

  it('shows the owner nothing where no branches are set, and those of the transaction where they are', async () => {
    const [mine, other] = [await aBranch(db), await aBranch(db)];
    for (const branchId of [mine, other]) await aPatient(db, { branchId });
    const count = 'select count(*)::integer as n from operational.patients';
    expect(await asOwner(null, (sql) => sql(count))).toEqual([{ n: 0 }]);
    expect(await asOwner('', (sql) => sql(count))).toEqual([{ n: 0 }]);
    expect(await asOwner(String(mine), (sql) => sql(count))).toEqual([{ n: 1 }]);
  });

  it('refuses the owner what it refuses the server: a row for another branch, and to move one', async () => {
    const [mine, other] = [await aBranch(db), await aBranch(db)];
    await aPatient(db, { branchId: mine });
    const insert = `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex) values (${other}, 'a', 'b', 'a b', '2000-01-01', 'male')`;
    expect(await codeOf(asOwner(String(mine), (sql) => sql(insert)))).toBe('42501');
    const move = `update operational.patients set branch_id = ${other}`;
    expect(await codeOf(asOwner(String(mine), (sql) => sql(move)))).toBe('42501');
  });

  it.each(['1) or (1=1', '1;drop table x', '{1}', "1' or '1'='1", '*', 'all'])(
    'shows nothing where the branches are %j',
    async (injected) => {
      const branchId = await aBranch(db);
      await aPatient(db, { branchId });
      const seen = (role: string): Promise<string> =>
        codeOf(
          (async () => {
            const client = await connectAs(db, role);
            try {
              await client.query('begin');
              await client.query("select set_config('app.branches', $1, true)", [injected]);
              await client.query('select * from operational.patients');
            } finally {
              await client.query('rollback');
              await client.end();
            }
          })(),
        );
      for (const role of ['pharmacy_app', 'meditory_owner']) expect(await seen(role)).toBe('22P02');
    },
  );

  it('opens for maintenance only to who became the owner: nobody pretends it', async () => {
    await aPatient(db, { branchId: await aBranch(db) });
    const said = "select set_config('app.maintenance', 'on', true)";
    const count = 'select count(*)::integer as n from operational.patients';
    await asOwner(null, async (sql) => {
      await sql(said);
      expect(await sql(count)).toEqual([{ n: 0 }]);
      await sql('set local role meditory_owner');
      expect(await sql(count)).not.toEqual([{ n: 0 }]);
    });
    const client = await connectAs(db, 'pharmacy_app');
    await client.query('begin');
    await client.query(said);
    expect((await client.query(count)).rows).toEqual([{ n: 0 }]);
    await client.query("select set_config('app.branches', '', true)");
    expect(await codeOf(client.query('set local role meditory_owner'))).toBe('42501');
    await client.query('rollback');
    expect(await codeOf(client.query('set role meditory_definer'))).toBe('42501');
    await client.end();
  });

  it('is passed by the functions of the list and by triggers, and by no other function', async () => {
    const { rows } = await db.owner.query<{ name: string; trigger: boolean }>(
      `select p.oid::regprocedure::text as name, p.prorettype = 'trigger'::regtype as trigger
       from pg_proc p where p.proowner = 'meditory_definer'::regrole and p.prosecdef`,
    );
    const callable = rows.filter(({ trigger }) => !trigger).map(({ name }) => name.replaceAll(',', ', '));
    expect(callable.sort()).toEqual(Object.keys({ ...ALL_BRANCHES, ...ALL_BRANCHES_SINCE }).sort());
    const blind = await db.owner.query(
      `select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace = 'operational'::regnamespace and p.prosecdef and p.prorettype = 'trigger'::regtype and p.proowner <> 'meditory_definer'::regrole`,
    );
    expect(
      blind.rows,
      'triggers that would see the rows of one branch: seesAllBranches of the migration',
    ).toEqual([]);
  });

  it('can be put on a new table, and a new function, by the helpers for migrations', async () => {
    const client = await db.owner.connect();
    try {
      await client.query('begin; set local role meditory_owner');
      await client.query(
        `create table operational.novelties (novelty_id integer primary key, branch_id integer not null);
         grant select, insert on operational.novelties to pharmacy_app;
         ${protectBranchTable('novelties')}
         create function operational.count_novelties() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as $$ select count(*) from operational.novelties $$;
         grant execute on function operational.count_novelties() to pharmacy_app;`,
      );
      await client.query("select set_config('app.branches', '1', true)");
      await client.query('insert into operational.novelties values (1, 1)');
      await client.query("select set_config('app.branches', '2', true)");
      const counted = async (): Promise<unknown> =>
        (await client.query<{ n: number }>('select operational.count_novelties()::integer as n')).rows[0]?.n;
      expect(await counted()).toBe(0);
      await client.query(seesAllBranches('count_novelties()'));
      expect(await counted()).toBe(1);
      await client.query(asLogin('drop function operational.count_novelties();'));
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
