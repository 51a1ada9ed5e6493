// Second factors: authenticator apps, recovery codes, security keys and passkeys, and roles that ask for one.
import { beforeAll, describe, expect, it } from 'vitest';

import { PasswordLinksService } from '../../src/operational/auth/password-links/password-links.service.js';
import { Clock } from '../../src/platform/time/clock.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';
import { codeOf, SoftwareKey } from '../support/second-factor.js';

const HOST = 'localhost:3000';
const ORIGIN = `http://${HOST}`;

interface Person {
  userId: number;
  username: string;
  password: string;
}

describe('second factors', () => {
  const { db, call, app } = useTestApp();
  let branchId = 0;
  /** What the server takes for the time moves on by this much. */
  let passed = 0;
  const now = (): Date => new Date(Date.now() + passed);
  /** The next code of an app is half a minute away, and one that was given stays behind. */
  const later = (): void => {
    passed += 60_000;
  };

  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    app().get(Clock, { strict: false }).now = now;
  });

  const login = (person: Person, more: object = {}) =>
    call<{ token: string; params: { methods: string[]; challenge: { challenge: string } } }>(
      'POST',
      '/auth/login',
      {
        body: { username: person.username, password: person.password, ...more },
        headers: { host: HOST },
      },
    );
  const signedIn = async (person: Person, more: object = {}): Promise<string> => {
    const answer = await login(person, more);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.token;
  };
  const post = <Body = Record<string, unknown>>(token: string, path: string, body?: object) =>
    call<Body>('POST', path, { token, headers: { host: HOST }, ...(body ? { body } : {}) });

  /** Sets an app up as its user does, from the secret he is shown. */
  async function anApp(
    token: string,
  ): Promise<{ factorId: number; secret: string; recoveryCodes: string[] }> {
    const begun = await post<{ factorId: number; secret: string; uri: string; qr: string }>(
      token,
      '/auth/mfa/totp',
      { name: 'Phone' },
    );
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    expect(begun.body.qr).toMatch(/^<svg /);
    expect(begun.body.uri).toContain(begun.body.secret);
    const { factorId, secret } = begun.body;
    const done = await post<{ recoveryCodes: string[] }>(token, `/auth/mfa/totp/${factorId}/confirm`, {
      otp: codeOf(secret, now()),
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    later();
    return { factorId, secret, recoveryCodes: done.body.recoveryCodes };
  }

  const graceIsOver = ({ userId }: Person) =>
    db.owner.query(
      `update operational.users set mfa_asked_since = now() - interval '14 days 1 second' where user_id = $1`,
      [userId],
    );

  async function aKey(token: string): Promise<SoftwareKey> {
    const key = new SoftwareKey(ORIGIN);
    const options = await post<{ challenge: string }>(token, '/auth/mfa/webauthn/options');
    const added = await post(token, '/auth/mfa/webauthn', {
      name: 'Key',
      attestation: key.register(options.body),
    });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    return key;
  }

  it('T52 a code of an app is taken once, also when it is sent many times at once, and no older one after it', async () => {
    const mona = await aUser(db);
    const { secret } = await anApp(await signedIn(mona));
    const without = await login(mona);
    expect(without).toMatchObject({
      status: 401,
      body: { type: '/problems/second-factor-required', params: { methods: ['totp', 'recovery'] } },
    });
    const otp = codeOf(secret, now());
    const answers = await Promise.all(Array.from({ length: 6 }, () => login(mona, { otp })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    const before = codeOf(secret, new Date(now().getTime() - 30_000));
    expect((await login(mona, { otp: before })).body).toMatchObject({
      type: '/problems/invalid-second-factor',
    });
    later();
    const far = codeOf(secret, new Date(now().getTime() + 3_600_000));
    expect((await login(mona, { otp: far })).status).toBe(401);
    expect((await login(mona, { otp: codeOf(secret, now()) })).status).toBe(200);
    later();
    // A wrong password tells nothing of the second factor.
    const wrong = await login({ ...mona, password: 'not the password' }, { otp: codeOf(secret, now()) });
    expect(wrong.body).toMatchObject({ type: '/problems/invalid-credentials' });
  });

  it('T52 a code counts for its thirty seconds alone; what comes a step late is refused and tells the clock of the phone', async () => {
    const mona = await aUser(db);
    const { secret, factorId } = await anApp(await signedIn(mona));
    const real = now;
    /** The server is so many seconds into a step of its own. */
    const at = (step: number, second: number): Date => new Date((step * 30 + second) * 1000);
    const first = Math.ceil(real().getTime() / 30_000) + 4;
    const clock = app().get(Clock, { strict: false });
    const otpOf = (step: number) => ({ otp: codeOf(secret, at(step, 0)) });
    const drift = async () =>
      (
        await db.owner.query<{ drift_seconds: number }>(
          'select drift_seconds from operational.mfa_factors where factor_id = $1',
          [factorId],
        )
      ).rows[0]?.drift_seconds;
    try {
      clock.now = () => at(first + 1, 12);
      expect((await login(mona, otpOf(first))).body).toMatchObject({
        type: '/problems/invalid-second-factor',
      });
      expect(await drift()).toBe(-13);
      // The same code explains itself now, but was used up; the next one of that phone is taken in its own time, and once.
      expect((await login(mona, otpOf(first))).status).toBe(401);
      clock.now = () => at(first + 2, 42);
      expect((await login(mona, otpOf(first + 2))).status).toBe(200);
      clock.now = () => at(first + 3, 43);
      expect((await login(mona, otpOf(first + 3))).status).toBe(401);
      await db.owner.query('delete from operational.rate_limits');
    } finally {
      clock.now = real;
      passed += 240_000;
    }
  });

  it('T52 a recovery code is good once, however it is written, and a new set ends the old one', async () => {
    const mona = await aUser(db);
    const token = await signedIn(mona);
    const { recoveryCodes } = await anApp(token);
    expect(new Set(recoveryCodes).size).toBe(10);
    // 31 characters to the 24th: more than the 112 bits that a plain hash asks for.
    for (const code of recoveryCodes) expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){5}[2-9A-HJKMNP-Z]{4}$/);
    const [first = '', second = '', third = ''] = recoveryCodes;
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(mona, { otp: first })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    expect((await login(mona, { otp: second.toLowerCase().replaceAll('-', '') })).status).toBe(200);
    const state = await call<{ recoveryCodesLeft: number }>('GET', '/auth/mfa', { token });
    expect(state.body.recoveryCodesLeft).toBe(8);
    const fresh = await post<{ recoveryCodes: string[] }>(token, '/auth/mfa/recovery-codes');
    expect((await login(mona, { otp: third })).status).toBe(401);
    expect((await login(mona, { otp: fresh.body.recoveryCodes[0] })).status).toBe(200);
  });

  it('guesses of codes are counted as guesses of passwords are, the right password between them or not', async () => {
    const mona = await aUser(db);
    const token = await signedIn(mona);
    const { secret } = await anApp(token);
    for (let n = 0; n < 10; n++) {
      const status = (await login(mona, { otp: String(n).padStart(6, '0') })).status;
      expect([401, 429]).toContain(status);
      // Neither the password alone nor a confirmation by it forgives what was guessed.
      if (n === 5) await post(token, '/auth/step-up', { password: mona.password });
    }
    expect((await login(mona, { otp: codeOf(secret, now()) })).status).toBe(429);
    await db.owner.query('delete from operational.rate_limits');
  });

  it('secrets are encrypted with a key that is not in the database', async () => {
    const mona = await aUser(db);
    const { secret, factorId } = await anApp(await signedIn(mona));
    const { rows } = await db.owner.query<{ text: string }>(
      `select secret as text from operational.mfa_factors where factor_id = $1
       union all select coalesce(after::text, '') from operational.audit_logs where table_name in ('mfa_factors', 'recovery_codes')`,
      [factorId],
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows[0]?.text).toMatch(/^v1\.[0-9a-f]{8}\./);
    for (const { text } of rows) expect(text).not.toContain(secret);
    for (const { text } of rows.slice(1)) expect(text).not.toMatch(/"(secret|code_hash|public_key)"/);
    // A secret that was put into another row opens nothing there.
    const omar = await aUser(db);
    const his = await anApp(await signedIn(omar));
    await db.owner.query(
      'update operational.mfa_factors set secret = (select secret from operational.mfa_factors where factor_id = $1) where factor_id = $2',
      [factorId, his.factorId],
    );
    expect((await login(omar, { otp: codeOf(secret, now()) })).status).not.toBe(200);
  });

  it('a security key signs in after the password, once for each question, and a copy of it does not', async () => {
    const mona = await aUser(db);
    const key = await aKey(await signedIn(mona));
    const asked = (await login(mona)).body.params;
    expect(asked.methods).toEqual(['webauthn', 'recovery']);
    const assertion = key.sign(asked.challenge, false);
    const answers = await Promise.all(Array.from({ length: 3 }, () => login(mona, { assertion })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    // A copy counts from where it was made.
    key.count = 0;
    expect(
      (await login(mona, { assertion: key.sign((await login(mona)).body.params.challenge) })).status,
    ).toBe(401);
    key.count = 5;
    const elsewhere = new SoftwareKey('https://evil.example');
    Object.assign(elsewhere, { id: (key as unknown as { id: Buffer }).id });
    const challenge = (await login(mona)).body.params.challenge;
    expect((await login(mona, { assertion: elsewhere.sign(challenge) })).status).toBe(401);
    const omar = await aUser(db);
    await aKey(await signedIn(omar));
    const his = (await login(omar)).body.params.challenge;
    expect((await login(omar, { assertion: key.sign(his) })).status).toBe(401);
  });

  it('a passkey signs in alone where it has verified who holds it', async () => {
    const mona = await aUser(db);
    const key = await aKey(await signedIn(mona));
    const headers = { host: HOST };
    const ask = async () =>
      (await call<{ challenge: string }>('POST', '/auth/passkey/options', { headers })).body;
    const enter = (assertion: object) =>
      call<{ token: string; user: { userId: number } }>('POST', '/auth/passkey', {
        body: { assertion },
        headers,
      });
    const opened = await enter(key.sign(await ask()));
    expect(opened).toMatchObject({ status: 200, body: { user: { userId: mona.userId } } });
    const { rows } = await db.owner.query(
      'select opened_by, second_factor from operational.sessions where user_id = $1 order by session_id desc limit 1',
      [mona.userId],
    );
    expect(rows).toEqual([{ opened_by: 'passkey', second_factor: 'webauthn' }]);
    expect((await enter(key.sign(await ask(), false))).status).toBe(401);
    expect((await enter(key.sign({ challenge: 'bm90LWFza2Vk' }))).status).toBe(401);
    // An address nobody configured is no place for keys.
    const other = await call('POST', '/auth/passkey/options', { headers: { host: '203.0.113.9:3000' } });
    expect(other.body).toMatchObject({ status: 422, type: '/problems/security-keys-unavailable' });
  });

  it('a role that asks for one opens nothing else before it is there, and the last one stays', async () => {
    const role = await db.owner.query<{ role_id: number }>(
      `insert into operational.roles (name) values ('asks for two') returning role_id`,
    );
    await db.owner.query(
      `insert into operational.role_permissions select $1, permission_id from operational.permissions where name = 'ReadDrug'`,
      [role.rows[0]?.role_id],
    );
    const mona = await aUser(db, { branchIds: [branchId] });
    await db.owner.query('insert into operational.user_roles values ($1, $2)', [
      mona.userId,
      role.rows[0]?.role_id,
    ]);
    const token = await signedIn(mona);
    await graceIsOver(mona);
    expect((await call('GET', '/auth/me', { token })).body).toMatchObject({
      due: 'second-factor',
      factorDaysLeft: 0,
    });
    expect((await call('GET', '/drugs', { token })).body).toMatchObject({
      status: 403,
      type: '/problems/account-due',
      params: { due: 'second-factor' },
    });
    const { factorId } = await anApp(token);
    expect((await call('GET', '/drugs', { token })).status).toBe(200);
    const removed = await call('DELETE', `/auth/mfa/${factorId}`, { token });
    expect(removed.body).toMatchObject({ status: 409, type: '/problems/second-factor-needed' });
    const key = await aKey(token);
    expect(key.count).toBe(0);
    expect(
      (await call('PATCH', `/auth/mfa/${factorId}`, { token, body: { name: 'Old phone' } })).status,
    ).toBe(204);
    expect((await call('DELETE', `/auth/mfa/${factorId}`, { token })).status).toBe(204);
  });

  it('an administrator takes them away from who lost them, which ends his sessions and is on record', async () => {
    const admin = await aUser(db, { role: 'administrator', branchIds: [branchId] });
    const adminToken = await signedIn(admin);
    const mona = await aUser(db, { branchIds: [branchId] });
    const token = await signedIn(mona);
    await anApp(token);
    expect((await call('GET', `/users/${mona.userId}/access`, { token: adminToken })).body).toMatchObject({
      secondFactors: ['totp'],
      sessions: [{ openedBy: 'password' }],
    });
    const remove = (userId: number, by: string, body: object = { method: 'in-person' }) =>
      call('DELETE', `/users/${userId}/mfa`, { token: by, body });
    for (const [body, pointer] of [
      [{}, '/method'],
      [{ method: 'he-said-so' }, '/method'],
      [{ method: 'vouched-for' }, '/note'],
    ] as const)
      expect(await remove(mona.userId, adminToken, body)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer }] },
      });
    expect((await call('GET', '/auth/me', { token })).status, 'nothing is taken away by that').toBe(200);
    const vouched = { method: 'vouched-for', note: 'Dr Samir, on the telephone' };
    expect((await remove(mona.userId, adminToken, vouched)).status).toBe(204);
    const { rows: checks } = await db.owner.query(
      'select user_id, checked_by, method, note from operational.identity_checks',
    );
    expect(checks).toEqual([{ user_id: mona.userId, checked_by: admin.userId, ...vouched }]);
    expect((await call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await login(mona)).status).toBe(200);
    const { rows } = await db.owner.query(
      `select distinct user_id from operational.audit_logs where table_name = 'mfa_factors' and action = 'delete'
       and before ->> 'user_id' = $1::text`,
      [mona.userId],
    );
    expect(rows).toEqual([{ user_id: admin.userId }]);
    expect((await remove(admin.userId, adminToken)).status).toBe(422);
    const cashier = await signedIn(await aUser(db, { role: 'cashier', branchIds: [branchId] }));
    expect((await remove(mona.userId, cashier)).status).toBe(403);
    expect(await roleId(db, 'administrator')).toBeGreaterThan(0);
  });

  it('nobody takes another’s away past the server without an identity check either', async () => {
    const [admin, mona] = [
      await aUser(db, { branchIds: [branchId] }),
      await aUser(db, { branchIds: [branchId] }),
    ];
    await anApp(await signedIn(mona));
    const server = await connectAs(db, 'pharmacy_app');
    await server.query(`select set_config('app.user_id', $1, false)`, [String(admin.userId)]);
    await expect(
      server.query('delete from operational.mfa_factors where user_id = $1', [mona.userId]),
    ).rejects.toMatchObject({ code: 'MD480' });
    await server.end();
  });

  it('another password, by an administrator or by a link, goes around no second factor', async () => {
    const admin = await signedIn(await aUser(db, { role: 'administrator', branchIds: [branchId] }));
    const mona = await aUser(db, { branchIds: [branchId] });
    const { secret } = await anApp(await signedIn(mona));
    const given = await post<{ password: string }>(admin, `/users/${mona.userId}/one-time-password`);
    expect(given.status).toBe(201);
    const link = await app().get(PasswordLinksService, { strict: false }).make(mona.username);
    const own = 'eleven red kites over the hill';
    for (const password of [given.body.password, own]) {
      if (password === own)
        await call('POST', '/auth/password-links/use', { body: { token: link, newPassword: own } });
      const replaced = { ...mona, password };
      expect((await login(replaced)).body).toMatchObject({
        status: 401,
        type: '/problems/second-factor-required',
      });
      expect((await login(replaced, { otp: codeOf(secret, now()) })).status).toBe(200);
      later();
    }
  });

  it('a till that changes hands asks for one that was not given within the last twelve hours', async () => {
    const [mona, omar] = [await aUser(db), await aUser(db)];
    const monas = await signedIn(mona);
    const { secret } = await anApp(monas);
    const pin = await post(monas, '/auth/pin', { password: mona.password, pin: '2580' });
    expect(pin.status).toBe(204);
    const proof = { username: mona.username, pin: '2580' };
    const till = await signedIn(omar);
    expect((await post(till, '/auth/unlock', proof)).body).toMatchObject({
      status: 401,
      type: '/problems/second-factor-required',
    });
    await signedIn(mona, { otp: codeOf(secret, now()) });
    later();
    expect((await post(till, '/auth/unlock', proof)).status).toBe(200);
    await db.owner.query(
      `update operational.sessions set created_at = now() - interval '13 hours' where second_factor is not null`,
    );
    const again = await signedIn(omar);
    expect((await post(again, '/auth/unlock', proof)).status).toBe(401);
    const withPassword = { username: mona.username, password: mona.password };
    expect((await post(again, '/auth/unlock', withPassword)).status).toBe(401);
    expect((await post(again, '/auth/unlock', { ...withPassword, otp: codeOf(secret, now()) })).status).toBe(
      200,
    );
  });
});
