// Receipt and destruction of controlled medicines by two people; destruction of anything else by one.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { aBranch, aStepUp, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Destroyed {
  destructionId: number;
  status: string;
  movementId: number | null;
  witnessedBy: string | null;
  requestedBy: string;
}

describe('two people', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let me: World;
  let other: World;
  let morphine = 0;
  let plain = 0;
  let colleague: Awaited<ReturnType<typeof aUser>>;

  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [
      branchId,
    ]);
    me = await aWorldFor(db, 'pharmacist', { branchId });
    other = await aWorldFor(db, 'technician', { branchId });
    colleague = await aUser(db, { role: 'pharmacist', branchIds: [branchId] });
    morphine = (await aDrug(db, { controlledSchedule: 'II' })).drugId;
    plain = (await aDrug(db)).drugId;
  });

  const post = <Body = Record<string, unknown>>(path: string, body: object, world = me, key?: string) =>
    call<Body>('POST', path, { token: world.token, body, ...(key ? { key } : {}) });
  const sign = async (who = colleague, world = me) =>
    post<{ token: string; witnessName: string }>(
      '/auth/witness',
      { username: who.username, password: who.password },
      world,
    );
  const token = async (): Promise<string> => (await sign()).body.token;
  const line = (drugId: number, quantity = '10') => ({
    items: [
      {
        drugId,
        lotNumber: `N${randomUUID().slice(0, 6)}`,
        expiryDate: daysFromNow(300),
        quantity,
        unitCost: '1',
      },
    ],
  });
  const destroy = (lotId: number, more: object = {}, world = me, key?: string) =>
    post<Destroyed>('/inventory/destroy', { lotId, quantity: '4', reason: 'expired', ...more }, world, key);
  const onHand = async (lotId: number): Promise<string> =>
    (
      await db.owner.query<{ q: string }>(
        'select trim_scale(quantity)::text as q from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.q ?? '';
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };

  it('receive what is controlled, and both stand in the register', async () => {
    expect((await post('/inventory/receive', line(plain))).status).toBe(201);
    const alone = await post('/inventory/receive', line(morphine));
    expect(alone.body).toMatchObject({
      status: 409,
      type: '/problems/witness-required',
      params: { drugIds: [morphine] },
    });
    const key = randomUUID();
    const delivery = { ...line(morphine), witness: await token() };
    const taken = await post('/inventory/receive', delivery, me, key);
    expect(taken.status).toBe(201);
    expect((await post('/inventory/receive', delivery, me, key)).body).toEqual(taken.body);
    const again = await post('/inventory/receive', { ...line(morphine), witness: delivery.witness });
    expect(again.body).toMatchObject({ status: 422, params: { reason: 'not-signed' } });
    const register = await call<{ data: { kind: string; userName: string; witnessName: string }[] }>(
      'GET',
      `/reports/controlled-register?drugId=${morphine}`,
      { token: me.token },
    );
    expect(register.body.data).toMatchObject([
      { kind: 'receipt', witnessName: `Person ${colleague.username}` },
    ]);
    await sound();
  });

  it('are two: nobody signs for himself, without the right, at another branch, or with a wrong password', async () => {
    const self = await aUser(db, { role: 'pharmacist', branchIds: [branchId] });
    const signedIn = await call<{ token: string }>('POST', '/auth/login', {
      body: { username: self.username, password: self.password },
    });
    const mine = { ...me, token: signedIn.body.token };
    expect((await sign(self, mine)).body).toMatchObject({ status: 422, params: { reason: 'same-person' } });
    for (const who of [
      await aUser(db, { role: 'cashier', branchIds: [branchId] }),
      await aUser(db, { role: 'pharmacist', branchIds: [await aBranch(db)] }),
    ])
      expect((await sign(who)).body).toMatchObject({
        status: 422,
        type: '/problems/witness-refused',
        params: { reason: 'no-right' },
      });
    for (const who of [
      { ...colleague, password: 'not it' },
      { ...colleague, username: 'nobody' },
      await aUser(db, { role: 'pharmacist', branchIds: [branchId], status: 'disabled' }),
    ])
      expect((await sign(who)).body).toMatchObject({ status: 422, type: '/problems/wrong-password' });
    const cashier = await aWorldFor(db, 'cashier', { branchId });
    // Who may not move stock may still have a drop into the safe seen.
    expect((await sign(colleague, cashier)).status).toBe(201);
    // A signature is good in the session it was given in alone.
    const stolen = await post('/inventory/receive', { ...line(morphine), witness: await token() }, other);
    expect(stolen.status).toBe(403);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    const elsewhere = await post('/inventory/receive', { ...line(morphine), witness: await token() }, clerk);
    expect(elsewhere.body).toMatchObject({ status: 422, params: { reason: 'not-signed' } });
  });

  it('destroy what is controlled at once where both are there', async () => {
    const { lotId } = await aLot(db, {
      branchId,
      drugId: morphine,
      quantity: '10',
      expiryDate: daysFromNow(-3),
    });
    const key = randomUUID();
    const witness = await token();
    const done = await destroy(lotId, { witness }, me, key);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({
      status: 'destroyed',
      witnessedBy: `Person ${colleague.username}`,
      reason: 'expired',
    });
    expect((await destroy(lotId, { witness }, me, key)).body).toEqual(done.body);
    expect(await onHand(lotId)).toBe('6');
    const page = await call<string>('GET', `/inventory/destructions/${done.body.destructionId}/record`, {
      token: me.token,
    });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain(`Record of destruction ${done.body.destructionId}`);
    expect(page.body).toContain(`Witness: <bdi>Person ${colleague.username}</bdi>`);
    expect(page.body).not.toContain('<script');
    await sound();
  });

  it('destroy it one after the other: it waits, and leaves when another has seen it', async () => {
    const { lotId } = await aLot(db, { branchId, drugId: morphine, quantity: '10', status: 'quarantined' });
    const asked = await destroy(lotId);
    expect(asked.body).toMatchObject({ status: 'pending', movementId: null, needsWitness: true });
    expect(await onHand(lotId)).toBe('10');
    const at = `/inventory/destructions/${asked.body.destructionId}`;
    const pending = await call<{ data: Destroyed[] }>('GET', '/inventory/destructions?status=pending', {
      token: other.token,
    });
    expect(pending.body.data.map((one) => one.destructionId)).toContain(asked.body.destructionId);
    const alone = await post(`${at}/witness`, { stepUp: await aStepUp(db, me) });
    expect(alone.body).toMatchObject({ status: 422, type: '/problems/witness-refused' });
    expect((await post(`${at}/witness`, { stepUp: await aStepUp(db, me) }, other)).body).toMatchObject({
      status: 403,
      type: '/problems/step-up-required',
    });
    expect((await post(`${at}/witness`, {}, other)).status).toBe(400);
    const done = await post<Destroyed>(`${at}/witness`, { stepUp: await aStepUp(db, other) }, other);
    expect(done.body).toMatchObject({ status: 'destroyed', witnessedBy: expect.any(String) as unknown });
    expect(done.body.witnessedBy).not.toBe(done.body.requestedBy);
    expect(await onHand(lotId)).toBe('6');
    for (const command of ['witness', 'cancel'])
      expect(
        (
          await post(
            `${at}/${command}`,
            command === 'witness' ? { stepUp: await aStepUp(db, other) } : { reason: 'x' },
            me,
          )
        ).body,
      ).toMatchObject({ status: 409, type: '/problems/invalid-transition', params: { allowed: [] } });
    const cancelled = await destroy(lotId, { reason: 'other', note: 'spilt on the floor' });
    const end = await post<Destroyed>(`/inventory/destructions/${cancelled.body.destructionId}/cancel`, {
      reason: 'found again',
    });
    expect(end.body).toMatchObject({ status: 'cancelled', cancelReason: 'found again', movementId: null });
    await sound();
  });

  it('need not be two for anything else, whatever state its lot is in', async () => {
    for (const status of ['available', 'quarantined', 'on_hold', 'recalled', 'expired'] as const) {
      const { lotId } = await aLot(db, {
        branchId,
        drugId: plain,
        quantity: '10',
        status,
        expiryDate: daysFromNow(-1),
      });
      expect((await destroy(lotId, { reason: 'damaged' })).body, status).toMatchObject({
        status: 'destroyed',
        witnessedBy: null,
      });
      const more = await destroy(lotId, { quantity: '6.001' });
      expect(more.body).toMatchObject({
        status: 409,
        type: '/problems/insufficient-stock',
        params: { available: '6' },
      });
    }
    const { lotId } = await aLot(db, { branchId, drugId: plain });
    for (const bad of [
      { quantity: '0' },
      { quantity: '-1' },
      { quantity: 'NaN' },
      { reason: 'bored' },
      { reason: 'other' },
      { note: 'x\u0000' },
      { witness: 'x' },
      { x: 1 },
    ])
      expect((await destroy(lotId, bad)).status, JSON.stringify(bad)).toBe(400);
    expect((await destroy(999_999_999)).status).toBe(404);
    const elsewhere = await aLot(db, { branchId: await aBranch(db), drugId: plain });
    expect((await destroy(elsewhere.lotId)).status).toBe(404);
    expect((await destroy(lotId, {}, other)).status).toBe(403);
    for (const path of ['witness', 'cancel'])
      expect(
        (await post(`/inventory/destructions/999999999/${path}`, { stepUp: 'a'.repeat(30), reason: 'x' }))
          .status,
      ).toBe(400);
    await sound();
  });

  it('are two for the database as well: one hand posts nothing alone', async () => {
    const { lotId } = await aLot(db, { branchId, drugId: morphine, quantity: '10' });
    const app = await connectAs(db, 'pharmacy_app');
    const as = (userId: number) =>
      app.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(branchId),
        String(userId),
      ]);
    const move = (user: number | null, witness: number | null, type = 'destruction') =>
      app.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, user_id, witness_id)
         values ($1, $2, $3, $6, -1, 'x', 0, 0, $4, $5)`,
        [branchId, lotId, morphine, user, witness, type],
      );
    try {
      await as(me.userId);
      for (const [user, witness] of [
        [me.userId, null],
        [null, null],
        [me.userId, me.userId],
        [me.userId, other.userId],
        [other.userId, me.userId],
        [other.userId, colleague.userId],
      ] as const)
        await expect(move(user, witness)).rejects.toMatchObject({ code: 'MD036' });
      await expect(
        app.query(
          `insert into operational.stock_destructions (branch_id, lot_id, quantity, reason, requested_by) values ($1, $2, 1, 'expired', $3)`,
          [branchId, lotId, other.userId],
        ),
      ).rejects.toMatchObject({ code: 'MD035' });
      await expect(
        app.query(
          `insert into operational.witness_signatures (branch_id, witness_id, session_id, token_hash, expires_at) values ($1, $2, $3, 'x', now())`,
          [branchId, other.userId, me.ctx.actor.sessionId],
        ),
      ).rejects.toMatchObject({ code: 'MD035' });
      const { rows } = await app.query<{ id: number }>(
        `insert into operational.stock_destructions (branch_id, lot_id, quantity, reason, requested_by) values ($1, $2, 1, 'expired', $3) returning destruction_id as id`,
        [branchId, lotId, me.userId],
      );
      for (const change of ['quantity = 2', `requested_by = ${other.userId}`, 'lot_id = 1'])
        await expect(
          app.query(`update operational.stock_destructions set ${change} where destruction_id = $1`, [
            rows[0]?.id,
          ]),
        ).rejects.toMatchObject({ code: '42501' });
      // Somebody else is at the keyboard, and still there is no password.
      await as(other.userId);
      await expect(move(me.userId, other.userId)).rejects.toMatchObject({ code: 'MD036' });
      await expect(
        app.query(
          `update operational.stock_destructions set status = 'destroyed', movement_id = (select min(movement_id) from operational.stock_movements), closed_by = $2, closed_at = now() where destruction_id = $1`,
          [rows[0]?.id, other.userId],
        ),
      ).rejects.toMatchObject({ code: 'MD004' });
    } finally {
      await app.end();
    }
    expect(await onHand(lotId)).toBe('10');
    await sound();
  });

  it('correct an entry by a new one that names it', async () => {
    const { lotId } = await aLot(db, { branchId, drugId: morphine, quantity: '10' });
    const first = await post<{ movementId: number }>('/inventory/adjust', {
      lotId,
      quantity: '-2',
      reason: 'broken',
    });
    const body = { lotId, quantity: '1', reason: 'one was whole', correctsMovementId: first.body.movementId };
    expect((await post('/inventory/adjust', body)).status).toBe(201);
    const { data } = (
      await call<{ data: { entryNo: number; movementId: number; correctsEntryNo: number | null }[] }>(
        'GET',
        `/reports/controlled-register?drugId=${morphine}&limit=100`,
        { token: me.token },
      )
    ).body;
    const corrected = data.find(({ movementId }) => movementId === first.body.movementId);
    expect(data.at(-1)?.correctsEntryNo).toBe(corrected?.entryNo);
    const page = await call<string>('GET', `/reports/controlled-register?drugId=${morphine}&format=html`, {
      token: me.token,
    });
    expect(page.body).toContain(`(corrects no. ${corrected?.entryNo})`);
    expect(page.body).toContain('Opening balance');
    expect(page.body).toContain('Closing balance');
    const free = await aLot(db, { branchId, drugId: plain });
    for (const wrong of [{ lotId: free.lotId }, { correctsMovementId: 999_999_999 }])
      expect((await post('/inventory/adjust', { ...body, ...wrong })).status).toBe(404);
    await sound();
  });

  it('that were made up are named by the integrity check', async () => {
    const corrupt = async (by: number): Promise<void> => {
      const client = await db.owner.connect();
      try {
        await client.query('set session_replication_role = replica');
        await client.query(
          `update operational.stock_destructions set quantity = quantity + $1 where destruction_id = (select min(destruction_id) from operational.stock_destructions where status = 'destroyed')`,
          [by],
        );
        await client.query('set session_replication_role = origin');
      } finally {
        client.release();
      }
    };
    await corrupt(1);
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0).map(({ code }) => code)).toEqual([
      'controlled-signed-by-two',
    ]);
    await corrupt(-1);
    await sound();
  });
});
