// What a unique index of the whole ledger would say is said across months: of many who take back one movement, into whatever lots, one
// does. And months are made and closed while others write: nothing is refused, nothing is counted twice or left out.
import { describe, expect, it } from 'vitest';

import { LEDGER_INVARIANTS } from '../../src/operational/integrity/ledger-invariants.sql.js';
import { LedgerRepository } from '../../src/operational/ledger/ledger.repository.js';
import { LedgerService } from '../../src/operational/ledger/ledger.service.js';
import { databaseFailure } from '../../src/platform/errors/database-errors.js';
import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aWorldFor } from '../builders/world.js';
import { connectAs, useTestDatabase } from '../support/db.js';

const db = useTestDatabase();
const keep = (): Promise<number> => new LedgerService(db.uow, new LedgerRepository()).keep();

/** The job gives way to whoever writes: what it did not get to do it does at another look. */
const keepIfFree = (): Promise<number> =>
  keep().catch((error: unknown) => {
    if (databaseFailure(error)?.code !== '55P03') throw error;
    return 0;
  });

async function ledgerHolds(): Promise<void> {
  expect(await discrepancies(db)).toEqual([]);
  for (const { code, sql } of LEDGER_INVARIANTS) expect((await db.owner.query(sql)).rows, code).toEqual([]);
}

describe('the ledger in months', () => {
  it('lets one of 24 take a movement back, into one of as many lots, at any level of isolation', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId: world.branchId, drugId, quantity: '50' });
    const { rows } = await db.owner.query<{ id: string }>(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
       values ($1, $2, $3, 'adjustment', -2, 'broken', 0, 0) returning movement_id as id`,
      [world.branchId, lotId, drugId],
    );
    const lots = await Promise.all(
      Array.from({ length: 24 }, () => aLot(db, { branchId: world.branchId, drugId, quantity: '0' })),
    );
    const takeBack = async (toLot: number, isolation: string): Promise<void> => {
      const client = await connectAs(db, 'pharmacy_app');
      try {
        await client.query(`select set_config('app.branches', $1, false)`, [String(world.branchId)]);
        await client.query(`begin isolation level ${isolation}`);
        await client.query(
          `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, reverses_movement_id, balance_after, unit_cost)
           values ($1, $2, $3, 'reversal', 2, 'mended', $4, 0, 0)`,
          [world.branchId, toLot, drugId, rows[0]?.id],
        );
        await client.query('commit');
      } finally {
        await client.end();
      }
    };
    const results = await Promise.allSettled(
      lots.map((lot, n) =>
        takeBack(lot.lotId, ['read committed', 'repeatable read', 'serializable'][n % 3] ?? ''),
      ),
    );
    const refused = results.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as { code: string; constraint?: string }] : [],
    );
    expect(refused).toHaveLength(23);
    // Above read committed who waited is told that he lost the race, and finds the key taken when he tries again.
    for (const { code, constraint } of refused)
      expect(['40001', 'stock_movements_reversed_once_key']).toContain(constraint ?? code);
    const { rows: taken } = await db.owner.query(
      'select count(*)::int as n from operational.stock_movements where reverses_movement_id = $1',
      [rows[0]?.id],
    );
    expect(taken).toEqual([{ n: 1 }]);
    await ledgerHolds();
  });

  it('takes in what is written into months while they are made and closed, by several servers', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    const lots = await Promise.all(
      Array.from({ length: 4 }, () => aLot(db, { branchId: world.branchId, drugId, quantity: '1000' })),
    );
    const write = (n: number): Promise<unknown> =>
      db.owner.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, recorded_at, effective_at)
         values ($1, $2, $3, 'adjustment', -1, 'x', 0, 0, now() - make_interval(days => $4), now() - make_interval(days => $5))`,
        [world.branchId, lots[n % 4]?.lotId, drugId, (n * 37) % 200, (n * 61) % 260],
      );
    await Promise.all([
      ...Array.from({ length: 120 }, (_, n) => write(n)),
      ...Array.from({ length: 6 }, (_, n) =>
        new Promise((resolve) => setTimeout(resolve, n * 20)).then(keepIfFree),
      ),
    ]);
    await keep();
    const { rows } = await db.owner.query(
      `select (select count(*)::int from operational.stock_movements_default) as left_over,
         (select count(*)::int from operational.stock_movements where branch_id = $1) as movements, (select sum(quantity)::int from operational.inventory_lots where branch_id = $1) as held`,
      [world.branchId],
    );
    expect(rows).toEqual([{ left_over: 0, movements: 124, held: 3880 }]);
    await ledgerHolds();
  });
});
