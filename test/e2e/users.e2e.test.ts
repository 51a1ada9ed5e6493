import { beforeAll, describe, expect, it } from 'vitest';

import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface UserBody {
  userId: number;
  version: number;
  status: string;
  mustChangePassword: boolean;
  roles: { roleId: number; name: string }[];
  branches: { branchId: number }[];
}

describe('users', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  let admin: World;
  /** Manages users, but holds little else. */
  let manager: World;

  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    admin = await aWorldFor(db, 'administrator', { branchId });
    manager = await aWorldFor(db, ['ManageUsers', 'ReadDrug'], { branchId });
  });

  const signIn = async (user: { username: string; password: string }): Promise<string> =>
    (await call<{ token: string }>('POST', '/auth/login', { body: user })).body.token;
  const credentials = ({ username, password }: { username: string; password: string }) => ({
    username,
    password,
  });
  const read = async (id: number, token = admin.token) =>
    (await call<UserBody>('GET', `/users/${id}`, { token })).body;
  const patch = (token: string, id: number, body: Record<string, unknown>) =>
    call<UserBody>('PATCH', `/users/${id}`, { token, body });

  it('are created with roles and branches, can sign in, and are found by name', async () => {
    const cashier = await roleId(db, 'cashier');
    const created = await call<UserBody>('POST', '/users', {
      token: admin.token,
      body: {
        username: 'Mona.Till',
        fullName: 'Mona Till',
        password: 'twelve blue bottles',
        roleIds: [cashier, cashier],
        branchIds: [branchId],
      },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      username: 'mona.till',
      status: 'active',
      mustChangePassword: true,
      roles: [{ roleId: cashier, name: 'cashier' }],
      branches: [{ branchId }],
      version: 1,
    });
    expect(JSON.stringify(created.body)).not.toContain('argon2');
    const signedIn = await call('POST', '/auth/login', {
      body: { username: 'mona.till', password: 'twelve blue bottles' },
    });
    expect(signedIn.body).toMatchObject({ mustChangePassword: true });
    const found = await call<{ data: UserBody[]; meta: unknown }>('GET', '/users?q=mona&limit=5', {
      token: admin.token,
    });
    expect(found.body.data.map((user) => user.userId)).toEqual([created.body.userId]);
    expect(found.body.meta).toEqual({ total: 1, page: 1, limit: 5 });
    const twin = await call('POST', '/users', {
      token: admin.token,
      body: { username: 'mona.till', fullName: 'Another', password: 'twelve blue bottles' },
    });
    expect(twin.status).toBe(409);
    expect(twin.body).toMatchObject({ type: '/problems/duplicate' });
  });

  it('lose all their sessions at once when they are disabled', async () => {
    const user = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const tokens = [];
    for (let n = 0; n < 3; n++) tokens.push(await signIn(credentials(user)));
    const disabled = await patch(admin.token, user.userId, { version: 1, status: 'disabled' });
    expect(disabled.status).toBe(200);
    for (const token of tokens) expect((await call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await call('POST', '/auth/login', { body: credentials(user) })).status).toBe(401);
    await patch(admin.token, user.userId, { version: 2, status: 'active' });
    for (const token of tokens) expect((await call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await call('POST', '/auth/login', { body: credentials(user) })).status).toBe(200);
  });

  it('cannot be given a role that holds more than the giver does', async () => {
    const pharmacist = await roleId(db, 'pharmacist');
    const created = await call('POST', '/users', {
      token: manager.token,
      body: { username: 'ally', fullName: 'Ally', password: 'twelve blue bottles', roleIds: [pharmacist] },
    });
    expect(created.status).toBe(403);
    expect(created.body).toMatchObject({ type: '/problems/cannot-grant' });
    const plain = await aUser(db, { branchIds: [branchId] });
    const assigned = await patch(manager.token, plain.userId, { version: 1, roleIds: [pharmacist] });
    expect(assigned.body).toMatchObject({ status: 403, type: '/problems/cannot-grant' });
    expect((await read(plain.userId)).roles).toEqual([]);
    const administrator = await roleId(db, 'administrator');
    const self = await patch(manager.token, manager.userId, { version: 1, roleIds: [administrator] });
    expect(self.body).toMatchObject({ status: 403, type: '/problems/cannot-grant' });
  });

  it('cannot be put at, or taken from, a branch the giver does not work at', async () => {
    const elsewhere = await aBranch(db);
    const user = await aUser(db, { branchIds: [branchId] });
    const added = await patch(admin.token, user.userId, { version: 1, branchIds: [branchId, elsewhere] });
    expect(added.body).toMatchObject({ status: 403, type: '/problems/cannot-grant' });
    const both = await aUser(db, { branchIds: [branchId, elsewhere] });
    const taken = await patch(admin.token, both.userId, { version: 1, branchIds: [branchId] });
    expect(taken.status).toBe(403);
    const password = await call('POST', `/users/${both.userId}/one-time-password`, { token: admin.token });
    expect(password.body).toMatchObject({ status: 403, type: '/problems/forbidden' });
    const missing = await patch(admin.token, user.userId, { version: 1, branchIds: [999_999] });
    expect(missing.status).toBe(403);
  });

  it('who hold more than the editor are not his to change', async () => {
    const superior = await aUser(db, { role: 'pharmacist', branchIds: [branchId] });
    for (const body of [{ fullName: 'Renamed' }, { status: 'disabled' }])
      expect((await patch(manager.token, superior.userId, { version: 1, ...body })).status).toBe(403);
    const made = await call('POST', `/users/${superior.userId}/one-time-password`, { token: manager.token });
    expect(made.status).toBe(403);
    expect((await read(superior.userId)).version).toBe(1);
  });

  it('of another branch look as if they were not there', async () => {
    const stranger = await aUser(db, { branchIds: [await aBranch(db)] });
    expect((await call('GET', `/users/${stranger.userId}`, { token: admin.token })).status).toBe(404);
    expect((await patch(admin.token, stranger.userId, { version: 1, fullName: 'X' })).status).toBe(404);
    const list = await call<{ data: UserBody[] }>('GET', '/users?limit=100', { token: admin.token });
    expect(list.body.data.map((user) => user.userId)).not.toContain(stranger.userId);
  });

  it('do not disable themselves, nor change their own roles, but may correct their name', async () => {
    const own = await read(admin.userId);
    const disable = await patch(admin.token, admin.userId, { version: own.version, status: 'disabled' });
    expect(disable.status).toBe(422);
    expect((await patch(admin.token, admin.userId, { version: own.version, roleIds: [] })).status).toBe(422);
    expect((await patch(admin.token, admin.userId, { version: own.version, branchIds: [] })).status).toBe(
      422,
    );
    const renamed = await patch(admin.token, admin.userId, {
      version: own.version,
      fullName: 'A better name',
      roleIds: own.roles.map((role) => role.roleId),
    });
    expect(renamed.status).toBe(200);
  });

  it('change under a version only: a stale one is refused and changes nothing', async () => {
    const user = await aUser(db, { branchIds: [branchId] });
    expect((await patch(admin.token, user.userId, { version: 1, fullName: 'First' })).body.version).toBe(2);
    const stale = await patch(admin.token, user.userId, {
      version: 1,
      fullName: 'Second',
      roleIds: [await roleId(db, 'cashier')],
    });
    expect(stale.body).toMatchObject({ status: 409, type: '/problems/stale-version' });
    expect(await read(user.userId)).toMatchObject({ fullName: 'First', roles: [], version: 2 });
  });

  it('are not created from a malformed body', async () => {
    const good = { username: 'someone.new', fullName: 'Someone New', password: 'twelve blue bottles' };
    for (const [body, status] of [
      [{ ...good, isSample: true }, 400],
      [{ ...good, username: 'no spaces please' }, 400],
      [{ ...good, roleIds: ['1'] }, 400],
      [{ ...good, roleIds: [999_999] }, 422],
      [{ ...good, password: 'too short' }, 422],
      [{ ...good, fullName: '' }, 400],
      [[], 400],
      ['{', 400],
    ] as const) {
      const answer = await call('POST', '/users', {
        token: admin.token,
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(status);
    }
    const { rowCount } = await db.owner.query(
      `select 1 from operational.users where username = 'someone.new'`,
    );
    expect(rowCount).toBe(0);
  });

  it('need ManageUsers to be seen', async () => {
    const pharmacist = await aWorldFor(db, 'pharmacist', { branchId });
    expect((await call('GET', '/users', { token: pharmacist.token })).status).toBe(403);
  });

  it('get no password that an administrator chose: he can only begin a reset, and is told how', async () => {
    const user = await aUser(db, { branchIds: [branchId] });
    const token = await signIn(credentials(user));
    const chosen = await patch(admin.token, user.userId, { version: 1, password: 'a fresh new start' });
    expect(chosen.body).toMatchObject({
      status: 400,
      type: '/problems/invalid-request',
      errors: [{ pointer: '/password', detail: expect.stringContaining('/one-time-password') as string }],
    });
    expect((await call('GET', '/auth/me', { token })).status).toBe(200);
    expect(await signIn(credentials(user))).toBeTruthy();
  });

  it('whose password is to be changed open nothing else before; those of whom that was not said have the time of a new account', async () => {
    const roleIds = [await roleId(db, 'cashier')];
    const make = async (username: string, more: object) => {
      const body = { username, fullName: username, roleIds, branchIds: [branchId], ...more };
      const made = await call<UserBody>('POST', '/users', { token: admin.token, body });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body;
    };
    const password = 'twelve blue bottles';
    const drugs = (token: string) => call('GET', '/drugs', { token });
    const due = { status: 403, type: '/problems/account-due', params: { due: 'password' } };

    const told = await make('told.to', { password, mustChangePassword: true });
    const token = await signIn({ username: 'told.to', password });
    expect((await drugs(token)).body).toMatchObject(due);
    const own = 'eleven red kites over the hill';
    const change = { currentPassword: password, newPassword: own };
    expect((await call('POST', '/auth/password', { token, body: change })).status).toBe(204);
    expect((await drugs(token)).status).toBe(200);
    await patch(admin.token, told.userId, {
      version: (await read(told.userId)).version,
      mustChangePassword: true,
    });
    expect((await drugs(token)).body).toMatchObject(due);

    const young = await make('not.told', { password });
    expect(young.mustChangePassword).toBe(true);
    const hers = await signIn({ username: 'not.told', password });
    expect((await drugs(hers)).status).toBe(200);
    await db.owner.query('update operational.users set password_grace_until = now() where user_id = $1', [
      young.userId,
    ]);
    expect((await drugs(hers)).body).toMatchObject(due);

    await make('his.own', { password, mustChangePassword: false });
    expect((await drugs(await signIn({ username: 'his.own', password }))).status).toBe(200);

    // Nobody knows a password that was not chosen: a one-time one is made up.
    const bare = await make('no.password', {});
    expect(bare.mustChangePassword).toBe(true);
    const given = await call<{ password: string }>('POST', `/users/${bare.userId}/one-time-password`, {
      token: admin.token,
    });
    const opened = await signIn({ username: 'no.password', password: given.body.password });
    expect((await drugs(opened)).body).toMatchObject(due);
  });
});

describe('one’s own password', () => {
  const { db, call } = useTestApp();
  beforeAll(() => seedAccess(db));

  it('changes with the current one, ends the other sessions and keeps this one', async () => {
    const user = await aUser(db);
    const body = { username: user.username, password: user.password };
    const here = (await call<{ token: string }>('POST', '/auth/login', { body })).body.token;
    const there = (await call<{ token: string }>('POST', '/auth/login', { body })).body.token;
    const change = (currentPassword: string, newPassword: string) =>
      call('POST', '/auth/password', { token: here, body: { currentPassword, newPassword } });
    const wrong = await change('not this one', 'كلمة مرور طويلة');
    expect(wrong.body).toMatchObject({
      status: 422,
      type: '/problems/wrong-password',
      errors: [{ pointer: '/currentPassword' }],
    });
    // Asked for once more, for one grave command, it is another field.
    const confirm = (password: string) => call('POST', '/auth/step-up', { token: here, body: { password } });
    expect((await confirm('not this one')).body).toMatchObject({
      status: 422,
      type: '/problems/wrong-password',
      errors: [{ pointer: '/password' }],
    });
    expect((await confirm(user.password)).status).toBeLessThan(300);
    const weak = await change(user.password, 'password1234');
    expect(weak.body).toMatchObject({
      status: 422,
      type: '/problems/password-refused',
      errors: [{ pointer: '/newPassword' }],
    });
    expect((await change(user.password, 'كلمة مرور طويلة')).status).toBe(204);
    expect((await call('GET', '/auth/me', { token: here })).status).toBe(200);
    expect((await call('GET', '/auth/me', { token: there })).status).toBe(401);
    const again = await call('POST', '/auth/login', {
      body: { username: user.username, password: 'كلمة مرور طويلة' },
    });
    expect(again.status).toBe(200);
  });
});
