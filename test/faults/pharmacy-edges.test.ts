// T19, T23, T24, T30: edges of rules of the pharmacy, through the door of the server and past it.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { anIngredient, aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { brokenInvariants } from './harness/invariants.js';

const { db, call } = useTestApp();

const sell = (world: World, items: object[], payments: object[]) =>
  call<{ saleId: number; total: string; items: { saleItemId: number }[] }>('POST', '/sales', {
    token: world.token,
    key: randomUUID(),
    body: { items, payments },
  });
const cash = (amount: string) => ({ method: 'cash', amount });

/** A person who may do everything, with an open till. */
async function aTill(timeZone?: string): Promise<World> {
  const branchId = await aBranch(db, timeZone === undefined ? {} : { timeZone });
  const world = await aWorldFor(db, 'administrator', { branchId });
  await aTillShift(db, world);
  return world;
}

describe('two tabs with the same patient', () => {
  it('change him once; the second reads what the first wrote, and no allergy is lost', async () => {
    const world = await aTill();
    const patientId = await aPatient(db, world, { allergyStatus: 'not_asked' });
    const [first, second] = [await anIngredient(db, 'penicillin t19'), await anIngredient(db, 'aspirin t19')];
    const add = (ingredientId: number) =>
      call<{ allergyId: number; version: number }>('POST', `/patients/${patientId}/allergies`, {
        token: world.token,
        body: { ingredientId, severity: 'severe' },
      });
    const added = await Promise.all([add(first), add(second)]);
    expect(added.map(({ status }) => status)).toEqual([201, 201]);
    const { allergyId, version } = added[0]?.body ?? { allergyId: 0, version: 0 };
    const path = `/patients/${patientId}/allergies/${allergyId}`;
    const change = (body: object) => call('PATCH', path, { token: world.token, body });
    const both = await Promise.all([
      change({ version, reaction: 'hives' }),
      change({ version, status: 'inactive' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
      type: '/problems/stale-version',
    });
    const { rows } = await db.owner.query<{ n: number; status: string }>(
      `select count(*)::int as n, (select allergy_status from operational.patients where patient_id = $1) as status
       from operational.patient_allergies where patient_id = $1`,
      [patientId],
    );
    expect(rows[0]).toEqual({ n: 2, status: 'recorded' });
  });
});

describe('a lot on its last day', () => {
  // Between these two there is always a day's difference: what is good in one has expired in the other.
  const [EARLY, LATE] = ['Pacific/Pago_Pago', 'Pacific/Apia'];
  let drugId = 0;
  beforeAll(async () => {
    ({ drugId } = await aDrug(db, { price: '5.00', unitsPerPack: '1' }));
  });
  const dayIn = async (timeZone: string, plus = 0): Promise<string> =>
    (
      await db.owner.query<{ day: string }>('select ((now() at time zone $1)::date + $2::int)::text as day', [
        timeZone,
        plus,
      ])
    ).rows[0]?.day ?? '';

  it.each([
    ['on its last day', 0, 201],
    ['the day after', -1, 409],
  ])('%s, by the calendar of its branch', async (_, plus, status) => {
    for (const timeZone of [EARLY, LATE]) {
      const world = await aTill(timeZone);
      const expiryDate = await dayIn(timeZone, plus);
      await aLot(db, { branchId: world.branchId, drugId, quantity: '3', expiryDate });
      expect((await sell(world, [{ drugId, quantity: '1' }], [cash('5.00')])).status).toBe(status);
    }
  });

  it('is sold in Pago Pago and refused in Apia, where the same date is over', async () => {
    const expiryDate = await dayIn(EARLY);
    const [early, late] = [await aTill(EARLY), await aTill(LATE)];
    for (const { branchId } of [early, late]) await aLot(db, { branchId, drugId, quantity: '3', expiryDate });
    expect((await sell(early, [{ drugId, quantity: '1' }], [cash('5.00')])).status).toBe(201);
    expect(await sell(late, [{ drugId, quantity: '1' }], [cash('5.00')])).toMatchObject({
      status: 409,
      body: { type: '/problems/insufficient-stock' },
    });
  });

  it('that is over leaves neither by a lot number in the body nor by a row in the ledger', async () => {
    const world = await aTill();
    const old = await aLot(db, {
      branchId: world.branchId,
      drugId,
      quantity: '3',
      expiryDate: await dayIn('Africa/Cairo', -1),
    });
    const forged = await sell(world, [{ drugId, quantity: '1', lotId: old.lotId }], [cash('5.00')]);
    expect(forged.status).toBe(400);
    const { fillId } = await aBareFill(db, world, { drugId, quantity: '1' });
    await expect(
      db.owner.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost)
         values ($1, $2, $3, 'dispense', -1, $4, 0, 0)`,
        [world.branchId, old.lotId, drugId, fillId],
      ),
    ).rejects.toThrow(/may not leave to a patient/);
  });
});

describe('a recall between basket and payment', () => {
  it('stops the payment, and names the lot and the recall', async () => {
    const world = await aTill();
    const { drugId } = await aDrug(db, { price: '5.00', unitsPerPack: '1' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '3', lotNumber: 'RC1' });
    const items = [{ drugId, quantity: '1' }];
    const priced = await call('POST', '/sales/price', { token: world.token, body: { items } });
    expect(priced.status, JSON.stringify(priced.body)).toBe(200);
    const held = await call<{ heldBasketId: number }>('POST', '/held-baskets', {
      token: world.token,
      body: { lines: [{ ...items[0], unit: 'unit', discount: '0' }], total: '5.00' },
    });
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    const recalled = await call<{ recallId: number }>('POST', '/inventory/recall', {
      token: world.token,
      key: randomUUID(),
      body: { drugId, lotNumber: 'RC1', recallClass: 'I', reason: 'glass in it' },
    });
    expect(recalled.status, JSON.stringify(recalled.body)).toBe(201);
    const resumed = await call('POST', `/held-baskets/${held.body.heldBasketId}/resume`, world);
    expect(resumed.status).toBe(200);
    const paid = await sell(world, items, [cash('5.00')]);
    const named = { reason: 'recalled', recallIds: [recalled.body.recallId], lotNumbers: ['RC1'] };
    expect(paid).toMatchObject({ status: 409, body: { params: { drugId, available: '0', ...named } } });
    // What is short without a recall, or once it is withdrawn, says no more than that.
    const other = await aDrug(db, { price: '5.00', unitsPerPack: '1' });
    const short = await sell(world, [{ drugId: other.drugId, quantity: '1' }], [cash('5.00')]);
    expect(short).toMatchObject({ status: 409, body: { params: { drugId: other.drugId } } });
    expect(short.body).not.toHaveProperty('params.lotNumbers');
    expect(await brokenInvariants(db.owner)).toEqual([]);
  });
});

describe('money at its edges', () => {
  let world: World;
  let drugId = 0;
  beforeAll(async () => {
    world = await aTill();
    ({ drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '1' }));
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
  });
  const line = (discount?: string) => ({
    drugId,
    quantity: '1',
    ...(discount === undefined ? {} : { discount }),
  });

  it('three thirds off three lines are the whole discount, and come back to the coin', async () => {
    const sold = await sell(world, [line('3.33'), line('3.33'), line('3.34')], [cash('20.00')]);
    expect(sold).toMatchObject({ status: 201, body: { total: '20.00' } });
    const back: number[] = [];
    for (const { saleItemId } of sold.body.items) {
      const returned = await call<{ total: string }>('POST', `/sales/${sold.body.saleId}/return`, {
        token: world.token,
        key: randomUUID(),
        body: { items: [{ saleItemId, quantity: '1', disposition: 'restock' }], reason: 'thirds' },
      });
      expect(returned.status, JSON.stringify(returned.body)).toBe(201);
      back.push(Math.round(Number(returned.body.total) * 100));
    }
    expect(back).toEqual([-667, -667, -666]);
  });

  it('all of it off is a sale of nothing, without a tender', async () => {
    expect(await sell(world, [line('10.00')], [])).toMatchObject({ status: 201, body: { total: '0.00' } });
  });

  it.each([
    ['half a coin of discount', [{ discount: '0.005' }], [{ amount: '10.00' }], 422],
    ['half a coin of money', [{}], [{ amount: '10.005' }], 422],
    ['more off than it costs', [{ discount: '10.01' }], [{ amount: '1.00' }], 422],
    ['less than nothing off', [{ discount: '-1.00' }], [{ amount: '11.00' }], 400],
    ['less than nothing paid', [{}], [{ amount: '-10.00' }], 400],
    ['nothing paid', [{}], [{ amount: '0.00' }], 400],
    ['money beyond all money', [{}], [{ amount: '1000000000000000' }], 400],
    ['a number in words of science', [{}], [{ amount: '1e3' }], 400],
    ['more on a card than it costs', [{}], [{ method: 'card', amount: '10.01' }], 422],
    ['change out of two tenders without cash', [{}], [{ method: 'card', amount: '6.00' }, { method: 'mobile', amount: '6.00' }], 422], // prettier-ignore
  ])('%s is refused, and nothing is kept', async (_, lines, payments, status) => {
    const count = async () =>
      (await db.owner.query('select count(*) as n from operational.sales')).rows[0] as unknown;
    const before = await count();
    const answer = await sell(
      world,
      lines.map((each) => ({ drugId, quantity: '1', ...each })),
      payments.map((each) => ({ method: 'cash', ...each })),
    );
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(await count()).toEqual(before);
  });

  it('no more is refunded than was paid', async () => {
    const sold = await sell(world, [line()], [cash('10.00')]);
    const refund = (amount: string) =>
      call('POST', `/sales/${sold.body.saleId}/return`, {
        token: world.token,
        key: randomUUID(),
        body: {
          items: [{ saleItemId: sold.body.items[0]?.saleItemId, quantity: '1', disposition: 'restock' }],
          reason: 'edges',
          payments: [{ method: 'cash', amount }],
        },
      });
    expect((await refund('10.01')).status).toBe(422);
    expect((await refund('10.00')).status).toBe(201);
    expect((await refund('10.00')).status).toBeGreaterThanOrEqual(400);
    expect(await brokenInvariants(db.owner)).toEqual([]);
  });
});
