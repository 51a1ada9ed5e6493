// Packs by their serials over HTTP: filled, returned, moved, judged, looked up; and what the database refuses.
import { describe, expect, it } from 'vitest';

import { aPrescription } from '../builders/prescription.js';
import { useSerialShop, type Pack, type Taken } from '../builders/serial-shop.js';
import { seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { connectAs } from '../support/db.js';

describe('the life of a pack', () => {
  const { db, call, aShop, post, get, received, life, sell, sound } = useSerialShop();

  it('a fill ties the packs that were scanned for it, the opened one first', async () => {
    const shop = await aShop();
    const { drugId, packs, codeOf } = await received(shop, ['F1', 'F2']);
    await sell(shop, [{ drugId, quantity: '5', packs: [codeOf('F2')] }]);
    const next = await get<{ data: { quantity: string; packs: object[] }[] }>(
      shop,
      `/trace/next-packs?drugId=${drugId}&quantity=30`,
    );
    expect(next.data).toMatchObject([
      {
        quantity: '30',
        packs: [
          { serial: 'F2', status: 'opened', remaining: '25', take: '25' },
          { serial: 'F1', take: '5' },
        ],
      },
    ]);
    const { prescriptionId } = await aPrescription(db, shop, { drugId });
    const filled = await post<{ fillId: number; quantity: string }>(
      shop,
      `/prescriptions/${prescriptionId}/fill`,
    );
    const station = await get<{ shelf: object[] }>(shop, `/fills/${filled.body.fillId}/station`);
    expect(station.shelf).toMatchObject([{ openedPack: { serial: 'F2', remaining: '25' } }]);
    for (const serial of ['F1', 'F2'])
      expect((await post(shop, `/fills/${filled.body.fillId}/scan`, { code: codeOf(serial) })).status).toBe(
        200,
      );
    for (const step of ['verify', 'ready', 'dispense'])
      await post(shop, `/fills/${filled.body.fillId}/${step}`, step === 'ready' ? { bin: 'B1' } : {});
    const [one, two] = [await life(shop, packs[0]), await life(shop, packs[1])];
    expect(two).toMatchObject({ status: 'sold_out', remaining: '0' });
    expect(two.movements.at(-1)).toMatchObject({ kind: 'dispense', units: '25', isScanned: true });
    expect(one).toMatchObject({ status: 'opened', remaining: String(55 - Number(filled.body.quantity)) });
    await sound();
  });

  it('what comes back goes into its pack: a return to the shelf, a return set aside', async () => {
    const shop = await aShop();
    const { drugId, packs, codeOf } = await received(shop, ['B1', 'B2']);
    const sold = await sell(shop, [
      { drugId, quantity: '30', packs: [codeOf('B1')] },
      { drugId, quantity: '12', packs: [codeOf('B2')] },
    ]);
    const back = (index: number, quantity: string, disposition: string) =>
      post(shop, `/sales/${sold.body.saleId}/return`, {
        items: [{ saleItemId: sold.body.items[index]?.saleItemId, quantity, disposition }],
        reason: 'wrong one',
      });
    expect((await back(1, '2', 'restock')).status).toBe(201);
    expect(await life(shop, packs[1])).toMatchObject({ status: 'opened', remaining: '20' });
    expect((await back(0, '30', 'quarantine')).status).toBe(201);
    expect(await life(shop, packs[0])).toMatchObject({
      status: 'quarantined',
      lotStatus: 'quarantined',
      remaining: '30',
    });
    // Beside a pack that lies on the shelf, what is set aside is loose.
    expect((await back(1, '3', 'quarantine')).status).toBe(201);
    const two = await life(shop, packs[1]);
    expect(two).toMatchObject({ remaining: '20' });
    expect(two.movements.at(-1)).toMatchObject({ kind: 'return', units: '3', delta: '0' });
    await sound();
  });

  it('packs travel with a transfer and are of the other branch then', async () => {
    await seedAccess(db);
    const shop = await aShop();
    const there = await aBranch(db);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: there });
    const giver = await aWorldFor(db, 'pharmacist', { branchId: shop.branchId });
    const { drugId, packs } = await received(shop, ['T1', 'T2', 'T3']);
    const sent = await post<{
      transferId: number;
      lots: { transitLotId: number }[];
      lines: { transferLineId: number }[];
    }>(giver, '/inventory/transfers', {
      origin: 'send',
      otherBranchId: there,
      lines: [{ drugId, quantity: '60' }],
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(201);
    const issued = await post<{ lots: { transitLotId: number }[] }>(
      giver,
      `/inventory/transfers/${sent.body.transferId}/issue`,
    );
    expect(issued.status, JSON.stringify(issued.body)).toBe(200);
    expect((await life(shop, packs[0])).status).toBe('shipped');
    const arrived = await post(clerk, `/inventory/transfers/${sent.body.transferId}/receive`, {
      items: issued.body.lots.map(({ transitLotId }) => ({ transitLotId, quantity: '60' })),
      complete: true,
    });
    expect(arrived.status, JSON.stringify(arrived.body)).toBe(200);
    const taken = await get<{ data: Pack[] }>(clerk, `/trace/serials?drugId=${drugId}`);
    expect(taken.data.map(({ serial, remaining, status }) => [serial, remaining, status])).toEqual([
      ['T2', '30', 'in_stock'],
      ['T1', '30', 'in_stock'],
    ]);
    expect((await get<{ data: Pack[] }>(shop, `/trace/serials?drugId=${drugId}`)).data).toMatchObject([
      { serial: 'T3' },
    ]);
    await sound();
  });

  it('a pack set aside is given free again, and steps that are not possible say which are', async () => {
    const shop = await aShop();
    const { packs, drugId, codeOf } = await received(shop, ['Q1']);
    const at = `/trace/serials/${packs[0]?.packSerialId}`;
    expect((await post(shop, `${at}/quarantine`, { reason: 'doubt', version: 9 })).body).toMatchObject({
      status: 409,
      type: '/problems/stale-version',
    });
    const aside = await post<Pack>(shop, `${at}/quarantine`, { reason: 'doubt', version: 2 });
    expect(aside.body).toMatchObject({
      status: 'quarantined',
      remaining: '30',
      commands: ['report', 'release'],
    });
    expect(
      (await post(shop, `${at}/quarantine`, { reason: 'doubt', version: aside.body.version })).body,
    ).toMatchObject({
      status: 409,
      type: '/problems/invalid-transition',
      params: { allowed: ['report', 'release'] },
    });
    expect(
      (await post<Pack>(shop, `${at}/release`, { reason: 'genuine', version: aside.body.version })).body,
    ).toMatchObject({ status: 'in_stock', lotStatus: 'available' });
    expect((await sell(shop, [{ drugId, quantity: '30', packs: [codeOf('Q1')] }])).status).toBe(201);
    await sound();
  });

  it('packs that lay in stock are entered later, no more than the lot holds', async () => {
    const shop = await aShop();
    const { lotId, codeOf } = await received(shop, [], { loose: 50 });
    const made = await post<{ data: Taken[] }>(shop, '/trace/serials', { lotId, packs: [codeOf('L1')] });
    expect(made.body.data).toMatchObject([{ serial: 'L1', status: 'in_stock' }]);
    expect((await post(shop, '/trace/serials', { lotId, packs: [codeOf('L2')] })).body).toMatchObject({
      status: 409,
      type: '/problems/pack-short',
    });
    expect((await post(shop, '/trace/serials', { lotId: 999_999, packs: [codeOf('L3')] })).status).toBe(404);
    await sound();
  });

  it('a scan tells the pack, its life, and whether it may leave', async () => {
    const shop = await aShop();
    const { codeOf, gtin } = await received(shop, ['S1']);
    expect((await post(shop, '/trace/serials/look-up', { code: codeOf('S1') })).body).toMatchObject({
      gtin,
      serial: 'S1',
      standing: 'free',
      packs: [{ serial: 'S1', remaining: '30' }],
    });
    expect((await post(shop, '/trace/serials/look-up', { code: codeOf('S9') })).body).toMatchObject({
      standing: 'unknown',
      packs: [],
    });
    expect((await post(shop, '/trace/serials/look-up', { code: 'nonsense' })).status).toBe(422);
  });

  it('need their rights', async () => {
    const shop = await aShop();
    const { packs } = await received(shop, ['N1']);
    const reader = await aWorldFor(db, ['ReadInventory'], { branchId: shop.branchId });
    const at = `/trace/serials/${packs[0]?.packSerialId}`;
    expect((await post(reader, `${at}/report`, { kind: 'stolen', reason: 'gone', version: 2 })).status).toBe(
      403,
    );
    expect((await call('PUT', '/trace/policy', { token: reader.token, body: {} })).status).toBe(403);
  });

  it('are kept by the database: nothing by hand, nothing twice, nothing more than there is', async () => {
    const shop = await aShop();
    const { packs, lotId, gtin } = await received(shop, ['H1']);
    const id = packs[0]?.packSerialId ?? 0;
    await expect(
      db.owner.query('update operational.pack_serials set remaining = 5 where pack_serial_id = $1', [id]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query('delete from operational.pack_serials where pack_serial_id = $1', [id]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query('delete from operational.pack_movements where pack_serial_id = $1', [id]),
    ).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query(
        `insert into operational.pack_serials (branch_id, lot_id, gtin, serial, base_units) values ($1, $2, $3, 'H1', 30)`,
        [shop.branchId, lotId, gtin],
      ),
    ).rejects.toMatchObject({ code: 'MD190' });
    await expect(
      db.owner.query(
        `insert into operational.pack_serials (branch_id, lot_id, gtin, serial, base_units) values ($1, $2, $3, 'H2', 30)`,
        [shop.branchId, lotId, gtin],
      ),
    ).rejects.toMatchObject({ code: 'MD194' });
    const app = await connectAs(db, 'pharmacy_app');
    await expect(
      app.query(
        'insert into operational.pack_movements (branch_id, pack_serial_id, kind, units, delta, remaining_after, lot_id) values (1, 1, $1, 1, 1, 1, 1)',
        ['receive'],
      ),
    ).rejects.toMatchObject({ code: '42501' });
    await app.end();
  });
});
