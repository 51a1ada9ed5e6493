// The board reads what is open, not all there is: its plans on a branch with very many prescriptions, few of which are open. Kinds
// of nodes, never costs.
import { beforeAll, describe, expect, it } from 'vitest';

import { BOARD_COLUMNS } from '../../src/operational/work-board/work-board.domain.js';
import { CARD, COLUMN, HELD_OF, LOCK_NEXT } from '../../src/operational/work-board/work-board.sql.js';
import { aDrug } from '../builders/drug.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

const MANY = 100_000;
/** Of each state. */
const OPEN = 200;

describe('the work board', () => {
  const db = useTestDatabase();
  let world: World;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    const [patientId, prescriberId] = [await aPatient(db, world), await aPrescriber(db)];
    const client = await db.owner.connect();
    try {
      // Without triggers: what they would write is not asked about here.
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into operational.prescriptions (prescription_id, branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig,
           refills_authorized, prescribed_date, expires_on, status, quantity_filled, quantity_owed, promised_at)
         select 1000000 + n, $1, $2, $3, $4, 30, 30, 'daily', 1, current_date - 400, case when n % 20 = 0 then current_date - 35 else current_date + 300 end,
           case when n <= $6 then 'draft' when n <= $6 * 2 then 'pending' when n <= $6 * 3 then 'on_hold' when n % 20 = 0 then 'pending'
             when n % 2 = 0 then 'completed' else 'filled' end,
           case when n <= $6 * 3 or n % 20 = 0 then 0 when n <= $6 * 4 then 20 else 30 end, case when n > $6 * 3 and n <= $6 * 4 and n % 2 = 1 then 10 else 0 end,
           now() + make_interval(mins => n - 100)
         from generate_series(1, $5::int) n`,
        [world.branchId, patientId, drugId, prescriberId, MANY, OPEN],
      );
      await client.query(
        `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by,
           screening, status, verified_by, verified_at, ready_at, dispensed_by, dispensed_at, dispensed_on)
         select $1, 1000000 + n, 0, $2, case when n <= $5 * 4 then 20 else 30 end, 30, 1, 30, $3, '{}',
           case when n <= $5 * 5 then 'in_progress' when n <= $5 * 6 then 'verified' when n <= $5 * 7 then 'ready' else 'dispensed' end,
           $3, now(), now(), $3, now(), current_date
         from generate_series($5 * 4 + 1, $4::int) n where n % 20 <> 0`,
        [world.branchId, drugId, world.userId, MANY, OPEN],
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
  const isWhole = (text: string): boolean =>
    /"Node Type":"Seq Scan"[^{}]*"Relation Name":"(?:prescriptions|fills)"/.test(text);

  it.each(BOARD_COLUMNS)('reads of the column %s what is open', async (column) => {
    const text = await plan(COLUMN[column], [world.branchId]);
    expect(isWhole(text), text).toBe(false);
    expect(text).toMatch(/"Index Name":"(?:prescriptions|fills)_board_idx"/);
    const { rows } = await db.owner.query<{ count: number }>(COLUMN[column], [world.branchId]);
    expect(rows).toHaveLength(50);
    expect(rows[0]?.count).toBeGreaterThanOrEqual(OPEN - 20);
  });

  it.each(BOARD_COLUMNS)('takes from the column %s by the same way, and finds a card', async (column) => {
    const values = [
      world.branchId,
      ['fill', 'verify', 'draft', 'pick_up', 'on_hold'],
      world.userId,
      false,
      30,
    ];
    expect(isWhole(await plan(LOCK_NEXT[column], values))).toBe(false);
    expect((await db.owner.query(LOCK_NEXT[column], values)).rows).toHaveLength(1);
    expect(isWhole(await plan(CARD[column], [world.branchId, 1_000_001, null]))).toBe(false);
  });

  it('finds who holds a card', async () => {
    const text = await plan(HELD_OF, [1_000_001, world.branchId]);
    expect(text).toContain('work_leases');
  });

  it('touches a number of pages that does not grow with what is closed', async () => {
    let pages = 0;
    for (const column of BOARD_COLUMNS) {
      const { rows } = await db.owner.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
        `explain (analyze, buffers, format json) ${COLUMN[column]}`,
        [world.branchId],
      );
      const read = rows[0]?.['QUERY PLAN'][0].Plan;
      pages += (read?.['Shared Hit Blocks'] ?? 0) + (read?.['Shared Read Blocks'] ?? 0);
    }
    console.info(`the board on ${MANY} prescriptions: ${pages} pages`);
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(20_000);
  });
});
