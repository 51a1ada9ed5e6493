// Locking a screen, and opening it by PIN, badge or password, for the same user or another.
import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const PASSWORD = 'correct horse battery';
const PIN = '2580';

describe('a till that changes hands', () => {
  const { db, call } = useTestApp();

  interface Person {
    userId: number;
    username: string;
    token: string;
    branchId: number;
  }
  async function aPerson(branchId: number, pin?: string): Promise<Person> {
    const admin = await aWorldFor(db, 'administrator', { branchId });
    const { rows } = await db.owner.query<{ role_id: number }>(
      'select role_id from operational.user_roles where user_id = $1',
      [admin.userId],
    );
    const username = `person${admin.userId}`;
    const made = await call<{ userId: number }>('POST', '/users', {
      token: admin.token,
      body: {
        username,
        fullName: `Person ${admin.userId}`,
        password: PASSWORD,
        roleIds: [rows[0]?.role_id],
        branchIds: [branchId],
      },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await db.owner.query('update operational.users set must_change_password = false where user_id = $1', [
      made.body.userId,
    ]);
    const token = await signIn(username);
    if (pin !== undefined) {
      const set = await call('POST', '/auth/pin', { token, body: { password: PASSWORD, pin } });
      expect(set.status, JSON.stringify(set.body)).toBe(204);
    }
    return { userId: made.body.userId, username, token, branchId };
  }
  async function signIn(username: string): Promise<string> {
    const answer = await call<{ token: string }>('POST', '/auth/login', {
      body: { username, password: PASSWORD },
    });
    expect(answer.status).toBe(200);
    return answer.body.token;
  }
  const unlock = (token: string, body: object) =>
    call<{ token: string; user: { userId: number } }>('POST', '/auth/unlock', { token, body });
  const me = (token: string) => call<{ userId: number }>('GET', '/auth/me', { token });
  const aBranchId = async (): Promise<number> => (await aWorldFor(db, 'cashier')).branchId;

  it('is locked for everything, says so, and is opened by its user with his PIN', async () => {
    const mona = await aPerson(await aBranchId(), PIN);
    expect((await call('POST', '/auth/lock', { token: mona.token })).status).toBe(204);
    expect((await me(mona.token)).status).toBe(401);
    const device = await call('GET', '/auth/device', { token: mona.token });
    expect(device.body).toEqual({ isLocked: true, username: mona.username });
    const opened = await unlock(mona.token, { username: mona.username, pin: PIN });
    expect(opened).toMatchObject({ status: 200, body: { user: { userId: mona.userId } } });
    expect((await me(opened.body.token)).body.userId).toBe(mona.userId);
    // The locked session is over: its token opens nothing twice.
    expect((await unlock(mona.token, { username: mona.username, pin: PIN })).status).toBe(401);
    expect((await call('GET', '/auth/device', { token: mona.token })).body).toEqual({
      isLocked: false,
      username: null,
    });
  });

  it('goes to another user by his PIN or badge, and what he does is his', async () => {
    const branchId = await aBranchId();
    const mona = await aPerson(branchId, PIN);
    const omar = await aPerson(branchId);
    const badge = await call<{ code: string }>('POST', '/auth/badge', {
      token: omar.token,
      body: { password: PASSWORD },
    });
    expect(badge.body.code).toMatch(/^MB-[0-9A-F]{32}$/);
    const toOmar = await unlock(mona.token, { badge: badge.body.code.toLowerCase() });
    expect(toOmar).toMatchObject({ status: 200, body: { user: { userId: omar.userId } } });
    expect((await me(mona.token)).status).toBe(401);
    const opened = await call<{ userId: number }>('POST', '/till-shifts', {
      token: toOmar.body.token,
      body: { openingFloat: '1' },
    });
    expect(opened.body.userId).toBe(omar.userId);
    const back = await unlock(toOmar.body.token, { username: mona.username, pin: PIN });
    expect(back.body.user.userId).toBe(mona.userId);
    const { rows } = await db.owner.query<{ opened_by: string; same_end: boolean }>(
      `select s.opened_by, s.expires_at = (select max(o.expires_at) from operational.sessions o where o.user_id = $1 and o.opened_by = 'password') as same_end
       from operational.sessions s where s.user_id = any ($2) and s.opened_by <> 'password' order by s.session_id`,
      [mona.userId, [mona.userId, omar.userId]],
    );
    // No chain of PINs outlives the password it began with.
    expect(rows).toEqual([
      { opened_by: 'badge', same_end: true },
      { opened_by: 'pin', same_end: true },
    ]);
  });

  it('opens nothing without a session behind it, and a PIN is no password', async () => {
    const mona = await aPerson(await aBranchId(), PIN);
    const proof = { username: mona.username, pin: PIN };
    expect((await call('POST', '/auth/unlock', { body: proof })).status).toBe(401);
    expect((await unlock('x'.repeat(43), proof)).status).toBe(401);
    await call('POST', '/auth/logout', { token: mona.token });
    expect((await unlock(mona.token, proof)).status).toBe(401);
    const again = await signIn(mona.username);
    const opened = await unlock(again, proof);
    const { rows } = await db.owner.query<{ opened_by: string }>(
      `select opened_by from operational.sessions where user_id = $1 order by session_id desc limit 1`,
      [mona.userId],
    );
    expect([opened.status, rows[0]?.opened_by]).toEqual([200, 'pin']);
    const byCookie = await call('POST', '/auth/unlock', {
      headers: { cookie: `meditory_session=${opened.body.token}`, origin: 'https://elsewhere.example' },
      body: proof,
    });
    expect(byCookie.status).toBe(403);
  });

  it('blocks a PIN after five wrong ones, however many are sent at once; the password still opens', async () => {
    const branchId = await aBranchId();
    const mona = await aPerson(branchId, PIN);
    const wrong = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        unlock(mona.token, { username: mona.username, pin: String(3000 + n) }),
      ),
    );
    expect(wrong.every(({ status }) => status === 401 || status === 409 || status === 429)).toBe(true);
    const { rows } = await db.owner.query<{ pin_failures: number }>(
      'select pin_failures from operational.quick_unlocks where user_id = $1',
      [mona.userId],
    );
    expect(rows[0]?.pin_failures).toBe(5);
    await db.owner.query('delete from operational.rate_limits');
    const blocked = await unlock(mona.token, { username: mona.username, pin: PIN });
    expect(blocked).toMatchObject({ status: 409, body: { type: '/problems/pin-locked' } });
    const opened = await unlock(mona.token, { username: mona.username, password: PASSWORD });
    expect(opened.status).toBe(200);
    const { token } = opened.body;
    expect((await call('GET', '/auth/quick-unlock', { token })).body).toEqual({
      hasPin: true,
      isPinLocked: true,
      hasBadge: false,
    });
    await call('POST', '/auth/pin', { token, body: { password: PASSWORD, pin: '7391' } });
    expect((await unlock(token, { username: mona.username, pin: '7391' })).status).toBe(200);
  });

  it('takes no PIN that is guessed early, none without the password, and none of who is gone', async () => {
    const mona = await aPerson(await aBranchId(), PIN);
    const setPin = (body: object) => call('POST', '/auth/pin', { token: mona.token, body });
    expect(await setPin({ password: PASSWORD, pin: '1234' })).toMatchObject({
      status: 422,
      body: { type: '/problems/pin-refused' },
    });
    expect((await setPin({ password: PASSWORD, pin: '12' })).status).toBe(400);
    expect(await setPin({ password: 'not my password', pin: '9173' })).toMatchObject({
      status: 422,
      body: { type: '/problems/wrong-password' },
    });
    const { rows } = await db.owner.query<{ before: string }>(
      `select coalesce(after::text, '') as before from operational.audit_logs where table_name = 'quick_unlocks' and row_key = $1`,
      [String(mona.userId)],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some((row) => /argon2|hash/.test(row.before))).toBe(false);
    await db.owner.query(`update operational.users set password_hash = 'other' where user_id = $1`, [
      mona.userId,
    ]);
    const left = await db.owner.query('select from operational.quick_unlocks where user_id = $1', [
      mona.userId,
    ]);
    expect(left.rows).toHaveLength(0);
  });
});
