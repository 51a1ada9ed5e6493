// Stock over HTTP: deliveries, lists, corrections, quarantine, ledger, alerts, suppliers.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface LotRow {
  lotId: number;
  drugId: number;
  lotNumber: string;
  quantity: string;
  daysToExpiry: number | null;
  status: string;
  version: number;
}
interface Movements {
  data: { quantity: string }[];
  nextCursor: string | null;
}
interface Lots {
  data: LotRow[];
  meta: { total: number };
}

describe('inventory', () => {
  const { db, call } = useTestApp();
  const clerk = () => aWorldFor(db, 'inventory clerk');
  const inAYear = daysFromNow(365);

  it('takes a delivery in whole: receipt, lots joined by number, expiry and cost, ledger', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    const item = { drugId, lotNumber: 'A1', expiryDate: inAYear, quantity: '30', unitCost: '0.5' };
    const body = {
      supplierDocument: 'DN-1',
      items: [item, { ...item, quantity: '10.5' }, { ...item, unitCost: '0.6' }],
    };
    const answer = await call<{ items: { lotId: number }[]; goodsReceiptId: number }>(
      'POST',
      '/inventory/receive',
      { token, body, key: 'delivery-1' },
    );
    expect(answer.status).toBe(201);
    const [first, second, third] = answer.body.items.map((line) => line.lotId);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
    const lots = await call<Lots>('GET', `/inventory/lots?drugId=${drugId}`, { token });
    expect(lots.body.data.map((lot) => lot.quantity).sort()).toEqual(['30', '40.5']);
    // A retry answers the same and receives nothing again.
    const again = await call('POST', '/inventory/receive', { token, body, key: 'delivery-1' });
    expect(again.body).toEqual(answer.body);
    const more = await call('POST', '/inventory/receive', { token, body: { items: [item] } });
    expect(more.status).toBe(201);
    const movements = await call<{ data: { quantity: string; balanceAfter: string }[] }>(
      'GET',
      `/inventory/movements?lotId=${first}`,
      { token },
    );
    expect(movements.body.data.map((row) => row.balanceAfter)).toEqual(['70.5', '40.5', '30']);
    expect(await discrepancies(db)).toEqual([]);
    expect(branchId).toBeGreaterThan(0);
  });

  it('takes in nothing of a delivery with an expired lot or an unknown product', async () => {
    const { token } = await clerk();
    const { drugId } = await aDrug(db);
    const good = { drugId, lotNumber: 'B1', expiryDate: inAYear, quantity: '5', unitCost: '1' };
    const expired = await call('POST', '/inventory/receive', {
      token,
      body: { items: [good, { ...good, expiryDate: daysFromNow(-3) }] },
    });
    expect(expired).toMatchObject({ status: 422, body: { type: '/problems/lot-expired' } });
    const unknown = await call('POST', '/inventory/receive', {
      token,
      body: { items: [good, { ...good, drugId: 2_000_000_000 }] },
    });
    expect(unknown.status).toBe(404);
    const supplier = await call('POST', '/inventory/receive', {
      token,
      body: { supplierId: 2_000_000_000, items: [good] },
    });
    expect(supplier.status).toBe(404);
    const lots = await call<Lots>('GET', `/inventory/lots?drugId=${drugId}`, { token });
    expect(lots.body.data).toEqual([]);
  });

  it.each([
    [{ items: [] }],
    [{ items: [{ drugId: 1, lotNumber: 'X', quantity: '0', unitCost: '1' }] }],
    [{ items: [{ drugId: 1, lotNumber: 'X', quantity: 5, unitCost: '1' }] }],
    [{ items: [{ drugId: 1, lotNumber: 'X', quantity: '1', unitCost: '-1' }] }],
    [{ items: [{ drugId: 1, lotNumber: '', quantity: '1', unitCost: '1' }] }],
    [{ items: [{ drugId: 1, lotNumber: 'X', quantity: '1', unitCost: '1', expiryDate: '2027-02-30' }] }],
  ])('refuses a delivery of the wrong shape %#', async (body) => {
    const { token } = await clerk();
    const answer = await call('POST', '/inventory/receive', { token, body });
    expect(answer).toMatchObject({ status: 400, body: { type: '/problems/invalid-request' } });
  });

  it('lists lots first expiry first and narrows by product, days, status and text', async () => {
    const { token, branchId } = await clerk();
    const { drugId, name } = await aDrug(db);
    const late = await aLot(db, { branchId, drugId, expiryDate: daysFromNow(200) });
    const soon = await aLot(db, { branchId, drugId, expiryDate: daysFromNow(20) });
    const aside = await aLot(db, { branchId, drugId, status: 'quarantined', expiryDate: null });
    const empty = await aLot(db, { branchId, drugId, quantity: '0', expiryDate: daysFromNow(400) });
    const list = async (query: string) =>
      (await call<Lots>('GET', `/inventory/lots?${query}`, { token })).body.data.map((lot) => lot.lotId);
    expect(await list(`drugId=${drugId}`)).toEqual([soon.lotId, late.lotId, empty.lotId, aside.lotId]);
    expect(await list('')).toEqual([soon.lotId, late.lotId, aside.lotId]);
    expect(await list('expiringWithinDays=30')).toEqual([soon.lotId]);
    expect(await list('status=quarantined')).toEqual([aside.lotId]);
    expect(await list(`q=${encodeURIComponent(late.lotNumber.toLowerCase())}`)).toEqual([late.lotId]);
    expect(await list(`q=${encodeURIComponent(name.slice(0, 14))}`)).toHaveLength(3);
    expect(await list('q=%25')).toEqual([]);
    const page = await call<Lots>('GET', '/inventory/lots?limit=1&page=2', { token });
    expect(page.body).toMatchObject({ data: [{ lotId: late.lotId }], meta: { total: 3, page: 2, limit: 1 } });
    const stranger = await clerk();
    const other = await call<Lots>('GET', `/inventory/lots?drugId=${drugId}`, { token: stranger.token });
    expect(other.body.data).toEqual([]);
  });

  it('corrects a lot with a reason, but never below what is free', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId, drugId, quantity: '10' });
    const adjust = (quantity: string, reason = 'broken') =>
      call('POST', '/inventory/adjust', { token, body: { lotId, quantity, reason } });
    expect(await adjust('-4')).toMatchObject({
      status: 201,
      body: { quantity: '-4', lot: { quantity: '6' } },
    });
    expect(await adjust('+4')).toMatchObject({ status: 400 });
    expect(await adjust('0')).toMatchObject({ status: 400 });
    expect(await adjust('-4', ' ')).toMatchObject({ status: 400 });
    expect(await adjust('-6.001')).toMatchObject({
      status: 409,
      body: { type: '/problems/insufficient-stock' },
    });
    const stranger = await clerk();
    const other = await call('POST', '/inventory/adjust', {
      token: stranger.token,
      body: { lotId, quantity: '1', reason: 'mine' },
    });
    expect(other.status).toBe(404);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('sets a lot aside and gives it free, once a version, with the reason in the audit trail', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId, drugId });
    const body = { lotId, reason: 'temperature alarm', version: 1 };
    const aside = await call('POST', '/inventory/quarantine', { token, body });
    expect(aside).toMatchObject({ status: 200, body: { status: 'quarantined', version: 2 } });
    expect(await call('POST', '/inventory/quarantine', { token, body })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    const twice = await call('POST', '/inventory/quarantine', { token, body: { ...body, version: 2 } });
    expect(twice).toMatchObject({ status: 409, body: { type: '/problems/invalid-transition' } });
    const free = await call('POST', '/inventory/release', {
      token,
      body: { lotId, reason: 'logger was wrong', version: 2 },
    });
    expect(free).toMatchObject({ status: 200, body: { status: 'available', lotId } });
    const { rows } = await db.owner.query<{ reason: string }>(
      `select after ->> 'status_reason' as reason from operational.audit_logs
       where table_name = 'inventory_lots' and row_key = $1 and action = 'update' order by audit_log_id`,
      [String(lotId)],
    );
    expect(rows.map((row) => row.reason)).toEqual(['temperature alarm', 'logger was wrong']);
  });

  it('joins a released lot to the available one of the same number, expiry and cost', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    const same = { branchId, drugId, lotNumber: 'TWIN', expiryDate: inAYear, unitCost: '2' };
    const aside = await aLot(db, { ...same, quantity: '3', status: 'quarantined' });
    const shelf = await aLot(db, { ...same, quantity: '10' });
    const released = await call('POST', '/inventory/release', {
      token,
      body: { lotId: aside.lotId, reason: 'unopened', version: 1 },
    });
    expect(released).toMatchObject({ status: 200, body: { lotId: shelf.lotId, quantity: '13' } });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('pages the ledger by cursor', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId, drugId });
    for (const quantity of ['1', '2', '3'])
      await call('POST', '/inventory/adjust', { token, body: { lotId, quantity, reason: 'found' } });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/inventory/movements?drugId=${drugId}&limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const page = await call<Movements>('GET', path, {
        token,
      });
      seen.push(...page.body.data.map((row) => row.quantity));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(['3', '2', '1', '100']);
  });

  it('warns of what is expired or will be, with its value', async () => {
    const { token, branchId } = await clerk();
    const { drugId } = await aDrug(db);
    for (const [days, quantity] of [
      [-5, '4'],
      [-2, '0'],
      [10, '10'],
      [45, '20'],
      [80, '30'],
      [400, '99'],
    ] as const)
      await aLot(db, { branchId, drugId, quantity, expiryDate: daysFromNow(days), unitCost: '1.25' });
    const alerts = await call<{ lots: unknown[] }>('GET', '/inventory/alerts', { token });
    expect(alerts.body).toMatchObject({
      bands: [
        { band: 'expired', lots: 1, value: '5.00' },
        { band: '30', lots: 1, value: '12.50' },
        { band: '60', lots: 1, value: '25.00' },
        { band: '90', lots: 1, value: '37.50' },
      ],
    });
    expect(alerts.body.lots).toHaveLength(4);
  });

  it('lets a cashier neither see nor move stock', async () => {
    const { token } = await aWorldFor(db, 'cashier');
    expect((await call('GET', '/inventory/lots', { token })).status).toBe(403);
    const body = { items: [{ drugId: 1, lotNumber: 'X', quantity: '1', unitCost: '1' }] };
    expect((await call('POST', '/inventory/receive', { token, body })).status).toBe(403);
  });
});

describe('suppliers', () => {
  const { db, call } = useTestApp();

  it('are made, found and changed, with names once and stale changes refused', async () => {
    const { token } = await aWorldFor(db, 'inventory clerk');
    const body = { name: 'Nile Pharma 100%', phone: '0100', leadTimeDays: 3 };
    const made = await call<{ supplierId: number }>('POST', '/suppliers', { token, body });
    expect(made).toMatchObject({ status: 201, body: { name: 'Nile Pharma 100%', active: true, version: 1 } });
    expect(await call('POST', '/suppliers', { token, body })).toMatchObject({ status: 409 });
    const path = `/suppliers/${made.body.supplierId}`;
    const changed = await call('PATCH', path, { token, body: { version: 1, active: false } });
    expect(changed).toMatchObject({ status: 200, body: { active: false, version: 2, phone: '0100' } });
    const stale = await call('PATCH', path, { token, body: { version: 1, active: true } });
    expect(stale).toMatchObject({ status: 409, body: { type: '/problems/stale-version' } });
    expect((await call('PATCH', '/suppliers/999999', { token, body: { version: 1 } })).status).toBe(404);
    const found = await call('GET', '/suppliers?q=100%25&active=false', { token });
    expect(found.body).toMatchObject({ meta: { total: 1 } });
    const cashier = await aWorldFor(db, 'cashier');
    expect((await call('GET', '/suppliers', { token: cashier.token })).status).toBe(403);
  });
});
