// Customers' accounts over HTTP: buying on account, paying ahead, payments and what they settle, statements, and who may.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aDeposit, anAccount } from '../builders/account.js';
import { aBareFill } from '../builders/bare-fill.js';
import { daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useCreditShop, type Account } from '../support/credit-shop.js';

interface Posting {
  entryId: number;
  settled: { entryId: number; amount: string }[];
  account: Account;
  type?: string;
}
interface Entries {
  data: { entryId: number; kind: string; amount: string; balanceAfter: string; openAmount: string }[];
  meta: { total: number };
}

describe('the account of a customer', () => {
  const shop = useCreditShop();
  const { db, call, me, post, get, account, sell, takeBack, broken } = shop;
  const pay = (accountId: number, amount: string, more: object = {}) =>
    post<Posting>(`/accounts/${accountId}/payments`, { method: 'cash', amount, ...more });
  const entries = async (accountId: number, show = 'all') =>
    (await get<Entries>(`/accounts/${accountId}/entries?show=${show}`)).body;

  it('is opened without credit, found by name, number and telephone, and changed by who manages accounts', async () => {
    const patientId = await aPatient(db, me());
    const opened = await post<Account>('/accounts', {
      kind: 'person',
      name: 'Amal Fathy',
      nameAr: 'أمل فتحي',
      phone: '01005551234',
      patientId,
    });
    expect(opened).toMatchObject({
      status: 201,
      body: {
        balance: '0.00',
        creditLimit: '0.00',
        available: '0.00',
        paidAhead: '0.00',
        points: 0,
        patientId,
      },
    });
    const { accountId, accountNumber } = opened.body;
    for (const q of ['amal', 'فتحى', accountNumber, '5551234'])
      expect(
        (await get<{ data: Account[] }>(`/accounts?q=${encodeURIComponent(q)}`)).body.data,
      ).toMatchObject([{ accountId }]);
    expect((await get<{ data: Account[] }>(`/accounts?patientId=${patientId}`)).body.data).toHaveLength(1);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me().branchId });
    const change = (body: object, world = me()) =>
      call<Account & { type?: string }>('PATCH', `/accounts/${accountId}`, { token: world.token, body });
    expect((await change({ version: 1, creditLimit: '100' }, cashier)).status).toBe(403);
    expect(await change({ version: 1, creditLimit: '100' })).toMatchObject({
      status: 200,
      body: { creditLimit: '100.00', available: '100.00', name: 'Amal Fathy', version: 2 },
    });
    expect(await change({ version: 1, creditLimit: '5' })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    expect(await change({ version: 2, creditLimit: '1.005' })).toMatchObject({
      status: 422,
      body: { type: '/problems/amount-too-fine' },
    });
  });

  it('pays a sale up to the limit, and is told what is left', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100', name: 'Hoda' });
    const sale = await sell(accountId, 70, [{ method: 'account', amount: '70' }]);
    expect(sale.status).toBe(201);
    expect(await account(accountId)).toMatchObject({ balance: '70.00', available: '30.00' });
    expect(await sell(accountId, 31, [{ method: 'account', amount: '31' }])).toMatchObject({
      status: 409,
      body: {
        type: '/problems/credit-limit',
        params: { limit: '100.00', balance: '70.00', available: '30.00' },
      },
    });
    expect(
      (
        await sell(accountId, 31, [
          { method: 'account', amount: '30' },
          { method: 'cash', amount: '5' },
        ])
      ).status,
    ).toBe(201);
    expect((await get(`/sales/${sale.body.saleId}`)).body).toMatchObject({
      payments: [{ method: 'account', amount: '70.00', accountId, accountName: 'Hoda' }],
    });
    expect(await entries(accountId)).toMatchObject({
      data: [
        { kind: 'charge', amount: '30.00', balanceAfter: '100.00', openAmount: '30.00' },
        { kind: 'charge', amount: '70.00', balanceAfter: '70.00', openAmount: '70.00' },
      ],
    });
    expect(await broken()).toEqual([]);
  });

  it('pays a prescription, and gets a return back before any money does', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const fill = await aBareFill(db, me(), {
      drugId: shop.drug(),
      quantity: '40',
      price: '40.00',
      dispensed: true,
    });
    const sale = await post<{ saleId: number; items: { saleItemId: number }[] }>('/sales', {
      accountId,
      items: [{ fillId: fill.fillId }],
      payments: [
        { method: 'cash', amount: '15' },
        { method: 'account', amount: '25' },
      ],
    });
    expect(sale.status).toBe(201);
    expect((await account(accountId)).balance).toBe('25.00');
    const items = [{ saleItemId: sale.body.items[0]?.saleItemId, quantity: '30' }];
    expect(
      (
        await post(`/sales/${sale.body.saleId}/return`, {
          items,
          reason: 'changed',
          payments: [{ method: 'cash', amount: '30' }],
        })
      ).body,
    ).toMatchObject({ type: '/problems/refund-mismatch' });
    expect(await post(`/sales/${sale.body.saleId}/return`, { items, reason: 'changed' })).toMatchObject({
      status: 201,
      body: {
        payments: expect.arrayContaining([
          expect.objectContaining({ method: 'account', amount: '-25.00' }),
          expect.objectContaining({ method: 'cash', amount: '-5.00' }),
        ]) as unknown,
      },
    });
    expect((await account(accountId)).balance).toBe('0.00');
    expect(await broken()).toEqual([]);
  });

  it('is charged once for one key, stands on the receipt, and is credited when the sale is voided', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const key = randomUUID();
    const payments = [{ method: 'account', amount: '25' }];
    const answers = await Promise.all([1, 2, 3].map(() => sell(accountId, 25, payments, { key })));
    const saleIds = new Set(answers.map(({ body }) => body.saleId));
    expect([answers.map(({ status }) => status), saleIds.size]).toEqual([[201, 201, 201], 1]);
    expect((await account(accountId)).balance).toBe('25.00');
    const [saleId] = saleIds;
    expect((await get<string>(`/sales/${saleId}/receipt`)).body).toContain('On account');
    expect((await get<string>(`/sales/${saleId}/receipt?lang=ar`)).body).toContain('على الحساب');
    const voided = await post<{ payments: object[] }>(`/sales/${saleId}/void`, { reason: 'wrong customer' });
    expect(voided).toMatchObject({
      status: 201,
      body: { payments: [{ method: 'account', amount: '-25.00', accountId }] },
    });
    expect((await account(accountId)).balance).toBe('0.00');
    expect((await entries(accountId, 'open')).data).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('changes nothing with a sale that is refused for another reason', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '1000000' });
    expect(await sell(accountId, 900_000, [{ method: 'account', amount: '900000' }])).toMatchObject({
      status: 409,
      body: { type: '/problems/insufficient-stock' },
    });
    expect((await entries(accountId)).data).toEqual([]);
    expect((await account(accountId)).balance).toBe('0.00');
  });

  it('is settled by payments, the oldest first or what was named, and counts in the drawer of the shift', async () => {
    const world = await aWorldFor(db, 'pharmacist', { branchId: me().branchId });
    const shiftId = await aTillShift(db, world, '100.00');
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    for (const amount of [20, 30, 40])
      await sell(accountId, amount, [{ method: 'account', amount: String(amount) }], { world });
    const open = await entries(accountId, 'open');
    expect(open.data.map((entry) => entry.openAmount)).toEqual(['20.00', '30.00', '40.00']);
    const [first, second, third] = open.data.map((entry) => entry.entryId);
    const oldest = await post<Posting>(
      `/accounts/${accountId}/payments`,
      { method: 'cash', amount: '25' },
      { world },
    );
    expect(oldest).toMatchObject({
      status: 201,
      body: {
        settled: [
          { entryId: first, amount: '20.00' },
          { entryId: second, amount: '5.00' },
        ],
        account: { balance: '65.00', available: '35.00' },
      },
    });
    const named = await post<Posting>(
      `/accounts/${accountId}/payments`,
      { method: 'card', amount: '45', settles: [third], reference: 'slip 9' },
      { world },
    );
    expect(named.body.settled).toEqual([
      { entryId: third, amount: '40.00' },
      { entryId: second, amount: '5.00' },
    ]);
    expect(await pay(accountId, '1', { settles: [first] })).toMatchObject({
      status: 409,
      body: { type: '/problems/entry-not-open' },
    });
    expect((await get(`/till-shifts/${shiftId}/report`, world)).body).toMatchObject({
      expectedCash: '125.00',
      tenders: [
        { method: 'cash', taken: '25.00', expected: '125.00' },
        { method: 'card', taken: '45.00' },
        { method: 'account', taken: '90.00', counted: null },
      ],
    });
    const counts = [
      { method: 'cash', counted: '125' },
      { method: 'card', counted: '45' },
    ];
    expect((await post(`/till-shifts/${shiftId}/close`, { counts }, { world })).body).toMatchObject({
      kind: 'Z',
      overShort: '0.00',
    });
    expect(
      await post(`/accounts/${accountId}/payments`, { method: 'cash', amount: '1' }, { world }),
    ).toMatchObject({ status: 409, body: { type: '/problems/no-open-shift' } });
    expect(await broken()).toEqual([]);
  });

  it('holds what was paid ahead, spends it by its own tender, and gives the rest back with the right to', async () => {
    const accountId = await anAccount(db, me());
    expect((await pay(accountId, '50')).body).toMatchObject({
      settled: [],
      account: { balance: '-50.00', paidAhead: '50.00', available: '50.00' },
    });
    const sale = await sell(accountId, 30, [{ method: 'deposit', amount: '30' }]);
    expect(sale.status).toBe(201);
    expect(await sell(accountId, 21, [{ method: 'deposit', amount: '21' }])).toMatchObject({
      status: 409,
      body: { type: '/problems/deposit-short', params: { available: '20.00' } },
    });
    expect((await takeBack(sale.body, 10)).body.payments).toMatchObject([
      { method: 'deposit', amount: '-10.00', accountId },
    ]);
    const payOut = (amount: string, world = me()) =>
      post<Posting>(
        `/accounts/${accountId}/payouts`,
        { method: 'cash', amount, reason: 'moves away' },
        { world },
      );
    const cashier = await aWorldFor(db, 'cashier', { branchId: me().branchId });
    expect((await payOut('30', cashier)).status).toBe(403);
    expect(await payOut('30.01')).toMatchObject({
      status: 409,
      body: { type: '/problems/deposit-short' },
    });
    expect((await payOut('30')).body.account).toMatchObject({ balance: '0.00', paidAhead: '0.00' });
    expect(await broken()).toEqual([]);
  });

  it('that is blocked buys nothing and still takes payments and returns', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const sale = await sell(accountId, 40, [{ method: 'account', amount: '40' }]);
    await call('PATCH', `/accounts/${accountId}`, {
      token: me().token,
      body: { version: 1, status: 'blocked' },
    });
    expect(await sell(accountId, 1, [{ method: 'account', amount: '1' }])).toMatchObject({
      status: 409,
      body: { type: '/problems/account-blocked' },
    });
    expect((await takeBack(sale.body, 10)).status).toBe(201);
    expect((await pay(accountId, '30')).body.account.balance).toBe('0.00');
  });

  it('is put right with a reason, within the limit, and the limit never goes below what is owed', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const correct = (amount: string) =>
      post<Posting>(`/accounts/${accountId}/corrections`, { amount, reason: 'carried over' });
    expect((await correct('60')).body.account.balance).toBe('60.00');
    expect(await correct('40.01')).toMatchObject({ status: 409, body: { type: '/problems/credit-limit' } });
    expect((await correct('-10')).body).toMatchObject({
      settled: [{ amount: '10.00' }],
      account: { balance: '50.00' },
    });
    expect(
      await call('PATCH', `/accounts/${accountId}`, {
        token: me().token,
        body: { version: 1, creditLimit: '49.99' },
      }),
    ).toMatchObject({ status: 409, body: { type: '/problems/limit-below-balance' } });
  });

  it('takes one payment for one key, and none that says nothing', async () => {
    const accountId = await anAccount(db, me());
    const key = randomUUID();
    const body = { method: 'cash', amount: '5' };
    for (let n = 0; n < 3; n++)
      expect((await post(`/accounts/${accountId}/payments`, body, { key })).status).toBe(201);
    expect((await account(accountId)).paidAhead).toBe('5.00');
    for (const wrong of [
      { method: 'cash', amount: '0' },
      { method: 'account', amount: '5' },
      { method: 'cash', amount: '-5' },
      { method: 'cash', amount: '5', settles: [] },
      { method: 'cash', amount: '99999999999.999', reference: '' },
      {},
    ])
      expect((await post(`/accounts/${accountId}/payments`, wrong)).status).toBe(400);
    expect(await pay(accountId, '1.005')).toMatchObject({
      status: 422,
      body: { type: '/problems/amount-too-fine' },
    });
    expect((await sell(undefined, 5, [{ method: 'account', amount: '5' }])).status).toBe(400);
    expect((await account(accountId)).paidAhead).toBe('5.00');
  });

  it('of another branch looks as if it were not there', async () => {
    const other = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, other);
    const accountId = await anAccount(db, other, { creditLimit: '100' });
    await aDeposit(db, accountId, '20');
    expect((await get(`/accounts/${accountId}`)).status).toBe(404);
    expect((await get(`/accounts/${accountId}/statement`)).status).toBe(404);
    expect((await pay(accountId, '5')).status).toBe(404);
    expect((await sell(accountId, 5, [{ method: 'account', amount: '5' }])).status).toBe(404);
    expect((await sell(accountId, 5, [{ method: 'cash', amount: '5' }])).status).toBe(404);
    expect((await get(`/accounts/${accountId}`, other)).body).toMatchObject({ paidAhead: '20.00' });
  });

  it('has a statement as JSON, table and page in both languages, with what is open by age', async () => {
    const accountId = await anAccount(db, me(), {
      creditLimit: '500',
      name: '=Clinic <b>Shifa</b>',
      nameAr: 'عيادة الشفاء',
      kind: 'organisation',
    });
    await sell(accountId, 40, [{ method: 'account', amount: '40' }]);
    await pay(accountId, '15');
    // A charge of long ago, as the owner alone could date it.
    await db.owner.query(
      'alter table operational.account_entries disable trigger account_entries_append_only',
    );
    await db.owner.query(
      `update operational.account_entries set business_date = business_date - 65 where account_id = $1 and kind = 'charge'`,
      [accountId],
    );
    await db.owner.query(
      'alter table operational.account_entries enable trigger account_entries_append_only',
    );
    await sell(accountId, 100, [{ method: 'account', amount: '100' }]);
    const path = `/accounts/${accountId}/statement?from=${daysFromNow(-30)}`;
    expect((await get(path)).body).toMatchObject({
      openingBalance: '40.00',
      entries: [
        { kind: 'payment', amount: '-15.00' },
        { kind: 'charge', amount: '100.00' },
      ],
      closingBalance: '125.00',
      ages: {
        days0to30: '100.00',
        days31to60: '0.00',
        days61to90: '25.00',
        daysOver90: '0.00',
        total: '125.00',
      },
    });
    const csv = await get<string>(`${path}&format=csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain('payment,,cash,,,-15.00,25.00');
    const english = (await get<string>(`${path}&format=html`)).body;
    expect(english).toContain('Statement of account');
    expect(english).toContain('&lt;b&gt;');
    expect(english).not.toContain('<b>Shifa');
    const arabic = (await get<string>(`${path}&format=html&lang=ar`)).body;
    expect(arabic).toContain('dir="rtl"');
    expect(arabic).toContain('كشف حساب');
    expect(arabic).toContain('عيادة الشفاء');
    expect((await get(`/accounts/${accountId}/statement?from=2026-02-01&to=2026-01-01`)).status).toBe(422);
    const receivables = await get<{ data: object[]; totals: { total: string } }>('/reports/receivables');
    expect(receivables.body.data[0]).toMatchObject({ accountId, days61to90: '25.00', total: '125.00' });
    const table = (await get<string>('/reports/receivables?format=csv')).body;
    expect(table).toContain("'=Clinic");
    const cashier = await aWorldFor(db, 'cashier', { branchId: me().branchId });
    expect((await get('/reports/receivables', cashier)).status).toBe(403);
  });
});
