// Packs by their serials over HTTP: received, sold in parts, seen twice, refused.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { A_GLN, aLotOf, aSerialised, dataMatrix } from '../builders/packs.js';
import { aPrescription } from '../builders/prescription.js';
import { aSupplier } from '../builders/procurement.js';
import { useSerialShop, type Pack, type Taken } from '../builders/serial-shop.js';
import type { World } from '../builders/world.js';

describe('packs with serials', () => {
  const { db, call, aShop, post, get, received, life, sell, sound } = useSerialShop();

  it('box + strip + 4 tablets out of two packs, each exact to the tablet, and the price adds up', async () => {
    const shop = await aShop();
    const { drugId, codeOf, packs } = await received(shop, ['A1', 'A2'], {
      drug: await aSerialised(db, { price: '25.00' }),
    });
    const sold = await sell(shop, [
      { drugId, quantity: '1', unit: 'pack', packs: [codeOf('A1')] },
      { drugId, quantity: '1', unit: 'strip', packs: [codeOf('A2')] },
      { drugId, quantity: '4', unit: 'unit', packs: [codeOf('A2')] },
    ]);
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    expect(sold.body.total).toBe('36.67');
    expect(await life(shop, packs[0])).toMatchObject({ status: 'sold_out', remaining: '0', commands: [] });
    expect(await life(shop, packs[1])).toMatchObject({
      status: 'opened',
      remaining: '16',
      movements: [
        { kind: 'receive', delta: '30', remainingAfter: '30' },
        { kind: 'dispense', delta: '-10', remainingAfter: '20', isScanned: true },
        { kind: 'dispense', delta: '-4', remainingAfter: '16', isScanned: true },
      ],
    });
    await sound();
  });

  it('a serial seen twice is set aside, loudly, also while the first is at another branch or sold', async () => {
    const [shop, other] = [await aShop(), await aShop()];
    const first = await received(shop, ['D1', 'D2']);
    await sell(shop, [{ drugId: first.drugId, quantity: '30', packs: [first.codeOf('D1')] }]);
    const again = await received(other, ['D1', 'D3'], { drug: first });
    expect(again.packs).toMatchObject([
      { serial: 'D1', status: 'quarantined', isDuplicate: true },
      { serial: 'D3', status: 'in_stock', isDuplicate: false },
    ]);
    expect(again.packs[0]?.lotId).not.toBe(again.lotId);
    expect(await life(other, again.packs[0])).toMatchObject({
      lotStatus: 'quarantined',
      remaining: '30',
      commands: ['report'],
    });
    expect(await get(other, '/trace/status')).toMatchObject({ setAside: 1, seenTwice: 1 });
    const { rows } = await db.owner.query(
      'select description from operational.near_misses where branch_id = $1',
      [other.branchId],
    );
    expect(rows).toMatchObject([{ description: expect.stringContaining('D1') as string }]);
    // Nobody gives its lot free, by hand or by SQL.
    const lots = await get<{ data: { lotId: number; version: number; status: string }[] }>(
      other,
      `/inventory/lots?drugId=${first.drugId}`,
    );
    const aside = lots.data.find(({ status }) => status === 'quarantined');
    expect(
      (
        await post(other, '/inventory/release', {
          lotId: aside?.lotId,
          version: aside?.version,
          reason: 'looks fine',
        })
      ).body,
    ).toMatchObject({ status: 409, type: '/problems/pack-set-aside' });
    // Only whoever holds it sees it; the sold one's branch has its own.
    expect(
      (await call('GET', `/trace/serials/${again.packs[0]?.packSerialId}`, { token: shop.token })).status,
    ).toBe(404);
    await sound();
  });

  it('the same delivery twice with one key is one; the same pack twice in one is refused with its place', async () => {
    const shop = await aShop();
    const drug = await aSerialised(db);
    const lot = aLotOf('K1');
    const code = dataMatrix({ ...lot, gtin: drug.gtin, serial: 'K' });
    const item = { drugId: drug.drugId, ...lot, quantity: '60', unitCost: '1', packs: [code, code] };
    expect((await post(shop, '/inventory/receive', { items: [item] })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/items/0/packs/1', detail: 'is named twice' }],
    });
    const key = randomUUID();
    const one = { items: [{ ...item, packs: [code] }] };
    const answers = [
      await post(shop, '/inventory/receive', one, key),
      await post(shop, '/inventory/receive', one, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect((await get<{ data: Pack[] }>(shop, `/trace/serials?drugId=${drug.drugId}`)).data).toHaveLength(1);
  });

  it.each([
    ['of another product', { gtin: '' }, 'is of another product'],
    ['of another lot', { lotNumber: 'ZZ' }, 'is of lot ZZ'],
    ['of another expiry', { expiryDate: '2040-01-31' }, 'expires 2040-01-31'],
    ['without a serial', { serial: '' }, 'must have a product code and a serial'],
  ])('a pack %s is refused at the door, and nothing comes in', async (_, wrong, detail) => {
    const shop = await aShop();
    const [drug, another] = [await aSerialised(db), await aSerialised(db)];
    const lot = aLotOf('W1');
    const pack = { ...lot, gtin: drug.gtin, serial: 'W', ...wrong };
    const code = dataMatrix(pack.gtin === '' ? { ...pack, gtin: another.gtin } : pack);
    const answer = await post(shop, '/inventory/receive', {
      items: [
        {
          drugId: drug.drugId,
          ...lot,
          quantity: '30',
          unitCost: '1',
          packs: [pack.serial === '' ? code.split('\u001d')[0] : code],
        },
      ],
    });
    expect(answer.body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/items/0/packs/0', detail: expect.stringContaining(detail) as string }],
    });
    expect((await get<{ data: unknown[] }>(shop, `/inventory/lots?drugId=${drug.drugId}`)).data).toEqual([]);
  });

  it('packs that hold more than the line are refused', async () => {
    const shop = await aShop();
    const drug = await aSerialised(db);
    const lot = aLotOf('M1');
    const packs = ['1', '2'].map((serial) => dataMatrix({ ...lot, gtin: drug.gtin, serial }));
    const answer = await post(shop, '/inventory/receive', {
      items: [{ drugId: drug.drugId, ...lot, quantity: '59', unitCost: '1', packs }],
    });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/items/0/packs/1' }] });
  });

  it('a purchase order takes packs in by the same door', async () => {
    const shop = await aShop();
    const drug = await aSerialised(db);
    const supplierId = await aSupplier(db);
    const made = await post<{
      purchaseOrderId: number;
      version: number;
      lines: { purchaseOrderItemId: number }[];
    }>(shop, '/purchase-orders', {
      supplierId,
      lines: [{ drugId: drug.drugId, quantity: '2', price: '30.00' }],
    });
    await post(shop, `/purchase-orders/${made.body.purchaseOrderId}/submit`, { version: made.body.version });
    const lot = aLotOf('PO1');
    const packs = ['P1', 'P2'].map((serial) => dataMatrix({ ...lot, gtin: drug.gtin, serial }));
    const answer = await post<{ packs: Taken[] }>(
      shop,
      `/purchase-orders/${made.body.purchaseOrderId}/receive`,
      {
        lines: [
          {
            purchaseOrderItemId: made.body.lines[0]?.purchaseOrderItemId,
            ...lot,
            quantity: '2',
            bonus: '0',
            packs,
          },
        ],
      },
    );
    expect(answer.body.packs).toMatchObject([{ serial: 'P1' }, { serial: 'P2' }]);
    await sound();
  });

  it.each([
    [
      'was sold',
      'sold-out',
      (shop: World, _: Taken, drugId: number, code: string) =>
        sell(shop, [{ drugId, quantity: '30', packs: [code] }]),
    ],
    [
      'is reported stolen',
      'stolen',
      (shop: World, { packSerialId }: Taken) =>
        post(shop, `/trace/serials/${packSerialId}/report`, {
          kind: 'stolen',
          reason: 'gone from the shelf',
          version: 2,
        }),
    ],
    [
      'is set aside',
      'quarantined',
      (shop: World, { packSerialId }: Taken) =>
        post(shop, `/trace/serials/${packSerialId}/quarantine`, { reason: 'seal is broken', version: 2 }),
    ],
  ])('a pack that %s is refused at the till and at a fill', async (_, reason, before) => {
    const shop = await aShop();
    const { drugId, packs, codeOf } = await received(shop, ['R1'], { loose: 90 });
    const [pack] = packs;
    if (!pack) throw new Error('no pack');
    const done = await before(shop, pack, drugId, codeOf('R1'));
    expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
    const atTill = await sell(shop, [{ drugId, quantity: '1', packs: [codeOf('R1')] }]);
    expect(atTill.body).toMatchObject({
      status: 422,
      type: '/problems/pack-refused',
      params: { reason, serial: 'R1' },
    });
    const { prescriptionId } = await aPrescription(db, shop, { drugId, refillsAuthorized: 1 });
    const { body } = await post<{ fillId: number }>(shop, `/prescriptions/${prescriptionId}/fill`);
    expect((await post(shop, `/fills/${body.fillId}/scan`, { code: codeOf('R1') })).body).toMatchObject({
      status: 422,
      type: '/problems/pack-refused',
      params: { reason },
    });
    await sound();
  });

  it('a pack nobody received is refused only where the branch asks for known packs', async () => {
    const shop = await aShop();
    const { drugId, codeOf } = await received(shop, ['U1'], { loose: 30 });
    const sale = [{ drugId, quantity: '1', packs: [codeOf('NEVER')] }];
    expect((await sell(shop, sale)).status).toBe(201);
    await call('PUT', '/trace/policy', {
      token: shop.token,
      body: {
        format: 'EG',
        gln: A_GLN,
        demandKnown: true,
        demandScan: true,
        deadlineHours: 48,
        warnHours: 36,
        stopWhenLate: false,
        version: 0,
      },
    });
    expect((await sell(shop, sale)).body).toMatchObject({ status: 422, params: { reason: 'unknown' } });
    // What lies in packs leaves by a scan alone; what lies beside them is free.
    expect((await sell(shop, [{ drugId, quantity: '29' }])).status).toBe(201);
    expect((await sell(shop, [{ drugId, quantity: '1' }])).body).toMatchObject({
      status: 422,
      type: '/problems/pack-scan-required',
    });
    expect((await sell(shop, [{ drugId, quantity: '1', packs: [codeOf('U1')] }])).status).toBe(201);
    await sound();
  });
});
