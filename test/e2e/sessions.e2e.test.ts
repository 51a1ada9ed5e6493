// Sessions: rotation, expiry, the list of them, what ends them, and grave commands that ask who is there.
import { beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aPatient } from '../builders/patient.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Person {
  userId: number;
  username: string;
  password: string;
}

const OWN_PAGE = { origin: 'https://pharmacy.local', host: 'pharmacy.local', 'x-forwarded-proto': 'https' };
const COOKIE = '__Host-meditory_session';

describe('sessions', () => {
  const { db, call } = useTestApp();
  let branchId = 0;
  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
  });

  const signIn = async ({ username, password }: Person): Promise<string> =>
    (await call<{ token: string }>('POST', '/auth/login', { body: { username, password } })).body.token;
  const status = async (token: string): Promise<number> => (await call('GET', '/auth/me', { token })).status;
  /** Calls as a page does: with its cookie. */
  const asPage = (token: string, method: 'GET' | 'POST', path: string, body?: object) =>
    call(method, path, { headers: { ...OWN_PAGE, cookie: `${COOKIE}=${token}` }, ...(body ? { body } : {}) });
  const cookieIn = (headers: Readonly<Record<string, unknown>>): string =>
    new RegExp(`${COOKIE}=([\\w-]+)`).exec([headers['set-cookie']].flat().join('\n'))?.[1] ?? '';
  const longAgo = (userId: number) =>
    db.owner.query(
      `update operational.sessions set created_at = now() - interval '1 hour', confirmed_until = now() - interval '45 minutes' where user_id = $1`,
      [userId],
    );

  it('T48 a page gets another token at sign-in, at a confirmation and with another password; the one before is dead at once', async () => {
    const mona = await aUser(db);
    const planted = 'planted-by-somebody-else-0123456789-abcdefg';
    const opened = await call<{ token: string }>('POST', '/auth/login', {
      body: { username: mona.username, password: mona.password },
      headers: { ...OWN_PAGE, cookie: `${COOKIE}=${planted}` },
    });
    const first = cookieIn(opened.headers);
    expect(first).toBe(opened.body.token);
    expect(first).not.toBe(planted);
    const confirmed = await asPage(first, 'POST', '/auth/step-up', { password: mona.password });
    const second = cookieIn(confirmed.headers);
    expect([confirmed.status, second.length]).toEqual([201, 43]);
    expect((await asPage(first, 'GET', '/auth/me')).status).toBe(401);
    expect((await asPage(second, 'GET', '/auth/me')).status).toBe(200);
    const changed = await asPage(second, 'POST', '/auth/password', {
      currentPassword: mona.password,
      newPassword: 'eleven red kites over the hill',
    });
    expect(changed.status).toBe(204);
    const third = cookieIn(changed.headers);
    expect(await status(second)).toBe(401);
    expect(await status(third)).toBe(200);
    // By TLS a cookie that any other page could have set is not looked at.
    const plain = { ...OWN_PAGE, cookie: `meditory_session=${third}` };
    expect((await call('GET', '/auth/me', { headers: plain })).status).toBe(401);
    expect((await asPage(third, 'POST', '/auth/logout')).status).toBe(204);
    expect(await status(third)).toBe(401);
  });

  it('T48 signing in ends the session its browser was signed in with, whoever signs in, and no other', async () => {
    const [mona, omar] = [await aUser(db), await aUser(db)];
    const bearer = await signIn(mona);
    const enter = async (who: Person, cookie?: string): Promise<string> => {
      const opened = await call('POST', '/auth/login', {
        body: { username: who.username, password: who.password },
        headers: { ...OWN_PAGE, ...(cookie === undefined ? {} : { cookie: `${COOKIE}=${cookie}` }) },
      });
      expect(opened.status).toBe(200);
      return cookieIn(opened.headers);
    };
    const first = await enter(mona);
    const elsewhere = await enter(mona);
    const second = await enter(mona, first);
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    const third = await enter(omar, second);
    expect([await status(second), await status(third)]).toEqual([401, 200]);
    // A wrong password ends nothing, and a token that no browser keeps goes on.
    const wrong = await call('POST', '/auth/login', {
      body: { username: mona.username, password: 'not her password' },
      headers: { ...OWN_PAGE, cookie: `${COOKIE}=${third}` },
    });
    expect(wrong.status).toBe(401);
    expect([await status(third), await status(elsewhere), await status(bearer)]).toEqual([200, 200, 200]);
  });

  it('T48 lists where one is signed in, and ends one, or all others', async () => {
    const mona = await aUser(db);
    const [here, there, elsewhere] = [await signIn(mona), await signIn(mona), await signIn(mona)];
    const list = async () =>
      (
        await call<{
          data: { sessionId: number; isThisOne: boolean; lastSeenAt: string; ipAddress: string }[];
        }>('GET', '/auth/sessions', { token: here })
      ).body.data;
    const all = await list();
    expect(all).toHaveLength(3);
    expect(all.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
    expect(all[0]).toMatchObject({ openedBy: 'password', ipAddress: '127.0.0.1' });
    const { rows } = await db.owner.query<{ session_id: number }>(
      'select session_id from operational.sessions where user_id = $1 order by session_id',
      [mona.userId],
    );
    expect((await call('DELETE', `/auth/sessions/${rows[1]?.session_id}`, { token: here })).status).toBe(204);
    expect([await status(here), await status(there), await status(elsewhere)]).toEqual([200, 401, 200]);
    const omar = await signIn(await aUser(db));
    expect((await call('DELETE', `/auth/sessions/${rows[0]?.session_id}`, { token: omar })).status).toBe(404);
    expect((await call('POST', '/auth/sessions/end-others', { token: here })).status).toBe(204);
    expect([await status(here), await status(elsewhere)]).toEqual([200, 401]);
    // Later he proves again who he is: a screen that was left ends nobody's work.
    const later = await signIn(mona);
    await longAgo(mona.userId);
    const [{ sessionId } = { sessionId: 0 }] = (await list()).filter(({ isThisOne }) => !isThisOne);
    const end = () => call('DELETE', `/auth/sessions/${sessionId}`, { token: here });
    expect((await end()).body).toMatchObject({ status: 403, type: '/problems/step-up-required' });
    expect(await status(later)).toBe(200);
    await call('POST', '/auth/step-up', { token: here, body: { password: mona.password } });
    expect([(await end()).status, await status(later)]).toEqual([204, 401]);
  });

  it('T49 three sessions of a user who is disabled end at once, at another server of the same database too', async () => {
    const admin = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const mona = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const tokens = [await signIn(mona), await signIn(mona), await signIn(mona)];
    const other = await createApplication(db.app, 2, createLogger('silent'));
    await other.init();
    await other.getHttpAdapter().getInstance().ready();
    const there = async (token: string): Promise<number> =>
      (
        await other.inject({
          method: 'GET',
          url: '/api/auth/me',
          headers: { authorization: `Bearer ${token}` },
        })
      ).statusCode;
    for (const token of tokens) expect(await there(token)).toBe(200);
    const disabled = await call('PATCH', `/users/${mona.userId}`, {
      token: await signIn(admin),
      body: { version: 1, status: 'disabled' },
    });
    expect(disabled.status).toBe(200);
    for (const token of tokens) expect([await there(token), await status(token)]).toEqual([401, 401]);
    await other.close();
    const { rows } = await db.owner.query(
      'select 1 from operational.sessions where user_id = $1 and revoked_at is null',
      [mona.userId],
    );
    expect(rows).toEqual([]);
  });

  it('T47 a right that is taken away is gone with the next request, and the sessions of a user are ended by who looks after him', async () => {
    const admin = await signIn(await aUser(db, { role: 'administrator', branchIds: [branchId] }));
    const mona = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const token = await signIn(mona);
    expect((await call('GET', '/drugs', { token })).status).toBe(200);
    const auditor = await roleId(db, 'inventory clerk');
    await call('PATCH', `/users/${mona.userId}`, { token: admin, body: { version: 1, roleIds: [auditor] } });
    expect((await call('GET', '/patients', { token })).status).toBe(403);
    expect((await call('DELETE', `/users/${mona.userId}/sessions`, { token: admin })).status).toBe(204);
    expect(await status(token)).toBe(401);
  });

  it.each([
    ['PATCH', (id: number) => `/users/${id}`, { version: 1, roleIds: [] }],
    ['POST', () => '/roles', { name: 'x', permissions: [] }],
    ['POST', () => '/auth/mfa/totp', { name: 'Phone' }],
    ['POST', (_: number, patientId: number) => `/patients/${patientId}/exports`, { reason: 'asked for it' }],
    ['POST', (id: number) => `/users/${id}/one-time-password`, undefined],
    ['DELETE', (id: number) => `/users/${id}/sessions`, undefined],
    ['POST', () => '/auth/sessions/end-others', undefined],
  ] as const)(
    '%s of a grave thing asks again who is there, and says how (%#)',
    async (method, path, body) => {
      const admin = await aWorldFor(db, 'administrator', { branchId });
      const mona = await aUser(db, { branchIds: [branchId] });
      const patientId = await aPatient(db, { branchId });
      await longAgo(admin.userId);
      const send = () =>
        call(method, path(mona.userId, patientId), {
          token: admin.token,
          branchId,
          ...(body ? { body } : {}),
        });
      const refused = await send();
      expect(refused).toMatchObject({
        status: 403,
        body: {
          type: '/problems/step-up-required',
          params: { stepUp: { post: '/api/auth/step-up', accepts: ['password', 'otp', 'assertion'] } },
        },
      });
      await db.owner.query(
        `insert into operational.step_ups (user_id, session_id, token_hash, expires_at, proof)
       values ($1, $2, sha256($3::bytea), now() + interval '5 minutes', 'pin')`,
        [admin.userId, admin.ctx.actor.sessionId, `pin ${mona.userId}`],
      );
      expect((await send()).status).toBe(403);
      await db.owner.query(
        `insert into operational.step_ups (user_id, session_id, token_hash, expires_at)
       values ($1, $2, sha256($3::bytea), now() + interval '5 minutes')`,
        [admin.userId, admin.ctx.actor.sessionId, `password ${mona.userId}`],
      );
      expect((await send()).status).toBeLessThan(300);
    },
  );

  it('at the counter a PIN does, for a void; for a price it does not', async () => {
    const mona = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const token = await signIn(mona);
    await call('POST', '/auth/pin', { token, body: { password: mona.password, pin: '2580' } });
    const made = await call<{ drugId: number }>('POST', '/drugs', {
      token,
      body: { name: 'Pricol', price: '5' },
    });
    await longAgo(mona.userId);
    const voided = () =>
      call('POST', '/sales/999999/void', { token, key: 'v', body: { reason: 'rang up twice' } });
    const priced = (body: object) => call('PATCH', `/drugs/${made.body.drugId}`, { token, body });
    expect((await voided()).body).toMatchObject({
      type: '/problems/step-up-required',
      params: { stepUp: { accepts: ['password', 'otp', 'assertion', 'pin', 'badge'] } },
    });
    const wrong = await call('POST', '/auth/step-up', { token, body: { pin: '9513' } });
    expect(wrong.body).toMatchObject({ type: '/problems/wrong-password', errors: [{ pointer: '/pin' }] });
    const byPin = await call<{ token: string }>('POST', '/auth/step-up', { token, body: { pin: '2580' } });
    expect(byPin.status).toBe(201);
    expect((await voided()).status).toBe(404);
    expect((await priced({ version: 1, price: '6' })).body).toMatchObject({
      type: '/problems/step-up-required',
    });
    // What is no price needs no proof.
    expect((await priced({ version: 1, notes: null })).status).not.toBe(403);
    await call('POST', '/auth/step-up', { token, body: { password: mona.password } });
    expect((await priced({ version: 1, price: '6' })).status).toBe(200);
  });

  it('a session is made proven by a confirmation and by nothing else', async () => {
    const mona = await aWorldFor(db, 'cashier', { branchId });
    await longAgo(mona.userId);
    await expect(
      db.uow.run(mona.ctx, (tx) =>
        tx.execute('update operational.sessions set confirmed_until = now() where session_id = $1', [
          mona.ctx.actor.sessionId,
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});
