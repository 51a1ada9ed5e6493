// What asks of a time reads that time: the months each statement reads, run as the server's role on a ledger of two years. Months, never costs.
import { beforeAll, describe, expect, it } from 'vitest';

import { FIND_MOVEMENTS } from '../../src/operational/inventory/lots.sql.js';
import { FIND_ONE } from '../../src/operational/prescriptions/fills.sql.js';
import { FIND_LOTS } from '../../src/operational/sales/sales.sql.js';
import { AS_OF, MONTHS, VALUATION } from '../../src/operational/stock-reports/stock-reports.sql.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

const LOTS = 200;
const MONTHS_BACK = 24;
const PER_MONTH = 1500;

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

describe('statements on the ledger', () => {
  const db = useTestDatabase();
  let world: World;
  let drugId = 0;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    ({ drugId } = await aDrug(db));
    const client = await db.owner.connect();
    try {
      // Without triggers: what they would write is not asked about here. Lots hold what the ledger says.
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into operational.inventory_lots (lot_id, branch_id, drug_id, lot_number, expiry_date, unit_cost, quantity)
         select 1000000 + n, $1, $2, 'P' || n, current_date + 300, 1, $3 from generate_series(1, $4::int) n`,
        [world.branchId, drugId, (PER_MONTH * MONTHS_BACK) / LOTS, LOTS],
      );
      await client.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason, recorded_at, effective_at)
         select $1, 1000001 + n % $5::int, $2, 'adjustment', 1, 0, 1, 'x', x.at, case when n % 500 = 0 then x.at - interval '31 days' else x.at end
         from generate_series(0, $3::int * $4::int - 1) n
         cross join lateral (select now() - make_interval(secs => 60 + n * 86400.0 * 30 / $3::int) as at) x`,
        [world.branchId, drugId, PER_MONTH, MONTHS_BACK, LOTS],
      );
      await client.query('set session_replication_role = origin');
      await client.query('select operational.close_movement_months()');
      await client.query(
        'analyze operational.inventory_lots, operational.stock_movements, operational.stock_month_totals',
      );
    } finally {
      client.release();
    }
  });

  /** The parts of the ledger a statement reads when the server asks it. */
  async function read(text: string, values: readonly unknown[]): Promise<string[]> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.branches', $1, true)`, [String(world.branchId)]);
      await client.query('set local role pharmacy_app');
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        `explain (analyze, format json) ${text}`,
        [...values],
      );
      const parts = new Set<string>();
      const walk = (node: Node): void => {
        const table = node['Relation Name'];
        if (node['Actual Loops'] > 0 && table?.startsWith('stock_movements')) parts.add(table);
        node.Plans?.forEach(walk);
      };
      rows[0]?.['QUERY PLAN'].forEach(({ Plan }) => walk(Plan));
      return [...parts].sort();
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  const ago = (days: number): Date => new Date(Date.now() - days * 86_400_000);
  const part = (at: Date): string => `stock_movements_${at.toISOString().slice(0, 7).replace('-', '_')}`;
  /** What is not closed: this month and what is ahead; on the first day of a month the one before it too. */
  async function open(): Promise<string[]> {
    const { rows } = await db.owner.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'operational.stock_movements'::regclass
         and (c.relname = 'stock_movements_default' or not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'stock_movements_totals'))`,
    );
    return rows.map((row) => row.name);
  }

  it('of a moment read its month and those not closed, whatever its age', async () => {
    const opened = await open();
    expect(opened.length).toBeLessThanOrEqual(6);
    for (const days of [0, 1, 45, 200, 400, 700])
      for (const asked of [null, drugId]) {
        const values = [world.branchId, ago(days), asked, 50, 0];
        const recorded = await read(AS_OF.recorded, values);
        expect(
          recorded.filter((name) => ![...opened, part(ago(days))].includes(name)),
          `${days}`,
        ).toEqual([]);
        // What counted in the month and was written in the next is looked for there.
        const next = new Date(Date.UTC(ago(days).getUTCFullYear(), ago(days).getUTCMonth() + 1, 1));
        const after = new Date(Date.UTC(ago(days).getUTCFullYear(), ago(days).getUTCMonth() + 2, 1));
        const effective = await read(AS_OF.effective, values);
        expect(
          effective.filter((name) => ![...opened, part(ago(days)), part(next), part(after)].includes(name)),
          `${days}`,
        ).toEqual([]);
      }
  });

  it('of discrepancies read what is not closed; of value and of months nothing of the ledger', async () => {
    const opened = await open();
    const checked = await read('select * from operational.stock_discrepancies', []);
    expect(checked.filter((name) => !opened.includes(name))).toEqual([]);
    expect(await read(VALUATION, [world.branchId, 'drug', 50, 0])).toEqual([]);
    expect(await read(MONTHS, [world.branchId, null, 50, 0])).toEqual([]);
  });

  it('of a sale and a fill read their own month', async () => {
    const { drugId: sold } = await aDrug(db);
    await aLot(db, { branchId: world.branchId, drugId: sold });
    const sale = await aSale(db, world, { drugId: sold, quantity: '2' });
    const { fillId } = await aBareFill(db, world, { drugId: sold, quantity: '2', dispensed: true });
    const near = [...(await open()), part(ago(0)), part(ago(1))];
    for (const [text, values] of [
      [FIND_LOTS, [sale.saleId]],
      [FIND_ONE, [fillId, world.branchId]],
    ] as const)
      expect((await read(text, values)).filter((name) => !near.includes(name))).toEqual([]);
  });

  it('of a product, a page at a time, read no part whole', async () => {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.branches', $1, true)`, [String(world.branchId)]);
      await client.query('set local role pharmacy_app');
      const { rows } = await client.query<Record<string, unknown>>(`explain (format json) ${FIND_MOVEMENTS}`, [world.branchId, drugId, null, null, 51]); // prettier-ignore
      const full = JSON.stringify(rows);
      // Parts with rows are read by an index; an empty one may be looked at.
      expect(full).not.toMatch(/"Node Type": ?"Sort"/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
