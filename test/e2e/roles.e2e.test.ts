import { beforeAll, describe, expect, it } from 'vitest';

import { PERMISSIONS } from '../../src/platform/security/permissions.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface RoleBody {
  roleId: number;
  version: number;
  permissions: string[];
}

describe('roles', () => {
  const { db, call } = useTestApp();
  let admin: World;
  let manager: World;
  beforeAll(async () => {
    await seedAccess(db);
    admin = await aWorldFor(db, 'administrator');
    manager = await aWorldFor(db, ['ManageRoles', 'ReadDrug', 'Sell'], { branchId: admin.branchId });
  });

  it('are made of the catalogue of permissions', async () => {
    const catalogue = await call<{ data: { name: string }[] }>('GET', '/permissions', { token: admin.token });
    expect(catalogue.body.data.map((entry) => entry.name)).toEqual(Object.keys(PERMISSIONS).sort());
    const created = await call<RoleBody>('POST', '/roles', {
      token: manager.token,
      body: { name: 'weekend help', permissions: ['Sell', 'ReadDrug', 'Sell'] },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      description: '',
      isSystem: false,
      permissions: ['ReadDrug', 'Sell'],
      version: 1,
    });
    const twin = await call('POST', '/roles', {
      token: manager.token,
      body: { name: 'weekend help', permissions: [] },
    });
    expect(twin.status).toBe(409);
    const unknown = await call('POST', '/roles', {
      token: manager.token,
      body: { name: 'odd', permissions: ['RuleTheWorld'] },
    });
    expect(unknown.status).toBe(400);
  });

  it('that hold more than their maker are refused, made or changed', async () => {
    const made = await call('POST', '/roles', {
      token: manager.token,
      body: { name: 'above me', permissions: ['Sell', 'ManageUsers'] },
    });
    expect(made.body).toMatchObject({
      status: 403,
      type: '/problems/cannot-grant',
      params: { missing: ['ManageUsers'] },
    });
    const { rows } = await db.owner.query<{ role_id: number }>(
      'select role_id from operational.user_roles where user_id = $1',
      [manager.userId],
    );
    const own = await call('PATCH', `/roles/${rows[0]?.role_id}`, {
      token: manager.token,
      body: { version: 1, permissions: ['ManageRoles', 'ReadDrug', 'Sell', 'ManageBranches'] },
    });
    expect(own.body).toMatchObject({ status: 403, type: '/problems/cannot-grant' });
    const above = await call('PATCH', `/roles/${await roleId(db, 'pharmacist')}`, {
      token: manager.token,
      body: { version: 1, permissions: ['Sell'] },
    });
    expect(above.body).toMatchObject({ status: 403, type: '/problems/forbidden' });
  });

  it('take effect, and lose it, with the next request', async () => {
    const { body: role } = await call<RoleBody>('POST', '/roles', {
      token: admin.token,
      body: { name: 'list keeper', permissions: ['ReadDrug'] },
    });
    const user = await aUser(db, { branchIds: [admin.branchId] });
    await db.owner.query('insert into operational.user_roles values ($1, $2)', [user.userId, role.roleId]);
    const { token } = (
      await call<{ token: string }>('POST', '/auth/login', {
        body: { username: user.username, password: user.password },
      })
    ).body;
    expect((await call('GET', '/reference/dosage-forms', { token })).status).toBe(200);
    const emptied = await call<RoleBody>('PATCH', `/roles/${role.roleId}`, {
      token: admin.token,
      body: { version: 1, permissions: [] },
    });
    expect(emptied.body).toMatchObject({ permissions: [], version: 2 });
    expect((await call('GET', '/reference/dosage-forms', { token })).status).toBe(403);
    const stale = await call('PATCH', `/roles/${role.roleId}`, {
      token: admin.token,
      body: { version: 1, description: 'late' },
    });
    expect(stale.body).toMatchObject({ status: 409, type: '/problems/stale-version' });
  });

  it('that were seeded keep their names, and the administrator everything', async () => {
    const id = await roleId(db, 'administrator');
    const rename = await call('PATCH', `/roles/${id}`, {
      token: admin.token,
      body: { version: 1, name: 'boss' },
    });
    expect(rename.status).toBe(422);
    const shrink = await call('PATCH', `/roles/${id}`, {
      token: admin.token,
      body: { version: 1, permissions: ['Sell'] },
    });
    expect(shrink.status).toBe(422);
    const describe = await call('PATCH', `/roles/${id}`, {
      token: admin.token,
      body: { version: 1, description: 'Runs everything' },
    });
    expect(describe.status).toBe(200);
    expect((await call('GET', '/roles/2147483647', { token: admin.token })).status).toBe(404);
  });
});

describe('branches', () => {
  const { db, call } = useTestApp();
  let admin: World;
  beforeAll(async () => {
    await seedAccess(db);
    admin = await aWorldFor(db, 'administrator');
  });

  it('are opened with settings, and whoever opens one works at it', async () => {
    const created = await call<{ branchId: number; version: number }>('POST', '/branches', {
      token: admin.token,
      body: {
        code: 'KWT-1',
        name: 'Kuwait',
        nameAr: 'الكويت',
        timeZone: 'Asia/Kuwait',
        currency: 'KWD',
        currencyDecimals: 3,
        cashRounding: '0.005',
      },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      code: 'KWT-1',
      currency: 'KWD',
      currencyDecimals: 3,
      cashRounding: '0.005',
      earlyRefillShare: '0.750',
      dispensingPolicy: 'counter',
      twoPersonRule: false,
      clinicalReview: false,
      scanPolicy: 'off',
      nearMissNames: false,
      pickUpIdentifiers: true,
      counsellingPolicy: 'optional',
      active: true,
      version: 1,
    });
    const me = await call<{ branches: { branchId: number }[] }>('GET', '/auth/me', { token: admin.token });
    expect(me.body.branches.map((branch) => branch.branchId)).toContain(created.body.branchId);
    const closed = await call('PATCH', `/branches/${created.body.branchId}`, {
      token: admin.token,
      body: { version: 1, active: false },
    });
    expect(closed.body).toMatchObject({ active: false, version: 2 });
    const stale = await call('PATCH', `/branches/${created.body.branchId}`, {
      token: admin.token,
      body: { version: 1, name: 'late' },
    });
    expect(stale.status).toBe(409);
  });

  it('need a time zone that exists and a code of their own', async () => {
    const body = { code: 'TWIN', name: 'Twin' };
    expect((await call('POST', '/branches', { token: admin.token, body })).status).toBe(201);
    const twin = await call('POST', '/branches', { token: admin.token, body });
    expect(twin.body).toMatchObject({ status: 409, type: '/problems/duplicate' });
    const zone = await call('POST', '/branches', {
      token: admin.token,
      body: { code: 'MOON', name: 'Moon', timeZone: 'Moon/Tranquility' },
    });
    expect(zone.body).toMatchObject({ status: 422, errors: [{ pointer: '/timeZone' }] });
  });

  it('one does not work at look as if they were not there', async () => {
    const elsewhere = await aBranch(db);
    expect((await call('GET', `/branches/${elsewhere}`, { token: admin.token })).status).toBe(404);
    const patch = await call('PATCH', `/branches/${elsewhere}`, {
      token: admin.token,
      body: { version: 1, name: 'Mine' },
    });
    expect(patch.status).toBe(404);
    const list = await call<{ data: { branchId: number }[] }>('GET', '/branches', { token: admin.token });
    expect(list.body.data.map((branch) => branch.branchId)).not.toContain(elsewhere);
  });
});
