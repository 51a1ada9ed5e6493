// The till over HTTP: sale, fill, tenders, refusals, return, void, receipt.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, type DrugValues } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Lot {
  lotId: number;
  quantity: string;
}
interface Sale {
  saleId: number;
  saleNumber: string;
  total: string;
  items: {
    saleItemId: number;
    lots: Lot[];
    disposition: string;
    quantity: string;
    returnedQuantity: string;
  }[];
  payments: { method: string; amount: string; change: string }[];
}

describe('sales', () => {
  const { db, call } = useTestApp();

  /** A pharmacist (who may sell and refund) with an open shift, or another role. */
  async function aTill(role = 'pharmacist'): Promise<World> {
    const world = await aWorldFor(db, role);
    await aTillShift(db, world);
    return world;
  }

  /** A product with lots of so many units, first expiry first. */
  async function onShelf(world: World, lots: string[], values: DrugValues = {}) {
    const drug = await aDrug(db, { price: '30.00', unitsPerPack: '30', unitsPerStrip: '10', ...values });
    const lotIds: number[] = [];
    for (const [index, quantity] of lots.entries()) {
      const expiryDate = daysFromNow(100 + 30 * index);
      lotIds.push(
        (await aLot(db, { branchId: world.branchId, drugId: drug.drugId, quantity, expiryDate })).lotId,
      );
    }
    return { ...drug, lotIds };
  }

  const sell = ({ token }: World, items: object[], payments: object[] = [], more: object = {}) =>
    call<Sale>('POST', '/sales', { token, body: { items, payments, ...more } });
  const cash = (amount: string) => ({ method: 'cash', amount });
  const onHand = async (lotId: number): Promise<string> => {
    const { rows } = await db.owner.query<{ quantity: string }>(
      'select trim_scale(quantity)::text as quantity from operational.inventory_lots where lot_id = $1',
      [lotId],
    );
    return rows[0]?.quantity ?? '';
  };

  it('sells box, strip and loose tablets first expiry first, with change', async () => {
    const world = await aTill();
    const { drugId, lotIds } = await onShelf(world, ['10', '10', '50']);
    const answer = await sell(
      world,
      [
        { drugId, quantity: '1', unit: 'pack' },
        { drugId, quantity: '1', unit: 'strip', discount: '1.00' },
        { drugId, quantity: '4' },
      ],
      [{ method: 'card', amount: '20.00', reference: 'slip 7' }, cash('30')],
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      subtotal: '44.00',
      discountTotal: '1.00',
      taxTotal: '0.00',
      rounding: '0.00',
      total: '43.00',
      paid: '50.00',
      change: '7.00',
      items: [
        {
          lineNo: 1,
          quantity: '30',
          unit: 'pack',
          unitQuantity: '1',
          lots: [
            { lotId: lotIds[0], quantity: '10' },
            { lotId: lotIds[1], quantity: '10' },
            { lotId: lotIds[2], quantity: '10' },
          ],
        },
        {
          quantity: '10',
          amount: '10.00',
          discount: '1.00',
          lineTotal: '9.00',
          lots: [{ lotId: lotIds[2] }],
        },
        { quantity: '4', amount: '4.00', lots: [{ lotId: lotIds[2], quantity: '4' }] },
      ],
    });
    expect(await onHand(lotIds[2] ?? 0)).toBe('26');
    const found = await call<Sale>('GET', `/sales/${answer.body.saleId}`, world);
    expect(found.body).toMatchObject({
      saleNumber: answer.body.saleNumber,
      payments: [
        { method: 'card', amount: '20.00', reference: 'slip 7' },
        { method: 'cash', amount: '30.00', change: '7.00' },
      ],
    });
    expect(found.body.items.map((item) => item.lots.length)).toEqual([3, 1, 1]);
    const list = await call(`GET`, `/sales?saleNumber=${answer.body.saleNumber}`, world);
    expect(list.body).toMatchObject({
      data: [{ saleId: answer.body.saleId, itemCount: 3 }],
      meta: { total: 1 },
    });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('needs an open shift', async () => {
    const world = await aWorldFor(db, 'cashier');
    const { drugId } = await onShelf(world, ['10']);
    const answer = await sell(world, [{ drugId, quantity: '1' }], [cash('1')]);
    expect(answer).toMatchObject({ status: 409, body: { type: '/problems/no-open-shift' } });
  });

  it('refuses what there is not enough of, all lines or none, and says what there is', async () => {
    const world = await aTill();
    const scarce = await onShelf(world, ['3']);
    const plenty = await onShelf(world, ['100']);
    await aLot(db, {
      branchId: world.branchId,
      drugId: scarce.drugId,
      quantity: '9',
      expiryDate: daysFromNow(-3),
    });
    const answer = await sell(
      world,
      [
        { drugId: plenty.drugId, quantity: '5' },
        { drugId: scarce.drugId, quantity: '2' },
        { drugId: scarce.drugId, quantity: '2' },
      ],
      [cash('50')],
    );
    expect(answer).toMatchObject({
      status: 409,
      body: {
        type: '/problems/insufficient-stock',
        params: { drugId: scarce.drugId, requested: '4', available: '3' },
      },
    });
    expect(await onHand(plenty.lotIds[0] ?? 0)).toBe('100');
  });

  it.each([
    ['prescription-only', { rxOnly: true }, {}, 422, 'prescription-required'],
    ['controlled', { controlledSchedule: 'IV' as const }, {}, 422, 'prescription-required'],
    ['recalled', { status: 'recalled' as const }, {}, 422, 'drug-recalled'],
    ['unpriced', { price: '0' }, {}, 422, 'price-unknown'],
    ['discontinued', { status: 'discontinued' as const }, {}, 201, undefined],
    ['strip-less', { unitsPerStrip: undefined }, { unit: 'strip' }, 422, 'unit-not-sold'],
    ['too cheap a sale of a', {}, { discount: '0.11' }, 422, 'discount-limit'],
    ['a tenth off a', {}, { discount: '0.10' }, 201, undefined],
  ])('over the counter, %s product: %s', async (_, values, item, status, code) => {
    const world = await aTill('cashier');
    const { drugId } = await onShelf(world, ['50'], values);
    const answer = await sell(world, [{ drugId, quantity: '1', ...item }], [cash('60')]);
    expect(answer.status).toBe(status);
    if (code) expect(answer.body).toMatchObject({ type: `/problems/${code}` });
  });

  it.each([
    [[{ method: 'cash', amount: '0.99' }], 'payment-short'],
    [[{ method: 'card', amount: '1.01' }], 'change-only-from-cash'],
    [[], 'payment-short'],
    [[{ method: 'cash', amount: '1.001' }], 'amount-too-fine'],
  ])('refuses tenders that do not fit %#', async (payments, code) => {
    const world = await aTill();
    const { drugId } = await onShelf(world, ['50']);
    const answer = await sell(world, [{ drugId, quantity: '1' }], payments);
    expect(answer).toMatchObject({ status: 422, body: { type: `/problems/${code}` } });
  });

  it.each([
    [{ items: [], payments: [] }],
    [{ items: [{ drugId: 1, quantity: '-1' }], payments: [] }],
    [{ items: [{ drugId: 1, quantity: '1', fillId: 1 }], payments: [] }],
    [{ items: [{ drugId: 1, quantity: '1' }], payments: [{ method: 'insurance', amount: '1' }] }],
    [{ items: [{ drugId: 1, quantity: '1' }], payments: [{ method: 'cash', amount: '0' }] }],
    [{ items: [{ drugId: 1, quantity: '1' }] }],
  ])('refuses a sale of the wrong shape %#', async (body) => {
    const world = await aTill();
    expect(await call('POST', '/sales', { token: world.token, body })).toMatchObject({ status: 400 });
  });

  it('knows no product, fill or patient of nowhere or of another branch', async () => {
    const [world, elsewhere] = [await aTill(), await aTill()];
    const { drugId } = await onShelf(world, ['50']);
    await onShelf(elsewhere, ['1']);
    await aLot(db, { branchId: elsewhere.branchId, drugId, quantity: '5' });
    const theirs = await aBareFill(db, elsewhere, { drugId, quantity: '5', dispensed: true });
    expect((await sell(world, [{ drugId: 2_000_000_000, quantity: '1' }], [cash('9')])).status).toBe(404);
    expect((await sell(world, [{ fillId: theirs.fillId }], [cash('10')])).status).toBe(404);
    const patient = { patientId: theirs.patientId };
    expect((await sell(world, [{ drugId, quantity: '1' }], [cash('1')], patient)).status).toBe(404);
  });

  it('rounds cash to the branch step', async () => {
    const world = await aTill();
    await db.owner.query('update operational.branches set cash_rounding = 0.25 where branch_id = $1', [
      world.branchId,
    ]);
    const { drugId } = await onShelf(world, ['50'], { price: '30.30' });
    const answer = await sell(world, [{ drugId, quantity: '1', unit: 'strip' }], [cash('10')]);
    expect(answer).toMatchObject({
      status: 201,
      body: { subtotal: '10.10', rounding: '-0.10', total: '10.00' },
    });
  });

  it('sells a dispensed fill once, with the lots it was dispensed from, beside a counter line', async () => {
    const world = await aTill();
    const rx = await onShelf(world, ['20', '20'], { rxOnly: true });
    const otc = await onShelf(world, ['20']);
    const waiting = await aBareFill(db, world, { drugId: rx.drugId, quantity: '1' });
    expect(await sell(world, [{ fillId: waiting.fillId }], [cash('10')])).toMatchObject({
      status: 409,
      body: { type: '/problems/fill-not-dispensed' },
    });
    const fill = await aBareFill(db, world, {
      drugId: rx.drugId,
      quantity: '30',
      price: '25.00',
      dispensed: true,
    });
    const basket = [{ fillId: fill.fillId }, { drugId: otc.drugId, quantity: '5' }];
    const sold = await sell(world, basket, [cash('30')]);
    expect(sold).toMatchObject({
      status: 201,
      body: {
        total: '30.00',
        patientId: fill.patientId,
        items: [
          { fillId: fill.fillId, quantity: '30', lots: [{ quantity: '20' }, { quantity: '10' }] },
          { fillId: null, quantity: '5' },
        ],
      },
    });
    expect(await sell(world, basket, [cash('30')])).toMatchObject({
      status: 409,
      body: { type: '/problems/fill-already-sold' },
    });
    const [item] = sold.body.items;
    const returned = await call<Sale>('POST', `/sales/${sold.body.saleId}/return`, {
      token: world.token,
      body: { reason: 'reaction', items: [{ saleItemId: item?.saleItemId, quantity: '12' }] },
    });
    expect(returned).toMatchObject({
      status: 201,
      body: { total: '-10.00', items: [{ disposition: 'quarantine' }] },
    });
    const { rows } = await db.owner.query(
      `select lot_number, trim_scale(quantity)::text as quantity from operational.inventory_lots
       where drug_id = $1 and status = 'quarantined' order by expiry_date`,
      [rx.drugId],
    );
    expect(rows).toMatchObject([{ quantity: '2' }, { quantity: '10' }]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('shows a receipt in two languages, a reprint marked, without scripts', async () => {
    const world = await aTill();
    const { drugId } = await onShelf(world, ['50'], { name: '<script>x</script> 5mg', nameAr: 'دواء' });
    const { body } = await sell(world, [{ drugId, quantity: '1' }], [cash('1')]);
    const page = await call<string>(
      'GET',
      `/sales/${body.saleId}/receipt?format=a4&lang=ar&copy=true`,
      world,
    );
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('dir="rtl"');
    expect(page.body).toContain('نسخة');
    expect(page.body).not.toContain('<script');
    const plain = await call<string>('GET', `/sales/${body.saleId}/receipt`, world);
    expect(plain.body).not.toContain('COPY');
    const stranger = await aTill();
    expect((await call('GET', `/sales/${body.saleId}/receipt`, stranger)).status).toBe(404);
    expect((await call('GET', `/sales/${body.saleId}`, stranger)).status).toBe(404);
  });
});
