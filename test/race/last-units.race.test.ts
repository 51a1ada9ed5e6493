// Many tills, few units: through the HTTP door, and past the application's own check straight into the ledger.
import { describe, expect, it } from 'vitest';

import { InventoryService } from '../../src/operational/inventory/inventory.service.js';
import { StockRepository } from '../../src/operational/inventory/stock.repository.js';
import { databaseFailure } from '../../src/platform/errors/database-errors.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSale, aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

describe('the last units', () => {
  const { db, call } = useTestApp();

  async function tills(count: number): Promise<World[]> {
    const first = await aWorldFor(db, 'pharmacist');
    const worlds = [first];
    for (let n = 1; n < count; n++)
      worlds.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
    for (const world of worlds) await aTillShift(db, world);
    return worlds;
  }
  const sell = (world: World | undefined, items: object[], amount = '100') =>
    call('POST', '/sales', {
      token: world?.token ?? '',
      body: { items, payments: [{ method: 'cash', amount }] },
    });
  const count = (answers: readonly Answer<unknown>[], status: number): number =>
    answers.filter((answer) => answer.status === status).length;
  const ledger = async (lotId: number): Promise<{ sum: string; sales: number; on: string }> => {
    const { rows } = await db.owner.query<{ sum: string; sales: number; on: string }>(
      `select trim_scale(sum(m.quantity))::text as sum, count(*) filter (where m.movement_type = 'sale') as sales,
         (select trim_scale(quantity)::text from operational.inventory_lots where lot_id = $1) as on
       from operational.stock_movements m where m.lot_id = $1`,
      [lotId],
    );
    return rows[0] ?? { sum: '', sales: 0, on: '' };
  };

  it.each([1, 5])('50 sales of 1 against 30 at %i tills: 30 sold, 20 refused, nothing else', async (n) => {
    const worlds = await tills(n);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    const branchId = worlds[0]?.branchId ?? 0;
    const { lotId } = await aLot(db, { branchId, drugId, quantity: '30' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => sell(worlds[i % n], [{ drugId, quantity: '1' }])),
    );
    expect([count(answers, 201), count(answers, 409), answers.length]).toEqual([30, 20, 50]);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.body).toMatchObject({ type: '/problems/insufficient-stock' });
    expect(await ledger(lotId)).toEqual({ sum: '0', sales: 30, on: '0' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('the last unit, asked for by 200 at 4 tills: one has it, 199 are told that there is none', async () => {
    const worlds = await tills(4);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    const { lotId } = await aLot(db, { branchId: worlds[0]?.branchId ?? 0, drugId, quantity: '1' });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => sell(worlds[i % 4], [{ drugId, quantity: '1' }])),
    );
    expect([count(answers, 201), count(answers, 409)]).toEqual([1, 199]);
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.body).toMatchObject({ type: '/problems/insufficient-stock' });
    expect(await ledger(lotId)).toEqual({ sum: '0', sales: 1, on: '0' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('50 direct writes to the ledger as pharmacy_app: the database lets 30 through', async () => {
    const [world] = await tills(1);
    if (!world) throw new Error('no till');
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId: world.branchId, drugId, quantity: '30' });
    const shiftId = await aTillShift(db, world);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () =>
        db.uow.run(world.ctx, (tx) =>
          tx.execute(
            `with sale as (
               insert into operational.sales (branch_id, shift_id, user_id, business_date, subtotal, total)
               values ($1, $2, $3, current_date, 1, 1) returning sale_id
             ), line as (
               insert into operational.sale_items
                 (branch_id, sale_id, line_no, drug_id, description, quantity, unit, unit_quantity, pack_price, amount, line_total)
               select $1, sale_id, 1, $4, 'bypass', 1, 'unit', 1, 1, 1, 1 from sale returning sale_item_id
             ), paid as (
               insert into operational.payments (branch_id, sale_id, shift_id, method, amount)
               select $1, sale_id, $2, 'cash', 1 from sale
             )
             insert into operational.stock_movements
               (branch_id, lot_id, drug_id, movement_type, quantity, sale_item_id, balance_after, unit_cost)
             select $1, $5, $4, 'sale', -1, sale_item_id, 0, 0 from line`,
            [world.branchId, shiftId, world.userId, drugId, lotId],
          ),
        ),
      ),
    );
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused).toHaveLength(20);
    for (const error of refused)
      expect(databaseFailure(error)?.constraint).toBe('inventory_lots_quantity_check');
    expect(await ledger(lotId)).toEqual({ sum: '0', sales: 30, on: '0' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('1,000 carts with the same goods in opposite order: no 5xx, no more sold than there is', async () => {
    const worlds = await tills(4);
    const branchId = worlds[0]?.branchId ?? 0;
    const items: { drugId: number; quantity: string }[] = [];
    for (let n = 0; n < 3; n++) {
      const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
      for (const days of [100, 200])
        await aLot(db, { branchId, drugId, quantity: '950', expiryDate: daysFromNow(days) });
      items.push({ drugId, quantity: '2' });
    }
    // Fifty callers, each with twenty carts one after the other.
    const callers = Array.from({ length: 50 }, async (_, caller) => {
      const answers: Answer<unknown>[] = [];
      for (let n = 0; n < 20; n++)
        answers.push(await sell(worlds[caller % 4], (caller + n) % 2 ? items : [...items].reverse()));
      return answers;
    });
    const answers = (await Promise.all(callers)).flat();
    expect([count(answers, 201), count(answers, 409)]).toEqual([950, 50]);
    expect(await discrepancies(db)).toEqual([]);
  }, 120_000);

  it('100 issues of the same goods in opposite order: no transaction runs twice, so none met a deadlock', async () => {
    const [world] = await tills(1);
    if (!world) throw new Error('no till');
    const inventory = new InventoryService(new StockRepository());
    const carts: { drugId: number; quantity: string; fillId: number }[][] = Array.from(
      { length: 100 },
      () => [],
    );
    for (let n = 0; n < 2; n++) {
      const { drugId } = await aDrug(db);
      for (const quantity of ['150', '100']) await aLot(db, { branchId: world.branchId, drugId, quantity });
      for (const cart of carts) {
        const { fillId } = await aBareFill(db, world, { drugId, quantity: '2' });
        cart.push({ drugId, quantity: '2', fillId });
      }
    }
    let runs = 0;
    await Promise.all(
      carts.map((cart, n) =>
        db.uow.run(world.ctx, (tx) => {
          runs += 1;
          return inventory.issue(tx, world.branchId, 'dispense', n % 2 ? cart : [...cart].reverse());
        }),
      ),
    );
    expect(runs).toBe(100);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('two returns of the last unit: one wins', async () => {
    const worlds = await tills(2);
    const [first] = worlds;
    if (!first) throw new Error('no till');
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: first.branchId, drugId, quantity: '10' });
    for (let round = 0; round < 10; round++) {
      const sale = await aSale(db, first, { drugId, quantity: '1' });
      const body = { reason: 'race', items: [{ saleItemId: sale.saleItemId, quantity: '1' }] };
      const answers = await Promise.all(
        worlds.map(({ token }) => call('POST', `/sales/${sale.saleId}/return`, { token, body })),
      );
      expect([count(answers, 201), count(answers, 409)]).toEqual([1, 1]);
    }
    expect(await discrepancies(db)).toEqual([]);
  });

  it('a sale and the closing of its shift: the Z report has every sale that was answered', async () => {
    const [world] = await tills(1);
    if (!world) throw new Error('no till');
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    const shiftId = await aTillShift(db, world);
    const sales = Array.from({ length: 20 }, () => sell(world, [{ drugId, quantity: '1' }]));
    const closing = call('POST', `/till-shifts/${shiftId}/close`, {
      token: world.token,
      body: { counts: [{ method: 'cash', counted: '0' }] },
    });
    const answers = await Promise.all(sales);
    const sold = count(answers, 201);
    expect(sold + count(answers, 409)).toBe(20);
    expect((await closing).body).toMatchObject({ salesCount: sold, salesTotal: `${sold}.00` });
  });
});
