// Reorder suggestions over HTTP: demand corrected for days without stock, lost sales, rules, suppliers, what would expire, orders from suggestions.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { stockCame, stockWent } from '../builders/usage.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Row {
  drugId: number;
  quantity: string;
  packs: number;
  supplierId: number | null;
  price: string | null;
  usagePerDay: string;
  target: string;
  expected: string;
  safety: string;
}

describe('reorder suggestions', () => {
  const { db, call } = useTestApp();
  let manager: World;

  beforeAll(async () => {
    manager = await aWorldFor(db, 'administrator');
  });

  const came = (drugId: number, quantity: string, daysAgo: number, expiryDays?: number): Promise<number> =>
    stockCame(db, manager, { drugId, quantity, daysAgo, expiryDays });
  const went = (drugId: number, lotId: number, quantity: string, daysAgo: number): Promise<void> =>
    stockWent(db, manager, { drugId, lotId, quantity, daysAgo });
  const suggested = async (drugId: number, query = ''): Promise<Row | undefined> => {
    const answer = await call<{ data: Row[] }>(
      'GET',
      `/inventory/reorder-suggestions?limit=100${query}`,
      manager,
    );
    expect(answer.status).toBe(200);
    return answer.body.data.find((row) => row.drugId === drugId);
  };
  const post = <Body>(path: string, body: object) => call<Body>('POST', path, { token: manager.token, body });

  it('count usage over the days there was any of it', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '20' });
    const first = await came(drugId, '60', 40);
    await went(drugId, first, '60', 30);
    await came(drugId, '30', 10);
    // Of 40 days 19 were empty: they count for nothing, so more is expected than 60 in 40 days.
    const row = await suggested(drugId, '&reviewDays=30');
    expect(row).toMatchObject({
      ...{ reason: 'forecast', daysInStock: 21, stockOutDays: 19, method: 'smoothed', lost: '0' },
      ...{ usable: '30', leadDays: 2, supplierId: null, serviceLevel: 0.95 },
    });
    expect(Number(row?.usagePerDay)).toBeGreaterThan(60 / 40);
    expect(Number(row?.target)).toBeCloseTo(Number(row?.expected) + Number(row?.safety), 3);
    expect(Number(row?.safety)).toBeGreaterThan(0);
    expect(Number(row?.quantity)).toBe((row?.packs ?? 0) * 20);
    const seen = await call<{ past: { used: string; inStock: number }[]; ahead: object[] }>(
      'GET',
      `/inventory/demand/${drugId}`,
      manager,
    );
    expect(seen.status).toBe(200);
    expect(seen.body.past).toHaveLength(6);
    expect(seen.body.past.some(({ inStock }) => inStock === 0)).toBe(true);
    expect(seen.body.ahead).toHaveLength(13);
    expect((await call('GET', '/inventory/demand/2000000000', manager)).status).toBe(404);
  });

  it('do not buy what would expire, and count no stock that will', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '10' });
    const first = await came(drugId, '100', 80, 85);
    await went(drugId, first, '40', 40);
    const old = await came(drugId, '50', 30, 35);
    await went(drugId, old, '1', 1);
    const row = await suggested(drugId, '&reviewDays=90');
    expect(row).toMatchObject({ isCapped: true, shelfLifeDays: 65 });
    expect(Number((row as unknown as { willExpire: string }).willExpire)).toBeGreaterThan(50);
  });

  it('are for the service of the branch, or of the rule of the product', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '1' });
    const lot = await came(drugId, '400', 60);
    for (let week = 1; week <= 8; week++) await went(drugId, lot, String(20 + (week % 3) * 15), week * 7 - 3);
    const usual = await suggested(drugId, '&reviewDays=60');
    const put = (serviceLevel: string | null, version?: number) =>
      call<{ version: number }>('PUT', `/inventory/reorder-rules/${drugId}`, {
        token: manager.token,
        body: { min: null, max: null, serviceLevel, ...(version === undefined ? {} : { version }) },
      });
    expect((await put('0.4')).status).toBe(400);
    expect((await put('0.99')).status).toBe(200);
    const more = await suggested(drugId, '&reviewDays=60');
    expect(more).toMatchObject({ serviceLevel: 0.99, expected: usual?.expected });
    expect(Number(more?.safety)).toBeGreaterThan(Number(usual?.safety));
  });

  it('expect more where more was wanted than the days without stock were thought to bring', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '1' });
    const lot = await came(drugId, '60', 28);
    await went(drugId, lot, '60', 15);
    const before = await suggested(drugId);
    await db.owner.query(
      `insert into operational.lost_sales (branch_id, drug_id, quantity, source, user_id, recorded_at)
       select $1, $2, 40, 'manual', $3, now() - make_interval(days => d) from generate_series(3, 12, 3) d`,
      [manager.branchId, drugId, manager.userId],
    );
    const after = await suggested(drugId);
    expect(after).toMatchObject({ lost: '160' });
    expect(Number(after?.usagePerDay)).toBeGreaterThan(Number(before?.usagePerDay));
    expect(Number(after?.usagePerDay)).toBeLessThanOrEqual(2.01 * Number(before?.usagePerDay));
  });

  it('go by least and most where a rule says them, and each change names the version it read', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '10' });
    const put = (body: object) =>
      call<{ version: number }>('PUT', `/inventory/reorder-rules/${drugId}`, { token: manager.token, body });
    expect(await put({ min: '10', max: '45' })).toMatchObject({ status: 200, body: { version: 1 } });
    expect((await put({ min: '10', max: '45' })).status).toBe(409);
    expect((await put({ min: '10', max: '10', version: 1 })).status).toBe(422);
    expect((await put({ min: '5', max: '45', version: 1 })).body.version).toBe(2);
    await aLot(db, { branchId: manager.branchId, drugId, quantity: '5' });
    expect(await suggested(drugId)).toMatchObject({ reason: 'min-max', quantity: '40', packs: 4, min: '5' });
    await aLot(db, { branchId: manager.branchId, drugId, quantity: '1' });
    expect(await suggested(drugId)).toBeUndefined();
    const missing = await call('PUT', '/inventory/reorder-rules/2000000000', {
      token: manager.token,
      body: { min: '1', max: '2' },
    });
    expect(missing.status).toBe(404);
    const rules = await call<{ data: object[] }>('GET', `/inventory/reorder-rules?drugId=${drugId}`, manager);
    expect(rules.body.data).toMatchObject([{ min: '5', max: '45', version: 2 }]);
  });

  it('name the cheapest supplier, count what is on order, and become one draft a supplier', async () => {
    const [dear, cheap] = [await aSupplier(db), await aSupplier(db, { leadTimeDays: 9 })];
    const one = (await aDrug(db, { unitsPerPack: '10' })).drugId;
    const two = (await aDrug(db, { unitsPerPack: '10' })).drugId;
    const none = (await aDrug(db, { unitsPerPack: '10' })).drugId;
    for (const [supplierId, unitCost] of [
      [cheap, '1.00'],
      [dear, '2.00'],
    ] as const)
      await post('/inventory/receive', {
        supplierId,
        items: [one, two].map((drugId) => ({
          drugId,
          lotNumber: 'A',
          expiryDate: daysFromNow(500),
          quantity: '5',
          unitCost,
        })),
      });
    for (const drugId of [one, two, none])
      await call('PUT', `/inventory/reorder-rules/${drugId}`, {
        token: manager.token,
        body: { min: '20', max: '60', supplierId: drugId === two ? dear : null },
      });
    expect(await suggested(one)).toMatchObject({
      supplierId: cheap,
      price: '10.00',
      leadDays: 9,
      lastSupplierId: dear,
      packs: 5,
    });
    expect(await suggested(two)).toMatchObject({ supplierId: dear, price: '20.00' });
    expect(await suggested(one, `&supplierId=${dear}`)).toBeUndefined();
    const ordered = await post<{
      orders: { purchaseOrderId: number; supplierId: number; total: string; version: number }[];
      left: object[];
    }>('/purchase-orders/from-suggestions', {
      lines: [one, two, none, 2_000_000_000].map((drugId) => ({ drugId })),
    });
    expect(ordered.status).toBe(201);
    expect(ordered.body.orders.map(({ supplierId, total }) => [supplierId, total])).toEqual([
      [cheap, '50.000'],
      [dear, '100.000'],
    ]);
    expect(ordered.body.left).toEqual([
      { drugId: none, reason: 'no-supplier' },
      { drugId: 2_000_000_000, reason: 'nothing-to-buy' },
    ]);
    expect(await suggested(one)).toBeDefined();
    const [draft] = ordered.body.orders;
    await post(`/purchase-orders/${draft?.purchaseOrderId ?? 0}/submit`, { version: draft?.version });
    expect(await suggested(one)).toBeUndefined();
    // As many packs as somebody says, from whom he says.
    const chosen = await post<{ orders: { supplierId: number; total: string }[] }>(
      '/purchase-orders/from-suggestions',
      { lines: [{ drugId: two, packs: 2, supplierId: cheap }] },
    );
    expect(chosen.body.orders).toMatchObject([{ supplierId: cheap, total: '20.000' }]);
    const twice = await post('/purchase-orders/from-suggestions', {
      lines: [{ drugId: two }, { drugId: two }],
    });
    expect(twice.status).toBe(400);
    const stranger = await aWorldFor(db, 'administrator');
    const other = await call<{ data: Row[] }>('GET', '/inventory/reorder-suggestions', stranger);
    expect(other.body.data).toEqual([]);
  });
});
