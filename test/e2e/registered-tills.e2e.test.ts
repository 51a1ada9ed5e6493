// The second factor that every role asks for: the time to set it up, and the till that stands for it where nothing grave is done (ADR 52).
import { beforeAll, describe, expect, it } from 'vitest';

import { FactorCheckJobService } from '../../src/operational/auth/factor-check-job.service.js';
import { aUser, roleId, seedAccess } from '../builders/staff.js';
import { aBranch } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

interface Person {
  userId: number;
  username: string;
  password: string;
}
interface Me {
  due: string | null;
  factorDaysLeft: number | null;
}
interface Till {
  registeredTillId: number;
  name: string;
  isThisOne: boolean;
}

const TLS = { 'x-forwarded-proto': 'https' };
const DUE = { status: 403, type: '/problems/account-due', params: { due: 'second-factor' } };

describe('the second factor a role asks for', () => {
  const { db, call, app } = useTestApp();
  let branchId = 0;
  let admin = '';
  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    admin = (await signIn(await aUser(db, { role: 'administrator', branchIds: [branchId] }))).token;
  });

  const asked = (days: number, ...people: Person[]) =>
    db.owner.query(
      `update operational.users set mfa_asked_since = now() - make_interval(days => $1, secs => 1) where user_id = any ($2::integer[])`,
      [days, people.map(({ userId }) => userId)],
    );
  async function signIn(
    { username, password }: Person,
    headers: Record<string, string> = {},
  ): Promise<{ token: string; cookies: string }> {
    const answer = await call<{ token: string }>('POST', '/auth/login', {
      body: { username, password },
      headers,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return { token: answer.body.token, cookies: cookiesOf(answer) };
  }
  const cookiesOf = ({ headers }: Answer<unknown>): string => [headers['set-cookie']].flat().join('\n');
  const me = async (token: string): Promise<Me> => (await call<Me>('GET', '/auth/me', { token })).body;
  const drugs = (token: string) => call('GET', '/drugs', { token });

  /** Registers a browser as an administrator does; answers what it keeps. */
  async function aTill(name: string, token = admin): Promise<{ id: number; cookie: string }> {
    const answer = await call<Till>('POST', '/registered-tills', { token, body: { name }, headers: TLS });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const kept = /(__Host-meditory_till=[\w-]{43}); (.*)/.exec(cookiesOf(answer));
    expect(kept?.[2]).toMatch(/Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Strict/);
    return { id: answer.body.registeredTillId, cookie: kept?.[1] ?? '' };
  }

  it('is asked for by every role, of a new account within fourteen days in which everything works', async () => {
    const { rows } = await db.owner.query(
      `select 1 from operational.roles where is_system and not requires_mfa`,
    );
    expect(rows).toEqual([]);
    const made = await call('POST', '/roles', {
      token: admin,
      body: { name: 'A new role', permissions: [] },
    });
    expect(made.body).toMatchObject({ requiresMfa: true });
    const mona = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const { token } = await signIn(mona);
    expect(await me(token)).toMatchObject({ due: null, factorDaysLeft: 14 });
    await asked(13, mona);
    expect(await me(token)).toMatchObject({ due: null, factorDaysLeft: 1 });
    expect((await drugs(token)).status).toBe(200);
    await asked(14, mona);
    expect(await me(token)).toMatchObject({ due: 'second-factor', factorDaysLeft: 0 });
    expect((await drugs(token)).body).toMatchObject(DUE);
    expect((await drugs((await signIn(mona)).token)).body).toMatchObject(DUE);
  });

  it('is not asked for by a role of which somebody decided so, which is on record', async () => {
    const id = await roleId(db, 'inventory clerk');
    const clerk = await aUser(db, { role: 'inventory clerk', branchIds: [branchId] });
    await asked(14, clerk);
    const { token } = await signIn(clerk);
    expect((await drugs(token)).body).toMatchObject(DUE);
    const role = await call<{ version: number }>('GET', `/roles/${id}`, { token: admin });
    const change = (requiresMfa: boolean, version: number) =>
      call<{ version: number }>('PATCH', `/roles/${id}`, { token: admin, body: { version, requiresMfa } });
    const changed = await change(false, role.body.version);
    expect(changed.status).toBe(200);
    expect(await me(token)).toMatchObject({ due: null, factorDaysLeft: null });
    expect((await drugs(token)).status).toBe(200);
    const trail = await db.owner.query(
      `select after ->> 'requires_mfa' as after from operational.audit_logs where table_name = 'roles' and row_key = $1::text order by audit_log_id desc limit 1`,
      [id],
    );
    expect(trail.rows).toEqual([{ after: 'false' }]);
    await change(true, changed.body.version);
  });

  it('is the registered till for who sells there, and for nobody who may do what is grave', async () => {
    const till = await aTill('Till 1');
    const at = { ...TLS, cookie: till.cookie };
    const [mona, chief] = [
      await aUser(db, { role: 'cashier', branchIds: [branchId] }),
      await aUser(db, { role: 'pharmacist', branchIds: [branchId] }),
    ];
    await asked(14, mona, chief);
    const there = await signIn(mona, at);
    expect(await me(there.token)).toMatchObject({ due: null, factorDaysLeft: null });
    expect((await drugs(there.token)).status).toBe(200);
    // What is used goes on for another while.
    expect(there.cookies).toContain(`${till.cookie}; Max-Age=15552000`);
    expect((await drugs((await signIn(chief, at)).token)).body).toMatchObject(DUE);
    for (const elsewhere of [
      {},
      TLS,
      { ...TLS, cookie: `__Host-meditory_till=${'x'.repeat(43)}` },
      // By TLS a cookie that any other page could have set is not looked at.
      { ...TLS, cookie: till.cookie.replace('__Host-', '') },
    ])
      expect((await drugs((await signIn(mona, elsewhere)).token)).body).toMatchObject(DUE);
    // A screen that changes hands by PIN stands at the same till.
    await call('POST', '/auth/pin', { token: there.token, body: { password: mona.password, pin: '2580' } });
    const unlocked = await call<{ token: string }>('POST', '/auth/unlock', {
      token: there.token,
      body: { username: mona.username, pin: '2580' },
      headers: at,
    });
    expect((await drugs(unlocked.body.token)).status).toBe(200);
    // A right that is given there is not worked with before a second factor of his own is there.
    await db.owner.query('insert into operational.user_roles values ($1, $2)', [
      mona.userId,
      await roleId(db, 'pharmacist'),
    ]);
    expect((await drugs(unlocked.body.token)).body).toMatchObject(DUE);
  });

  it('is a till of a branch one works at, until it is taken back or stands unused for 180 days', async () => {
    const [first, second] = [await aTill('Till 2'), await aTill('Till 3')];
    const mona = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    const stranger = await aUser(db, { role: 'cashier', branchIds: [await aBranch(db)] });
    await asked(14, mona, stranger);
    const at = ({ cookie }: { cookie: string }) => ({ ...TLS, cookie });
    expect((await drugs((await signIn(stranger, at(first))).token)).body).toMatchObject(DUE);
    const { token } = await signIn(mona, at(first));
    expect((await drugs(token)).status).toBe(200);
    const revoke = () => call('DELETE', `/registered-tills/${first.id}`, { token: admin });
    expect((await revoke()).status).toBe(204);
    expect((await drugs(token)).body).toMatchObject(DUE);
    expect((await drugs((await signIn(mona, at(first))).token)).body).toMatchObject(DUE);
    expect((await revoke()).status).toBe(404);
    await expect(
      db.owner.query(
        'update operational.registered_tills set revoked_at = null, revoked_by = null where registered_till_id = $1',
        [first.id],
      ),
    ).rejects.toMatchObject({ code: 'MD437' });
    await db.owner.query(
      `update operational.registered_tills set last_used_at = now() - interval '181 days' where registered_till_id = $1`,
      [second.id],
    );
    expect((await drugs((await signIn(mona, at(second))).token)).body).toMatchObject(DUE);
  });

  it('has tills that are listed, named and taken back by who looks after users of the branch', async () => {
    const till = await aTill('Till 4');
    const list = async (token: string, headers: Record<string, string> = {}) =>
      (
        await call<{ data: Till[]; meta: { total: number } }>('GET', '/registered-tills?limit=100', {
          token,
          headers,
        })
      ).body;
    const here = (await list(admin, { ...TLS, cookie: till.cookie })).data;
    expect(here.filter(({ isThisOne }) => isThisOne)).toMatchObject([
      { name: 'Till 4', registeredTillId: till.id },
    ]);
    expect(JSON.stringify(here)).not.toContain(till.cookie.split('=')[1]);
    expect((await list(admin)).data.filter(({ isThisOne }) => isThisOne)).toEqual([]);
    const again = await call('POST', '/registered-tills', {
      token: admin,
      body: { name: 'Twice' },
      headers: { ...TLS, cookie: till.cookie },
    });
    expect(again.body).toMatchObject({ status: 409, type: '/problems/duplicate' });
    const rename = (token: string, name: string) =>
      call('PATCH', `/registered-tills/${till.id}`, { token, body: { name } });
    expect((await rename(admin, 'At the door')).status).toBe(204);
    expect((await rename(admin, '')).status).toBe(400);
    expect((await list(admin)).data.map(({ name }) => name)).toContain('At the door');
    // Of another branch they are not there; without the right they are nobody's business.
    const other = (await signIn(await aUser(db, { role: 'administrator', branchIds: [await aBranch(db)] })))
      .token;
    expect(await list(other)).toMatchObject({ data: [], meta: { total: 0 } });
    expect((await rename(other, 'Mine')).status).toBe(404);
    expect((await call('DELETE', `/registered-tills/${till.id}`, { token: other })).status).toBe(404);
    const pharmacist = (await signIn(await aUser(db, { role: 'pharmacist', branchIds: [branchId] }))).token;
    expect((await call('POST', '/registered-tills', { token: pharmacist, body: { name: 'x' } })).status).toBe(
      403,
    );
    const homeless = (await signIn(await aUser(db, { role: 'administrator' }))).token;
    const nowhere = await call('POST', '/registered-tills', { token: homeless, body: { name: 'x' } });
    expect(nowhere.status, JSON.stringify(nowhere.body)).toBe(422);
    const { rows } = await db.owner.query<{ text: string }>(
      `select after::text as text from operational.audit_logs where table_name = 'registered_tills' and after is not null`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { text } of rows) expect(text).not.toContain('token_hash');
  });

  it('is told by the health check, how many lack it, and by doctor, who', async () => {
    const lone = await aBranch(db);
    const [mona, chief, young, disabled] = [
      await aUser(db, { role: 'cashier', branchIds: [lone] }),
      await aUser(db, { role: 'pharmacist', branchIds: [branchId] }),
      await aUser(db, { role: 'pharmacist', branchIds: [branchId] }),
      await aUser(db, { role: 'pharmacist', branchIds: [branchId], status: 'disabled' }),
    ];
    const atTill = await aUser(db, { role: 'cashier', branchIds: [branchId] });
    await aTill('Till 5');
    await asked(15, mona, chief, disabled, atTill);
    await asked(13, young);
    const job = app().get(FactorCheckJobService, { strict: false });
    const names = await job.overdue();
    expect(names).toEqual(expect.arrayContaining([mona.username, chief.username]));
    for (const { username } of [young, disabled, atTill]) expect(names).not.toContain(username);
    await job.runNow();
    const health = await call<{ status: string; parts: Record<string, string> }>('GET', '/health/ready');
    expect(health.body.parts.secondFactors).toContain(`${names.length} accounts`);
    expect(JSON.stringify(health.body)).not.toContain(mona.username);
  });
});
