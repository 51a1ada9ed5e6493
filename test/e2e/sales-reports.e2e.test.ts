// What was sold, taken back, paid and earned over HTTP: figures that tie to the sales, periods side by side, files, and who may ask.
import { beforeAll, describe, expect, it } from 'vitest';

import { DaySumsService } from '../../src/operational/sales-reports/day-sums.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPastSale, takenBack } from '../builders/past-sale.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Report {
  from: string;
  to: string;
  data: { key: string | null; name: string | null; figures: Record<string, unknown>; compared: Record<string, unknown> | null }[]; // prettier-ignore
  meta: { total: number };
  totals: Record<string, unknown>;
  comparedTotals: Record<string, unknown> | null;
}

describe('reports of sales', () => {
  const { db, call, app } = useTestApp();
  let me: World;
  let cheap = 0;
  let dear = 0;
  let idle = 0;
  const today = daysFromNow(0);

  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    ({ drugId: cheap } = await aDrug(db, { name: 'Cheap tablets', price: '10.00', unitsPerPack: '10' }));
    ({ drugId: dear } = await aDrug(db, { name: '=Dear drops', price: '90.00', unitsPerPack: '1' }));
    ({ drugId: idle } = await aDrug(db, { name: 'Idle syrup', price: '5.00', unitsPerPack: '1' }));
    for (const [drugId, unitCost] of [
      [cheap, '0.5'],
      [dear, '80'],
      [idle, '4'],
    ] as const)
      // prettier-ignore
      await aLot(db, { branchId: me.branchId, drugId, quantity: '500', unitCost });
    await aTillShift(db, me);
    const sale = await call<{ saleId: number; items: { saleItemId: number }[] }>('POST', '/sales', {
      token: me.token,
      body: {
        items: [
          { drugId: cheap, quantity: '20', discount: '2.00' },
          { drugId: dear, quantity: '1' },
        ],
        payments: [
          { method: 'card', amount: '100.00' },
          { method: 'cash', amount: '10.00' },
        ],
      },
    });
    expect(sale.status, JSON.stringify(sale.body)).toBe(201);
    const back = await call('POST', `/sales/${sale.body.saleId}/return`, {
      token: me.token,
      body: {
        reason: 'Wrong strength',
        items: [{ saleItemId: sale.body.items[1]?.saleItemId, quantity: '1' }],
      },
    });
    expect(back.status, JSON.stringify(back.body)).toBe(201);
    await aPastSale(db, me, {
      businessDate: daysFromNow(-7),
      lines: [{ drugId: cheap, quantity: '10', amount: '10.00', taxRate: '0.14', tax: '1.40' }],
    });
    const undone = await aPastSale(db, me, {
      businessDate: daysFromNow(-8),
      lines: [{ drugId: cheap, quantity: '1', amount: '1.00' }],
      method: 'card',
    });
    await takenBack(db, me, undone.saleId, {
      businessDate: daysFromNow(-8),
      saleType: 'void',
      reason: 'Typed twice',
    });
  });

  const get = async (path: string, world = me): Promise<Report> => {
    const answer = await call<Report>('GET', `/reports/${path}`, { token: world.token });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const day = `from=${today}&to=${today}`;

  it('say what a day brought, what came back of it, what it cost and what is left', async () => {
    const { data, totals } = await get(`sales?${day}`);
    expect(totals).toEqual({
      sales: 1,
      returns: 1,
      discounted: 1,
      quantity: null,
      gross: '110.00',
      discount: '2.00',
      returned: '90.00',
      net: '18.00',
      tax: '0.00',
      rounding: '0.00',
      total: '18.00',
      cost: '10.00',
      margin: '8.00',
      marginPercent: '44.4',
      average: '108.00',
    });
    expect(data).toEqual([{ key: today, name: null, nameAr: null, figures: totals, compared: null }]);
  });

  it.each(['day', 'week', 'month', 'hour', 'weekday', 'user', 'drug', 'category', 'taxRate'])(
    'add up the same by %s, summed or not',
    async (by) => {
      const asked = `sales?by=${by}&from=${daysFromNow(-60)}`;
      const live = await get(asked);
      expect(live.totals).toMatchObject({
        gross: '121.00',
        discount: '2.00',
        returned: '91.00',
        net: '28.00',
        tax: '1.40',
        total: '29.40',
        cost: '15.00',
      });
      const sum = live.data.reduce((all, { figures }) => all + Math.round(Number(figures['net']) * 100), 0);
      expect(sum).toBe(2800);
      await app().get(DaySumsService, { strict: false }).close();
      expect(await get(asked)).toEqual(live);
    },
  );

  it('put a period beside another, day by day and product by product', async () => {
    const before = `compareFrom=${daysFromNow(-7)}&compareTo=${daysFromNow(-7)}`;
    const byDay = await get(`sales?${day}&${before}`);
    expect(byDay.data).toMatchObject([
      { key: today, figures: { net: '18.00' }, compared: { net: '10.00', tax: '1.40', total: '11.40' } },
    ]);
    expect(byDay.comparedTotals).toMatchObject({ sales: 1, cost: '5.00', margin: '5.00' });
    const byDrug = await get(`sales?by=drug&${day}&${before}`);
    expect(byDrug.data).toMatchObject([
      { key: String(cheap), name: 'Cheap tablets', figures: { quantity: '20', net: '18.00' }, compared: { quantity: '10' } }, // prettier-ignore
      { key: String(dear), name: '=Dear drops', figures: { quantity: '0', net: '0.00', returned: '90.00' }, compared: { sales: 0, quantity: '0' } }, // prettier-ignore
    ]);
    expect((await get(`sales?by=taxRate&${day}&${before}`)).data).toMatchObject([
      { key: '0', figures: { net: '18.00' } },
      { key: '0.14', figures: { sales: 0 }, compared: { net: '10.00', tax: '1.40' } },
    ]);
  });

  it('name the products that go most, and those in stock that do not go', async () => {
    const keys = async (order: string): Promise<(string | null)[]> =>
      (await get(`top-drugs?order=${order}&${day}`)).data.map(({ key }) => key);
    expect(await keys('net')).toEqual([String(cheap), String(dear)]);
    expect(await keys('quantity')).toEqual([String(cheap), String(dear)]);
    expect(await keys('margin')).toEqual([String(cheap), String(dear)]);
    const slowest = await get(`top-drugs?order=slowest&${day}`);
    expect(slowest.data.map(({ key }) => key).sort()).toEqual([dear, idle, cheap].map(String).sort());
    expect(slowest.data.at(-1)?.key).toBe(String(cheap));
    expect(slowest.data.find(({ key }) => key === String(idle))?.figures).toMatchObject({ quantity: '0', net: '0.00', marginPercent: null }); // prettier-ignore
  });

  it('say what was taken and refunded by tender, cashier, payer and day', async () => {
    const { data, totals } = await get(`tenders?from=${daysFromNow(-60)}`);
    expect(totals).toMatchObject({ taken: '120.40', refunded: '91.00', net: '29.40' });
    expect(data.map(({ key, figures }) => [key, figures['taken']]).sort()).toEqual([
      ['card', '101.00'],
      ['cash', '19.40'],
    ]);
    for (const by of ['payer', 'user', 'day'])
      expect((await get(`tenders?by=${by}&from=${daysFromNow(-60)}`)).totals).toEqual(totals);
  });

  it('say what was taken back by reason, cashier and day', async () => {
    const { data } = await get(`returns?from=${daysFromNow(-60)}`);
    expect(data).toMatchObject([
      { key: 'wrong strength', figures: { returns: 1, voids: 0, returned: '90.00', total: '90.00' } },
      { key: 'typed twice', figures: { returns: 0, voids: 1, voided: '1.00', total: '1.00' } },
    ]);
    expect((await get(`returns?by=user&${day}`)).data).toMatchObject([
      { key: String(me.userId), name: expect.any(String) as string, figures: { total: '90.00' } },
    ]);
    expect((await get(`returns?by=day&from=${daysFromNow(-60)}`)).meta.total).toBe(2);
    expect((await get(`prescribers?${day}`)).data).toEqual([]);
  });

  it('are files too, in which a name is no formula and a loss is a number', async () => {
    const csv = await call<string>(
      'GET',
      `/reports/sales?by=drug&${day}&compareFrom=${today}&compareTo=${today}&format=csv`,
      { token: me.token },
    );
    expect(csv.headers['content-disposition']).toBe('attachment; filename="sales-by-drug.csv"');
    const [header, first, second] = csv.body.replace('\ufeff', '').trim().split('\n');
    expect(header).toMatch(/^key,name,nameAr,sales,.*,net,.*,compared_net,/);
    expect(first).toContain('Cheap tablets');
    expect(second).toContain("'=Dear drops");
    for (const [path, name] of [['tenders', 'tenders-by-method'], ['returns', 'returns-by-reason'], ['top-drugs', 'top-drugs-by-net'], ['prescribers', 'prescribers']] as const) // prettier-ignore
      expect((await call('GET', `/reports/${path}?format=csv`, { token: me.token })).headers['content-disposition']).toContain(`${name}.csv`); // prettier-ignore
  });

  it('are of the branch worked at, for who may read reports, of periods that can be', async () => {
    const other = await aWorldFor(db, 'pharmacist');
    const none = await get(`sales?from=${daysFromNow(-60)}`, other);
    expect(none).toMatchObject({ data: [], totals: { sales: 0, net: '0.00' } });
    const clerk = await aWorldFor(db, 'technician', { branchId: me.branchId });
    for (const path of ['sales', 'top-drugs', 'prescribers', 'tenders', 'returns'])
      expect((await call('GET', `/reports/${path}`, { token: clerk.token })).status, path).toBe(403);
    for (const [query, status] of [
      ['from=2026-02-30', 400],
      ['from=2026-02-02&to=2026-02-01', 400],
      ['compareFrom=2026-01-01', 400],
      ['compareFrom=2026-02-02&compareTo=2026-02-01', 400],
      ['by=colour', 400],
      ['limit=101', 400],
      ['from=1950-01-01', 422],
      ['compareFrom=1950-01-01&compareTo=2026-01-01', 422],
    ] as const)
      expect((await call('GET', `/reports/sales?${query}`, { token: me.token })).status, query).toBe(status);
    const asked = await get('sales');
    expect([asked.from, asked.to]).toEqual([`${today.slice(0, 8)}01`, today]);
    expect((await get(`sales?from=${daysFromNow(9)}`)).data).toEqual([]);
  });
});
