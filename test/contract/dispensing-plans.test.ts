// The lists of the dispensary read what they show, not all there is: their plans on a branch with many prescriptions, few
// of which owe or wait. Kinds of nodes, never costs.
import { beforeAll, describe, expect, it } from 'vitest';

import { FIND } from '../../src/operational/owed-fills/owed-fills.sql.js';
import { listQueries, searchQuery } from '../../src/operational/prescriptions/prescriptions.sql.js';
import { DUE } from '../../src/operational/refills/refills.sql.js';
import { AGES, FIND_PAGE } from '../../src/operational/will-call/will-call.sql.js';
import { aDrug } from '../builders/drug.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aWorldFor } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

const MANY = 20_000;
const FEW = 40;

describe('lists of the dispensary', () => {
  const db = useTestDatabase();
  let branchId = 0;
  beforeAll(async () => {
    const world = await aWorldFor(db, 'pharmacist');
    branchId = world.branchId;
    const { drugId } = await aDrug(db);
    const [patientId, prescriberId] = [await aPatient(db, world), await aPrescriber(db)];
    const client = await db.owner.connect();
    try {
      // Without triggers: what they would write is not asked about here.
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into operational.prescriptions (prescription_id, branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig,
           refills_authorized, prescribed_date, expires_on, status, quantity_filled, quantity_owed)
         select 1000000 + n, $1, $2, $3, $4, 30, 30, 'daily', 1, current_date, current_date + 300, 'filled',
           case when n <= $6 then 20 else 30 end, case when n <= $6 then 10 else 0 end
         from generate_series(1, $5::int) n`,
        [branchId, patientId, drugId, prescriberId, MANY, FEW],
      );
      await client.query(
        `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by,
           screening, status, verified_by, ready_at, dispensed_by, dispensed_at, dispensed_on)
         select $1, 1000000 + n, 0, $2, case when n <= $5 then 20 else 30 end, 30, 1, 30, $3, '{}',
           case when n <= $5 then 'ready' else 'dispensed' end, $3, now() - make_interval(hours => n), $3, now(), current_date
         from generate_series(1, $4::int) n`,
        [branchId, drugId, world.userId, MANY, FEW],
      );
      await client.query('set session_replication_role = origin');
      await client.query('analyze operational.prescriptions, operational.fills');
    } finally {
      client.release();
    }
  });

  /** As the server asks: under row-level security, which keeps many an index from being used. */
  async function plan(statement: string, values: unknown[]): Promise<string> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.branches', $1, true)`, [String(branchId)]);
      await client.query('set local role pharmacy_app');
      const { rows } = await client.query<{ 'QUERY PLAN': unknown }>(
        `explain (format json) ${statement}`,
        values,
      );
      return JSON.stringify(rows[0]?.['QUERY PLAN']);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  const isWhole = (text: string, table: string): boolean =>
    new RegExp(`"Node Type":"Seq Scan"[^{}]*"Relation Name":"${table}"`).test(text);

  it('of what is owed', async () => {
    const text = await plan(FIND, [branchId, null, null, null, null, 20]);
    expect(text).toContain('prescriptions_owed_idx');
    for (const table of ['prescriptions', 'fills']) expect(isWhole(text, table), table).toBe(false);
    const { rows } = await db.owner.query(FIND, [branchId, null, null, false, null, 20]);
    expect(rows).toHaveLength(20);
  });

  it('of what waits, and how long', async () => {
    const text = await plan(FIND_PAGE, [branchId, null, null, null, null, null, '', null, 20]);
    expect(text).toContain('fills_will_call_idx');
    for (const table of ['prescriptions', 'fills']) expect(isWhole(text, table), table).toBe(false);
    const ages = await plan(AGES, [branchId]);
    expect(isWhole(ages, 'fills')).toBe(false);
  });

  it('of what runs out, in the order of its days and no further than the page', async () => {
    const text = await plan(DUE, [branchId, '2026-11-30', '2026-11-16', '2026-12-07', null, null, 20]);
    expect(text).toContain('fills_runs_out_idx');
    for (const table of ['prescriptions', 'fills']) expect(isWhole(text, table), table).toBe(false);
  });

  it('of one status, counted no further than anybody turns pages', async () => {
    const { find, count, values } = listQueries({ branchId, status: 'filled' });
    const text = await plan(find, [...values, 20, 0]);
    expect(isWhole(text, 'prescriptions')).toBe(false);
    expect((await db.owner.query<{ total: number }>(count, values)).rows).toEqual([{ total: 1001 }]);
  });

  it('of a number, people and a product, each as far as anybody turns pages', async () => {
    const { text, values } = searchQuery(
      { branchId },
      { number: 'RX', folded: 'bench', patientIds: [1, 2, 3] },
    );
    const chosen = await plan(text, values);
    expect(isWhole(chosen, 'prescriptions')).toBe(false);
  });
});
