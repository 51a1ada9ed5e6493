// Reorder suggestions over HTTP: usage corrected for days without stock, rules, suppliers, what would expire, orders from suggestions.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aSupplier } from '../builders/procurement.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Row {
  drugId: number;
  quantity: string;
  packs: number;
  supplierId: number | null;
  price: string | null;
}

describe('reorder suggestions', () => {
  const { db, call } = useTestApp();
  let manager: World;

  beforeAll(async () => {
    manager = await aWorldFor(db, 'administrator');
  });

  /** Stock that came, or went to a patient, so many days ago. */
  async function came(drugId: number, quantity: string, daysAgo: number, expiryDays = 600): Promise<number> {
    const expiryDate = daysFromNow(expiryDays);
    const { lotId } = await aLot(db, { branchId: manager.branchId, drugId, quantity: '0', expiryDate });
    await db.owner.query(
      `with r as (insert into operational.goods_receipts (branch_id, received_at) values ($1, now() - make_interval(days => $5)) returning goods_receipt_id),
         i as (insert into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
           select $1, goods_receipt_id, $2, 'X', $6, $4, 1 from r returning goods_receipt_item_id)
       insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost, effective_at)
       select $1, $3, $2, 'receipt', $4, goods_receipt_item_id, 0, 0, now() - make_interval(days => $5) from i`,
      [manager.branchId, drugId, lotId, quantity, daysAgo, expiryDate],
    );
    return lotId;
  }
  async function went(drugId: number, lotId: number, quantity: string, daysAgo: number): Promise<void> {
    const { fillId } = await aBareFill(db, manager, { drugId, quantity });
    await db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost, effective_at)
       values ($1, $2, $3, 'dispense', - $4::numeric, $5, 0, 0, now() - make_interval(days => $6))`,
      [manager.branchId, lotId, drugId, quantity, fillId, daysAgo],
    );
  }
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
    // 41 days, 19 of them empty: 60 in 22 days, twelve days of it 32.728; 30 are there.
    expect(await suggested(drugId)).toMatchObject({
      ...{ reason: 'usage', daysInStock: 22, stockOutDays: 19, usagePerDay: '2.727', target: '32.728' },
      ...{ usable: '30', quantity: '20', packs: 1, leadDays: 2, daysOfCover: 11, supplierId: null },
    });
    expect(await suggested(drugId, '&reviewDays=4')).toBeUndefined();
  });

  it('do not buy what would expire, and count no stock that will', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '10' });
    const first = await came(drugId, '100', 80, 85);
    await went(drugId, first, '40', 40);
    const old = await came(drugId, '50', 30, 35);
    await went(drugId, old, '1', 1);
    const row = await suggested(drugId, '&reviewDays=90&safetyDays=90');
    expect(row).toMatchObject({ isCapped: true, shelfLifeDays: 65 });
    expect(Number((row as unknown as { willExpire: string }).willExpire)).toBeGreaterThan(50);
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
    }>('/purchase-orders/from-suggestions', { drugIds: [one, two, none, 2_000_000_000] });
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
    const stranger = await aWorldFor(db, 'administrator');
    const other = await call<{ data: Row[] }>('GET', '/inventory/reorder-suggestions', stranger);
    expect(other.body.data).toEqual([]);
  });
});
