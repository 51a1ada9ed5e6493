// Rights: nobody gives himself or another more than he holds, whoever writes it; records opened in an emergency; duties kept apart.
import { beforeAll, describe, expect, it } from 'vitest';

import { aPatient } from '../builders/patient.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('T47 escalation', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let manager: World;
  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    manager = await aWorldFor(db, ['ManageUsers', 'ManageRoles', 'ReadDrug'], { branchId });
  });

  const own = async (userId: number): Promise<number[]> =>
    (
      await db.owner.query<{ role_id: number }>(
        'select role_id from operational.user_roles where user_id = $1 order by role_id',
        [userId],
      )
    ).rows.map(({ role_id }) => role_id);
  const failure = async (ctx: World['ctx'], text: string, values: unknown[]): Promise<string> =>
    db.uow
      .run(ctx, (tx) => tx.execute(text, values))
      .then(() => 'done')
      .catch((error: unknown) => (error as { code?: string }).code ?? String(error));

  it('T47 is refused by the API on every way to more rights', async () => {
    const administrator = await roleId(db, 'administrator');
    const technician = await aUser(db, { role: 'technician', branchIds: [branchId] });
    const before = await own(manager.userId);
    const send = (method: 'POST' | 'PATCH', path: string, body: object) =>
      call(method, path, { token: manager.token, branchId, body });
    const tries = [
      await send('PATCH', `/users/${manager.userId}`, { version: 1, roleIds: [administrator] }),
      await send('PATCH', `/users/${technician.userId}`, {
        version: 1,
        roleIds: [await roleId(db, 'pharmacist')],
      }),
      await send('POST', '/roles', { name: 'above my own', permissions: ['VerifyPrescription'] }),
      await send('PATCH', `/roles/${before[0]}`, { version: 1, permissions: ['ReadDrug', 'Sell'] }),
      await send('POST', '/users', {
        username: 'friend.of.mine',
        fullName: 'Friend',
        password: 'a horse in the meadow',
        roleIds: [administrator],
        branchIds: [branchId],
      }),
      await send('POST', `/users/${technician.userId}/one-time-password`, {}),
    ];
    for (const { status, body } of tries) expect([403, 422], JSON.stringify(body)).toContain(status);
    expect(await own(manager.userId)).toEqual(before);
    expect(await own(technician.userId)).toEqual([await roleId(db, 'technician')]);
  });

  it('T47 is refused by the database to whoever writes SQL in a user’s name', async () => {
    const administrator = await roleId(db, 'administrator');
    const other = await aUser(db, { branchIds: [branchId] });
    const insert = 'insert into operational.user_roles (user_id, role_id) values ($1, $2)';
    expect(await failure(manager.ctx, insert, [manager.userId, administrator])).toBe('MD424');
    expect(await failure(manager.ctx, insert, [other.userId, administrator])).toBe('MD425');
    const [mine] = await own(manager.userId);
    expect(
      await failure(manager.ctx, 'delete from operational.user_roles where user_id = $1', [manager.userId]),
    ).toBe('MD424');
    expect(
      await failure(
        manager.ctx,
        `insert into operational.role_permissions select $1, permission_id from operational.permissions where name = 'Sell'`,
        [mine],
      ),
    ).toBe('MD425');
    const elsewhere = await aBranch(db);
    expect(
      await failure(
        manager.ctx,
        'insert into operational.user_branches (user_id, branch_id) values ($1, $2)',
        [manager.userId, elsewhere],
      ),
    ).toBe('MD424');
  });

  it('T47 the last administrator stays one, and may sign in', async () => {
    const [first, second] = [
      await aUser(db, { role: 'administrator', branchIds: [branchId] }),
      await aUser(db, { role: 'administrator', branchIds: [branchId] }),
    ];
    const signIn = async ({ username, password }: { username: string; password: string }) =>
      (await call<{ token: string }>('POST', '/auth/login', { body: { username, password } })).body.token;
    const token = await signIn(first);
    const gone = await call('PATCH', `/users/${second.userId}`, {
      token,
      body: { version: 1, status: 'disabled' },
    });
    expect(gone.status).toBe(200);
    await expect(
      db.owner.query(`update operational.users set status = 'disabled' where user_id = $1`, [first.userId]),
    ).rejects.toMatchObject({ code: 'MD423' });
    await expect(
      db.owner.query('delete from operational.user_roles where user_id = $1', [first.userId]),
    ).rejects.toMatchObject({ code: 'MD423' });
    const rights = await aWorldFor(db, 'administrator', { branchId });
    const refused = await call('PATCH', `/users/${first.userId}`, {
      token: rights.token,
      body: { version: 1, roleIds: [] },
    });
    expect(refused.body).toMatchObject({ status: 409, type: '/problems/last-administrator' });
  });

  it('T47 a record is opened in an emergency with a reason, for its user, for half an hour, to read alone', async () => {
    const there = await aBranch(db);
    const patientId = await aPatient(
      db,
      { branchId: there },
      { lastName: 'Farouk', birthDate: '1971-03-05' },
    );
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    const as = (world: World) => ({ token: world.token, branchId: world.branchId });
    expect((await call('GET', `/patients/${patientId}`, as(clerk))).status).toBe(403);
    const open = (body: object, world = clerk) => call('POST', '/emergency-accesses', { ...as(world), body });
    expect((await open({ patientId, reason: 'ok' })).status).toBe(400);
    const cashier = await aWorldFor(db, 'cashier', { branchId });
    expect((await open({ patientId, reason: 'wants to know who that is' }, cashier)).status).toBe(403);
    expect((await open({ patientId: 2_000_000_000, reason: 'collapsed in the shop' })).status).toBe(404);
    const opened = await call<{ emergencyAccessId: number }>('POST', '/emergency-accesses', {
      ...as(clerk),
      body: { lastName: 'farouk', birthDate: '1971-03-05', reason: 'collapsed in the shop' },
    });
    expect(opened, JSON.stringify(opened.body)).toMatchObject({
      status: 201,
      body: { patientId, outcome: null },
    });
    const at = `/emergency-accesses/${opened.body.emergencyAccessId}`;
    expect((await call('GET', `${at}/record`, as(clerk))).body).toMatchObject({
      patient: { patientId, allergies: [] },
      prescriptions: [],
    });
    // Everything else stays shut, and nobody else reads it by that number.
    expect((await call('GET', `/patients/${patientId}`, as(clerk))).status).toBe(403);
    const other = await aWorldFor(db, 'technician', { branchId });
    expect((await call('GET', `${at}/record`, as(other))).status).toBe(403);
    const { rows } = await db.owner.query<{ table_name: string }>(
      `select distinct table_name from operational.audit_logs where user_id = $1 and action = 'read' order by 1`,
      [clerk.userId],
    );
    expect(rows.map(({ table_name }) => table_name)).toEqual(['emergency_accesses', 'patients']);
    // When the half hour is over it is shut for him too; a review shuts it at once.
    const chief = await aWorldFor(db, 'administrator', { branchId });
    await call('POST', `${at}/review`, { ...as(chief), body: { outcome: 'justified' } });
    expect((await call('GET', `${at}/record`, as(clerk))).body).toMatchObject({
      status: 403,
      type: '/problems/emergency-access-over',
    });
  });

  it('T47 emergencies are reviewed by another, and whoever abuses them opens no more', async () => {
    const patientId = await aPatient(db, { branchId });
    const clerk = await aWorldFor(db, ['BreakGlass', 'ReviewEmergencyAccess'], { branchId });
    const chief = await aWorldFor(db, 'administrator', { branchId });
    const open = () =>
      call<{ emergencyAccessId: number }>('POST', '/emergency-accesses', {
        token: clerk.token,
        branchId,
        body: { patientId, reason: 'collapsed in the shop' },
      });
    const ids = [await open(), await open(), await open()].map(({ body }) => body.emergencyAccessId);
    expect((await open()).body).toMatchObject({
      status: 409,
      type: '/problems/emergency-access-refused',
      params: { reason: 'unreviewed' },
    });
    const list = await call<{ meta: { total: number } }>('GET', '/emergency-accesses?unreviewed=true', {
      token: chief.token,
      branchId,
    });
    expect(list.body.meta.total).toBeGreaterThanOrEqual(3);
    const review = (world: World, id: number | undefined, outcome: string) =>
      call('POST', `/emergency-accesses/${id}/review`, { token: world.token, branchId, body: { outcome } });
    expect((await review(clerk, ids[0], 'justified')).body).toMatchObject({
      status: 422,
      type: '/problems/own-emergency-access',
    });
    expect((await review(chief, ids[0], 'justified')).status).toBe(200);
    expect((await review(chief, ids[0], 'not_justified')).status).toBe(409);
    expect((await open()).status).toBe(201);
    expect((await review(chief, ids[1], 'not_justified')).status).toBe(200);
    expect((await review(chief, ids[2], 'justified')).status).toBe(200);
    expect((await open()).body).toMatchObject({ status: 409, params: { reason: 'not-justified' } });
    // No way around it: the application may not write such a row by itself.
    expect(
      await failure(
        clerk.ctx,
        `insert into operational.emergency_accesses (branch_id, patient_id, user_id, reason) values ($1, $2, $3, 'collapsed in the shop')`,
        [branchId, patientId, clerk.userId],
      ),
    ).toBe('42501');
  });

  it('where a branch keeps duties apart, who entered the supplier or wrote the order does not approve it, nor does he who approved receive', async () => {
    const apart = await aBranch(db);
    await db.owner.query('update operational.branches set separate_duties = true where branch_id = $1', [
      apart,
    ]);
    const [buyer, chief, porter] = [
      await aWorldFor(db, 'administrator', { branchId: apart }),
      await aWorldFor(db, 'administrator', { branchId: apart }),
      await aWorldFor(db, 'administrator', { branchId: apart }),
    ];
    const post = <Body = Record<string, unknown>>(world: World, path: string, body: object) =>
      call<Body>('POST', path, { token: world.token, branchId: apart, body, key: `${path}${world.userId}` });
    const drug = await post<{ drugId: number }>(buyer, '/drugs', { name: 'Apartol', price: '3' });
    const supplier = await post<{ supplierId: number }>(chief, '/suppliers', { name: 'Apart & Co' });
    const order = await post<{ purchaseOrderId: number; version: number }>(buyer, '/purchase-orders', {
      supplierId: supplier.body.supplierId,
      lines: [{ drugId: drug.body.drugId, quantity: '10', price: '15.00' }],
    });
    expect(order.status, JSON.stringify(order.body)).toBe(201);
    const at = `/purchase-orders/${order.body.purchaseOrderId}`;
    const submitted = await post(buyer, `${at}/submit`, { version: order.body.version });
    expect(submitted.status, JSON.stringify(submitted.body)).toBeLessThan(300);
    for (const world of [buyer, chief])
      expect((await post(world, `${at}/approve`, {})).body).toMatchObject({
        status: 403,
        type: '/problems/duties-not-separate',
      });
    const approved = await post(porter, `${at}/approve`, {});
    expect(approved.status, JSON.stringify(approved.body)).toBeLessThan(300);
    await expect(
      db.owner.query(
        'insert into operational.goods_receipts (branch_id, purchase_order_id, supplier_id, received_by) values ($1, $2, $3, $4)',
        [apart, order.body.purchaseOrderId, supplier.body.supplierId, porter.userId],
      ),
    ).rejects.toMatchObject({ code: 'MD428' });
  });
});
