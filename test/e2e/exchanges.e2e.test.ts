// Exchanges and credit notes over HTTP: exact to the smallest coin, one transaction, never beyond what is left.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Payment {
  method: string;
  amount: string;
  reference: string | null;
}
interface Sale {
  saleId: number;
  saleNumber: string;
  total: string;
  rounding: string;
  change: string;
  items: { saleItemId: number }[];
  payments: Payment[];
}
interface Exchange {
  exchanged: string;
  paidOut: string;
  returned: Sale;
  sold: Sale;
}
interface Note {
  creditNoteId: number;
  creditNoteNumber: string;
  amount: string;
  balance: string;
  isExpired: boolean;
  uses: { amount: string }[];
}

describe('what comes back', () => {
  const { db, call } = useTestApp();

  /** A shop with a product at 10.00 and one at 3.99 the pack, ten packs of each, and a sale of `packs` of the first. */
  async function aSale(packs = '2', payments: object[] = [{ method: 'cash', amount: '20.00' }]) {
    const world = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, world);
    const lot = { branchId: world.branchId, quantity: '100', expiryDate: daysFromNow(200) };
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    const { drugId: otherId } = await aDrug(db, { price: '3.99', unitsPerPack: '10' });
    await aLot(db, { ...lot, drugId });
    await aLot(db, { ...lot, drugId: otherId });
    const post = <Body>(path: string, body: object, key?: string) =>
      call<Body>('POST', path, { token: world.token, body, ...(key === undefined ? {} : { key }) });
    const sell = (items: object[], paid: object[]) => post<Sale>('/sales', { items, payments: paid });
    const sold = await sell([{ drugId, quantity: packs, unit: 'pack' }], payments);
    expect(sold.status).toBe(201);
    const saleItemId = sold.body.items[0]?.saleItemId ?? 0;
    const exchange = (quantity: string, items: object[], paid: object[], more: object = {}) =>
      post<Exchange>(`/sales/${sold.body.saleId}/exchange`, {
        returned: { reason: 'wrong one', items: [{ saleItemId, quantity }], ...more },
        sold: { items, payments: paid },
      });
    const asNote = async (quantity = '10') => {
      const back = await post<Sale>(`/sales/${sold.body.saleId}/return`, {
        ...{ reason: 'not needed', refundAs: 'credit_note', items: [{ saleItemId, quantity }] },
      });
      expect(back.status).toBe(201);
      return { back: back.body, number: back.body.payments[0]?.reference ?? '' };
    };
    const note = (number: string) => call<Note>('GET', `/credit-notes/by-number/${number}`, world);
    return { world, drugId, otherId, sold: sold.body, saleItemId, post, sell, exchange, asNote, note };
  }

  it('pays for what goes out, and the customer adds the rest', async () => {
    const { otherId, exchange, world } = await aSale();
    const items = [{ drugId: otherId, quantity: '4', unit: 'pack' }];
    expect(await exchange('10', items, [])).toMatchObject({
      status: 422,
      body: { type: '/problems/payment-short', params: { total: '15.96', missing: '5.96' } },
    });
    const done = await exchange('10', items, [{ method: 'cash', amount: '10.00' }]);
    expect(done).toMatchObject({
      status: 201,
      body: {
        ...{ exchanged: '10.00', paidOut: '0.00' },
        returned: { total: '-10.00', payments: [{ method: 'exchange', amount: '-10.00' }] },
        sold: { total: '15.96', change: '4.04' },
      },
    });
    const sale = await call<Sale>('GET', `/sales/${done.body.sold.saleId}`, world);
    expect(sale.body.payments).toMatchObject([
      { method: 'exchange', amount: '10.00' },
      { method: 'cash', amount: '10.00' },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('gives back what it is worth more, to the tender it was paid with or as a credit note', async () => {
    const first = await aSale();
    const cheap = [{ drugId: first.otherId, quantity: '1', unit: 'pack' }];
    expect(await first.exchange('10', cheap, [])).toMatchObject({
      status: 201,
      body: {
        exchanged: '3.99',
        paidOut: '6.01',
        returned: { total: '-10.00' },
        sold: { total: '3.99', change: '0.00' },
      },
    });
    const second = await aSale();
    const other = [{ drugId: second.otherId, quantity: '1', unit: 'pack' }];
    const done = await second.exchange('10', other, [], { refundAs: 'credit_note' });
    expect(done.body.returned.payments).toMatchObject([
      { method: 'exchange', amount: '-3.99' },
      { method: 'credit_note', amount: '-6.01' },
    ]);
    const number = done.body.returned.payments[1]?.reference ?? '';
    expect((await second.note(number)).body).toMatchObject({ amount: '6.01', balance: '6.01' });
  });

  it('rounds the net, not the two sides, where coins are scarce', async () => {
    const { world, otherId, exchange } = await aSale();
    await db.owner.query('update operational.branches set cash_rounding = 0.25 where branch_id = $1', [
      world.branchId,
    ]);
    const more = [{ drugId: otherId, quantity: '3', unit: 'pack' }];
    // 11.97 less 10.00: 1.97, in cash 2.00.
    expect(await exchange('10', more, [{ method: 'cash', amount: '2.00' }])).toMatchObject({
      status: 201,
      body: { exchanged: '10.00', sold: { total: '12.00', rounding: '0.03', change: '0.00' } },
    });
    const less = [{ drugId: otherId, quantity: '1', unit: 'pack' }];
    // The last of the sale: 10.00 less 3.99 is 6.01, in cash 6.00.
    expect(await exchange('10', less, [])).toMatchObject({
      status: 201,
      body: { exchanged: '3.99', paidOut: '6.00', returned: { total: '-9.99' } },
    });
  });

  it('is all or nothing: without stock for the new line nothing came back, and a retry is the same act', async () => {
    const { world, sold, saleItemId, otherId, exchange, post } = await aSale();
    const tooMany = [{ drugId: otherId, quantity: '99', unit: 'pack' }];
    const refused = await exchange('10', tooMany, [{ method: 'cash', amount: '400.00' }]);
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/insufficient-stock' } });
    const seen = await call<{ reversals: object[] }>('GET', `/sales/${sold.saleId}`, world);
    expect(seen.body.reversals).toEqual([]);
    const body = {
      returned: { reason: 'wrong one', items: [{ saleItemId, quantity: '10' }] },
      sold: { items: [{ drugId: otherId, quantity: '2', unit: 'pack' }], payments: [] },
    };
    const once = await post<Exchange>(`/sales/${sold.saleId}/exchange`, body, 'x-1');
    const again = await post<Exchange>(`/sales/${sold.saleId}/exchange`, body, 'x-1');
    expect(once).toMatchObject({ status: 201, body: { exchanged: '7.98', paidOut: '2.02' } });
    expect(again.body).toEqual(once.body);
  });

  it('needs both permissions, an open shift, and its own branch', async () => {
    const { world, sold, saleItemId, otherId } = await aSale();
    const body = {
      returned: { reason: 'wrong one', items: [{ saleItemId, quantity: '10' }] },
      sold: { items: [{ drugId: otherId, quantity: '1', unit: 'pack' }], payments: [] },
    };
    const path = `/sales/${sold.saleId}/exchange`;
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    expect((await call('POST', path, { token: cashier.token, body })).status).toBe(403);
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: world.branchId });
    expect((await call('POST', path, { token: colleague.token, body })).status).toBe(409);
    const stranger = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, stranger);
    expect((await call('POST', path, { token: stranger.token, body })).status).toBe(404);
  });

  it('becomes a credit note that is redeemed in parts and never beyond what is left', async () => {
    const { drugId, sell, asNote, note, world } = await aSale();
    const { back, number } = await asNote();
    expect(back).toMatchObject({ total: '-10.00', payments: [{ method: 'credit_note', amount: '-10.00' }] });
    expect(number).toMatch(/^C\d{9}-[0-9A-F]{4}$/);
    const tablets = (quantity: string) => [{ drugId, quantity }];
    const pay = (amount: string, reference = number) => ({ method: 'credit_note', amount, reference });
    expect((await sell(tablets('4'), [pay('4.00', number.toLowerCase())])).status).toBe(201);
    expect(await sell(tablets('7'), [pay('7.00')])).toMatchObject({
      status: 422,
      body: { type: '/problems/credit-note-short' },
    });
    const mixed = await sell(tablets('8'), [pay('6.00'), { method: 'cash', amount: '5.00' }]);
    expect(mixed).toMatchObject({ status: 201, body: { total: '8.00', change: '3.00' } });
    expect((await note(number)).body).toMatchObject({
      ...{ amount: '10.00', balance: '0.00' },
      uses: [{ amount: '4.00' }, { amount: '6.00' }],
    });
    expect(await sell(tablets('1'), [pay('1.00', 'C000000001-ZZZZ')])).toMatchObject({
      status: 422,
      body: { type: '/problems/credit-note-unknown' },
    });
    expect((await sell(tablets('1'), [{ method: 'credit_note', amount: '1.00' }])).status).toBe(400);
    // Credit gives no change.
    const second = await asNote('5');
    expect(await sell(tablets('1'), [pay('5.00', second.number)])).toMatchObject({
      status: 422,
      body: { type: '/problems/change-only-from-cash' },
    });
    const printed = await call<string>(
      'GET',
      `/credit-notes/${(await note(number)).body.creditNoteId}/print?lang=ar`,
      world,
    );
    expect(printed.body).toContain('إشعار دائن');
    expect(printed.body).toContain(number);
    expect(printed.body).toContain('<svg');
  });

  it('leaves a note drawn on by ten tills at once never below zero', async () => {
    const { drugId, sell, asNote, note } = await aSale();
    const { number } = await asNote();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        sell([{ drugId, quantity: '3' }], [{ method: 'credit_note', amount: '3.00', reference: number }]),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(7);
    expect((await note(number)).body).toMatchObject({ balance: '1.00' });
    const { rows } = await db.owner.query(
      `select n.balance + sum(p.amount) = 0 as agrees from operational.credit_notes n join operational.payments p using (credit_note_id)
       where n.credit_note_number = $1 group by n.credit_note_id`,
      [number],
    );
    expect(rows).toEqual([{ agrees: true }]);
  });

  it('as credit is not money after its day, at another branch, or for who only knows a number', async () => {
    const { world, sell, drugId, asNote, note } = await aSale();
    const boss = await aWorldFor(db, 'administrator', { branchId: world.branchId });
    const { body: settings } = await call<object>('GET', '/after-sale-settings', world);
    await call('PATCH', '/after-sale-settings', {
      token: boss.token,
      body: { ...settings, creditNoteDays: 30 },
    });
    const { number } = await asNote();
    await db.owner.query(
      'update operational.credit_notes set expires_on = $2 where credit_note_number = $1',
      [number, daysFromNow(-2)],
    );
    expect((await note(number)).body.isExpired).toBe(true);
    const paid = [{ method: 'credit_note', amount: '1.00', reference: number }];
    expect(await sell([{ drugId, quantity: '1' }], paid)).toMatchObject({
      status: 422,
      body: { type: '/problems/credit-note-expired' },
    });
    const stranger = await aWorldFor(db, 'pharmacist');
    expect((await call('GET', `/credit-notes/by-number/${number}`, stranger)).status).toBe(404);
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    expect((await call('GET', '/credit-notes', cashier)).status).toBe(403);
    const listed = await call<{ data: Note[] }>('GET', '/credit-notes?open=true', world);
    expect(listed.body.data).toEqual([]);
  });

  it('of a sale that credit or an exchange paid for comes back as credit', async () => {
    const { drugId, otherId, exchange, asNote, post, note } = await aSale();
    const swapped = await exchange('10', [{ drugId: otherId, quantity: '2', unit: 'pack' }], []);
    const line = swapped.body.sold.items[0]?.saleItemId ?? 0;
    const back = await post<Sale>(`/sales/${swapped.body.sold.saleId}/return`, {
      ...{ reason: 'not that either', items: [{ saleItemId: line, quantity: '20' }] },
    });
    expect(back.body.payments).toMatchObject([{ method: 'credit_note', amount: '-7.98' }]);
    const { number } = await asNote();
    const bought = await post<Sale>('/sales', {
      items: [{ drugId, quantity: '5' }],
      payments: [{ method: 'credit_note', amount: '5.00', reference: number }],
    });
    // Nor does credit become money by way of a return.
    const items = [{ saleItemId: bought.body.items[0]?.saleItemId, quantity: '5' }];
    const asCash = { reason: 'cash please', refundAs: 'cash', items };
    expect(await post(`/sales/${bought.body.saleId}/return`, asCash)).toMatchObject({
      status: 422,
      body: { type: '/problems/refund-mismatch', params: { available: '0.00' } },
    });
    const voided = await post<Sale>(`/sales/${bought.body.saleId}/void`, { reason: 'mistake' });
    expect(voided.body.payments).toMatchObject([{ method: 'credit_note', amount: '-5.00' }]);
    expect((await note(number)).body.balance).toBe('5.00');
  });

  it('stands in the report of the shift without being counted', async () => {
    const { world, post, asNote } = await aSale();
    await asNote();
    const shiftId = await aTillShift(db, world);
    const closed = await post<{ tenders: object[]; overShort: string }>(`/till-shifts/${shiftId}/close`, {
      counts: [{ method: 'cash', counted: '120.00' }],
    });
    expect(closed.body).toMatchObject({ overShort: '0.00' });
    expect(closed.body.tenders).toContainEqual(
      expect.objectContaining({ method: 'credit_note', refunded: '10.00', counted: null }),
    );
  });

  it('cannot be made up past the till', async () => {
    const { sold, world } = await aSale();
    const attempt = (statement: string) =>
      db.owner.query(statement, [sold.saleId, world.branchId]).then(
        () => 'ok',
        (error: { code?: string }) => error.code,
      );
    expect(
      await attempt(
        `insert into operational.exchanges (branch_id, return_sale_id, sale_id) values ($2, $1, $1)`,
      ),
    ).toBe('MD445');
    expect(
      await attempt(
        `insert into operational.payments (branch_id, sale_id, shift_id, method, amount) select $2, $1, shift_id, 'exchange', 1 from operational.sales where sale_id = $1`,
      ),
    ).toBe('MD004');
  });
});
