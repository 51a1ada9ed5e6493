// The drawer over HTTP: float and counts by notes and coins, drops, recounts, who is told what is expected, and the chain of Z reports.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Drawer {
  shiftId: number;
  count: { countNo: number; cash: string; card: string | null; pieces: object[] } | null;
  mayRecount: boolean;
  cashMovements: { kind: string; amount: string; bagNumber: string | null; witnessName: string | null }[];
}
interface Z {
  kind: string;
  zNumber: number;
  hash: string;
  previousHash: string | null;
  overShort: string;
  businessDate: string;
}

describe('the drawer of a shift', () => {
  const { db, call } = useTestApp();
  const post = <Body = Record<string, unknown>>({ token }: World, path: string, body: object) =>
    call<Body>('POST', `/till-shifts${path}`, { token, body });
  const get = <Body = Record<string, unknown>>({ token }: World, path: string) =>
    call<Body>('GET', `/till-shifts${path}`, { token });
  const open = async (world: World, body: object = { openingFloat: '100' }): Promise<number> =>
    (await post<{ shiftId: number }>(world, '', body)).body.shiftId;
  const cash = (counted: string) => [{ method: 'cash', counted }];
  const aSoldPack = async (world: World, amount = '10'): Promise<number> => {
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '1000' });
    const sold = await call<{ saleId: number }>('POST', '/sales', {
      token: world.token,
      body: { items: [{ drugId, quantity: '10' }], payments: [{ method: 'cash', amount }] },
    });
    expect(sold.status).toBe(201);
    return drugId;
  };

  it('begins with notes and coins of the currency, which add up', async () => {
    const world = await aWorldFor(db, 'cashier');
    const list = await get<{ data: { denomination: string; kind: string }[] }>(world, '/denominations');
    expect(list.body.data[0]).toEqual({ denomination: '200.00', kind: 'note' });
    const pieces = [
      { denomination: '50', pieces: 2 },
      { denomination: '0.25', pieces: 3 },
    ];
    const wrong = await post(world, '', { openingFloat: '100', pieces });
    expect(wrong).toMatchObject({ status: 422, body: { type: '/problems/pieces-mismatch' } });
    const foreign = await post(world, '', { pieces: [{ denomination: '0.3', pieces: 1 }] });
    expect(foreign).toMatchObject({ status: 422, body: { type: '/problems/unknown-denomination' } });
    expect((await post(world, '', {})).status).toBe(400);
    expect(await post(world, '', { pieces })).toMatchObject({
      status: 201,
      body: { openingFloat: '100.75', status: 'open' },
    });
  });

  it('lets the organisation say which notes and coins there are', async () => {
    const admin = await aWorldFor(db, 'administrator');
    const before = (await get<{ data: object[] }>(admin, '/denominations')).body;
    const set = (data: object[]) =>
      call('PUT', '/till-shifts/denominations', { token: admin.token, body: { data } });
    expect((await set([{ denomination: '20', kind: 'note' }])).body).toEqual({
      data: [{ denomination: '20.00', kind: 'note' }],
    });
    const twice = [
      { denomination: '20', kind: 'note' },
      { denomination: '20.0', kind: 'coin' },
    ];
    expect((await set(twice)).status).toBe(400);
    expect((await set(before.data)).body).toEqual(before);
    const cashier = await aWorldFor(db, 'cashier', { branchId: admin.branchId });
    const refused = await call('PUT', '/till-shifts/denominations', { token: cashier.token, body: before });
    expect(refused.status).toBe(403);
  });

  it('goes to the safe in a numbered bag, or before somebody who signs for it', async () => {
    const world = await aWorldFor(db, 'cashier');
    const witness = await aWorldFor(db, 'technician', { branchId: world.branchId });
    const shiftId = await open(world);
    expect((await post(world, `/${shiftId}/drop`, { amount: '50' })).status).toBe(400);
    expect((await post(world, `/${shiftId}/drop`, { amount: '50', bagNumber: 'B-17' })).status).toBe(201);
    const forged = await post(world, `/${shiftId}/drop`, { amount: '5', witness: 'x'.repeat(43) });
    expect(forged).toMatchObject({ status: 422, body: { type: '/problems/witness-refused' } });
    await expect(
      db.uow.run(world.ctx, (tx) =>
        tx.execute(
          `insert into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id, witness_id) values ($1, $2, -1, 'forged', $3, $4)`,
          [world.branchId, shiftId, world.userId, witness.userId],
        ),
      ),
    ).rejects.toMatchObject({ code: 'MD036' });
    const admin = await aWorldFor(db, 'administrator', { branchId: world.branchId });
    const { rows } = await db.owner.query<{ role_id: number }>(
      'select role_id from operational.user_roles where user_id = $1',
      [witness.userId],
    );
    const who = { username: `witness${witness.userId}`, password: 'correct horse battery' };
    const made = await call('POST', '/users', {
      token: admin.token,
      body: { ...who, fullName: 'Who saw it', roleIds: [rows[0]?.role_id], branchIds: [world.branchId] },
    });
    expect(made.status).toBe(201);
    const signed = await call<{ token: string }>('POST', '/auth/witness', { token: world.token, body: who });
    expect(signed.status, JSON.stringify(signed.body)).toBe(201);
    const seen = await post(world, `/${shiftId}/drop`, { amount: '5', witness: signed.body.token });
    expect(seen.status).toBe(201);
    const again = await post(world, `/${shiftId}/drop`, { amount: '5', witness: signed.body.token });
    expect(again.body).toMatchObject({ type: '/problems/witness-refused' });
    const { body } = await get<Drawer>(world, `/${shiftId}`);
    expect(body.cashMovements).toMatchObject([
      { kind: 'drop', amount: '-50.00', bagNumber: 'B-17', witnessName: null },
      { kind: 'drop', amount: '-5.00', bagNumber: null, witnessName: 'Who saw it' },
    ]);
  });

  it('is counted blind: nothing tells the cashier what is expected until it is closed', async () => {
    const world = await aWorldFor(db, 'cashier');
    const supervisor = await aWorldFor(db, 'pharmacist', { branchId: world.branchId });
    const shiftId = await open(world);
    await aSoldPack(world);
    const x = await get(world, `/${shiftId}/report`);
    expect(x).toMatchObject({ status: 403, body: { params: { missing: ['SuperviseTill'] } } });
    expect((await get(world, `/${shiftId}/report?format=html`)).status).toBe(403);
    expect((await get(world, '')).status).toBe(403);
    const answers = [
      await get(world, '/current'),
      await get(world, `/${shiftId}`),
      await post(world, `/${shiftId}/count`, { counts: cash('109') }),
      await get(world, `/${shiftId}`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300);
      expect(JSON.stringify(answer.body)).not.toMatch(/expected|overShort|110\.00/i);
    }
    expect((await get(supervisor, `/${shiftId}/report`)).body).toMatchObject({
      kind: 'X',
      expectedCash: '110.00',
      zNumber: null,
      hash: null,
    });
    const { rows } = await db.owner.query('select from operational.till_counts where shift_id = $1', [
      shiftId,
    ]);
    expect(rows).toHaveLength(0);
    // Nor can it be written down beforehand.
    await expect(
      db.owner.query(
        `insert into operational.till_counts (branch_id, shift_id, method, counted, expected) values ($1, $2, 'cash', 0, 110)`,
        [world.branchId, shiftId],
      ),
    ).rejects.toMatchObject({ code: 'MD230' });
  });

  it('is counted again once, with a reason; what is sold meanwhile makes both counts void', async () => {
    const world = await aWorldFor(db, 'cashier');
    const shiftId = await open(world);
    expect(await post(world, `/${shiftId}/close`, {})).toMatchObject({
      status: 409,
      body: { type: '/problems/drawer-not-counted' },
    });
    const count = (body: object) => post<Drawer>(world, `/${shiftId}/count`, body);
    const pieces = [
      { denomination: '50', pieces: 1 },
      { denomination: '20', pieces: 2 },
    ];
    const first = await count({
      counts: [
        { method: 'cash', pieces },
        { method: 'card', counted: '0' },
      ],
    });
    expect(first).toMatchObject({
      status: 201,
      body: { count: { countNo: 1, cash: '90.00', card: '0.00', mobile: null }, mayRecount: true },
    });
    expect(first.body.count?.pieces).toEqual([
      { denomination: '50.00', pieces: 1 },
      { denomination: '20.00', pieces: 2 },
    ]);
    expect(await count({ counts: cash('100') })).toMatchObject({
      status: 422,
      body: { type: '/problems/recount-reason-needed' },
    });
    const again = { counts: cash('100'), recountReason: 'a ten was under the tray' };
    expect(await count(again)).toMatchObject({
      status: 201,
      body: { mayRecount: false, count: { countNo: 2 } },
    });
    expect(await count(again)).toMatchObject({ status: 409, body: { type: '/problems/recount-used' } });
    await aSoldPack(world);
    expect((await get<Drawer>(world, `/${shiftId}`)).body).toMatchObject({ count: null, mayRecount: false });
    expect((await post(world, `/${shiftId}/close`, {})).status).toBe(409);
    expect(await count({ counts: cash('110') })).toMatchObject({
      status: 201,
      body: { count: { countNo: 3 } },
    });
    const closed = await post(world, `/${shiftId}/close`, {});
    expect(closed).toMatchObject({ status: 200, body: { overShort: '0.00', recountReason: null } });
    expect(await count({ counts: cash('1') })).toMatchObject({
      status: 409,
      body: { type: '/problems/shift-closed' },
    });
  });

  it('ends in Z reports without a gap, each with the hash of the one before, that never change', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const zs: Z[] = [];
    for (const counted of ['100', '99.50', '101']) {
      const shiftId = await open(world);
      const closed = await post<Z>(world, `/${shiftId}/close`, { counts: cash(counted) });
      expect(closed.status).toBe(200);
      zs.push(closed.body);
    }
    expect(zs.map((z) => z.zNumber)).toEqual([1, 2, 3]);
    expect(zs.map((z) => z.overShort)).toEqual(['0.00', '-0.50', '1.00']);
    expect(zs.map((z) => z.previousHash)).toEqual([null, zs[0]?.hash, zs[1]?.hash]);
    const list = await get<{ data: { zNumber: number; overShort: string }[]; meta: object }>(
      world,
      '?status=closed&limit=2',
    );
    expect(list.body).toMatchObject({ meta: { total: 3, page: 1, limit: 2 } });
    expect(list.body.data.map((row) => row.zNumber)).toEqual([3, 2]);
    for (const statement of [
      `update operational.z_reports set content = '{}' where branch_id = ${world.branchId}`,
      `delete from operational.z_reports where branch_id = ${world.branchId}`,
    ])
      await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.uow.run(world.ctx, (tx) =>
        tx.execute(
          `insert into operational.z_reports (branch_id, shift_id, z_number, business_date, issued_at, content, hash) values ($1, 1, 9, now(), now(), '{}', '')`,
          [world.branchId],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('prints X and Z on a roll and on A4, in English and Arabic, with nothing of a name run as HTML', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.users set full_name = 'Mona <b>&' where user_id = $1`, [
      world.userId,
    ]);
    const shiftId = await open(world);
    await aSoldPack(world, '20');
    await post(world, `/${shiftId}/pay-out`, { amount: '2.50', reason: 'شاي 2 كوب' });
    const x = await get<string>(world, `/${shiftId}/report?format=html&lang=en`);
    expect(x.body).toContain('X report');
    expect(x.body).toContain('Mona &lt;b&gt;&amp;');
    const closed = await post<Z>(world, `/${shiftId}/close`, { counts: cash('107.50') });
    const z = await get<string>(world, `/${shiftId}/report?format=html&paper=a4&lang=ar`);
    expect(z.headers['content-type']).toMatch(/text\/html/);
    expect(z.body).toContain('dir="rtl"');
    expect(z.body).toContain('size: A4');
    expect(z.body).toContain('تقرير Z');
    expect(z.body).toContain(closed.body.hash);
    expect((await get(world, `/${shiftId}/report?paper=a5`)).status).toBe(400);
  });
});
