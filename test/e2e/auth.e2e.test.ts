import { beforeAll, describe, expect, it } from 'vitest';

import { aUser, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface SignedIn {
  token: string;
  user: { userId: number; username: string; fullName: string };
  mustChangePassword: boolean;
}

const cookieOf = (headers: Readonly<Record<string, unknown>>): string => {
  const cookie = headers['set-cookie'];
  return [cookie]
    .flat()
    .filter((one) => typeof one === 'string')
    .join('\n');
};

describe('signing in and out', () => {
  const { db, call } = useTestApp();
  let branchId = 0;

  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
  });

  const login = (username: string, password: string, more: Record<string, unknown> = {}) =>
    call<SignedIn>('POST', '/auth/login', { body: { username, password, ...more } });

  it('answers a token, sets an HttpOnly SameSite=Strict cookie of the same session, and knows the caller', async () => {
    const user = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const answer = await login(` ${user.username.toUpperCase()} `, user.password);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/) as string,
      user: { userId: user.userId, username: user.username, fullName: `Person ${user.username}` },
      mustChangePassword: false,
    });
    const cookie = cookieOf(answer.headers);
    expect(cookie).toContain(`meditory_session=${answer.body.token}`);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    expect(cookie).toMatch(/meditory_device=[\w-]{43}; .*HttpOnly.*SameSite=Strict/);
    const viaCookie = await call('GET', '/auth/me', {
      headers: { cookie: `meditory_session=${answer.body.token}` },
    });
    expect(viaCookie.status).toBe(200);
    expect(viaCookie.body).toMatchObject({
      userId: user.userId,
      permissions: [
        'IdentifyPatients',
        'ReadDrug',
        'ReadPatient',
        'ReadPrescription',
        'ReportNearMiss',
        'Sell',
      ],
      roles: [{ name: 'cashier' }],
      branches: [{ branchId, currency: 'EGP', currencyDecimals: 2, timeZone: 'Africa/Cairo', nameAr: null }],
      branchId,
      mustChangePassword: false,
    });
  });

  it('makes the cookie Secure when the request came by https', async () => {
    const user = await aUser(db);
    const answer = await call('POST', '/auth/login', {
      body: { username: user.username, password: user.password },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(cookieOf(answer.headers)).toMatch(/^__Host-meditory_session=[^;]+;.*Path=\/;.*Secure/);
    expect(cookieOf(answer.headers)).not.toMatch(/Domain/);
  });

  it('gives the same body for a wrong password, an unknown user and a disabled one', async () => {
    const user = await aUser(db);
    const disabled = await aUser(db, { status: 'disabled' });
    const bodies = [];
    for (const [name, password] of [
      [user.username, 'not the password'],
      ['nobody.here', 'not the password'],
      [disabled.username, disabled.password],
    ] as const) {
      const { status, body, headers } = await login(name, password);
      expect(status).toBe(401);
      expect(cookieOf(headers)).toBe('');
      bodies.push({ ...body, instance: '', requestId: '' });
    }
    expect(bodies[0]).toMatchObject({ type: '/problems/invalid-credentials' });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('stores neither the token nor the password, nor writes a hash to the audit trail', async () => {
    const user = await aUser(db);
    const { body } = await login(user.username, user.password);
    const { rows } = await db.owner.query<{ text: string; user_id: number }>(
      `select user_id, coalesce(after::text, '') as text from operational.audit_logs
       where table_name in ('sessions', 'users') order by audit_log_id desc limit 20`,
    );
    expect(rows[0]?.user_id).toBe(user.userId);
    for (const row of rows) {
      expect(row.text).not.toContain('argon2');
      expect(row.text).not.toContain('token_hash');
    }
    const stored = await db.owner.query('select 1 from operational.sessions s where s::text like $1', [
      `%${body.token}%`,
    ]);
    expect(stored.rowCount).toBe(0);
  });

  it('refuses a one-time password, since nobody is enrolled, and unknown keys', async () => {
    const user = await aUser(db);
    const withOtp = await login(user.username, user.password, { otp: '123456' });
    expect(withOtp.status).toBe(422);
    expect(withOtp.body).toMatchObject({ type: '/problems/otp-not-enrolled' });
    expect((await login(user.username, user.password, { otp: '' })).status).toBe(200);
    expect((await login(user.username, user.password, { remember: true })).status).toBe(400);
    expect((await login(`a\u0000b`, user.password)).status).toBeLessThan(500);
    expect((await login(user.username, '\ud800 half a character')).status).toBe(400);
  });

  it('ends the session with logout: neither bearer nor cookie work, and the cookie is cleared', async () => {
    const user = await aUser(db);
    const { token } = (await login(user.username, user.password)).body;
    const other = (await login(user.username, user.password)).body.token;
    const out = await call('POST', '/auth/logout', { token });
    expect(out.status).toBe(204);
    expect(cookieOf(out.headers)).toMatch(/^meditory_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
    expect((await call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await call('GET', '/auth/me', { headers: { cookie: `meditory_session=${token}` } })).status).toBe(
      401,
    );
    expect((await call('GET', '/auth/me', { token: other })).status).toBe(200);
  });

  it('never adopts a session cookie that was set before the sign-in', async () => {
    const user = await aUser(db);
    const planted = 'planted-by-somebody-else-0123456789-abcdefg';
    const answer = await call<SignedIn>('POST', '/auth/login', {
      body: { username: user.username, password: user.password },
      headers: { cookie: `meditory_session=${planted}` },
    });
    expect(answer.body.token).not.toBe(planted);
    expect(cookieOf(answer.headers)).not.toContain(planted);
    expect(
      (await call('GET', '/auth/me', { headers: { cookie: `meditory_session=${planted}` } })).status,
    ).toBe(401);
  });

  it('ends a session after 30 idle minutes and after 12 hours', async () => {
    const user = await aUser(db);
    const idle = (await login(user.username, user.password)).body.token;
    await db.owner.query(
      `update operational.sessions set last_seen_at = now() - interval '31 minutes' where user_id = $1`,
      [user.userId],
    );
    expect((await call('GET', '/auth/me', { token: idle })).status).toBe(401);
    const old = (await login(user.username, user.password)).body.token;
    await db.owner.query(
      `update operational.sessions set expires_at = now() - interval '1 second' where user_id = $1`,
      [user.userId],
    );
    expect((await call('GET', '/auth/me', { token: old })).status).toBe(401);
  });

  it('notes the use of a session at most once a minute', async () => {
    const user = await aUser(db);
    const { token } = (await login(user.username, user.password)).body;
    const seen = async (): Promise<Date | undefined> =>
      (
        await db.owner.query<{ at: Date }>(
          'select last_seen_at as at from operational.sessions where user_id = $1',
          [user.userId],
        )
      ).rows[0]?.at;
    const first = await seen();
    await call('GET', '/auth/me', { token });
    expect(await seen()).toEqual(first);
    await db.owner.query(
      `update operational.sessions set last_seen_at = now() - interval '2 minutes' where user_id = $1`,
      [user.userId],
    );
    await call('GET', '/auth/me', { token });
    expect((await seen())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });
});

describe('requests of other sites', () => {
  const { db, call } = useTestApp();

  it('are refused when they write with the cookie, and admitted from our own pages', async () => {
    const { token } = await aWorldFor(db, 'cashier');
    const cookie = `meditory_session=${token}`;
    const foreign: Record<string, string>[] = [
      { cookie, origin: 'https://evil.example', host: 'pharmacy.local' },
      { cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', host: 'pharmacy.local' },
      { cookie },
    ];
    for (const headers of foreign) {
      const refused = await call('POST', '/auth/logout', { headers });
      expect(refused.status).toBe(403);
    }
    const own = await call('POST', '/auth/logout', {
      headers: { cookie, origin: 'https://pharmacy.local', host: 'pharmacy.local' },
    });
    expect(own.status).toBe(204);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/plain; application/json'])(
    'are not read as %s',
    async (type) => {
      const answer = await call('POST', '/auth/login', {
        body: '{"username":"somebody","password":"something"}',
        headers: { 'content-type': type },
      });
      expect(answer.status).toBe(415);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    },
  );
});
