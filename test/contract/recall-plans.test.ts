// A recall reads what became of its lots, not all that was ever sold: plans on a branch with many sales. Kinds of nodes, never costs.
import { beforeAll, describe, expect, it } from 'vitest';

import * as sql from '../../src/operational/recalls/recalls.sql.js';
import { aDrug } from '../builders/drug.js';
import { aPatient } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

const SALES = Number(process.env.MEDITORY_PLAN_SALES ?? 12_000);
const LOTS = 400;

describe('the queries of a recall', () => {
  const db = useTestDatabase();
  let branchId = 0;
  let recallId = 0;

  beforeAll(async () => {
    const world = await aWorldFor(db, 'pharmacist');
    branchId = world.branchId;
    const [{ drugId: mine }, { drugId: others }] = [await aDrug(db), await aDrug(db)];
    const patientId = await aPatient(db, world);
    const shiftId = await aTillShift(db, world);
    const client = await db.owner.connect();
    try {
      // Without triggers: what they would write is not asked about here.
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into operational.inventory_lots (lot_id, branch_id, drug_id, lot_number, expiry_date, unit_cost, quantity, status)
         select 1000000 + n, $1, case when n <= 4 then $2 else $3 end::integer, case when n <= 2 then 'BAD' else 'L' || n end, current_date + 300, n, 100, 'available'
         from generate_series(1, $4::int) n`,
        [branchId, mine, others, LOTS],
      );
      await client.query(
        `insert into operational.sales (sale_id, branch_id, shift_id, user_id, patient_id, business_date, subtotal, total)
         select 1000000 + n, $1, $2, $3, case when n % 3 = 0 then $4 end::integer, current_date, 1, 1 from generate_series(1, $5::int) n`,
        [branchId, shiftId, world.userId, patientId, SALES],
      );
      await client.query(
        `insert into operational.sale_items (sale_item_id, branch_id, sale_id, line_no, drug_id, description, quantity, unit, unit_quantity, pack_price, amount, line_total)
         select 1000000 + n, $1, 1000000 + n, 1, case when n % $4 < 4 then $2 else $3 end::integer, 'x', 1, 'unit', 1, 1, 1, 1 from generate_series(1, $5::int) n`,
        [branchId, mine, others, LOTS, SALES],
      );
      await client.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, sale_item_id)
         select $1, 1000001 + n % $4, case when n % $4 < 4 then $2 else $3 end::integer, 'sale', -1, 0, 1, 1000000 + n from generate_series(1, $5::int) n`,
        [branchId, mine, others, LOTS, SALES],
      );
      const { rows } = await client.query<{ recall_id: number }>(
        `insert into operational.stock_recalls (drug_id, lot_number, recall_class, reason, opened_by) values ($1, 'bad', 'I', 'test', $2) returning recall_id`,
        [mine, world.userId],
      );
      recallId = rows[0]?.recall_id ?? 0;
      await client.query('set session_replication_role = origin');
      await client.query(
        'analyze operational.inventory_lots, operational.sales, operational.sale_items, operational.stock_movements, operational.patients',
      );
    } finally {
      client.release();
    }
  });

  /** As the server asks: under row-level security, which keeps many an index from being used. */
  async function asApp<T>(
    work: (query: (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>) => Promise<T>,
  ): Promise<T> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.branches', $1, true)`, [String(branchId)]);
      await client.query('set local role pharmacy_app');
      return await work(
        async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it('read no table of sales or movements whole, and find all', async () => {
    await asApp(async (query) => {
      for (const [name, statement, values] of [
        ['moved', sql.FIND_MOVED, [recallId]],
        ['count', sql.COUNT_CONTACTS, [recallId]],
        ['contacts', sql.FIND_CONTACTS, [recallId, null, 10_001]],
        ['blocked fills', sql.FIND_BLOCKED_FILLS, [recallId]],
        ['transit', sql.FIND_TRANSIT, [recallId]],
      ] as const) {
        const [plan] = await query(`explain (format json) ${statement}`, [...values]);
        const text = JSON.stringify(plan);
        for (const table of ['stock_movements', 'sales', 'sale_items'])
          expect(
            new RegExp(`"Node Type":"Seq Scan"[^{}]*"Relation Name":"${table}"`).test(text),
            `${name}: ${table} is read whole`,
          ).toBe(false);
      }
      const bad = Math.floor(SALES / LOTS);
      const contacts = await query(sql.FIND_CONTACTS, [recallId, null, 10_001]);
      expect(contacts.length).toBe(2 * bad);
      expect(contacts.filter((row) => row.patientId !== null).length).toBeGreaterThan(0);
      expect(await query(sql.FIND_MOVED, [recallId])).toEqual([{ kind: 'sale', quantity: String(-2 * bad) }]);
    });
  });
});
