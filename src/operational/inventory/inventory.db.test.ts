// What the service promises other slices, and what the database refuses whatever the service believes.
import { describe, expect, it, vi } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../../../test/builders/lot.js';
import { aSale } from '../../../test/builders/sale.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { InventoryService } from './inventory.service.js';
import { StockRepository } from './stock.repository.js';

describe('the inventory service', () => {
  const db = useTestDatabase();
  const inventory = new InventoryService(new StockRepository());

  async function shelf(quantities: readonly string[]) {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    const lots: number[] = [];
    for (const [index, quantity] of quantities.entries()) {
      const expiryDate = daysFromNow(50 + index);
      lots.push((await aLot(db, { branchId: world.branchId, drugId, quantity, expiryDate })).lotId);
    }
    return { world, drugId, lots, run: <T>(work: (tx: Tx) => Promise<T>) => db.uow.run(world.ctx, work) };
  }
  const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      await work;
      return 'allowed';
    } catch (error) {
      return toDomainError(error)?.code ?? error;
    }
  };
  const free = async (world: World, drugId: number): Promise<string | undefined> =>
    (await db.uow.read(world.ctx, (tx) => inventory.onHand(tx, world.branchId, [drugId]))).get(drugId);

  it('takes from several lots at once without writing an index of theirs, and each row of it is audited', async () => {
    const { world, drugId, lots, run } = await shelf(['3', '10']);
    const fill = await aBareFill(db, world, { drugId, quantity: '5' });
    const { picks, written } = await run(async (tx) => ({
      picks: await inventory.issue(tx, world.branchId, 'dispense', [
        { drugId, quantity: '5', fillId: fill.fillId },
      ]),
      // Updates of this transaction, and those of them that left the indexes alone.
      written:
        await tx.one(`select pg_stat_get_xact_tuples_updated('operational.inventory_lots'::regclass)::integer as rows,
        pg_stat_get_xact_tuples_hot_updated('operational.inventory_lots'::regclass)::integer as "withoutIndexes"`),
    }));
    expect(picks).toMatchObject([
      [
        { lotId: lots[0], quantity: '3' },
        { lotId: lots[1], quantity: '2' },
      ],
    ]);
    expect(written).toEqual({ rows: 2, withoutIndexes: 2 });
    const { rows } = await db.owner.query(
      `select a.user_id, a.branch_id, a.request_id, a.after ->> 'lot_id' as lot, a.before, a.tx_id = m.tx_id as "sameTransaction"
       from operational.stock_movements m join operational.audit_logs a on a.table_name = 'stock_movements' and a.row_key = m.movement_id::text and a.action = 'insert'
       where m.fill_id = $1 order by m.movement_id`,
      [fill.fillId],
    );
    const by = {
      user_id: world.userId,
      branch_id: world.branchId,
      request_id: world.ctx.requestId,
      before: null,
      sameTransaction: true,
    };
    expect(rows).toEqual(lots.map((lotId) => ({ ...by, lot: String(lotId) })));
  });

  it('numbers the movements of a lot in the order they were posted', async () => {
    const { world, drugId, lots } = await shelf(['9']);
    const [lotId = 0] = lots;
    const [first, second] = [await db.owner.connect(), await db.owner.connect()];
    const take = `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
      select $1, l.lot_id, $2, 'adjustment', -1, 'test', 0, 0 from operational.inventory_lots l where l.lot_id = $3`;
    try {
      await first.query('begin');
      await first.query('select 1 from operational.inventory_lots where lot_id = $1 for update', [lotId]);
      const pid = (await second.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
      // Draws its number, then waits for the lot; who holds it draws a later one and posts before.
      const waiting = second.query(take, [world.branchId, drugId, lotId]);
      await vi.waitFor(
        async () => {
          const { rows } = await first.query('select from pg_locks where pid = $1 and not granted', [pid]);
          expect(rows).toHaveLength(1);
        },
        { timeout: 20_000 },
      );
      await first.query(take, [world.branchId, drugId, lotId]);
      await first.query('commit');
      await waiting;
    } finally {
      first.release();
      second.release();
    }
    const { rows } = await db.owner.query(
      'select balance_after::float8 as left from operational.stock_movements where lot_id = $1 order by movement_id',
      [lotId],
    );
    expect(rows).toEqual([{ left: 9 }, { left: 8 }, { left: 7 }]);
  });

  it('keeps stock for a fill, so that nobody else gets it, and gives it up again', async () => {
    const { world, drugId, lots, run } = await shelf(['10', '10']);
    const fill = await aBareFill(db, world, { drugId, quantity: '15' });
    const other = await aBareFill(db, world, { drugId, quantity: '6' });
    const picks = await run((tx) => inventory.reserve(tx, world.branchId, drugId, '15', fill.fillId));
    expect(picks).toMatchObject([
      { lotId: lots[0], quantity: '10' },
      { lotId: lots[1], quantity: '5' },
    ]);
    expect(await free(world, drugId)).toBe('5');
    const take = () =>
      run((tx) =>
        inventory.issue(tx, world.branchId, 'dispense', [{ drugId, quantity: '6', fillId: other.fillId }]),
      );
    expect(await codeOf(take())).toBe('insufficient-stock');
    await run((tx) => inventory.releaseReservations(tx, fill.fillId));
    expect(await free(world, drugId)).toBe('20');
    expect((await take())[0]).toMatchObject([{ lotId: lots[0], quantity: '6' }]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('says what is missing when it cannot keep enough, and keeps nothing', async () => {
    const { world, drugId, run } = await shelf(['4', '3.5']);
    const fill = await aBareFill(db, world, { drugId, quantity: '8' });
    const error: unknown = await run((tx) =>
      inventory.reserve(tx, world.branchId, drugId, '8', fill.fillId),
    ).catch((reason: unknown) => reason);
    expect(toDomainError(error)?.params).toEqual({ drugId, requested: '8', available: '7.5' });
    expect(await free(world, drugId)).toBe('7.5');
  });

  it('turns what was kept into ledger rows, once', async () => {
    const { world, drugId, lots, run } = await shelf(['10', '10']);
    const fill = await aBareFill(db, world, { drugId, quantity: '12' });
    await run((tx) => inventory.reserve(tx, world.branchId, drugId, '12', fill.fillId));
    const picks = await run((tx) => inventory.consumeReservations(tx, world.branchId, fill.fillId));
    expect(picks.map((pick) => [pick.lotId, pick.quantity]).sort()).toEqual([
      [lots[0], '10'],
      [lots[1], '2'],
    ]);
    expect(await run((tx) => inventory.consumeReservations(tx, world.branchId, fill.fillId))).toEqual([]);
    expect(await free(world, drugId)).toBe('8');
    expect(await discrepancies(db)).toEqual([]);
  });

  it('dispenses nothing kept from a lot that was set aside meanwhile', async () => {
    const { world, drugId, lots, run } = await shelf(['10']);
    const fill = await aBareFill(db, world, { drugId, quantity: '5' });
    await run((tx) => inventory.reserve(tx, world.branchId, drugId, '5', fill.fillId));
    await db.owner.query(`update operational.inventory_lots set status = 'recalled' where lot_id = $1`, [
      lots[0],
    ]);
    const consume = run((tx) => inventory.consumeReservations(tx, world.branchId, fill.fillId));
    expect(await codeOf(consume)).toBe('lot-not-dispensable');
  });

  it('knows what is in stock at its own branch only', async () => {
    const { world, drugId } = await shelf(['10']);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const none = await shelf([]);
    await aLot(db, { branchId: world.branchId, drugId: none.drugId, expiryDate: daysFromNow(-3) });
    const inStock = await db.uow.read(world.ctx, (tx) => inventory.drugIdsInStock(tx, world.branchId));
    expect(inStock).toEqual([drugId]);
    expect(await free(elsewhere, drugId)).toBeUndefined();
    const stolen = db.uow.read(elsewhere.ctx, (tx) => inventory.onHand(tx, world.branchId, [drugId]));
    expect((await stolen).size).toBe(0);
  });

  it('refuses to bring back more than a line took', async () => {
    const { world, drugId, run } = await shelf(['10']);
    const sale = await aSale(db, world, { drugId, quantity: '2' });
    const line = { saleItemId: sale.saleItemId, drugId, disposition: 'restock' as const };
    const back = run((tx) =>
      inventory.returnStock(tx, world.branchId, [
        { ...line, quantity: '2', returnedBefore: '1', originalSaleItemId: sale.saleItemId },
      ]),
    );
    expect(await codeOf(back)).toBe('stock-document-mismatch');
  });

  it('cannot be gone round: the ledger is append-only and a quantity is never written by hand', async () => {
    const { world, drugId, lots } = await shelf(['10']);
    await aSale(db, world, { drugId, quantity: '1' });
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false)`, [String(world.branchId)]);
      for (const statement of [
        'update operational.stock_movements set quantity = 5 where lot_id = $1',
        'delete from operational.stock_movements where lot_id = $1',
        'update operational.inventory_lots set quantity = 99 where lot_id = $1',
        'delete from operational.inventory_lots where lot_id = $1',
      ])
        await expect(app.query(statement, [lots[0]])).rejects.toThrow(/permission denied/);
    } finally {
      await app.end();
    }
    await expect(
      db.owner.query('update operational.stock_movements set quantity = 5 where lot_id = $1', [lots[0]]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query('update operational.inventory_lots set quantity = 99 where lot_id = $1', [lots[0]]),
    ).rejects.toMatchObject({ code: 'MD004' });
  });
});
