// Sales that a till made without the server, over HTTP: each comes in once, is posted as it was sold, or waits for a decision.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Row {
  offlineSaleId: number;
  status: 'posted' | 'conflict' | 'rejected';
  saleId: number | null;
  conflictCode: string | null;
  businessDate: string;
}
type Detail = Row & {
  priceDifferences: { drugId: number; soldAt: string; price: string }[];
  items: { wanted: string; available: string }[];
  steps: { step: string; code: string | null; note: string | null }[];
};

let count = 0;

describe('offline sales', () => {
  const { db, call } = useTestApp();
  let boss: World;
  let cashier: World;
  let shiftId: number;

  beforeAll(async () => {
    boss = await aWorldFor(db, 'administrator');
    cashier = await aWorldFor(db, 'cashier', { branchId: boss.branchId });
    shiftId = await aTillShift(db, cashier);
    await aTillShift(db, boss);
  });

  /** A pack that costs 20.00, sold for cash, as a till sends it. */
  const sold = (drugId: number, change: object = {}) => ({
    clientId: randomUUID(),
    receiptNumber: `OFF-T3ST-${++count}`,
    soldBy: cashier.userId,
    soldAt: new Date().toISOString(),
    shiftId,
    items: [{ drugId, description: 'Sold offline', quantity: '1', unit: 'pack', packPrice: '20.00' }],
    total: '20.00',
    cash: '50.00',
    ...change,
  });
  const send = (body: { clientId: string }, who: World = cashier) =>
    call<Row>('POST', '/offline-sales', { token: who.token, key: body.clientId, body });
  const detail = async (id: number): Promise<Detail> =>
    (await call<Detail>('GET', `/offline-sales/${id}`, { token: cashier.token })).body;
  const decide = (id: number, how: 'post' | 'reject', body: object, who: World = boss) =>
    call<Detail & { type: string }>('POST', `/offline-sales/${id}/${how}`, {
      token: who.token,
      key: randomUUID(),
      body,
    });
  const salesOf = async (drugId: number): Promise<{ user_id: number; shift_id: number; total: string }[]> =>
    (
      await db.owner.query<{ user_id: number; shift_id: number; total: string }>(
        'select s.user_id, s.shift_id, s.total from operational.sales s join operational.sale_items i using (sale_id) where i.drug_id = $1',
        [drugId],
      )
    ).rows;
  const onHand = async (drugId: number): Promise<number> =>
    Number(
      (
        await db.owner.query<{ n: string }>(
          'select coalesce(sum(quantity), 0) as n from operational.inventory_lots where drug_id = $1',
          [drugId],
        )
      ).rows[0]?.n,
    );
  const stocked = async (quantity: string, values: Parameters<typeof aDrug>[1] = {}): Promise<number> => {
    const { drugId } = await aDrug(db, { price: '20.00', unitsPerPack: '20', ...values });
    await aLot(db, { branchId: boss.branchId, drugId, quantity });
    return drugId;
  };

  it('are posted of their seller, in their shift, on the day they were made, with cash and change', async () => {
    const drugId = await stocked('100');
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const answer = await send(sold(drugId, { soldAt: yesterday }), boss);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({
      status: 'posted',
      conflictCode: null,
      businessDate: daysFromNow(-1),
    });
    expect(await salesOf(drugId)).toEqual([{ user_id: cashier.userId, shift_id: shiftId, total: '20.000' }]);
    expect(await onHand(drugId)).toBe(80);
    const sale = await call('GET', `/sales/${answer.body.saleId ?? 0}`, { token: cashier.token });
    expect(sale.body).toMatchObject({
      total: '20.00',
      paid: '50.00',
      change: '30.00',
      businessDate: daysFromNow(-1),
    });
  });

  it('are posted once, however often and by whomever they are sent', async () => {
    const drugId = await stocked('100');
    const sale = sold(drugId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send(sale, n % 2 === 0 ? cashier : boss)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.saleId)).size).toBe(1);
    for (let times = 0; times < 3; times++) expect((await send(sale)).body.status).toBe('posted');
    expect(await salesOf(drugId)).toHaveLength(1);
    expect(await onHand(drugId)).toBe(80);
  });

  it('of the same identity and another content are refused, and the first stands', async () => {
    const drugId = await stocked('100');
    const sale = sold(drugId);
    await send(sale);
    const other = await call<{ type: string }>('POST', '/offline-sales', {
      token: cashier.token,
      body: { ...sale, cash: '20.00' },
    });
    expect(other.status).toBe(422);
    expect(other.body.type).toMatch(/offline-sale-differs$/);
    expect(await salesOf(drugId)).toHaveLength(1);
  });

  it('are the sale that was posted before the answer was lost, where the till tried it once online', async () => {
    const drugId = await stocked('100');
    const attemptKey = randomUUID();
    const online = await call<{ saleId: number }>('POST', '/sales', {
      token: cashier.token,
      key: attemptKey,
      body: {
        items: [{ drugId, quantity: '1', unit: 'pack' }],
        payments: [{ method: 'cash', amount: '50.00' }],
      },
    });
    expect(online.status).toBe(201);
    const { body } = await send(sold(drugId, { attemptKey }), boss);
    expect(body).toMatchObject({ status: 'posted', saleId: online.body.saleId });
    expect(await salesOf(drugId)).toHaveLength(1);
  });

  it('that the till tried online in vain are posted, and the attempt cannot come after them', async () => {
    const drugId = await stocked('100');
    const attemptKey = randomUUID();
    expect((await send(sold(drugId, { attemptKey }))).body.status).toBe('posted');
    const late = await call<{ type: string }>('POST', '/sales', {
      token: cashier.token,
      key: attemptKey,
      body: {
        items: [{ drugId, quantity: '1', unit: 'pack' }],
        payments: [{ method: 'cash', amount: '20.00' }],
      },
    });
    expect([late.status, late.body.type]).toEqual([422, expect.stringMatching(/idempotency-key-reused$/)]);
    expect(await salesOf(drugId)).toHaveLength(1);
  });

  it('without stock are kept as a conflict, once, and posted when the stock is there', async () => {
    const drugId = await stocked('15');
    const sale = sold(drugId);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => send(sale, n % 2 === 0 ? cashier : boss)),
    );
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      answers.map(() => [201, 'conflict']),
    );
    const id = answers[0]?.body.offlineSaleId ?? 0;
    expect(await detail(id)).toMatchObject({
      conflictCode: 'insufficient-stock',
      items: [{ wanted: '20', available: '15' }],
      steps: [{ step: 'found', code: 'insufficient-stock' }],
    });
    expect((await decide(id, 'post', {}, cashier)).status).toBe(403);
    const early = await decide(id, 'post', { note: 'tried' });
    expect([early.status, early.body.type]).toEqual([409, expect.stringMatching(/insufficient-stock$/)]);
    await aLot(db, { branchId: boss.branchId, drugId, quantity: '10' });
    const posted = await decide(id, 'post', { note: 'found a pack' });
    expect(posted.status, JSON.stringify(posted.body)).toBe(201);
    expect(posted.body).toMatchObject({ status: 'posted', conflictCode: null });
    expect(posted.body.steps.map(({ step }) => step)).toEqual(['found', 'failed', 'posted']);
    expect(await onHand(drugId)).toBe(5);
    const again = await decide(id, 'post', {});
    expect([again.status, again.body.type]).toEqual([409, expect.stringMatching(/offline-sale-settled$/)]);
    expect((await decide(id, 'reject', { note: 'no', cash: 'returned' })).status).toBe(409);
    expect((await send(sale)).body.status).toMatch(/posted|conflict/); // the first answer of the key, or what is now
    expect(await salesOf(drugId)).toHaveLength(1);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('are decided once when two decide in the same moment', async () => {
    const drugId = await stocked('1');
    const { body } = await send(sold(drugId));
    await aLot(db, { branchId: boss.branchId, drugId, quantity: '20' });
    const answers = await Promise.all([
      decide(body.offlineSaleId, 'post', {}),
      decide(body.offlineSaleId, 'reject', { note: 'was never here', cash: 'returned' }),
      decide(body.offlineSaleId, 'post', {}),
      decide(body.offlineSaleId, 'reject', { note: 'was never here', cash: 'kept' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('of what was recalled meanwhile wait for a person, who may let them stand', async () => {
    const drugId = await stocked('100');
    await db.owner.query(`update reference.drugs set status = 'recalled' where drug_id = $1`, [drugId]);
    const { body } = await send(sold(drugId));
    expect(body).toMatchObject({ status: 'conflict', conflictCode: 'drug-recalled' });
    expect((await decide(body.offlineSaleId, 'post', {})).body.status).toBe('posted');
    expect(await onHand(drugId)).toBe(80);
  });

  it('of controlled medicines are never posted', async () => {
    const drugId = await stocked('100', { controlledSchedule: 'II', rxOnly: true });
    const { body } = await send(sold(drugId));
    expect(body).toMatchObject({ status: 'conflict', conflictCode: 'prescription-required' });
    expect((await decide(body.offlineSaleId, 'post', {})).status).toBe(422);
    expect(await salesOf(drugId)).toEqual([]);
  });

  it('keep the price they were sold at and say what it is now; a price nobody ever set waits for a person', async () => {
    const drugId = await stocked('100');
    await db.owner.query('update reference.drugs set price = 26 where drug_id = $1', [drugId]);
    const { body } = await send(sold(drugId));
    expect(body.status).toBe('posted');
    expect((await detail(body.offlineSaleId)).priceDifferences).toEqual([
      { lineNo: 1, drugId, soldAt: '20.00', price: '26.00' },
    ]);
    const cheap = sold(drugId, {
      items: [{ drugId, description: 'x', quantity: '1', unit: 'pack', packPrice: '2.00' }],
      total: '2.00',
    });
    const waiting = await send(cheap);
    expect(waiting.body).toMatchObject({ status: 'conflict', conflictCode: 'offline-price-unknown' });
    expect((await decide(waiting.body.offlineSaleId, 'post', {})).body.status).toBe('posted');
  });

  it('that do not add up, or give away more than a cashier may, wait for a person', async () => {
    const drugId = await stocked('100');
    const wrong = await send(sold(drugId, { total: '19.00' }));
    expect(wrong.body.conflictCode).toBe('offline-total-differs');
    expect((await decide(wrong.body.offlineSaleId, 'post', {})).status).toBe(409);
    const items = [
      { drugId, description: 'x', quantity: '1', unit: 'pack', packPrice: '20.00', discount: '5.00' },
    ];
    const given = await send(sold(drugId, { items, total: '15.00' }), boss);
    expect(given.body.conflictCode).toBe('discount-limit');
    expect((await decide(given.body.offlineSaleId, 'post', {})).body.status).toBe('posted');
  });

  it('are rejected with a reason; money that was kept is paid into the drawer', async () => {
    const drugId = await stocked('1');
    const kept = await send(sold(drugId));
    const ended = await decide(kept.body.offlineSaleId, 'reject', {
      note: 'wrong product keyed',
      cash: 'kept',
    });
    expect(ended.status, JSON.stringify(ended.body)).toBe(201);
    expect(ended.body.status).toBe('rejected');
    const { rows } = await db.owner.query<{ amount: string; reason: string }>(
      `select m.amount, m.reason from operational.till_cash_movements m join operational.offline_sale_conflicts c using (till_cash_movement_id)
       where c.offline_sale_id = $1`,
      [kept.body.offlineSaleId],
    );
    expect(rows).toEqual([
      { amount: '20.000', reason: expect.stringMatching(/^OFF-T3ST-\d+: wrong product keyed$/) as string },
    ]);
    const returned = await send(sold(drugId));
    await decide(returned.body.offlineSaleId, 'reject', { note: 'given back', cash: 'returned' });
    expect(await onHand(drugId)).toBe(1);
    for (const body of [{}, { note: 'x' }, { note: '', cash: 'kept' }, { cash: 'kept' }])
      expect((await decide(returned.body.offlineSaleId, 'reject', body)).status).toBe(400);
  });

  it('wait at the till while nobody has a shift open, and leave nothing behind', async () => {
    const drugId = await stocked('100');
    const drawerless = await aWorldFor(db, 'cashier', { branchId: boss.branchId });
    const sale = sold(drugId, { soldBy: drawerless.userId, shiftId: null });
    const refused = await call<{ type: string }>('POST', '/offline-sales', {
      token: drawerless.token,
      key: sale.clientId,
      body: sale,
    });
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringMatching(/no-open-shift$/)]);
    const { rows } = await db.owner.query('select from operational.offline_sales where client_id = $1', [
      sale.clientId,
    ]);
    expect(rows).toHaveLength(0);
    await aTillShift(db, drawerless);
    expect((await send(sale, drawerless)).body.status).toBe('posted');
  });

  it('are of their branch, need the right, and are refused when they are no sale', async () => {
    const drugId = await stocked('100');
    const { body } = await send(sold(drugId));
    const stranger = await aWorldFor(db, 'administrator');
    const path = `/offline-sales/${body.offlineSaleId}`;
    expect((await call('GET', path, { token: stranger.token })).status).toBe(404);
    expect((await decide(body.offlineSaleId, 'post', {}, stranger)).status).toBe(404);
    const list = await call<{ data: unknown[] }>('GET', '/offline-sales?status=conflict', {
      token: stranger.token,
    });
    expect(list.body.data).toEqual([]);
    const auditor = await aWorldFor(db, 'auditor', { branchId: boss.branchId });
    expect((await send(sold(drugId), auditor)).status).toBe(403);
    for (const change of [
      { clientId: 'no' },
      { receiptNumber: 'S000000001' },
      { items: [] },
      { total: '-1' },
      { soldAt: 'yesterday' },
      { patientId: 1 },
      { payments: [{ method: 'card', amount: '20.00' }] },
    ])
      expect((await send(sold(drugId, change))).status, JSON.stringify(change)).toBe(400);
    expect((await send(sold(drugId, { soldBy: 2_000_000_000 }))).status).toBe(404);
  });

  it('stay as they came in', async () => {
    for (const table of ['offline_sales', 'offline_sale_posts', 'offline_sale_conflicts'])
      for (const change of [
        `update operational.${table} set branch_id = branch_id`,
        `delete from operational.${table}`,
      ])
        await expect(db.owner.query(change), change).rejects.toThrow();
  });

  it('are made from a list of what the branch has, in pages, by version', async () => {
    const drugId = await stocked('5', { barcode: '6221000000017', nameAr: 'دواء' });
    const rx = await stocked('5', { rxOnly: true });
    const page = (query: string) =>
      call<{
        version: string | null;
        isUnchanged: boolean;
        next: number | null;
        data: { drugId: number; needsPrescription: boolean; codes: { gtin: string; unit: string }[] }[];
      }>('GET', `/offline-sales/catalogue${query}`, { token: cashier.token });
    const all = await page('');
    expect(all.status, JSON.stringify(all.body)).toBe(200);
    expect(all.body.data.find((one) => one.drugId === drugId)).toMatchObject({
      needsPrescription: false,
      codes: [{ gtin: '06221000000017', unit: 'pack' }],
    });
    expect(all.body.data.find((one) => one.drugId === rx)?.needsPrescription).toBe(true);
    const paged: number[] = [];
    for (let after: number | null | undefined; after !== null;) {
      const { body } = await page(`?limit=3${after === undefined ? '' : `&after=${after}`}`);
      paged.push(...body.data.map((one) => one.drugId));
      after = body.next;
    }
    expect(paged).toEqual(all.body.data.map((one) => one.drugId));
    const version = all.body.version ?? '';
    expect((await page(`?known=${version}`)).body).toMatchObject({ isUnchanged: true, data: [] });
    await db.owner.query('update reference.drugs set price = price + 1 where drug_id = $1', [drugId]);
    const changed = await page(`?known=${version}`);
    expect(changed.body.isUnchanged).toBe(false);
    expect(changed.body.version).not.toBe(version);
  });

  it('say which products the till cannot judge or reckon by itself', async () => {
    const [limited, onTop, inPrice, free] = [
      await stocked('50'),
      await stocked('50'),
      await stocked('50'),
      await stocked('50'),
    ];
    await db.owner.query(
      `insert into operational.purchase_limits (branch_id, drug_id, max_per_sale, reason, created_by) values ($1, $2, 2, 'rule of the house', $3)`,
      [cashier.branchId, limited, cashier.userId],
    );
    for (const [drugId, code, isIncluded] of [
      [onTop, 'TOP', false],
      [inPrice, 'HELD', true],
    ])
      await db.owner.query(
        `with c as (insert into operational.tax_classes (code, name, prices_include_tax) values ($1, $1, $2) returning tax_class_id),
           r as (insert into operational.tax_rates (tax_class_id, valid_from, rate, set_by) select tax_class_id, '2020-01-01', 0.14, $4 from c)
         insert into operational.drug_tax_classes (drug_id, tax_class_id) select $3, tax_class_id from c`,
        [code, isIncluded, drugId, cashier.userId],
      );
    const { body } = await call<{ data: { drugId: number; needsServer: boolean }[] }>(
      'GET',
      '/offline-sales/catalogue?limit=500',
      {
        token: cashier.token,
      },
    );
    const needs = (drugId: number) => body.data.find((one) => one.drugId === drugId)?.needsServer;
    expect([limited, onTop, inPrice, free].map(needs)).toEqual([true, true, false, false]);
    // The tax the price holds is that of the day it was sold on.
    const posted = await send(sold(inPrice));
    expect(posted.body, JSON.stringify(posted.body)).toMatchObject({ status: 'posted' });
  });
});
