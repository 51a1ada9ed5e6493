// Passwords: which are taken, one-time ones, and how an installation begins.
import { beforeAll, describe, expect, it } from 'vitest';

import { PasswordLinksService } from '../../src/operational/auth/password-links/password-links.service.js';
import { readConfig } from '../../src/platform/config/config.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('passwords', () => {
  const { db, call, app } = useTestApp();
  let branchId = 0;
  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
  });

  const login = (username: string, password: string) =>
    call<{ token: string; mustChangePassword: boolean }>('POST', '/auth/login', {
      body: { username, password },
    });

  it.each([
    ['seven characters', 'abcdefg', 422],
    ['eight', 'kites 12', 422],
    ['eleven', 'red kites 1', 422],
    ['fourteen, with no second factor', 'red kites 1234', 422],
    ['fifteen', 'red kites 12345', 204],
    ['sixty-four', 'red kites over the hill '.repeat(3).slice(0, 64), 204],
    ['two hundred', 'red kites over the hill '.repeat(9).slice(0, 200), 204],
    ['more than two hundred', 'red kites over the hill '.repeat(9).slice(0, 201), 422],
    ['spaces at both ends', '  red kites over  ', 204],
    ['Arabic', 'طيور حمراء فوق التل', 204],
    ['letters alone, no digit, no sign', 'redkitesoverthehill', 204],
    ['a common one', 'iloveyouiloveyou', 422],
    ['a common one and digits', 'Liverpool2024202420', 422],
    ['the name of the program', 'Meditory Meditory 2026', 422],
  ] as const)('T53 %s: %s', async (_, newPassword, expected) => {
    const mona = await aUser(db, { branchIds: [branchId] });
    const { token } = (await login(mona.username, mona.password)).body;
    const answer = await call('POST', '/auth/password', {
      token,
      body: { currentPassword: mona.password, newPassword },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(expected);
    if (expected === 204) expect((await login(mona.username, newPassword)).status).toBe(200);
    else expect(answer.body).toMatchObject({ errors: [{ pointer: '/newPassword' }] });
  });

  it('T53 is the same whatever composed it, and may be neither the user name nor that of the branch', async () => {
    const mona = await aUser(db, { branchIds: [branchId] });
    const { token } = (await login(mona.username, mona.password)).body;
    const change = (newPassword: string) =>
      call('POST', '/auth/password', { token, body: { currentPassword: mona.password, newPassword } });
    expect((await change(mona.username)).status).toBe(422);
    expect((await change('Test branch 2026 branch')).status).toBe(422);
    expect((await change('café au lait chaud')).status).toBe(204);
    expect((await login(mona.username, 'café au lait chaud')).status).toBe(200);
  });

  it('T53 a one-time password opens the own account alone until it is changed, and not for ever', async () => {
    const admin = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const { token } = (await login(admin.username, admin.password)).body;
    const mona = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const before = (await login(mona.username, mona.password)).body.token;
    const made = await call<{ password: string }>('POST', `/users/${mona.userId}/one-time-password`, {
      token,
    });
    expect(made.status).toBe(201);
    expect((await call('GET', '/auth/me', { token: before })).status).toBe(401);
    expect((await login(mona.username, mona.password)).status).toBe(401);
    const opened = (await login(mona.username, made.body.password)).body;
    expect(opened.mustChangePassword).toBe(true);
    expect((await call('GET', '/drugs', { token: opened.token })).body).toMatchObject({
      status: 403,
      type: '/problems/account-due',
      params: { due: 'password' },
    });
    expect((await call('GET', '/auth/me', { token: opened.token })).body).toMatchObject({ due: 'password' });
    const own = 'eleven red kites over the hill';
    const changed = await call('POST', '/auth/password', {
      token: opened.token,
      body: { currentPassword: made.body.password, newPassword: own },
    });
    expect(changed.status).toBe(204);
    expect((await call('GET', '/drugs', { token: opened.token })).status).toBe(200);
    const again = await call<{ password: string }>('POST', `/users/${mona.userId}/one-time-password`, {
      token,
    });
    await db.owner.query(
      `update operational.users set one_time_password_until = now() - interval '1 second' where user_id = $1`,
      [mona.userId],
    );
    expect((await login(mona.username, again.body.password)).status).toBe(401);
  });

  it('T59 the link of a new installation sets a password once, however often it is used at once', async () => {
    const mona = await aUser(db, { branchIds: [branchId] });
    const links = app().get(PasswordLinksService, { strict: false });
    const token = (await links.make(mona.username)) ?? '';
    const use = (newPassword: string, given = token) =>
      call('POST', '/auth/password-links/use', { body: { token: given, newPassword } });
    expect((await use('too short')).status).toBe(422);
    const answers = await Promise.all(
      ['kites', 'lions', 'whale'].map((one) => use(`eleven red ${one} over the hill`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
    expect((await login(mona.username, mona.password)).status).toBe(401);
    expect((await use('twelve red kites over the hill')).body).toMatchObject({
      type: '/problems/password-link-used',
    });
    expect((await use('twelve red kites over the hill', 'x'.repeat(43))).status).toBe(422);
    const old = (await links.make(mona.username)) ?? '';
    await db.owner.query(
      `update operational.password_links set expires_at = now() - interval '1 second' where used_at is null`,
    );
    expect((await use('twelve red kites over the hill', old)).status).toBe(422);
    expect(await links.make('nobody.of.this.name')).toBeUndefined();
  });

  it('T59 whoever has the machine lets somebody in again who lost everything', async () => {
    const mona = await aUser(db, { branchIds: [branchId] });
    const links = app().get(PasswordLinksService, { strict: false });
    const session = (await login(mona.username, mona.password)).body.token;
    const token = await links.recover(mona.username);
    expect((await call('GET', '/auth/me', { token: session })).status).toBe(401);
    const used = await call('POST', '/auth/password-links/use', {
      body: { token, newPassword: 'eleven red kites over the hill' },
    });
    expect(used.status).toBe(204);
  });

  it('T59 there is no default password, and a database of sample patients is none to work with', async () => {
    for (const username of ['admin', 'administrator', 'root'])
      for (const password of ['admin', 'password', 'meditory', 'changeme'])
        expect((await login(username, password)).status).not.toBe(200);
    expect(readConfig({ MEDITORY_PRODUCTION: 'yes' })).toMatchObject({
      loadSample: false,
      isProduction: true,
    });
    expect(readConfig({})).toMatchObject({ loadSample: true, isProduction: false });
    expect(() => readConfig({ MEDITORY_PRODUCTION: 'yes', MEDITORY_SAMPLE: 'demo' })).toThrow(
      /MEDITORY_SAMPLE/,
    );
    expect(await roleId(db, 'administrator')).toBeGreaterThan(0);
  });
});
