// Till shifts over HTTP: float, cash in and out, blind count, X and Z report.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('a till shift', () => {
  const { db, call } = useTestApp();
  const post = <Body = Record<string, unknown>>({ token }: World, path: string, body: object) =>
    call<Body>('POST', `/till-shifts${path}`, { token, body });
  const open = async (world: World): Promise<number> =>
    (await post<{ shiftId: number }>(world, '', { openingFloat: '100' })).body.shiftId;

  it('is opened once by each cashier at a branch', async () => {
    const cashier = await aWorldFor(db, 'cashier');
    expect((await call('GET', '/till-shifts/current', cashier)).status).toBe(404);
    const opened = await post(cashier, '', { openingFloat: '100' });
    expect(opened).toMatchObject({
      status: 201,
      body: { status: 'open', openingFloat: '100.00', closedAt: null },
    });
    const twice = await post(cashier, '', { openingFloat: '5' });
    expect(twice).toMatchObject({ status: 409, body: { type: '/problems/shift-already-open' } });
    const colleague = await aWorldFor(db, 'cashier', { branchId: cashier.branchId });
    expect((await post(colleague, '', { openingFloat: '0' })).status).toBe(201);
    expect((await call('GET', '/till-shifts/current', cashier)).body).toMatchObject({
      shiftId: opened.body.shiftId,
    });
    expect((await post(cashier, '', { openingFloat: '-1' })).status).toBe(400);
  });

  it('reports sales, tenders and cash, X while open and Z once closed on a blind count', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const shiftId = await open(world);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    const sell = (quantity: string, payments: object[]) =>
      call<{ saleId: number; items: { saleItemId: number }[] }>('POST', '/sales', {
        token: world.token,
        body: { items: [{ drugId, quantity }], payments },
      });
    const first = await sell('20', [{ method: 'cash', amount: '50' }]);
    await sell('10', [
      { method: 'card', amount: '6' },
      { method: 'mobile', amount: '3' },
      { method: 'cash', amount: '1' },
    ]);
    const items = [{ saleItemId: first.body.items[0]?.saleItemId, quantity: '5' }];
    await call('POST', `/sales/${first.body.saleId}/return`, {
      token: world.token,
      body: { items, reason: 'x' },
    });
    expect((await post(world, `/${shiftId}/pay-in`, { amount: '7.50', reason: 'coins' })).status).toBe(201);
    expect((await post(world, `/${shiftId}/pay-out`, { amount: '2.50', reason: 'tea' })).status).toBe(201);
    const figures = {
      salesCount: 2,
      returnsCount: 1,
      salesTotal: '30.00',
      refundsTotal: '5.00',
      netTotal: '25.00',
      paidIn: '7.50',
      paidOut: '2.50',
      expectedCash: '121.00',
    };
    const x = await call('GET', `/till-shifts/${shiftId}/report`, world);
    expect(x.body).toMatchObject({ kind: 'X', overShort: null, ...figures });
    const counts = [
      { method: 'cash', counted: '120.50' },
      { method: 'card', counted: '6' },
    ];
    const closed = await post(world, `/${shiftId}/close`, { counts });
    expect(closed).toMatchObject({
      status: 200,
      body: {
        kind: 'Z',
        ...figures,
        overShort: '-3.50',
        tenders: [
          {
            method: 'cash',
            taken: '21.00',
            refunded: '5.00',
            expected: '121.00',
            counted: '120.50',
            overShort: '-0.50',
          },
          { method: 'card', taken: '6.00', overShort: '0.00' },
          { method: 'mobile', taken: '3.00', counted: '0.00', overShort: '-3.00' },
        ],
      },
    });
    const z = await call('GET', `/till-shifts/${shiftId}/report`, world);
    expect(z.body).toEqual(closed.body);
  });

  it('is closed once, and then takes no sale and no cash', async () => {
    const world = await aWorldFor(db, 'cashier');
    const shiftId = await open(world);
    const counts = [{ method: 'cash', counted: '100' }];
    expect((await post(world, `/${shiftId}/close`, { counts })).status).toBe(200);
    const twice = await post(world, `/${shiftId}/close`, { counts });
    expect(twice).toMatchObject({ status: 409, body: { type: '/problems/shift-closed' } });
    const late = await post(world, `/${shiftId}/pay-in`, { amount: '1', reason: 'late' });
    expect(late).toMatchObject({ status: 409, body: { type: '/problems/shift-closed' } });
    const sale = { items: [{ drugId: 1, quantity: '1' }], payments: [] };
    expect(await call('POST', '/sales', { token: world.token, body: sale })).toMatchObject({
      status: 409,
      body: { type: '/problems/no-open-shift' },
    });
    expect((await post(world, '', { openingFloat: '0' })).status).toBe(201);
  });

  it('counts each tender once and the cash always', async () => {
    const world = await aWorldFor(db, 'cashier');
    const shiftId = await open(world);
    const cash = { method: 'cash', counted: '1' };
    for (const counts of [[], [cash, cash], [{ method: 'card', counted: '1' }], [{ ...cash, counted: '-1' }]])
      expect((await post(world, `/${shiftId}/close`, { counts })).status).toBe(400);
  });

  it("is not another cashier's to see, except with the right to supervise the till", async () => {
    const cashier = await aWorldFor(db, 'cashier');
    const shiftId = await open(cashier);
    const colleague = await aWorldFor(db, 'cashier', { branchId: cashier.branchId });
    const supervisor = await aWorldFor(db, 'pharmacist', { branchId: cashier.branchId });
    const stranger = await aWorldFor(db, 'pharmacist');
    const counts = [{ method: 'cash', counted: '100' }];
    for (const other of [colleague, stranger]) {
      expect((await call('GET', `/till-shifts/${shiftId}/report`, other)).status).toBe(404);
      expect((await post(other, `/${shiftId}/pay-out`, { amount: '1', reason: 'theft' })).status).toBe(404);
      expect((await post(other, `/${shiftId}/close`, { counts })).status).toBe(404);
    }
    expect((await call('GET', `/till-shifts/${shiftId}/report`, supervisor)).status).toBe(200);
    expect((await post(supervisor, `/${shiftId}/close`, { counts })).status).toBe(200);
  });
});
