import { beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { useTestApp } from '../support/app.js';

describe('the throttle of signing in', () => {
  const { db, call } = useTestApp();
  beforeAll(() => seedAccess(db));

  const login = (username: string, password: string) =>
    call('POST', '/auth/login', { body: { username, password } });

  it('refuses after ten failures with the time to wait, the right password too, and outlives a restart', async () => {
    const user = await aUser(db);
    for (let n = 0; n < 10; n++) expect((await login(user.username, `wrong ${n}`)).status).toBe(401);
    const refused = await login(user.username, user.password);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ type: '/problems/too-many-attempts' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900);

    const restarted = await createApplication(db.app, 4, createLogger('silent'));
    await restarted.init();
    await restarted.getHttpAdapter().getInstance().ready();
    const after = await restarted.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { username: user.username, password: user.password },
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    await restarted.close();
    expect(after.statusCode).toBe(429);
  });

  it('holds for a user name that does not exist, and does not tell it apart', async () => {
    for (let n = 0; n < 10; n++) expect((await login('no.such.person', `wrong ${n}`)).status).toBe(401);
    expect((await login('no.such.person', 'wrong again')).status).toBe(429);
  });

  it('counts failures in a row only: a right password before the tenth clears them', async () => {
    const user = await aUser(db);
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 6; n++) await login(user.username, `wrong ${n}`);
      expect((await login(user.username, user.password)).status).toBe(200);
    }
  });

  it('lets many honest sign-ins of one user happen at once', async () => {
    const user = await aUser(db);
    const answers = await Promise.all(Array.from({ length: 15 }, () => login(user.username, user.password)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 15 }, () => 200));
  });

  it('keeps names and addresses as hashes, and refuses an address after a hundred failures', async () => {
    await db.owner.query('delete from operational.rate_limits');
    await login('somebody', 'wrong password');
    const { rows } = await db.owner.query<{ key: string }>('select key from operational.rate_limits');
    expect(rows).toHaveLength(3);
    for (const { key } of rows) expect(key).toMatch(/^login-(user|address|straight):[0-9a-f]{64}$/);
    await db.owner.query(`update operational.rate_limits set points = 100 where key like 'login-address:%'`);
    const user = await aUser(db);
    expect((await login(user.username, user.password)).status).toBe(429);
    await db.owner.query('delete from operational.rate_limits');
    expect((await login(user.username, user.password)).status).toBe(200);
  });
});
