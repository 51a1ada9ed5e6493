// The audit trail over HTTP: refused requests and shown patients are in it, its chain is proved, and a Z report names its head.
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { SealerService } from '../../src/operational/audit-seals/sealer.service.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { aPatient } from '../builders/patient.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { useAuditSettings } from '../support/audit-chain.js';

interface Verification {
  ok: boolean;
  checked: { fromSeal: number; toSeal: number; rows: number };
  findings: { kind: string; auditLogId: number }[];
  findingsCount: number;
  nextSeal: number | null;
}

interface Refused {
  user_id: number | null;
  route: string;
  detail: {
    status: number;
    code: string;
    count: number;
    things: string[];
    signInAs?: number;
    address: string;
  };
}

/** What GET /patients/:id shows, and every list below it. */
const PARTS_OF_A_RECORD = [
  '',
  '/adherence',
  '/allergies',
  '/authorisations',
  '/conditions',
  '/consents',
  '/duplicates',
  '/insurance',
  '/medications',
  '/merges',
  '/prescriptions',
  '/timeline',
];

describe('the audit trail', () => {
  const settings = useAuditSettings();
  const { db, call, app } = useTestApp(undefined, settings);
  let auditor: World;
  const seal = () => app().get(SealerService, { strict: false }).sealAll(20_000);

  beforeAll(async () => {
    await seedAccess(db);
    auditor = await aWorldFor(db, 'auditor');
  });

  /** Refusals of a user, or of a route, as soon as there are so many. */
  async function refused(where: { userId?: number; route?: string }, most: number): Promise<Refused[]> {
    return vi.waitUntil(
      async () => {
        const { rows } = await db.owner.query<Refused>(
          `select user_id, row_key as route, after as detail from operational.audit_logs
           where action = 'refused' and ($1::int is null or user_id = $1) and ($2::text is null or row_key = $2) order by audit_log_id`,
          [where.userId ?? null, where.route ?? null],
        );
        return rows.length >= most ? rows : undefined;
      },
      { timeout: 30_000, interval: 100 },
    );
  }

  it('has who was refused what: without a right, at another branch, of another branch, by a wrong password', async () => {
    const clerk = await aWorldFor(db, 'cashier');
    const elsewhere = await aPatient(db, { branchId: await aBranch(db) });
    const as = { token: clerk.token };
    expect((await call('GET', '/users/5', as)).status).toBe(403);
    expect((await call('GET', `/patients/${elsewhere}?name=a-secret`, as)).status).toBe(404);
    expect((await call('GET', '/auth/me', { ...as, branchId: auditor.branchId })).status).toBe(403);
    expect(
      (await call('POST', '/auth/step-up', { ...as, body: { password: 'wrong pass word' } })).status,
    ).toBe(422);
    const rows = await refused({ userId: clerk.userId }, 4);
    const told = rows.map(({ route, detail }) => [route, detail.status, detail.code, detail.things]);
    expect(told).toContainEqual(['GET /api/users/:id', 403, 'forbidden', ['id=5']]);
    expect(told).toContainEqual(['GET /api/patients/:id', 404, 'not-found', [`id=${elsewhere}`]]);
    expect(told).toContainEqual(['GET /api/auth/me', 403, 'forbidden', [`branch=${auditor.branchId}`]]);
    expect(told).toContainEqual(['POST /api/auth/step-up', 422, 'wrong-password', []]);
  });

  it('has sign-ins that failed, by the user they named or by nobody, and no word that was typed', async () => {
    const user = await aUser(db, { role: 'cashier' });
    for (const [username, password] of [[user.username, 'not his pass word'], ['my-secret-typed-here', 'x-another-secret']])
      expect((await call('POST', '/auth/login', { body: { username, password } })).status).toBe(401);
    const rows = await refused({ route: 'POST /api/auth/login' }, 2);
    expect(rows.map(({ user_id, detail }) => [user_id, detail.signInAs])).toEqual([
      [null, user.userId],
      [null, undefined],
    ]);
    const { rows: texts } = await db.owner.query<{ text: string }>(
      `select string_agg(l::text, ' ') as text from operational.audit_logs l where action = 'refused'`,
    );
    expect(texts[0]?.text).not.toMatch(/secret|not his|wrong pass/);
    const page = await call<{ data: { table: string; action: string }[] }>('GET', '/audit-logs?action=refused&limit=2', { token: auditor.token });
    expect(page.body.data).toMatchObject([{ table: 'requests', action: 'refused' }, {}]);
  }); // prettier-ignore

  it('has which patients a list or search showed, and who read any part of a record', async () => {
    const pharmacist = await aWorldFor(db, 'pharmacist');
    const patientId = await aPatient(db, { branchId: pharmacist.branchId });
    const reads = async (): Promise<(string | null)[]> => {
      const { rows } = await db.owner.query<{ route: string | null }>(
        `select after ->> 'route' as route from operational.audit_logs where action = 'read' and table_name = 'patients' and row_key = $1 and user_id = $2`,
        [String(patientId), pharmacist.userId],
      );
      return rows.map(({ route }) => route);
    };
    const as = { token: pharmacist.token };
    let before = 0;
    for (const part of PARTS_OF_A_RECORD) {
      expect((await call('GET', `/patients/${patientId}${part}`, as)).status, part).toBe(200);
      const now = (await reads()).filter((route) => route === null).length;
      expect(now, part).toBeGreaterThan(before);
      before = now;
    }
    for (let n = 0; n < 3; n++) await call('GET', '/patients', as);
    const listed = await vi.waitUntil(
      async () => {
        const found = (await reads()).filter((route) => route !== null);
        return found.length > 0 ? found : undefined;
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(listed).toEqual(['GET /api/patients']);
  });

  it('is proved in parts, by who may read it, and names the row that was changed', async () => {
    await seal();
    const verify = (query = '', token = auditor.token) =>
      call<Verification>('GET', `/audit-logs/verify${query}`, { token });
    const whole = await verify('?from=1');
    expect(whole).toMatchObject({ status: 200, body: { ok: true, findingsCount: 0, nextSeal: null } });
    expect(whole.body.checked.fromSeal).toBe(1);
    expect((await verify()).body.ok).toBe(true);
    expect((await verify('?from=99999')).body).toMatchObject({
      ok: true,
      checked: { fromSeal: null, rows: 0 },
    });
    const { rows } = await db.owner.query<{ id: number }>(
      'select min(audit_log_id) as id from operational.audit_logs',
    );
    const client = await db.owner.connect();
    await client.query('set session_replication_role = replica');
    await client.query(`update operational.audit_logs set user_id = -1 where audit_log_id = $1`, [
      rows[0]?.id,
    ]);
    const broken = await verify('?from=1');
    await client.query(`update operational.audit_logs set user_id = null where audit_log_id = $1`, [
      rows[0]?.id,
    ]);
    client.release(true);
    expect(broken.status).toBe(200);
    expect(broken.body).toMatchObject({
      ok: false,
      findingsCount: 1,
      findings: [{ kind: 'row-changed', auditLogId: rows[0]?.id }],
    });
    for (const bad of ['?from=0', '?from=x', '?to=3', '?from=1&from=2'])
      expect((await verify(bad)).status, bad).toBe(400);
    const cashier = await aWorldFor(db, 'cashier');
    expect((await verify('', cashier.token)).status).toBe(403);
    const chain = await call('GET', '/audit-logs/chain', { token: auditor.token });
    expect(chain.body).toMatchObject({ isSealing: true, head: { sealNo: expect.any(Number) as number } });
    expect((await call('GET', '/audit-logs/chain', { token: cashier.token })).status).toBe(403);
  });

  it('has its head on the Z report, whose hash covers it', async () => {
    await seal();
    const { rows } = await db.owner.query<{ no: number; hash: string }>(
      `select seal_no as no, encode(hash, 'hex') as hash from operational.audit_seals order by seal_no desc limit 1`,
    );
    const world = await aWorldFor(db, 'administrator');
    const as = { token: world.token };
    const opened = await call<{ shiftId: number }>('POST', '/till-shifts', { ...as, body: { openingFloat: '10.00' } });
    const closed = await call<Record<string, unknown>>('POST', `/till-shifts/${opened.body.shiftId}/close`, {
      ...as,
      body: { counts: [{ method: 'cash', counted: '10.00' }] },
    });
    expect(closed.body).toMatchObject({ kind: 'Z' });
    expect(closed.body.auditSealNo).toBeGreaterThanOrEqual(rows[0]?.no ?? Infinity);
    const page = await call<string>('GET', `/till-shifts/${opened.body.shiftId}/report?format=html`, as);
    expect(page.body).toContain(`<bdi dir="ltr">${String(closed.body.auditSealNo)}</bdi>`);
    expect(page.body).toContain(`${String(closed.body.auditSealHash).slice(0, 16)}…`);
    const broken = async () =>
      (await app().get(IntegrityService, { strict: false }).check())
        .filter(({ broken }) => broken.length > 0)
        .map(({ code }) => code);
    expect(await broken()).toEqual([]);
    const client = await db.owner.connect();
    await client.query('set session_replication_role = replica');
    await client.query(`update operational.z_reports set audit_seal_hash = sha256('') where shift_id = $1`, [opened.body.shiftId]);
    expect(await broken()).toEqual(['z-chain-whole', 'z-names-seal']);
    client.release(true);
  }); // prettier-ignore
});

describe('a trail that is not sealed', () => {
  const { db, call } = useTestApp();

  it('says so, and proves nothing', async () => {
    const auditor = await aWorldFor(db, 'auditor');
    const answer = await call('GET', '/audit-logs/verify', { token: auditor.token });
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/audit-not-sealed' } });
    expect((await call('GET', '/audit-logs/chain', { token: auditor.token })).body).toMatchObject({
      isSealing: false,
      head: null,
    });
    const health = await call<{ parts: Record<string, string> }>('GET', '/health/ready');
    expect(health.body.parts.auditChain).toMatch(/^(off: MEDITORY_AUDIT_KEY_FILE|not sealed)/);
  });
});
