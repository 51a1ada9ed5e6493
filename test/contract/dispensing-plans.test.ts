// The lists of the dispensary read what they show, not all there is: their plans on a branch with many prescriptions, few
// of which owe or wait. Kinds of nodes, never costs.
import { beforeAll, describe, expect, it } from 'vitest';

import { FIND } from '../../src/operational/owed-fills/owed-fills.sql.js';
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

  async function plan(statement: string, values: unknown[]): Promise<string> {
    const { rows } = await db.owner.query<{ 'QUERY PLAN': unknown }>(
      `explain (format json) ${statement}`,
      values,
    );
    return JSON.stringify(rows[0]?.['QUERY PLAN']);
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
});
