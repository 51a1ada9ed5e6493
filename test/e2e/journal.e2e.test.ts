// The journal over HTTP: entries that add up to zero, day book, tax, files, accounts; and the calendar they are cut by.
import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { Money } from '../../src/platform/money/money.js';
import { addDays } from '../../src/platform/time/local-date.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Line {
  postedOn: string;
  entryId: string;
  document: string;
  accountKey: string;
  amount: string;
}
interface Book {
  data: { postedOn: string; accountKey: string; debit: string; credit: string }[];
  totals: { debit: string; credit: string };
}

const { db, call } = useTestApp();
const sumOf = (amounts: string[]): string => Money.sum(amounts.map((one) => Money.of(one))).toString();

async function broken(): Promise<Record<string, readonly string[]>> {
  const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
  return Object.fromEntries(
    reports.filter((one) => one.broken.length > 0).map((one) => [one.code, one.broken]),
  );
}

describe('the journal', () => {
  let world: World;
  let day = '';
  let shiftId = 0;
  const get = <Body>(path: string) => call<Body>('GET', `/journal${path}`, { token: world.token });

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    const post = <Body = Record<string, unknown>>(path: string, body: object) =>
      call<Body>('POST', path, { token: world.token, body });
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '3' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    shiftId = (await post<{ shiftId: number }>('/till-shifts', { openingFloat: '100' })).body.shiftId;
    const sold = await post<{ saleId: number; businessDate: string; items: { saleItemId: number }[] }>(
      '/sales',
      {
        items: [{ drugId, quantity: '7', discount: '0.33' }],
        payments: [
          { method: 'card', amount: '3' },
          { method: 'cash', amount: '50' },
        ],
      },
    );
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    day = sold.body.businessDate;
    const back = await post(`/sales/${sold.body.saleId}/return`, {
      items: [{ saleItemId: sold.body.items[0]?.saleItemId, quantity: '2' }],
      reason: 'too many',
    });
    expect(back.status, JSON.stringify(back.body)).toBe(201);
    await post(`/till-shifts/${shiftId}/pay-out`, { amount: '5', reason: 'tea' });
    await post(`/till-shifts/${shiftId}/drop`, { amount: '60', bagNumber: 'B-1' });
  });

  it('has a balanced entry for every document, the same whenever it is read', async () => {
    const range = `from=${addDays(day, -1)}&to=${addDays(day, 1)}`;
    const { body, status } = await get<{ data: Line[]; meta: { total: number } }>(`?${range}&limit=100`);
    expect(status).toBe(200);
    expect(body.meta.total).toBe(body.data.length);
    const kinds = new Set(body.data.map((line) => line.document));
    for (const kind of [
      'sale',
      'return',
      'stock_sale',
      'stock_return',
      'shift_open',
      'cash_pay_out',
      'cash_drop',
    ])
      expect([...kinds]).toContain(kind);
    for (const entryId of new Set(body.data.map((line) => line.entryId))) {
      const lines = body.data.filter((line) => line.entryId === entryId);
      expect(sumOf(lines.map((line) => line.amount)), entryId).toBe('0.00');
    }
    expect((await get(`?${range}&limit=100`)).body).toEqual(body);
    const drawer = await get<{ data: Line[] }>(`?${range}&account=cash_drawer&limit=100`);
    expect(drawer.body.data.every((line) => line.accountKey === 'cash_drawer')).toBe(true);
    const expected = await call<{ expectedCash: string }>('GET', `/till-shifts/${shiftId}/report`, {
      token: world.token,
    });
    expect(sumOf(drawer.body.data.map((line) => line.amount))).toBe(expected.body.expectedCash);
    expect(await broken()).toEqual({});
  });

  it('empties the drawer into the safe at the close, with what is short', async () => {
    const closed = await call<{ overShort: string }>('POST', `/till-shifts/${shiftId}/close`, {
      token: world.token,
      body: {
        counts: [
          { method: 'cash', counted: '40' },
          { method: 'card', counted: '3.5' },
        ],
      },
    });
    expect(closed.status).toBe(200);
    const range = `from=${addDays(day, -1)}&to=${addDays(day, 1)}`;
    const of = async (account: string): Promise<string> =>
      sumOf(
        (await get<{ data: Line[] }>(`?${range}&account=${account}&limit=100`)).body.data.map(
          (line) => line.amount,
        ),
      );
    expect(await of('cash_drawer')).toBe('0.00');
    expect(await of('over_short')).toBe(Money.of(closed.body.overShort).negated().toString());
    expect(await broken()).toEqual({});
  });

  it('is a day book whose sides are equal, and a report of tax by rate', async () => {
    const book = await get<Book>(`/day-book?from=${day}&to=${addDays(day, 1)}`);
    expect(book.body.totals.debit).toBe(book.body.totals.credit);
    expect(book.body.data.map((row) => row.accountKey)).toContain('discounts');
    const csv = await get<string>(`/day-book?from=${day}&to=${day}&format=csv`);
    expect(csv.body.split('\r\n')[0]).toBe('date,account,accountName,entries,debit,credit');
    const vat = await get<{ data: { rate: string; net: string; tax: string }[]; totals: object }>(
      `/vat?from=${day}&to=${addDays(day, 1)}&by=day`,
    );
    expect(vat.body).toMatchObject({
      data: [{ period: day, side: 'output', rate: '0.0000', tax: '0.00' }],
      totals: { output: '0.00', input: '0.00', due: '0.00' },
    });
    expect((await get<string>(`/vat?from=${day}&to=${day}&format=csv`)).body).toContain(
      'period,side,rate,documents,net,tax\r\n',
    );
  });

  it('is exported whole as CSV, Beancount and Ledger text', async () => {
    const range = `from=${addDays(day, -40)}&to=${addDays(day, 1)}`;
    const csv = await get<string>(`?${range}&format=csv`);
    expect(csv.headers['content-type']).toMatch(/text\/csv/);
    expect(String(csv.headers['content-disposition'])).toContain('.csv"');
    const beans = await get<string>(`?${range}&format=beancount`);
    const amounts = [...beans.body.matchAll(/ {2}(-?\d+\.\d+) EGP$/gm)].map(([, amount]) => amount ?? '');
    expect(amounts.length).toBe(csv.body.trim().split('\r\n').length - 1);
    expect(sumOf(amounts)).toBe('0.00');
    const ledger = await get<string>(`?${range}&format=ledger`);
    expect(ledger.body).toMatch(/^\d{4}-\d\d-\d\d \* \(sale:\d+\) sale S\d+$/m);
    expect((await get<string>(`?${range}&format=beancount`)).body).toBe(beans.body);
    expect((await get(`?${range}`)).status).toBe(400);
    expect((await get(`?from=${day}&to=${addDays(day, -1)}`)).status).toBe(400);
    expect((await get(`?from=2020-01-01&to=2026-01-01&format=csv`)).status).toBe(400);
  });

  it('posts to accounts that the pharmacy names and numbers as it likes', async () => {
    const patch = (key: string, body: object) =>
      call<{ version: number; code: string }>('PATCH', `/journal/accounts/${key}`, {
        token: world.token,
        body,
      });
    expect((await patch('sales', { version: 1, code: '400', name: 'Turnover' })).body).toMatchObject({
      version: 2,
      code: '400',
    });
    expect((await patch('sales', { version: 1, code: '401' })).status).toBe(409);
    expect((await patch('discounts', { version: 1, code: '400' })).body).toMatchObject({
      type: '/problems/duplicate',
    });
    expect((await patch('sales', { version: 2, path: 'Assets:Sales' })).body).toMatchObject({
      type: '/problems/rule-violation',
    });
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    expect((await call('GET', `/journal?from=${day}&to=${day}`, cashier)).status).toBe(403);
    const stranger = await aWorldFor(db, 'administrator');
    const theirs = await call<{ data: Line[] }>('GET', `/journal?from=${day}&to=${day}`, stranger);
    expect(theirs.body.data).toEqual([]);
  });
});

describe('days', () => {
  const ZONES = [
    ['Africa/Cairo', '2026-04-24'],
    ['Africa/Cairo', '2026-10-29'],
    ['Asia/Riyadh', '2026-03-01'],
    ['Pacific/Apia', '2026-12-31'],
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/Havana', '2026-11-01'],
    ['America/Havana', '2026-03-08'],
    ['Africa/Cairo', '2028-02-29'],
  ] as const;

  it.each(ZONES)(
    'in %s around %s partition what was posted: nothing twice, nothing left out',
    async (zone, day) => {
      const branchId = await aBranch(db, { timeZone: zone });
      const cashier = await aWorldFor(db, 'administrator', { branchId });
      const shift = await db.owner.query<{ shift_id: number }>(
        `insert into operational.till_shifts (branch_id, user_id, opening_float, opened_at) values ($1, $2, 0, '2020-01-01') returning shift_id`,
        [branchId, cashier.userId],
      );
      // A movement of cash every half hour for four days, and one on either side of each local midnight.
      await db.owner.query(
        `insert into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id, occurred_at)
       select $1, $2, n, 'n', $3, t from (
         select row_number() over (order by t) as n, t from (
           select generate_series($4::timestamptz - interval '2 days', $4::timestamptz + interval '2 days', interval '30 minutes') as t
           union select ($4::date + d)::timestamp at time zone $5 + s * interval '1 second' from generate_series(-1, 2) d, unnest(array[-1, 1]) s) x) y`,
        [branchId, shift.rows[0]?.shift_id, cashier.userId, `${day} 12:00:00Z`, zone],
      );
      const book = async (from: string, to: string): Promise<Book['data']> =>
        (
          await call<Book>('GET', `/journal/day-book?from=${from}&to=${to}`, {
            token: cashier.token,
          })
        ).body.data.filter((row) => row.accountKey === 'cash_drawer');
      const [from, to] = [addDays(day, -4), addDays(day, 4)];
      const whole = await book(from, to);
      const { rows } = await db.owner.query<{ day: string; debit: string }>(
        `select (occurred_at at time zone $2)::date as day, operational.money_text(sum(amount)) as debit
       from operational.till_cash_movements where branch_id = $1 group by 1 order by 1`,
        [branchId, zone],
      );
      expect(whole.map(({ postedOn, debit }) => ({ day: postedOn, debit }))).toEqual(rows);
      const byDay: Book['data'] = [];
      for (let one = from; one <= to; one = addDays(one, 1)) byDay.push(...(await book(one, one)));
      expect(byDay).toEqual(whole);
      const edges = await db.owner.query<{ before: string; after: string }>(
        `select ((t - interval '1 second') at time zone $2)::date::text as before, ((t + interval '1 second') at time zone $2)::date::text as after
       from (select ($1::date + 1)::timestamp at time zone $2 as t) x`,
        [day, zone],
      );
      expect(edges.rows[0]).toEqual({ before: day, after: addDays(day, 1) });
    },
  );
});
