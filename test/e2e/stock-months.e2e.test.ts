// What came, left and was worth what by month, over HTTP: a report made ahead says when it was made.
import { beforeAll, describe, expect, it } from 'vitest';

import { LedgerService } from '../../src/operational/ledger/ledger.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Months {
  refreshedAt: string;
  data: Record<string, string | null>[];
  meta: { total: number };
}

describe('stock by month', () => {
  const { db, call, app } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    ({ drugId } = await aDrug(db));
    const { lotId } = await aLot(db, { branchId: me.branchId, drugId, quantity: '100', unitCost: '0.5' });
    await aSale(db, me, { drugId, quantity: '30' });
    await db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, effective_at, recorded_at)
       values ($1, $2, $3, 'adjustment', 8, 'found', 0, 0, '2020-01-31T23:59:59Z', '2020-02-03'), ($1, $2, $3, 'adjustment', -3, 'broken', 0, 0, '2020-02-04', '2020-02-04')`,
      [me.branchId, lotId, drugId],
    );
  });
  const get = async (query = '', world = me): Promise<Months> => {
    const answer = await call<Months>('GET', `/reports/stock-months${query}`, { token: world.token });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const refresh = async (): Promise<void> => {
    await db.owner.query(
      `update operational.stock_report_refreshes set refreshed_at = now() - interval '2 hours'`,
    );
    await app().get(LedgerService, { strict: false }).keep();
  };

  it('says what it knows as of when it was made, and is made anew when it is old', async () => {
    await refresh();
    const { refreshedAt, data, meta } = await get(`?drugId=${drugId}`);
    expect(Date.now() - Date.parse(refreshedAt)).toBeLessThan(60_000);
    expect(meta.total).toBe(3);
    const month = new Date().toISOString().slice(0, 7);
    expect(data).toEqual([
      { month: expect.stringMatching(/^\d{4}-\d{2}$/) as string, received: '100', toPatients: '30', closing: '75', receivedValue: '50.00', toPatientsValue: '15.00', otherValue: '0.00', closingValue: '37.50' }, // prettier-ignore
      { month: '2020-02', received: '0', toPatients: '0', closing: '5', receivedValue: '0.00', toPatientsValue: '0.00', otherValue: '-1.50', closingValue: '2.50' }, // prettier-ignore
      { month: '2020-01', received: '0', toPatients: '0', closing: '8', receivedValue: '0.00', toPatientsValue: '0.00', otherValue: '4.00', closingValue: '4.00' }, // prettier-ignore
    ]);
    expect(data[0]?.month && data[0].month <= month).toBe(true);
    const all = await get('?limit=1&page=2');
    expect(all).toMatchObject({ meta: { total: 3 }, data: [{ month: '2020-02', closing: null, closingValue: '2.50' }] }); // prettier-ignore
    await aSale(db, me, { drugId, quantity: '10' });
    expect((await get(`?drugId=${drugId}`)).data[0]?.closing).toBe('75');
    await refresh();
    expect((await get(`?drugId=${drugId}`)).data[0]?.closing).toBe('65');
  });

  it('is of the branch worked at, for who may read reports, as a file too', async () => {
    await refresh();
    const other = await aWorldFor(db, 'pharmacist');
    expect((await get('', other)).data).toEqual([]);
    const clerk = await aWorldFor(db, 'technician', { branchId: me.branchId });
    expect((await call('GET', '/reports/stock-months', { token: clerk.token })).status).toBe(403);
    const csv = await call<string>('GET', '/reports/stock-months?format=csv', { token: me.token });
    expect(csv.headers['content-disposition']).toBe('attachment; filename="stock-months.csv"');
    expect(csv.body.trim().split('\n')).toHaveLength(4);
    expect((await call('GET', '/reports/stock-months?drugId=x', { token: me.token })).status).toBe(400);
  });
});
