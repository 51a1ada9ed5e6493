// T31. Business days at their edges: sales a second either side of each local midnight, in zones that skip, repeat and shift hours, and one
// sale through the door on either side of a midnight that comes while the test runs. A day's total is what a calendar apart from the
// server says, and the days partition what was sold.
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { addDays } from '../../src/platform/time/local-date.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPastSale } from '../builders/past-sale.js';
import { aTillShift } from '../builders/sale.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { until } from './harness/profile.js';

interface Report {
  data: { key: string; figures: { sales: number; total: string } }[];
  totals: { sales: number; total: string };
}

const HOUR = 3_600_000;
// The latest first: days are summed oldest first, and each test sums no further than it looks.
const ZONES = [
  ['Africa/Cairo', '2025-10-30'], // the hour before midnight is there twice
  ['Europe/Berlin', '2025-10-26'], // 02:30 is there twice
  ['Africa/Cairo', '2025-04-25'], // the hour after midnight is not there
  ['Europe/Berlin', '2025-03-30'], // 02:30 is not there
  ['Asia/Riyadh', '2025-03-01'],
  ['Pacific/Apia', '2025-02-28'],
  ['Pacific/Apia', '2024-12-31'],
  ['Africa/Cairo', '2024-02-29'],
] as const;

describe('business days', { timeout: 300_000 }, () => {
  afterEach(() => vi.unstubAllEnvs());
  const { db, call } = useTestApp();
  let drugId = 0;
  beforeAll(async () => {
    ({ drugId } = await aDrug(db, { price: '1.00', unitsPerPack: '1' }));
  });

  /** Moments around a day: a second before, at and after each midnight, and every half hour of the night the clock changes in. */
  function momentsAround(timeZone: string, day: string): Date[] {
    const local = new Intl.DateTimeFormat('en-CA', { timeZone });
    const noon = Date.parse(`${day}T12:00:00Z`);
    const moments = new Set<number>();
    // The midnight is where the calendar of JavaScript turns its page: no arithmetic of the database.
    for (let at = noon - 36 * HOUR; at < noon + 36 * HOUR; at += HOUR / 4)
      if (local.format(at) !== local.format(at + HOUR / 4)) {
        const midnight = at + HOUR / 4;
        for (const ms of [-1000, 0, 1000]) moments.add(midnight + ms);
        for (let n = 1; n <= 8; n++) moments.add(midnight + (n * HOUR) / 2);
      }
    return [...moments].toSorted((a, b) => a - b).map((ms) => new Date(ms));
  }

  /** Has the database sum days, oldest first, until this one is. */
  const sumTo = (branchId: number, day: string) =>
    until(`${day} is summed`, async () => {
      await db.owner.query('select operational.close_sales_days(7)');
      const { rows } = await db.owner.query(
        'select from operational.sales_closed_days where branch_id = $1 and business_date = $2',
        [branchId, day],
      );
      return rows.length > 0;
    });

  it.each(ZONES)('in %s around %s have each sale once', async (timeZone, day) => {
    const world = await aWorldFor(db, 'administrator', { branchId: await aBranch(db, { timeZone }) });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '1000' });
    const moments = momentsAround(timeZone, day);
    expect(moments.length).toBeGreaterThan(30);
    for (const [n, moment] of moments.entries())
      await aPastSale(db, world, {
        soldAt: moment.toISOString(),
        lines: [{ drugId, quantity: '1', amount: `${n + 1}.00` }],
      });
    const calendar = new Intl.DateTimeFormat('en-CA', { timeZone });
    const expected = new Map<string, { sales: number; total: number }>();
    for (const [n, moment] of moments.entries()) {
      const key = calendar.format(moment);
      const { sales, total } = expected.get(key) ?? { sales: 0, total: 0 };
      expected.set(key, { sales: sales + 1, total: total + n + 1 });
    }
    const report = async (from: string, to: string): Promise<Report> => {
      const answer = await call<Report>('GET', `/reports/sales?by=day&from=${from}&to=${to}`, world);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body;
    };
    const asPlain = ({ data }: Report) =>
      data
        .filter(({ figures }) => figures.sales > 0)
        .map(({ key, figures }) => [key, { sales: figures.sales, total: Number(figures.total) }] as const);
    const [from, to] = [addDays(day, -5), addDays(day, 5)];
    for (const isSummed of [false, true]) {
      if (isSummed) await sumTo(world.branchId, addDays(day, 2));
      const whole = await report(from, to);
      expect(new Map(asPlain(whole))).toEqual(expected);
      expect(whole.totals.sales).toBe(moments.length);
      let [sales, total] = [0, 0];
      for (let one = from; one <= to; one = addDays(one, 1)) {
        const { totals } = await report(one, one);
        sales += totals.sales;
        total += Number(totals.total);
      }
      expect([sales, total]).toEqual([moments.length, (moments.length * (moments.length + 1)) / 2]);
    }
  });

  it('are those of the branch, whatever the zone of the server', async () => {
    const offsets = new Set<number>();
    const said: unknown[] = [];
    for (const zone of ['UTC', 'Asia/Riyadh', 'America/New_York']) {
      vi.stubEnv('TZ', zone);
      offsets.add(new Date(Date.UTC(2025, 0, 1)).getTimezoneOffset());
      const branchId = await aBranch(db, { timeZone: 'Pacific/Apia' });
      const world = await aWorldFor(db, 'administrator', { branchId });
      const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<object> => {
        const answer = await call<object>(method, path, { token: world.token, ...(body ? { body } : {}) });
        expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
        return answer.body;
      };
      const good = { drugId, quantity: '10', unitCost: '0.50', expiryDate: '2099-11-30' };
      await ask('POST', '/inventory/receive', { items: [{ ...good, lotNumber: 'ZONE' }] });
      // An hour before and after the midnight of the branch.
      for (const [soldAt, amount] of [
        ['2025-02-27T10:00:00Z', '1.00'],
        ['2025-02-27T12:00:00Z', '2.00'],
      ] as const)
        await aPastSale(db, world, { soldAt, lines: [{ drugId, quantity: '1', amount }] });
      const { patientId } = (await ask('POST', '/patients', {
        ...{ firstName: 'Zone', lastName: zone, sex: 'female', birthDate: '1980-03-01' },
      })) as { patientId: number };
      const { data: days } = (await ask(
        'GET',
        '/reports/sales?by=day&from=2025-02-26&to=2025-03-01',
      )) as Report;
      const { data: lots } = (await ask('GET', `/inventory/lots?drugId=${drugId}`)) as {
        data: { expiryDate: string }[];
      };
      const { birthDate } = (await ask('GET', `/patients/${patientId}`)) as { birthDate: string };
      said.push({
        birthDate,
        expires: lots.map(({ expiryDate }) => expiryDate),
        days: days
          .filter(({ figures }) => figures.sales > 0)
          .map(({ key, figures }) => [key, figures.sales, figures.total]),
      });
    }
    expect(offsets.size, 'the zone of the server did not change').toBe(3);
    expect(said[0]).toEqual({
      birthDate: '1980-03-01',
      expires: ['2099-11-30'],
      days: [
        ['2025-02-27', 1, '1.00'],
        ['2025-02-28', 1, '2.00'],
      ],
    });
    expect(said).toEqual([said[0], said[0], said[0]]);
  });

  it('turn at midnight of the branch, by the clock of the database', async () => {
    const branchId = await aBranch(db);
    const world = await aWorldFor(db, 'administrator', { branchId });
    await aTillShift(db, world);
    await aLot(db, { branchId, drugId, quantity: '10' });
    // A zone in which it is three seconds to midnight: PostgreSQL takes it as POSIX writes zones, hours west of Greenwich.
    await db.owner.query(
      `update operational.branches set time_zone = (
         select '<TEST>' || case when west < 0 then '-' else '' end || to_char(make_interval(secs => abs(west)), 'HH24:MI:SS')
         from (select case when rest > 43200 then rest - 86400 else rest end as west
               from (select (extract(epoch from now())::bigint % 86400 + 3)::int % 86400 as rest) x) y)
       where branch_id = $1`,
      [branchId],
    );
    const sold = async () => {
      const { rows } = await db.owner.query<{ day: string }>(
        'select (now() at time zone time_zone)::date::text as day from operational.branches where branch_id = $1',
        [branchId],
      );
      const answer = await call<{ businessDate: string }>('POST', '/sales', {
        token: world.token,
        body: { items: [{ drugId, quantity: '1' }], payments: [{ method: 'cash', amount: '1.00' }] },
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return { before: rows[0]?.day ?? '', businessDate: answer.body.businessDate };
    };
    const first = await sold();
    await until('midnight has passed', async () => {
      const { rows } = await db.owner.query<{ day: string }>(
        'select (now() at time zone time_zone)::date::text as day from operational.branches where branch_id = $1',
        [branchId],
      );
      return rows[0]?.day !== first.before;
    });
    const second = await sold();
    expect(second.businessDate).toBe(second.before);
    expect(addDays(first.before, 1)).toBe(second.businessDate);
    expect([first.before, second.businessDate]).toContain(first.businessDate);
  });
});
