// Recalls over HTTP: set aside at once, who got it, fills that go no further, caught at the door, closing to zero, and what the database refuses.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aSale } from '../builders/sale.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Recall {
  recallId: number;
  status: string;
  balance: Record<string, string>;
  lots: { lotId: number; branchId: number; status: string; isLate: boolean; quantity: string }[];
  blockedFills: { fillId: number }[];
  transit: { quantity: string }[];
  contacts: number;
  commands: string[];
}
interface Contacts {
  data: {
    patientId: number | null;
    patientName: string | null;
    quantity: string;
    cameBack: string;
    phone: string | null;
  }[];
  nextCursor: string | null;
}

describe('a recall', () => {
  const { db, call } = useTestApp();
  let me: World;
  let second = 0;

  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    second = await aBranch(db);
    await db.owner.query('insert into operational.user_branches (user_id, branch_id) values ($1, $2)', [
      me.userId,
      second,
    ]);
  });

  const post = <Body = Recall>(path: string, body: object = {}, world = me, key?: string) =>
    call<Body>('POST', `/inventory${path}`, {
      token: world.token,
      branchId: world.branchId,
      body,
      ...(key ? { key } : {}),
    });
  const recall = async (drugId: number, lotNumber?: string, more: object = {}): Promise<Recall> => {
    const answer = await post('/recall', {
      drugId,
      ...(lotNumber ? { lotNumber } : {}),
      recallClass: 'II',
      reason: 'glass in the vials',
      ...more,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const get = async (id: number, world = me): Promise<Recall> =>
    (await call<Recall>('GET', `/inventory/recalls/${id}`, { token: world.token, branchId: world.branchId }))
      .body;
  const statusOf = async (lotId: number): Promise<string> =>
    (
      await db.owner.query<{ status: string }>(
        'select status from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.status ?? '';
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };
  const receive = (drugId: number, lotNumber: string, quantity = '5', world = me) =>
    post<{ items: { lotId: number }[] }>(
      '/receive',
      { items: [{ drugId, lotNumber, expiryDate: daysFromNow(300), quantity, unitCost: '1' }] },
      world,
    );

  it('sets the lot aside at every branch of who calls, says who got it and what came back, and closes to zero', async () => {
    const { drugId } = await aDrug(db);
    const here = await aLot(db, { branchId: me.branchId, drugId, quantity: '40', lotNumber: 'ab-12' });
    const there = await aLot(db, { branchId: second, drugId, quantity: '7', lotNumber: 'AB-12 '.trim() });
    const aside = await aLot(db, {
      branchId: me.branchId,
      drugId,
      quantity: '2',
      lotNumber: 'AB-12',
      status: 'quarantined',
      unitCost: '9',
    });
    const other = await aLot(db, {
      branchId: me.branchId,
      drugId,
      quantity: '9',
      lotNumber: 'AB-13',
      expiryDate: daysFromNow(800),
    });
    const patientId = await aPatient(db, me, { firstName: 'Hoda', lastName: '=Samir' });
    await db.owner.query('update operational.patients set phone = $2 where patient_id = $1', [
      patientId,
      '+20 100 000',
    ]);
    const sale = await aSale(db, me, { drugId, quantity: '6', patientId });
    await aSale(db, me, { drugId, quantity: '1' });
    await aBareFill(db, me, { drugId, quantity: '10', dispensed: true });
    const open = await aBareFill(db, me, { drugId, quantity: '3' });
    await db.owner.query(
      'insert into operational.stock_reservations (branch_id, lot_id, fill_id, quantity) values ($1, $2, $3, 3)',
      [me.branchId, here.lotId, open.fillId],
    );
    const key = randomUUID();
    const body = {
      drugId,
      lotNumber: 'AB-12',
      recallClass: 'I',
      reason: 'glass in the vials',
      notice: 'EDA 17/2026',
    };
    const made = await post('/recall', body, me, key);
    expect(made.status).toBe(201);
    expect((await post('/recall', body, me, key)).body).toEqual(made.body);
    expect((await post('/recall', body)).body).toMatchObject({
      status: 409,
      type: '/problems/recall-exists',
      params: { recallId: made.body.recallId },
    });
    for (const { lotId } of [here, there, aside]) expect(await statusOf(lotId)).toBe('recalled');
    expect(await statusOf(other.lotId)).toBe('available');
    const id = made.body.recallId;
    expect(made.body).toMatchObject({
      status: 'open',
      isApplied: true,
      balance: {
        received: '49',
        onShelf: '32',
        handedOut: '17',
        cameBack: '0',
        withPatients: '17',
        destroyed: '0',
        outstanding: '49',
      },
      blockedFills: [{ fillId: open.fillId, status: 'in_progress', quantity: '3' }],
      contacts: 3,
      commands: ['close', 'withdraw'],
    });
    // A fill with it goes no further; nothing of it leaves to anybody.
    const forward = db.owner.query(
      `update operational.fills set status = 'verified', verified_by = $2, verified_at = now() where fill_id = $1`,
      [open.fillId, me.userId],
    );
    await expect(forward).rejects.toMatchObject({ code: 'MD003' });
    const list = await call<Contacts>('GET', `/inventory/recalls/${id}/contacts`, {
      token: me.token,
      branchId: me.branchId,
    });
    expect(list.body.data).toMatchObject([
      { patientId, patientName: 'Hoda =Samir', phone: '+20 100 000', quantity: '6', cameBack: '0' },
      { patientId: null, quantity: '1' },
      { patientName: 'Test Patient', quantity: '10' },
    ]);
    const read = await db.owner.query(
      `select 1 from operational.audit_logs where action = 'read' and table_name = 'patients' and row_key = $1 and user_id = $2`,
      [String(patientId), me.userId],
    );
    expect(read.rowCount).toBe(1);
    const csv = await call<string>('GET', `/inventory/recalls/${id}/contacts?format=csv`, {
      token: me.token,
      branchId: me.branchId,
    });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body.split('\n')).toHaveLength(5);
    const first = await call<Contacts>('GET', `/inventory/recalls/${id}/contacts?limit=2`, {
      token: me.token,
      branchId: me.branchId,
    });
    const next = await call<Contacts>(
      'GET',
      `/inventory/recalls/${id}/contacts?limit=2&cursor=${first.body.nextCursor}`,
      { token: me.token, branchId: me.branchId },
    );
    expect([first.body.data.length, next.body.data.length, next.body.nextCursor]).toEqual([2, 1, null]);
    // It comes back, and is set aside wherever it is put.
    const shift = await call('POST', '/till-shifts', {
      token: me.token,
      branchId: me.branchId,
      body: { openingFloat: '0.00' },
    });
    expect([201, 409]).toContain(shift.status);
    const back = await call('POST', `/sales/${sale.saleId}/return`, {
      token: me.token,
      branchId: me.branchId,
      key: randomUUID(),
      body: {
        items: [{ saleItemId: sale.saleItemId, quantity: '4', disposition: 'quarantine' }],
        reason: 'recalled',
      },
    });
    expect(back.status, JSON.stringify(back.body)).toBe(201);
    expect(await get(id)).toMatchObject({
      balance: { onShelf: '36', cameBack: '4', withPatients: '13', outstanding: '49' },
    });
    expect(
      (
        await call<Contacts>('GET', `/inventory/recalls/${id}/contacts`, {
          token: me.token,
          branchId: me.branchId,
        })
      ).body.data[0],
    ).toMatchObject({ cameBack: '4' });
    expect((await post(`/recalls/${id}/close`, { note: 'done with' })).body).toMatchObject({
      status: 409,
      type: '/problems/recall-open',
      params: { onShelf: '36', inTransit: '0' },
    });
    await db.owner.query(
      `update operational.stock_reservations set status = 'released', closed_at = now() where fill_id = $1`,
      [open.fillId],
    );
    for (const lot of (await get(id)).lots.filter(({ quantity }) => quantity !== '0')) {
      const world = { ...me, branchId: lot.branchId };
      expect(
        (await post('/destroy', { lotId: lot.lotId, quantity: lot.quantity, reason: 'recalled' }, world))
          .status,
      ).toBe(201);
    }
    expect((await post(`/recalls/${id}/close`, { note: 'all destroyed' })).body).toMatchObject({
      status: 'closed',
      balance: { onShelf: '0', destroyed: '36', withPatients: '13', outstanding: '13' },
    });
    // What arrives after that opens it again.
    expect((await receive(drugId, 'Ab-12')).status).toBe(201);
    expect(await get(id)).toMatchObject({ status: 'open', balance: { onShelf: '5' } });
    await sound();
  });

  it('catches at the door what arrives later: by receipt, twice into one lot, and by transfer', async () => {
    const { drugId } = await aDrug(db);
    const away = await aWorldFor(db, 'inventory clerk');
    await aLot(db, { branchId: away.branchId, drugId, quantity: '10', lotNumber: 'X9' });
    const sent = await post<{ transferId: number }>(
      '/transfers',
      { origin: 'send', otherBranchId: me.branchId, lines: [{ drugId, quantity: '4' }] },
      away,
    );
    const issued = await post<{ lots: { transitLotId: number }[] }>(
      `/transfers/${sent.body.transferId}/issue`,
      {},
      away,
    );
    const { recallId: id } = await recall(drugId, 'X9');
    expect(await get(id)).toMatchObject({
      balance: { onShelf: '0', inTransit: '4' },
      transit: [{ quantity: '4' }],
    });
    expect((await post(`/recalls/${id}/close`, { note: 'nothing here' })).body).toMatchObject({
      params: { inTransit: '4' },
    });
    const [one, two] = [await receive(drugId, 'x9'), await receive(drugId, 'x9', '2')];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.items[0]?.lotId).toBe(one.body.items[0]?.lotId);
    expect(await statusOf(one.body.items[0]?.lotId ?? 0)).toBe('recalled');
    const items = [{ transitLotId: issued.body.lots[0]?.transitLotId, quantity: '4' }];
    const taken = await post<{ status: string }>(`/transfers/${sent.body.transferId}/receive`, {
      complete: true,
      items,
    });
    expect(taken.body.status).toBe('closed');
    const after = await get(id);
    expect(after).toMatchObject({
      balance: { onShelf: '11', inTransit: '0', received: '7', transferredIn: '4' },
    });
    expect(after.lots.every((lot) => lot.status === 'recalled' && lot.isLate)).toBe(true);
    // The other branch, where nobody applied it, sees it and applies it.
    const boss = await aWorldFor(db, 'pharmacist', { branchId: away.branchId });
    expect(await get(id, boss)).toMatchObject({
      isApplied: false,
      balance: { onShelf: '6' },
      commands: ['apply', 'close', 'withdraw'],
    });
    const applied = await post(`/recalls/${id}/apply`, {}, boss);
    expect(applied.body).toMatchObject({
      isApplied: true,
      lots: [{ status: 'recalled', quantity: '6', isLate: false }],
    });
    expect((await post(`/recalls/${id}/close`, { note: 'nothing at mine' })).status).toBe(409);
    await sound();
  });

  it('of a whole product, or by the serial of a pack that was scanned', async () => {
    const { drugId } = await aDrug(db);
    const lots = [
      await aLot(db, { branchId: me.branchId, drugId }),
      await aLot(db, { branchId: me.branchId, drugId }),
    ];
    const all = await recall(drugId);
    expect(all).toMatchObject({ lotNumber: null, balance: { onShelf: '200' } });
    for (const { lotId } of lots) expect(await statusOf(lotId)).toBe('recalled');
    const scanned = await aDrug(db);
    const pack = await aLot(db, { branchId: me.branchId, drugId: scanned.drugId, lotNumber: 'S1' });
    const fill = await aBareFill(db, me, { drugId: scanned.drugId, quantity: '10', dispensed: true });
    await db.owner.query(
      `insert into operational.fill_scans (branch_id, fill_id, stage, result, lot_id, code, serial_number, user_id) values ($1, $2, 'fill', 'matched', $3, 'x', 'SN-77', $4)`,
      [me.branchId, fill.fillId, pack.lotId, me.userId],
    );
    const unknown = await post('/recall', {
      drugId: scanned.drugId,
      serial: 'SN-78',
      recallClass: 'III',
      reason: 'stolen',
    });
    expect(unknown.body).toMatchObject({ status: 422, type: '/problems/serial-unknown' });
    const bySerial = await recall(scanned.drugId, undefined, { serial: 'SN-77' });
    expect(bySerial).toMatchObject({ lotNumber: 'S1', serial: 'SN-77', contacts: 1 });
    const contacts = await call<Contacts>('GET', `/inventory/recalls/${bySerial.recallId}/contacts`, {
      token: me.token,
      branchId: me.branchId,
    });
    expect(contacts.body.data).toMatchObject([{ hadSerial: true, fillId: fill.fillId }]);
    await sound();
  });

  it('that was a mistake is withdrawn: lots are what they were, but for what nobody judged', async () => {
    const { drugId } = await aDrug(db);
    const lot = (status?: 'quarantined' | 'on_hold') =>
      aLot(db, {
        branchId: me.branchId,
        drugId,
        lotNumber: 'W',
        unitCost: status ? '2' : '1',
        ...(status ? { status } : {}),
      });
    const [free, held] = [await lot(), await lot('on_hold')];
    const { recallId } = await recall(drugId, 'W');
    const late = (await receive(drugId, 'W')).body.items[0]?.lotId ?? 0;
    const release = await post('/release', { lotId: free.lotId, reason: 'try', version: 2 });
    expect(release.status).toBe(409);
    const gone = await post(`/recalls/${recallId}/withdraw`, { reason: 'wrong product' });
    expect(gone.body).toMatchObject({ status: 'withdrawn', commands: [] });
    expect(await Promise.all([free.lotId, held.lotId, late].map(statusOf))).toEqual([
      'available',
      'on_hold',
      'quarantined',
    ]);
    expect((await post(`/recalls/${recallId}/apply`)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
    await recall(drugId, 'W');
    await sound();
  });

  it('misses nothing that comes in at the same moment, and is made once', async () => {
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: me.branchId, drugId, lotNumber: 'RACE', quantity: '50' });
    const body = { drugId, lotNumber: 'RACE', recallClass: 'I', reason: 'now' };
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => receive(drugId, 'RACE', '1')),
      ...Array.from({ length: 4 }, () => post('/recall', body)),
      ...Array.from({ length: 6 }, (_, n) => receive(drugId, n % 2 ? 'race' : 'RACE', '1')),
    ]);
    const calls = answers.slice(6, 10).map(({ status }) => status);
    expect(calls.sort()).toEqual([201, 409, 409, 409]);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    const { rows } = await db.owner.query<{ status: string; sum: string }>(
      'select status, sum(quantity)::text as sum from operational.inventory_lots where drug_id = $1 group by status',
      [drugId],
    );
    expect(rows).toMatchObject([{ status: 'recalled', sum: '62.000' }]);
    await sound();
  });

  it('refuses bad input, and who may not; patients are named for who may read them', async () => {
    const { drugId } = await aDrug(db);
    for (const body of [
      { drugId },
      { drugId, recallClass: 'IV', reason: 'xxx' },
      { drugId, recallClass: 'I', reason: 'x' },
      { drugId, recallClass: 'I', reason: 'xxx', lotNumber: '' },
      { drugId: -1, recallClass: 'I', reason: 'xxx' },
    ])
      expect((await post('/recall', body)).status).toBe(400);
    expect((await post('/recall', { drugId: 999_999_999, recallClass: 'I', reason: 'xxx' })).status).toBe(
      404,
    );
    expect((await post('/recalls/999999999/close', { note: 'xxx' })).status).toBe(404);
    const { recallId } = await recall(drugId);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
    expect((await post(`/recalls/${recallId}/close`, { note: 'xxx' }, clerk)).status).toBe(403);
    expect((await call('GET', `/inventory/recalls/${recallId}`, { token: clerk.token })).status).toBe(200);
    expect(
      (await call('GET', `/inventory/recalls/${recallId}/contacts`, { token: clerk.token })).status,
    ).toBe(403);
    expect((await call('GET', '/inventory/recalls?status=open', { token: clerk.token })).body).toMatchObject({
      data: expect.any(Array) as unknown,
    });
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    expect((await call('GET', '/inventory/recalls', { token: cashier.token })).status).toBe(403);
  });

  it('is kept by the database: nobody gives a lot free, closes over stock, or reopens by hand', async () => {
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId: me.branchId, drugId, lotNumber: 'K', quantity: '5' });
    const other = await aLot(db, { branchId: me.branchId, drugId, lotNumber: 'M', quantity: '5' });
    const { recallId } = await recall(drugId, 'K');
    const app = await connectAs(db, 'pharmacy_app');
    const refused = (code: string, statement: string, values: unknown[] = []) =>
      expect(app.query(statement, values), statement).rejects.toMatchObject({ code });
    try {
      await app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(me.branchId),
        String(me.userId),
      ]);
      await refused('MD136', `update operational.inventory_lots set status = 'available' where lot_id = $1`, [
        lotId,
      ]);
      await refused(
        'MD137',
        `update operational.stock_recalls set status = 'closed', closed_by = $2, closed_at = now(), close_note = 'xxx' where recall_id = $1`,
        [recallId, me.userId],
      );
      await refused(
        'MD004',
        'insert into operational.stock_recall_lots (recall_id, lot_id, branch_id, previous_status, quantity) values ($1, $2, $3, $4, 0)',
        [recallId, other.lotId, me.branchId, 'available'],
      );
      await refused('42501', 'update operational.stock_recall_lots set is_late = true');
      await refused('42501', 'delete from operational.stock_recalls');
      await refused('42501', `update operational.stock_recalls set reason = 'none'`);
      const made = await app.query<{ status: string }>(
        `insert into operational.inventory_lots (branch_id, drug_id, lot_number, unit_cost, status) values ($1, $2, ' k', 1, 'available') returning status`,
        [me.branchId, drugId],
      );
      expect(made.rows).toEqual([{ status: 'recalled' }]);
      await refused(
        'MD003',
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost) values ($1, $2, $3, 'transfer_out', -1, 'x', 0, 0)`,
        [me.branchId, lotId, drugId],
      );
    } finally {
      await app.end();
    }
    expect((await post('/destroy', { lotId, quantity: '5', reason: 'recalled' })).status).toBe(201);
    expect((await post(`/recalls/${recallId}/close`, { note: 'destroyed' })).status).toBe(200);
    await expect(
      db.owner.query(
        `update operational.stock_recalls set status = 'open', closed_by = null, closed_at = null, close_note = null where recall_id = $1`,
        [recallId],
      ),
    ).rejects.toMatchObject({ code: 'MD004' });
    await sound();
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(`update operational.inventory_lots set status = 'on_hold' where lot_id = $1`, [
        lotId,
      ]);
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      expect(reports.filter(({ broken }) => broken.length > 0).map(({ code }) => code)).toEqual([
        'recalls-hold',
      ]);
      await client.query(`update operational.inventory_lots set status = 'recalled' where lot_id = $1`, [
        lotId,
      ]);
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
    await sound();
  });
});
