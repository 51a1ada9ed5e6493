// What each database role may do, tried as that role (domain.md §1, §5, §9; the last line of defence).
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { connectAs, useTestDatabase, type TestDatabase } from '../support/db.js';

const db: TestDatabase = useTestDatabase();

/** Runs statements as a role in one transaction that is rolled back; answers the SQLSTATE of the failure or 'ok'. */
async function attempt(role: string, branches: readonly number[], ...statements: string[]): Promise<string> {
  const client = await connectAs(db, role);
  try {
    await client.query('begin');
    await client.query("select set_config('app.branches', $1, true)", [branches.join(',')]);
    for (const statement of statements) await client.query(statement);
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

const DENIED = '42501';
/** What the owner's hand must say to see any row. */
const MAINTENANCE = ['set role meditory_owner', "set app.maintenance = 'on'"];

async function aPatientRow(branchId: number): Promise<number> {
  const { rows } = await db.owner.query<{ patient_id: number }>(
    `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
     values ($1, 'Mona', 'Adel', 'mona adel', '1980-01-01', 'female') returning patient_id`,
    [branchId],
  );
  return rows[0]?.patient_id ?? 0;
}

describe('pharmacy_app', () => {
  it('reads reference and cannot write it', async () => {
    await aDrug(db, { name: 'Role test drug' });
    expect(await attempt('pharmacy_app', [], 'select count(*) from reference.drugs')).toBe('ok');
    expect(await attempt('pharmacy_app', [], 'update reference.drugs set price = 1')).toBe(DENIED);
    expect(await attempt('pharmacy_app', [], "insert into reference.routes (name) values ('x')")).toBe(
      DENIED,
    );
    expect(await attempt('pharmacy_app', [], 'delete from reference.drug_ingredients')).toBe(DENIED);
  });

  it.each([
    'update operational.audit_logs set user_id = 1',
    'delete from operational.audit_logs',
    "insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action) values ('x', 'a', 'b', 'c', 'read')",
    'truncate operational.audit_logs',
    'update operational.stock_movements set quantity = 1',
    'delete from operational.stock_movements',
    'update operational.payments set amount = 1',
    'delete from operational.payments',
    'update operational.sales set total = 0',
    'delete from operational.sales',
    'update operational.sale_items set quantity = 1',
    'update operational.account_entries set amount = 1',
    'delete from operational.account_entries',
    'update operational.customer_accounts set balance = 0',
    'update operational.customer_accounts set points = 9',
    'insert into operational.account_open_items (entry_id) values (1)',
    'update operational.points_entries set points = 1',
    'delete from operational.account_allocations',
    'update operational.inventory_lots set quantity = 99',
    'update operational.prescriptions set quantity_filled = 0',
    'delete from operational.patients',
    'update operational.cds_cards set kind = kind',
    'delete from operational.cds_feedback',
    'update operational.fhir_identities set value = value',
    'delete from operational.fhir_entries',
    'update operational.fhir_resources set patient_id = null',
    'update operational.credit_notes set balance = amount',
    'insert into operational.credit_notes (branch_id) values (1)',
    'update operational.exchanges set sale_id = sale_id',
    "update operational.held_baskets set lines = '[]'",
    'delete from operational.held_baskets',
    'update operational.quotations set total = 0',
    'update operational.receipt_prints set print_no = 1',
    'delete from operational.print_jobs',
    'alter table operational.sales disable trigger all',
    'create table operational.mine (id int)',
    'create table public.mine (id int)',
    'select * from pg_authid',
    "copy operational.patients to program 'cat'",
    'set role meditory_owner',
  ])('is refused: %s', async (statement) => {
    expect(await attempt('pharmacy_app', [1, 2, 3], statement)).toBe(DENIED);
  });

  it('sees no row of a branch that is not in its transaction, and cannot write or move one there', async () => {
    const [mine, other] = [await aBranch(db), await aBranch(db)];
    const patientId = await aPatientRow(other);
    const client = await connectAs(db, 'pharmacy_app');
    try {
      const unset = await client.query('select 1 from operational.patients');
      expect(unset.rowCount).toBe(0);
      await client.query('begin');
      await client.query("select set_config('app.branches', $1, true)", [String(mine)]);
      const seen = await client.query('select 1 from operational.patients where patient_id = $1', [
        patientId,
      ]);
      expect(seen.rowCount).toBe(0);
      const changed = await client.query(
        "update operational.patients set notes = 'x' where patient_id = $1",
        [patientId],
      );
      expect(changed.rowCount).toBe(0);
      await client.query('rollback');
    } finally {
      await client.end();
    }
    const insert = `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex) values (${other}, 'a', 'b', 'a b', '2000-01-01', 'male')`;
    expect(await attempt('pharmacy_app', [mine], insert)).toBe(DENIED);
    const own = await aPatientRow(mine);
    const move = `update operational.patients set branch_id = ${other} where patient_id = ${own}`;
    expect(await attempt('pharmacy_app', [mine], move)).toBe(DENIED);
  });

  it('may write reference only after SET LOCAL ROLE pharmacy_admin', async () => {
    const insert = "insert into reference.routes (name) values ('role test route')";
    expect(await attempt('pharmacy_app', [], 'set local role pharmacy_admin', insert)).toBe('ok');
    expect(await attempt('pharmacy_admin', [], 'select 1 from operational.patients')).toBe(DENIED);
    expect(await attempt('pharmacy_admin', [], 'delete from reference.drugs')).toBe(DENIED);
  });
});

describe('an imported resource', () => {
  it('cannot stand behind the record of another patient', async () => {
    const branchId = await aBranch(db);
    const [one, other] = [await aPatientRow(branchId), await aPatientRow(branchId)];
    const { rows } = await db.owner.query<{ resource: number; condition: number }>(
      `with r as (
         insert into operational.fhir_resources (branch_id, resource_type, patient_id, content_hash, is_standing)
         values ($1, 'Condition', $2, repeat('0', 64), true) returning fhir_resource_id
       ), c as (
         insert into operational.patient_conditions (branch_id, patient_id, name) values ($1, $3, 'x') returning condition_id
       )
       select fhir_resource_id as resource, condition_id as condition from r, c`,
      [branchId, one, other],
    );
    const { resource, condition } = rows[0] ?? { resource: 0, condition: 0 };
    const insert = `insert into operational.fhir_entries (fhir_resource_id, branch_id, condition_id) values (${resource}, ${branchId}, ${condition})`;
    expect(await attempt('pharmacy_app', [branchId], insert)).toBe('23514');
  });
});

describe('pharmacy_reporting', () => {
  it('reads the work of all branches, no secrets, and writes nothing', async () => {
    await aPatientRow(await aBranch(db));
    expect(await attempt('pharmacy_reporting', [], 'select 1 / count(*) from operational.patients')).toBe(
      'ok',
    );
    expect(await attempt('pharmacy_reporting', [], 'select password_hash from operational.users')).toBe(
      DENIED,
    );
    expect(await attempt('pharmacy_reporting', [], 'select 1 from operational.sessions')).toBe(DENIED);
    expect(await attempt('pharmacy_reporting', [], "update operational.patients set notes = 'x'")).toBe(
      DENIED,
    );
  });
});

describe('the audit trail', () => {
  it('holds a change made in plain SQL by the owner role, with the row before and after', async () => {
    const patientId = await aPatientRow(await aBranch(db));
    const client = await connectAs(db, 'meditory_owner');
    for (const statement of MAINTENANCE) await client.query(statement);
    await client.query('update operational.patients set weight_kg = 61 where patient_id = $1', [patientId]);
    await client.end();
    const { rows } = await db.owner.query(
      `select action, db_user, before ->> 'weight_kg' as before, after ->> 'weight_kg' as after from operational.audit_logs
       where table_name = 'patients' and row_key = $1 order by audit_log_id`,
      [String(patientId)],
    );
    expect(rows).toEqual([
      { action: 'insert', db_user: 'postgres', before: null, after: null },
      { action: 'update', db_user: 'meditory_owner', before: null, after: '61.00' },
    ]);
  });

  it('cannot be changed or emptied, not even by its owner', async () => {
    await aPatientRow(await aBranch(db));
    for (const statement of [
      'update operational.audit_logs set user_id = 1',
      'delete from operational.audit_logs',
      'truncate operational.audit_logs',
    ])
      expect(await attempt('meditory_owner', [], ...MAINTENANCE, statement)).toBe('MD004');
  });

  it('never holds a password hash', async () => {
    await aWorldFor(db, 'cashier');
    const { rows } = await db.owner.query(
      "select count(*) as n from operational.audit_logs where table_name = 'users' and (after ? 'password_hash' or before ? 'password_hash')",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
