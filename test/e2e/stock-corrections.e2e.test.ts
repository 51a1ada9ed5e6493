// Corrections over the limit, lots divided and moved to another shelf, and stock kept for a time, over HTTP and against the database.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { StockReservationsService } from '../../src/operational/stock-reservations/stock-reservations.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Lot {
  lotId: number;
  quantity: string;
  status: string;
  expiryDate: string;
  bin: string | null;
  version: number;
}
interface Asked {
  adjustmentId: number;
  movementId: number | null;
  isPending: boolean;
  lot: Lot;
}
interface Kept {
  reservationId: number;
  status: string;
  lots: { lotId: number; quantity: string }[];
}

describe('stock', () => {
  const { db, call, app } = useTestApp();
  let me: World;
  let boss: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'inventory clerk');
    boss = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const policy = await call('PATCH', '/inventory/policy', {
      token: boss.token,
      body: { version: 0, adjustmentLimit: '50' },
    });
    expect(policy.body).toMatchObject({ adjustmentLimit: '50', recountShare: '0.05' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: object = {}, world = me, key?: string) =>
    call<Body>('POST', `/inventory${path}`, { token: world.token, body, ...(key ? { key } : {}) });
  const lot = async (values: object = {}): Promise<{ lotId: number; drugId: number }> => {
    const { drugId } = await aDrug(db);
    return {
      drugId,
      ...(await aLot(db, {
        branchId: me.branchId,
        drugId,
        quantity: '20',
        unitCost: '10',
        expiryDate: daysFromNow(200),
        ...values,
      })),
    };
  };
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

  it('is corrected by one person up to a limit, and by two beyond', async () => {
    const { lotId, drugId } = await lot();
    const small = await post<Asked>('/adjust', {
      lotId,
      quantity: '-5',
      reasonCode: 'damaged',
      reason: 'fell down',
    });
    expect(small.body).toMatchObject({ isPending: false, adjustmentId: null, lot: { quantity: '15' } });
    const key = randomUUID();
    const body = { lotId, quantity: '-6', reasonCode: 'theft', reason: 'shelf was empty' };
    const asked = await post<Asked>('/adjust', body, me, key);
    expect(asked.body).toMatchObject({ isPending: true, movementId: null, lot: { quantity: '15' } });
    expect((await post('/adjust', body, me, key)).body).toEqual(asked.body);
    const id = asked.body.adjustmentId;
    const pending = await call<{ data: object[] }>('GET', '/inventory/adjustments?status=pending', {
      token: me.token,
    });
    expect(pending.body.data).toMatchObject([
      { adjustmentId: id, value: '-60.00', reasonCode: 'theft', requestedById: me.userId },
    ]);
    expect((await post(`/adjustments/${id}/approve`)).status).toBe(403);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(`/adjustments/${id}/approve`, { note: 'police 7' }, boss)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await onHand(lotId)).toBe('9');
    const movements = await call<{ data: object[] }>('GET', `/inventory/movements?drugId=${drugId}`, {
      token: me.token,
    });
    expect(movements.body.data[0]).toMatchObject({
      movementType: 'adjustment',
      quantity: '-6',
      reasonCode: 'theft',
      userId: me.userId,
    });
    const own = await post<Asked>('/adjust', { lotId, quantity: '100', reason: 'found' }, boss);
    expect((await post(`/adjustments/${own.body.adjustmentId}/approve`, {}, boss)).body).toMatchObject({
      status: 409,
      type: '/problems/adjustment-own',
    });
    expect(
      (await post(`/adjustments/${own.body.adjustmentId}/reject`, { note: 'miscounted' })).body,
    ).toMatchObject({ status: 'rejected', movementId: null });
    expect((await post(`/adjustments/${own.body.adjustmentId}/reject`)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
    // What is no longer there when it is approved is not taken.
    const much = await post<Asked>('/adjust', { lotId, quantity: '-9', reason: 'gone' });
    await post('/adjust', { lotId, quantity: '-1', reason: 'gone too' });
    expect((await post(`/adjustments/${much.body.adjustmentId}/approve`, {}, boss)).body).toMatchObject({
      type: '/problems/insufficient-stock',
    });
    expect(await onHand(lotId)).toBe('8');
    await sound();
  });

  it('is divided and repacked without winning or losing any, never with more time or less judgement', async () => {
    const { lotId } = await lot();
    const aside = await post<{ from: Lot; to: Lot }>('/split', {
      lotId,
      quantity: '4',
      status: 'on_hold',
      reason: 'two boxes are torn',
    });
    expect(aside.status).toBe(201);
    expect(aside.body).toMatchObject({
      from: { quantity: '16' },
      to: { quantity: '4', status: 'on_hold', expiryDate: daysFromNow(200) },
    });
    const repack = { lotId, quantity: '2.5', expiryDate: daysFromNow(60), bin: 'R1', reason: 'unit dose' };
    const [one, two] = [await post<{ to: Lot }>('/split', repack), await post<{ to: Lot }>('/split', repack)];
    expect(two.body.to).toMatchObject({
      lotId: one.body.to.lotId,
      quantity: '5',
      status: 'available',
      expiryDate: daysFromNow(60),
      bin: 'R1',
    });
    expect(
      (await post('/split', { lotId, quantity: '11.001', status: 'quarantined', reason: 'x' })).body,
    ).toMatchObject({
      type: '/problems/insufficient-stock',
      params: { available: '11' },
    });
    for (const [body, pointer] of [
      [{ lotId, quantity: '1', reason: 'x' }, '/status'],
      [{ lotId, quantity: '1', expiryDate: daysFromNow(201), reason: 'x' }, '/expiryDate'],
      [{ lotId: aside.body.to.lotId, quantity: '1', reason: 'x' }, '/status'],
    ] as const)
      expect((await post('/split', body)).body).toMatchObject({ status: 422, errors: [{ pointer }] });
    const expired = await lot({ status: 'expired' });
    expect(
      (await post('/split', { lotId: expired.lotId, quantity: '1', status: 'quarantined', reason: 'x' }))
        .status,
    ).toBe(409);
    // Given free again it joins the lot it came from: worth more than the limit, and still no correction.
    const many = await lot({ quantity: '100' });
    const held = await post<{ to: Lot }>('/split', {
      lotId: many.lotId,
      quantity: '90',
      status: 'on_hold',
      reason: 'x',
    });
    expect(
      (
        await post<Lot>('/release', {
          lotId: held.body.to.lotId,
          reason: 'fine',
          version: held.body.to.version,
        })
      ).body,
    ).toMatchObject({ lotId: many.lotId, quantity: '100' });
    await sound();
  });

  it('lies on shelves, which are listed', async () => {
    const { lotId } = await lot();
    const move = (version: number, bin: string | null) =>
      call<Lot>('PATCH', `/inventory/lots/${lotId}`, { token: me.token, body: { version, bin } });
    expect((await move(1, 'B-07')).body).toMatchObject({ bin: 'B-07', version: 2 });
    expect((await move(1, 'B-08')).status).toBe(409);
    const bins = await call<{ data: object[] }>('GET', '/inventory/bins?q=b-0', { token: me.token });
    expect(bins.body.data).toEqual([{ bin: 'B-07', lots: 1, products: 1, value: '200.00' }]);
    expect((await move(2, null)).body).toMatchObject({ bin: null });
    expect(
      (
        await call<{ data: { bin: string | null }[] }>('GET', '/inventory/bins', { token: me.token })
      ).body.data.at(-1)?.bin,
    ).toBeNull();
  });

  it('is kept for a time, first expiry first, and comes free by itself, whoever looks', async () => {
    const { drugId, lotId } = await lot({ quantity: '5', expiryDate: daysFromNow(10) });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5', expiryDate: daysFromNow(20) });
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    const keep = (quantity: string, minutes = 30) =>
      post<Kept>('/reservations', { drugId, quantity, minutes, heldFor: 'Mrs Adel, by telephone' }, cashier);
    const kept = await keep('7');
    expect(kept.body).toMatchObject({ status: 'open', lots: [{ lotId, quantity: '5' }, { quantity: '2' }] });
    expect((await keep('4')).body).toMatchObject({
      type: '/problems/insufficient-stock',
      params: { available: '3' },
    });
    await expect(
      aSale(db, { branchId: me.branchId, userId: cashier.userId }, { drugId, quantity: '4' }),
    ).rejects.toMatchObject({ code: 'MD001' });
    const released = await Promise.all(
      Array.from({ length: 4 }, () =>
        post<Kept>(`/reservations/${kept.body.reservationId}/release`, {}, cashier),
      ),
    );
    expect(released.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const service = app().get(StockReservationsService, { strict: false });
    const many = await Promise.all(Array.from({ length: 9 }, () => keep('1')));
    expect(many.every(({ status }) => status === 201)).toBe(true);
    expect(await service.lapse()).toBe(0);
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        `update operational.counter_reservations set created_at = created_at - interval '2 hours', expires_at = now() - interval '1 minute' where status = 'open' and drug_id = $1`,
        [drugId],
      );
      await client.query('set session_replication_role = origin');
    } finally {
      client.release();
    }
    const lapsed = await Promise.all([service.lapse(), service.lapse(), service.lapse()]);
    expect(lapsed.reduce((sum, one) => sum + one, 0)).toBe(9);
    const list = await call<{ data: object[]; meta: { total: number } }>(
      'GET',
      `/inventory/reservations?status=lapsed&drugId=${drugId}`,
      { token: cashier.token },
    );
    expect(list.body).toMatchObject({ meta: { total: 9 } });
    expect((await keep('10')).status).toBe(201);
    await sound();
  });

  it('refuses bad input, and who may not', async () => {
    const { lotId, drugId } = await lot();
    for (const [path, body] of [
      ['/adjust', { lotId, quantity: '1', reason: 'x', reasonCode: 'bored' }],
      ['/split', { lotId, quantity: '0', reason: 'x', status: 'on_hold' }],
      ['/split', { lotId, quantity: '1', reason: 'x', status: 'recalled' }],
      ['/split', { lotId, quantity: '1', status: 'on_hold' }],
      ['/reservations', { drugId, quantity: '1', minutes: 0 }],
      ['/reservations', { drugId, quantity: '1', minutes: 20_161 }],
      ['/reservations', { drugId, quantity: '-1', minutes: 5 }],
    ] as const)
      expect((await post(path, body, boss)).status, path).toBe(400);
    expect(
      (await post('/split', { lotId: 999_999_999, quantity: '1', status: 'on_hold', reason: 'x' })).status,
    ).toBe(404);
    expect((await post('/adjustments/999999999/approve', {}, boss)).status).toBe(404);
    expect((await post('/reservations/999999999/release', {}, boss)).status).toBe(404);
    expect((await post('/reservations', { drugId, quantity: '1', minutes: 5 }, me)).status).toBe(403);
    const stranger = await aWorldFor(db, 'pharmacist');
    expect(
      (await post('/split', { lotId, quantity: '1', status: 'on_hold', reason: 'x' }, stranger)).status,
    ).toBe(404);
  });

  it('is kept so by the database: no correction over the limit alone, nothing won by repacking, nothing kept that should not be', async () => {
    const { lotId, drugId } = await lot();
    const asked = await post<Asked>('/adjust', { lotId, quantity: '-6', reason: 'gone' });
    const client = await connectAs(db, 'pharmacy_app');
    const as = (world: World) =>
      client.query(`select set_config('app.branches', $1, false), set_config('app.user_id', $2, false)`, [
        String(world.branchId),
        String(world.userId),
      ]);
    const refused = (code: string, statement: string, values: unknown[] = []) =>
      expect(client.query(statement, values), statement).rejects.toMatchObject({ code });
    const MOVE = `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, adjustment_id) values ($1, $2, $3, $4, $5, 'x', 0, 0, $6)`;
    const row = (type: string, quantity: string, adjustmentId: number | null = null): unknown[] => [
      me.branchId,
      lotId,
      drugId,
      type,
      quantity,
      adjustmentId,
    ];
    try {
      await as(me);
      await refused('MD140', MOVE, row('adjustment', '-6'));
      await refused('MD140', MOVE, row('adjustment', '6'));
      await refused('MD140', MOVE, row('adjustment', '-6', asked.body.adjustmentId));
      await as(boss);
      await refused('MD140', MOVE, row('adjustment', '-7', asked.body.adjustmentId));
      // As it was asked for, and not approved: refused when the transaction ends.
      await refused('MD140', MOVE, row('adjustment', '-6', asked.body.adjustmentId));
      await refused(
        'MD004',
        `update operational.stock_adjustments set status = 'approved', closed_by = $2, closed_at = now(), movement_id = 1 where adjustment_id = $1`,
        [asked.body.adjustmentId, boss.userId],
      );
      await refused('42501', 'update operational.stock_adjustments set quantity = 1');
      const aside = await lot({ status: 'quarantined', unitCost: '0.5' });
      const leave = (type: string): unknown[] => [me.branchId, aside.lotId, aside.drugId, type, '-1', null];
      for (const type of ['adjustment', 'expiry']) await refused('MD215', MOVE, leave(type));
      await refused('MD141', MOVE, row('repack', '3'));
      await refused('MD141', MOVE, row('repack', '-3'));
      const kept = await post<Kept>('/reservations', { drugId, quantity: '3', minutes: 5 }, boss);
      const id = kept.body.reservationId;
      await refused(
        'MD004',
        `update operational.counter_reservations set status = 'released', closed_at = now() where counter_reservation_id = $1`,
        [id],
      );
      await refused(
        'MD004',
        `update operational.counter_reservations set status = 'lapsed', closed_at = now() where counter_reservation_id = $1`,
        [id],
      );
      await refused(
        'MD004',
        `update operational.stock_reservations set status = 'released', closed_at = now() where counter_reservation_id = $1`,
        [id],
      );
      await refused(
        '23514',
        'insert into operational.stock_reservations (branch_id, lot_id, quantity) values ($1, $2, 1)',
        [me.branchId, lotId],
      );
    } finally {
      await client.end();
    }
    expect(await onHand(lotId)).toBe('20');
    await sound();
    const owner = await db.owner.connect();
    try {
      await owner.query('set session_replication_role = replica');
      for (const [code, change, back] of [
        [
          'reservations-kept',
          `counter_reservations set quantity = quantity + 1 where status = 'open'`,
          `counter_reservations set quantity = quantity - 1 where status = 'open'`,
        ],
        [
          'corrections-approved',
          `stock_adjustments set quantity = quantity - 1 where status = 'approved'`,
          `stock_adjustments set quantity = quantity + 1 where status = 'approved'`,
        ],
      ] as const) {
        await owner.query(`update operational.${change}`);
        const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
        expect(reports.filter(({ broken }) => broken.length > 0).map((report) => report.code)).toEqual([
          code,
        ]);
        await owner.query(`update operational.${back}`);
      }
      await owner.query('set session_replication_role = origin');
    } finally {
      owner.release();
    }
    await sound();
  });
});
