// Taking sales back over HTTP: returns in parts, refunds, voids, and who may.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Sale {
  saleId: number;
  total: string;
  subtotal: string;
  rounding: string;
  items: { saleItemId: number; returnedQuantity: string; lots: { lotId: number; quantity: string }[] }[];
  payments: { method: string; amount: string }[];
  reversals: { saleType: string; total: string }[];
}

describe('returns and voids', () => {
  const { db, call } = useTestApp();

  /** A sale of 20 tablets over two lots of 15 at 0.333… each: 6.67 less 0.50, paid 2.17 by card, 4.00 in cash. */
  async function aSplitSale() {
    const world = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, world);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '30' });
    const lots: number[] = [];
    for (const days of [100, 200])
      lots.push(
        (await aLot(db, { branchId: world.branchId, drugId, quantity: '15', expiryDate: daysFromNow(days) }))
          .lotId,
      );
    const sale = await call<Sale>('POST', '/sales', {
      token: world.token,
      body: {
        items: [{ drugId, quantity: '20', discount: '0.50' }],
        payments: [
          { method: 'card', amount: '2.17' },
          { method: 'cash', amount: '5.00' },
        ],
      },
    });
    expect(sale).toMatchObject({ status: 201, body: { total: '6.17', change: '1.00' } });
    return { world, drugId, lots, saleId: sale.body.saleId, saleItemId: sale.body.items[0]?.saleItemId ?? 0 };
  }
  const takeBack = (world: World, saleId: number, items: object[], more: object = {}) =>
    call<Sale>('POST', `/sales/${saleId}/return`, {
      token: world.token,
      body: { reason: 'unopened', items, ...more },
    });
  const onHand = async (lotIds: readonly number[]): Promise<string[]> => {
    const { rows } = await db.owner.query<{ quantity: string }>(
      'select trim_scale(quantity)::text as quantity from operational.inventory_lots where lot_id = any($1) order by lot_id',
      [lotIds],
    );
    return rows.map((row) => row.quantity);
  };

  it('give back part after part to the same lots, and in the end exactly what was paid', async () => {
    const { world, lots, saleId, saleItemId } = await aSplitSale();
    expect(await onHand(lots)).toEqual(['0', '10']);
    const first = await takeBack(world, saleId, [{ saleItemId, quantity: '7' }]);
    expect(first).toMatchObject({
      status: 201,
      body: {
        saleType: 'return',
        originalSaleId: saleId,
        total: '-2.15',
        payments: [{ method: 'cash', amount: '-2.15' }],
      },
    });
    expect(await onHand(lots)).toEqual(['2', '15']);
    const second = await takeBack(world, saleId, [{ saleItemId, quantity: '7' }]);
    expect(second.body.payments).toMatchObject([
      { method: 'cash', amount: '-1.85' },
      { method: 'card', amount: '-0.32' },
    ]);
    const third = await takeBack(world, saleId, [{ saleItemId, quantity: '6' }]);
    expect(third.body.payments).toMatchObject([{ method: 'card', amount: '-1.85' }]);
    expect(await onHand(lots)).toEqual(['15', '15']);
    const sale = await call<Sale>('GET', `/sales/${saleId}`, world);
    expect(sale.body.items[0]?.returnedQuantity).toBe('20');
    expect(sale.body.reversals).toHaveLength(3);
    expect(await takeBack(world, saleId, [{ saleItemId, quantity: '0.001' }])).toMatchObject({
      status: 409,
      body: { type: '/problems/returned-more-than-sold', params: { saleItemId, left: '0' } },
    });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('go to quarantine when told, and into one lot for the same goods', async () => {
    const { world, drugId, saleId, saleItemId } = await aSplitSale();
    const aside = { saleItemId, quantity: '2', disposition: 'quarantine' };
    expect((await takeBack(world, saleId, [aside])).status).toBe(201);
    expect((await takeBack(world, saleId, [aside])).status).toBe(201);
    const { rows } = await db.owner.query(
      `select trim_scale(quantity)::text as quantity from operational.inventory_lots where drug_id = $1 and status = 'quarantined'`,
      [drugId],
    );
    expect(rows).toEqual([{ quantity: '4' }]);
  });

  it('refund as the seller says, within what was paid', async () => {
    const { world, saleId, saleItemId } = await aSplitSale();
    const items = [{ saleItemId, quantity: '20' }];
    const wrong = await takeBack(world, saleId, items, { payments: [{ method: 'cash', amount: '6.00' }] });
    expect(wrong).toMatchObject({ status: 422, body: { type: '/problems/refund-mismatch' } });
    const card = await takeBack(world, saleId, items, { payments: [{ method: 'card', amount: '6.17' }] });
    expect(card).toMatchObject({ status: 422, body: { type: '/problems/refund-mismatch' } });
    const cash = await takeBack(world, saleId, items, { payments: [{ method: 'cash', amount: '6.17' }] });
    expect(cash).toMatchObject({ status: 201, body: { total: '-6.17' } });
  });

  it('void a whole sale in its shift, once, and not after a return', async () => {
    const { world, lots, saleId } = await aSplitSale();
    const body = { reason: 'wrong customer' };
    const voided = await call<Sale>('POST', `/sales/${saleId}/void`, {
      token: world.token,
      body,
      key: 'void-1',
    });
    expect(voided).toMatchObject({
      status: 201,
      body: { saleType: 'void', total: '-6.17', reason: 'wrong customer' },
    });
    const retry = await call<Sale>('POST', `/sales/${saleId}/void`, {
      token: world.token,
      body,
      key: 'void-1',
    });
    expect(retry.body).toEqual(voided.body);
    expect(await onHand(lots)).toEqual(['15', '15']);
    const twice = await call('POST', `/sales/${saleId}/void`, { token: world.token, body });
    expect(twice).toMatchObject({ status: 409, body: { type: '/problems/sale-not-reversible' } });
    const back = await call('POST', `/sales/${voided.body.saleId}/void`, { token: world.token, body });
    expect(back).toMatchObject({ status: 409, body: { type: '/problems/sale-not-reversible' } });
  });

  it('void nothing of a closed shift, but return it in the next', async () => {
    const { world, saleId, saleItemId } = await aSplitSale();
    const shiftId = await aTillShift(db, world);
    const counts = [{ method: 'cash', counted: '104.00' }];
    await call('POST', `/till-shifts/${shiftId}/close`, { token: world.token, body: { counts } });
    const body = { reason: 'too late' };
    const late = await call('POST', `/sales/${saleId}/void`, { token: world.token, body });
    expect(late).toMatchObject({ status: 409, body: { type: '/problems/no-open-shift' } });
    const items = [{ saleItemId, quantity: '1' }];
    expect(await takeBack(world, saleId, items)).toMatchObject({ status: 409 });
    await aTillShift(db, world);
    expect((await takeBack(world, saleId, items)).status).toBe(201);
  });

  it('are for those with the permission, at their own branch', async () => {
    const { world, saleId, saleItemId } = await aSplitSale();
    const items = [{ saleItemId, quantity: '1' }];
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    expect((await takeBack(cashier, saleId, items)).status).toBe(403);
    const stranger = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, stranger);
    expect((await takeBack(stranger, saleId, items)).status).toBe(404);
    const body = { reason: 'mine' };
    expect((await call('POST', `/sales/${saleId}/void`, { token: stranger.token, body })).status).toBe(404);
    const other = await aSplitSale();
    const foreign = [{ saleItemId: other.saleItemId, quantity: '1' }];
    expect((await takeBack(world, saleId, foreign)).status).toBe(404);
    const doubled = [...items, ...items];
    expect((await takeBack(world, saleId, doubled)).status).toBe(400);
  });
});
