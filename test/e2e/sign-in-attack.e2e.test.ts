// Attacks on the sign-in: whoever guesses is slowed down, the one guessed at is not shut out.
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createApplication } from '../../src/application.js';
import { PasswordService } from '../../src/operational/auth/password.service.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { aBranch } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('T50 guessing', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
  });

  const login = (username: string, password: string, headers: Record<string, string> = {}) =>
    call<{ token: string }>('POST', '/auth/login', { body: { username, password }, headers });
  const failures = async (prefix: string): Promise<number> =>
    (
      await db.owner.query<{ n: number }>(
        `select coalesce(sum(points), 0)::integer as n from operational.rate_limits where key like $1`,
        [`${prefix}:%`],
      )
    ).rows[0]?.n ?? 0;

  it('T50 does not shut out who comes from a device he signed in with before; his own guesses there are counted', async () => {
    const mona = await aUser(db);
    const before = await login(mona.username, mona.password);
    const cookie = /meditory_device=[\w-]+/.exec([before.headers['set-cookie']].flat().join('\n'))?.[0] ?? '';
    for (let n = 0; n < 11; n++) await login(mona.username, `wrong ${n}`);
    expect((await login(mona.username, mona.password)).status).toBe(429);
    const known = await login(mona.username, mona.password, { cookie });
    expect(known.status).toBe(200);
    expect([known.headers['set-cookie']].flat().join()).not.toContain('meditory_device');
    // It speaks for nobody else, and it opens nothing.
    const omar = await aUser(db);
    for (let n = 0; n < 10; n++) await login(omar.username, `wrong ${n}`, { cookie });
    expect((await login(omar.username, omar.password, { cookie })).status).toBe(429);
    for (let n = 0; n < 10; n++)
      expect((await login(mona.username, `wrong ${n}`, { cookie })).status).toBe(401);
    expect((await login(mona.username, mona.password, { cookie })).status).toBe(429);
    await db.owner.query('delete from operational.rate_limits');
  });

  it('T50 with another password no device is known any more', async () => {
    const admin = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const { token } = (await login(admin.username, admin.password)).body;
    const mona = await aUser(db, { branchIds: [branchId] });
    await login(mona.username, mona.password);
    const known = () =>
      db.owner.query('select 1 from operational.known_devices where user_id = $1', [mona.userId]);
    expect((await known()).rowCount).toBe(1);
    await call('POST', `/users/${mona.userId}/one-time-password`, { token });
    expect((await known()).rowCount).toBe(0);
  });

  it('T50 counts many names and one password by the address, whatever address a header speaks of, and past a restart', async () => {
    await db.owner.query('delete from operational.rate_limits');
    for (let n = 0; n < 3; n++)
      await login(`nobody.${n}`, 'one password for all', { 'x-forwarded-for': `203.0.113.${n}` });
    expect(await failures('login-address')).toBe(3);
    const { rows } = await db.owner.query(
      `select key from operational.rate_limits where key like 'login-address:%'`,
    );
    expect(rows).toHaveLength(1);
    await db.owner.query(`update operational.rate_limits set points = 99 where key like 'login-address:%'`);
    const restarted = await createApplication(db.app, 2, createLogger('silent'));
    await restarted.init();
    await restarted.getHttpAdapter().getInstance().ready();
    const mona = await aUser(db);
    const there = async (username: string, password: string): Promise<number> =>
      (
        await restarted.inject({
          method: 'POST',
          url: '/api/auth/login',
          payload: { username, password },
          headers: { 'x-forwarded-for': '198.51.100.7' },
        })
      ).statusCode;
    expect(await there('nobody.4', 'one password for all')).toBe(401);
    expect(await there(mona.username, mona.password)).toBe(429);
    await restarted.close();
    await db.owner.query('delete from operational.rate_limits');
  });

  it('T50 ends after a hundred failures in a row, however long it waits between them, until an administrator helps', async () => {
    const admin = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const { token } = (await login(admin.username, admin.password)).body;
    const mona = await aUser(db, { branchIds: [branchId] });
    await login(mona.username, 'wrong once');
    // A quarter of an hour later nothing of the short count is left.
    await db.owner.query(
      `update operational.rate_limits set points = 100 where key like 'login-straight:%';
       delete from operational.rate_limits where key like 'login-user:%'`,
    );
    const refused = await login(mona.username, mona.password);
    expect(refused.status).toBe(429);
    const unknown = await login('nobody.at.all', 'wrong once');
    expect(unknown.status).toBe(401);
    const given = await call<{ password: string }>('POST', `/users/${mona.userId}/one-time-password`, {
      token,
    });
    expect((await login(mona.username, given.body.password)).status).toBe(200);
  });

  it('T50 tells an unknown name from a known one neither by what it says nor by the work it does', async () => {
    const mona = await aUser(db);
    const verify = vi.spyOn(PasswordService.prototype, 'verify');
    const said = [];
    for (const username of [mona.username, 'nobody.whatever']) {
      const { body } = await login(username, 'not the password');
      said.push({ ...body, instance: '', requestId: '' });
    }
    expect(said[1]).toEqual(said[0]);
    // One hash is worked out for each, whatever it is compared with, and it costs the same; as many rows are written.
    expect(verify.mock.calls.map(([hash]) => hash?.startsWith('$argon2id$'))).toEqual([true, undefined]);
    verify.mockRestore();
    const nobody = (await Reflect.get(new PasswordService(), 'nobody')) as string;
    const costOf = (hash: string) => hash.split('$').slice(0, 4);
    expect(costOf(nobody)).toEqual(costOf(await new PasswordService().hash('any other one')));
    expect(await failures('login-straight')).toBeGreaterThanOrEqual(2);
  });
});
