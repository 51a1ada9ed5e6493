// What stock is and was worth, what of it expires, and lots set on hold, over HTTP.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface AsOf {
  at: string;
  data: { drugId: number; lotId: number; quantity: string; value: string }[];
  meta: { total: number };
  totalValue: string;
}
interface Valuation {
  data: {
    key: string | null;
    name: string | null;
    quantity: string | null;
    value: string;
    availableValue: string;
  }[];
  totalValue: string;
  totalAvailableValue: string;
  inTransitValue: string;
}
interface Expiry {
  bands: { band: string; lots: number; value: string; unsoldValue: string }[];
  data: {
    lotId: number;
    band: string;
    quantity: string;
    unsold: string;
    unsoldValue: string;
    used90: string;
  }[];
}
interface LotRow {
  lotId: number;
  status: string;
  version: number;
}

describe('reports of stock', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const get = async <Body>(path: string, world = me): Promise<Body> => {
    const answer = await call<Body>('GET', path, { token: world.token });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const adjust = (lotId: number, quantity: string, world = me) =>
    call('POST', '/inventory/adjust', { token: world.token, body: { lotId, quantity, reason: 'test' } });

  it('say what lots held at any moment, by what counted and by what was written', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { name: '=Formula 5 mg' });
    const first = await aLot(db, {
      branchId: world.branchId,
      drugId,
      quantity: '10',
      unitCost: '0.333333',
      expiryDate: daysFromNow(50),
    });
    const second = await aLot(db, { branchId: world.branchId, drugId, quantity: '4', unitCost: '2' });
    const moments: { at: string; held: Record<number, string> }[] = [];
    const held: Record<number, bigint> = { [first.lotId]: 10_000n, [second.lotId]: 4_000n };
    const text = (value: bigint): string => (Number(value) / 1000).toString();
    const note = async (): Promise<void> => {
      const { rows } = await db.owner.query<{ at: Date }>('select clock_timestamp() as at');
      moments.push({
        at: new Date((rows[0]?.at.getTime() ?? 0) + 1).toISOString(),
        held: Object.fromEntries(Object.entries(held).map(([id, value]) => [id, text(value)])),
      });
      await db.owner.query('select pg_sleep(0.005)');
    };
    await note();
    for (const [lotId, quantity] of [
      [first.lotId, '-3'],
      [second.lotId, '1.5'],
      [first.lotId, '-7'],
      [second.lotId, '-0.25'],
    ] as const) {
      expect((await adjust(lotId, quantity, world)).status).toBe(201);
      held[lotId] = (held[lotId] ?? 0n) + BigInt(Math.round(Number(quantity) * 1000));
      await note();
    }
    for (const by of ['recorded', 'effective'])
      for (const { at, held: expected } of moments) {
        const { data } = await get<AsOf>(
          `/reports/stock-as-of?at=${encodeURIComponent(at)}&by=${by}&drugId=${drugId}`,
          world,
        );
        expect(Object.fromEntries(data.map((row) => [row.lotId, row.quantity])), at).toEqual(
          Object.fromEntries(Object.entries(expected).filter(([, quantity]) => quantity !== '0')),
        );
      }
    // What was written today and counts for last week is in one and not in the other.
    await db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, effective_at)
       values ($1, $2, $3, 'adjustment', 5, 'found', 0, 0, now() - interval '7 days')`,
      [world.branchId, second.lotId, drugId],
    );
    const at = moments[0]?.at ?? '';
    const of = async (by: string): Promise<string | undefined> =>
      (await get<AsOf>(`/reports/stock-as-of?at=${at}&by=${by}&drugId=${drugId}`, world)).data.find(
        (row) => row.lotId === second.lotId,
      )?.quantity;
    expect([await of('effective'), await of('recorded')]).toEqual(['9', '4']);
    const before = await get<AsOf>('/reports/stock-as-of?at=2001-01-01T00:00:00Z&by=recorded', world);
    expect(before).toMatchObject({ data: [], totalValue: '0.00' });
    const page = await get<AsOf>(`/reports/stock-as-of?limit=1&at=${at}&by=recorded`, world);
    expect(page).toMatchObject({ meta: { total: 2 }, totalValue: '11.33', data: [{ value: '3.33' }] });
    const csv = await call<string>('GET', `/reports/stock-as-of?format=csv&at=${at}`, { token: world.token });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain(`'=Formula`);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('value stock by product, status, shelf and category, all to the same sum, with what is in transit', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const [a, b] = [await aDrug(db, { category: 'Analgesics' }), await aDrug(db)];
    const lot = (drugId: number, more: object) =>
      aLot(db, { branchId: world.branchId, drugId, quantity: '3', unitCost: '1.115', ...more });
    const shelved = await lot(a.drugId, {});
    await db.owner.query(`update operational.inventory_lots set bin = 'A1' where lot_id = $1`, [
      shelved.lotId,
    ]);
    await lot(a.drugId, { status: 'quarantined' });
    await lot(b.drugId, { expiryDate: daysFromNow(-1) });
    await lot(b.drugId, { quantity: '10', unitCost: '2' });
    const other = await aWorldFor(db, 'pharmacist');
    const transfer = await call<{ transferId: number }>('POST', '/inventory/transfers', {
      token: world.token,
      body: { origin: 'send', otherBranchId: other.branchId, lines: [{ drugId: b.drugId, quantity: '4' }] },
    });
    await call('POST', `/inventory/transfers/${transfer.body.transferId}/issue`, {
      token: world.token,
      body: {},
    });
    const byDrug = await get<Valuation>('/reports/stock-valuation', world);
    expect(byDrug).toMatchObject({
      data: [
        { key: String(b.drugId), quantity: '9', value: '15.35', availableValue: '12.00' },
        { key: String(a.drugId), quantity: '6', value: '6.70', availableValue: '3.35' },
      ],
      totalValue: '22.05',
      totalAvailableValue: '15.35',
      inTransitValue: '8.00',
    });
    for (const by of ['status', 'bin', 'category']) {
      const report = await get<Valuation>(`/reports/stock-valuation?by=${by}`, world);
      expect(report).toMatchObject({ totalValue: '22.05', totalAvailableValue: '15.35' });
      expect(report.data.every((row) => row.quantity === null)).toBe(true);
    }
    expect(
      (await get<Valuation>('/reports/stock-valuation?by=category', world)).data.map((row) => row.name),
    ).toEqual([null, 'Analgesics']);
    expect((await get<Valuation>('/reports/stock-valuation?by=bin', world)).data).toMatchObject([
      { key: null },
      { key: 'A1', name: 'A1', value: '3.35' },
    ]);
    const csv = await call<string>('GET', '/reports/stock-valuation?by=status&format=csv', {
      token: world.token,
    });
    expect(csv.body.split('\n').filter(Boolean)).toHaveLength(3);
    expect(await get<Valuation>('/reports/stock-valuation', await aWorldFor(db, 'auditor'))).toMatchObject({
      data: [],
      totalValue: '0.00',
    });
  });

  it('tell what expires in bands, and what of it will be left', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    const lot = (days: number, quantity: string, more: object = {}) =>
      aLot(db, {
        branchId: world.branchId,
        drugId,
        quantity,
        unitCost: '2',
        expiryDate: daysFromNow(days),
        ...more,
      });
    const gone = await lot(-1, '5');
    const [first, second] = [await lot(9, '100'), await lot(60, '10')];
    await lot(91, '1000');
    const held = await lot(30, '7', { status: 'on_hold' });
    await aSale(db, { branchId: world.branchId, userId: world.userId }, { drugId, quantity: '90' });
    const report = await get<Expiry>('/reports/expiry', world);
    expect(report.bands).toEqual([
      { band: 'expired', lots: 1, value: '10.00', unsoldValue: '10.00' },
      { band: '30', lots: 2, value: '34.00', unsoldValue: '14.00' },
      { band: '60', lots: 1, value: '20.00', unsoldValue: '0.00' },
      { band: '90', lots: 0, value: '0.00', unsoldValue: '0.00' },
    ]);
    // Ninety were used in ninety days: one a day. Ten are left of the first, for ten days; nothing uses what is on hold.
    expect(report.data.map(({ lotId, quantity, unsold }) => [lotId, quantity, unsold])).toEqual([
      [gone.lotId, '5', '5'],
      [first.lotId, '10', '0'],
      [held.lotId, '7', '7'],
      [second.lotId, '10', '0'],
    ]);
    expect(report.data[1]).toMatchObject({ band: '30', used90: '90' });
    expect((await get<Expiry>('/reports/expiry?band=60', world)).data.map((row) => row.lotId)).toEqual([
      second.lotId,
    ]);
    const csv = await call<string>('GET', '/reports/expiry?format=csv&band=30', { token: world.token });
    expect(csv.body.split('\n').filter(Boolean)).toHaveLength(3);
  });

  it('find lots by shelf and supplier; a lot is set on hold and given free, and sold in between by nobody', async () => {
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId: me.branchId, drugId, quantity: '5' });
    const { rows } = await db.owner.query<{ id: number }>(
      `insert into operational.suppliers (name) values ($1) returning supplier_id as id`,
      [`S ${randomUUID()}`],
    );
    await db.owner.query(
      `update operational.inventory_lots set bin = 'Q7', supplier_id = $2 where lot_id = $1`,
      [lotId, rows[0]?.id],
    );
    await aLot(db, { branchId: me.branchId, drugId });
    for (const query of ['bin=Q7', `supplierId=${rows[0]?.id}`])
      expect(
        (await get<{ data: LotRow[] }>(`/inventory/lots?${query}`)).data.map((lot) => lot.lotId),
      ).toEqual([lotId]);
    const change = (path: string, version: number) =>
      call<LotRow>('POST', `/inventory/${path}`, {
        token: me.token,
        body: { lotId, reason: 'asked the maker', version },
      });
    expect((await change('hold', 1)).body).toMatchObject({ status: 'on_hold', version: 2 });
    expect((await change('hold', 2)).status).toBe(409);
    expect((await change('quarantine', 2)).body).toMatchObject({ status: 'quarantined' });
    expect((await change('hold', 3)).body).toMatchObject({ status: 'on_hold' });
    expect((await change('release', 4)).body).toMatchObject({ status: 'available' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('refuse bad input, and who may not', async () => {
    for (const path of [
      'stock-as-of?at=yesterday',
      'stock-as-of?at=2026-01-01',
      'stock-as-of?by=x',
      'stock-valuation?by=x',
      'expiry?band=31',
      'expiry?format=pdf',
      'expiry?limit=101',
    ])
      expect((await call('GET', `/reports/${path}`, { token: me.token })).status, path).toBe(400);
    const clerk = await aWorldFor(db, 'inventory clerk');
    for (const path of ['stock-as-of', 'stock-valuation', 'expiry'])
      expect((await call('GET', `/reports/${path}`, { token: clerk.token })).status).toBe(403);
  });
});
