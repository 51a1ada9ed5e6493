// A person asks to be erased: what no rule holds is gone at once from every table, the rest on its day, and nothing is written for him since.
import { beforeAll, describe, expect, it } from 'vitest';

import { INVARIANTS } from '../../src/operational/integrity/invariants.sql.js';
import { ErasureService } from '../../src/operational/erasure/erasure.service.js';
import { anAccount } from '../builders/account.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, anIngredient } from '../builders/drug.js';
import { aCover, aPlan } from '../builders/insurance.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Request {
  erasureRequestId: number;
  status: string;
  patientName: string;
  requesterName: string | null;
  identityProof: string | null;
  decisionReason: string | null;
  holds: { recordClass: string; records: number; heldUntil: string; releasedAt: string | null }[];
}
interface Preview {
  open: { kind: string; records: number }[];
  atOnce: { tableName: string; records: number }[];
  held: { recordClass: string; heldUntil: string; legalBasis: string }[];
}

/** What names the person of these tests, wherever it stands. */
const CANARIES = [
  'Zyxkanari',
  'Qwvkanari',
  'زكناريا',
  '0155512399',
  '29901011234599',
  'MEMBER-ZYX',
  'zyx told us',
];
const ASKED = {
  requestedBy: 'patient',
  identityProof: 'zyx told us, passport seen',
  reason: 'moved, zyx told us',
};

describe('erasing a patient', () => {
  const { db, call, app } = useTestApp();
  let me: World;
  let second: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'administrator');
    second = await aWorldFor(db, 'administrator', { branchId: me.branchId });
  });
  const as = (world: World, body?: unknown) => ({
    token: world.token,
    ...(body === undefined ? {} : { body }),
  });
  const ask = (patientId: number, more: object = {}, world = me) =>
    call<Request>('POST', `/patients/${patientId}/erasure-requests`, as(world, { ...ASKED, ...more }));
  const approve = (id: number, world = me) =>
    call<Request>('POST', `/erasure-requests/${id}/approve`, as(world));
  const preview = async (patientId: number): Promise<Preview> =>
    (await call<Preview>('GET', `/patients/${patientId}/erasure-preview`, as(me))).body;

  /** Every row of every table that says one of the canaries: table and what it says. */
  async function whereNamed(): Promise<string[]> {
    const tables = await db.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p', 'm') and not c.relispartition and c.relnamespace in ('operational'::regnamespace, 'reference'::regnamespace) order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await db.owner.query<{ row: string }>(
        `select t::text as row from ${name} t where t::text ilike any ($1)`,
        [CANARIES.map((canary) => `%${canary}%`)],
      );
      found.push(...rows.map(() => name));
    }
    return [...new Set(found)];
  }

  async function brokenInvariants(): Promise<Record<string, string[]>> {
    const broken: Record<string, string[]> = {};
    for (const { code, sql } of INVARIANTS.filter(
      ({ code }) => code.startsWith('erased-') || code === 'holds-end',
    )) {
      const { rows } = await db.owner.query<{ broken: string }>(sql);
      if (rows.length > 0) broken[code] = rows.map((row) => row.broken);
    }
    return broken;
  }

  const somebody = (more: object = {}) =>
    aPatient(db, me, {
      firstName: 'Zyxkanari',
      lastName: 'Qwvkanari',
      firstNameAr: 'زكناريا',
      phone: '0155512399',
      nationalId: '29901011234599',
      ...more,
    });

  it('leaves nothing of who had nothing that law keeps', async () => {
    const ingredient = await anIngredient(db, 'erasure allergen');
    const patientId = await somebody({ allergicTo: [ingredient] });
    const noted = await call(
      'PATCH',
      `/patients/${patientId}`,
      as(me, { version: 1, notes: 'zyx told us of his leg' }),
    );
    expect(noted.status).toBe(200);
    await aCover(db, me, { patientId, plan: await aPlan(db), memberNumber: 'MEMBER-ZYX' });
    await anAccount(db, me, { patientId, name: 'Zyxkanari Qwvkanari' });
    expect((await preview(patientId)).held).toEqual([]);

    // An answer that is kept for a retry.
    const answer = JSON.stringify({
      data: { patientId, firstName: 'Zyxkanari', lastName: 'Qwvkanari' },
      n: 1,
    });
    await db.owner.query(
      `insert into operational.idempotency_keys (user_id, key, request_hash, response) values ($1, 'kept', 'x', $2)`,
      [me.userId, answer],
    );

    const asked = await ask(patientId);
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ status: 'pending', patientName: 'Zyxkanari Qwvkanari' });
    expect((await ask(patientId)).status).toBe(409);
    const done = await approve(asked.body.erasureRequestId);
    expect(done.body).toMatchObject({ status: 'done', holds: [], identityProof: 'erased' });
    expect(await whereNamed()).toEqual([]);
    expect(await brokenInvariants()).toEqual({});
    const kept = await db.owner.query(
      `select response::json as response from operational.idempotency_keys where key = 'kept'`,
    );
    expect(kept.rows).toEqual([
      { response: { data: { patientId, firstName: 'erased', lastName: 'erased' }, n: 1 } },
    ]);

    const shown = await call('GET', `/patients/${patientId}`, as(me));
    expect(shown.body).toMatchObject({
      firstName: 'Erased',
      lastName: `Patient ${patientId}`,
      phone: null,
      allergies: [],
    });
    expect((shown.body as { erasedAt: string | null }).erasedAt).not.toBeNull();
    const changed = await call('PATCH', `/patients/${patientId}`, as(me, { version: 9, notes: 'back' }));
    expect(changed).toMatchObject({ status: 409, body: { type: '/problems/patient-erased' } });
    expect((await approve(asked.body.erasureRequestId)).status).toBe(409);
  });

  it('holds what was dispensed and sold, names nobody meanwhile, and erases it on the day after', async () => {
    const { drugId } = await aDrug(db, { name: 'Erasure tablets' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '100', expiryDate: '2035-01-31' });
    const fill = await aBareFill(db, me, { drugId, quantity: '5', dispensed: true });
    const { patientId } = fill;
    const other = await somebody();
    const merged = await call(
      'POST',
      `/patients/${patientId}/merge`,
      as(me, {
        mergedId: other,
        reason: 'zyx told us',
        confirm: ['firstName', 'birthDate', 'sex', 'nationalId'],
      }),
    );
    expect(merged.status).toBe(201);
    await aSale(db, me, { drugId, quantity: '1', patientId });
    await db.owner.query(
      `insert into operational.counsellings (branch_id, fill_id, outcome, note, user_id) values ($1, $2, 'given', 'zyx told us', $3)`,
      [me.branchId, fill.fillId, me.userId],
    );
    const consent = await call(
      'POST',
      `/patients/${patientId}/consents`,
      as(me, {
        kind: 'reminders',
        decision: 'given',
        method: 'spoken',
        decidedBy: 'guardian',
        deciderName: 'Qwvkanari senior',
      }),
    );
    expect(consent.status).toBe(201);
    expect((await ask(patientId)).body).toMatchObject({
      type: '/problems/erasure-blocked',
      params: { open: { prescriptions: 1 } },
    });
    await db.owner.query(
      `update operational.prescriptions set status = 'cancelled' where prescription_id = $1`,
      [fill.prescriptionId],
    );

    const seen = await preview(patientId);
    expect(seen.open).toEqual([]);
    expect(seen.held.map(({ recordClass }) => recordClass).sort()).toEqual([
      'clinical',
      'consents',
      'dispensing',
      'sales',
    ]);
    const asked = await ask(patientId, { requestedBy: 'proxy', requesterName: 'Zyxkanari lawyer' });
    expect(asked.status).toBe(201);
    const { erasureRequestId } = asked.body;
    expect((await approve(erasureRequestId)).body).toMatchObject({ status: 'held', requesterName: 'erased' });
    expect(await whereNamed()).toEqual([
      'operational.audit_logs',
      'operational.counsellings',
      'operational.erased_identities',
      'operational.patient_consents',
    ]);
    expect(await brokenInvariants()).toEqual({});

    // Who he was is read for a reason, and each look is in the trail.
    const path = `/erasure-requests/${erasureRequestId}/identity`;
    expect((await call('POST', path, as(me, { reason: 'short' }))).status).toBe(400);
    const pharmacist = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    expect((await call('POST', path, as(pharmacist, { reason: 'the inspector asks' }))).status).toBe(403);
    const who = await call<{ data: { firstName: string; nationalId: string | null }[] }>(
      'POST',
      path,
      as(me, { reason: 'the inspector asks' }),
    );
    expect(who.body.data.map(({ firstName }) => firstName).sort()).toEqual(['Test', 'Zyxkanari']);
    const looks = await db.owner.query(
      `select user_id, after ->> 'reason' as reason from operational.audit_logs where table_name = 'erased_identities' and action = 'read'`,
    );
    expect(looks.rows).toEqual([
      { user_id: me.userId, reason: 'the inspector asks' },
      { user_id: me.userId, reason: 'the inspector asks' },
    ]);

    // Nothing happens before its day; then kind by kind, and the last takes the identity with it.
    const service = app().get(ErasureService);
    expect(await service.releaseDue()).toBe(0);
    await db.owner.query(
      `set session_replication_role = replica; update operational.erasure_holds set held_until = current_date - 3 where record_class in ('dispensing', 'clinical'); reset session_replication_role`,
    );
    expect(await service.releaseDue()).toBe(1);
    expect(await whereNamed()).toEqual([
      'operational.audit_logs',
      'operational.erased_identities',
      'operational.patient_consents',
    ]);
    await db.owner.query(
      `set session_replication_role = replica; update operational.erasure_holds set held_until = current_date - 3; reset session_replication_role`,
    );
    expect(await service.releaseDue()).toBe(1);
    expect(await service.releaseDue()).toBe(0);
    expect(await whereNamed()).toEqual([]);
    expect(await brokenInvariants()).toEqual({});
    const ended = await call<Request>('GET', `/erasure-requests/${erasureRequestId}`, as(me));
    expect(ended.body.status).toBe('done');
    expect(ended.body.holds.every(({ releasedAt }) => releasedAt !== null)).toBe(true);
    // What stock and money are proved by is there as it was.
    const rest = await db.owner.query(
      'select count(*)::int as n from operational.sales where patient_id = $1',
      [patientId],
    );
    expect(rest.rows).toEqual([{ n: 1 }]);
  });

  it('is refused or taken back with a reason, once, and asked for again', async () => {
    const patientId = await aPatient(db, me);
    const first = (await ask(patientId)).body.erasureRequestId;
    expect((await call('POST', `/erasure-requests/${first}/refuse`, as(me, {}))).status).toBe(400);
    const refused = await call<Request>(
      'POST',
      `/erasure-requests/${first}/refuse`,
      as(me, { reason: 'not proven who asks' }),
    );
    expect(refused.body).toMatchObject({ status: 'refused', decisionReason: 'not proven who asks' });
    expect(
      (await call('POST', `/erasure-requests/${first}/withdraw`, as(me, { reason: 'too late' }))).status,
    ).toBe(409);
    const again = (await ask(patientId)).body.erasureRequestId;
    const withdrawn = await call<Request>(
      'POST',
      `/erasure-requests/${again}/withdraw`,
      as(me, { reason: 'changed his mind' }),
    );
    expect(withdrawn.body.status).toBe('withdrawn');
    expect((await approve(again)).status).toBe(409);
    const list = await call<{ data: Request[] }>('GET', '/erasure-requests?status=refused', as(me));
    expect(list.body.data.map(({ erasureRequestId }) => erasureRequestId)).toContain(first);
    const proxy = await ask(patientId, { requestedBy: 'proxy' });
    expect(proxy.status).toBe(400);
  });

  it('is approved by another where the branch separates duties', async () => {
    const patientId = await aPatient(db, me);
    await db.owner.query('update operational.branches set separate_duties = true where branch_id = $1', [
      me.branchId,
    ]);
    const { erasureRequestId } = (await ask(patientId)).body;
    expect(await approve(erasureRequestId)).toMatchObject({
      status: 422,
      body: { type: '/problems/erasure-by-second' },
    });
    expect((await approve(erasureRequestId, second)).body.status).toBe('done');
    await db.owner.query('update operational.branches set separate_duties = false where branch_id = $1', [
      me.branchId,
    ]);
  });

  it('waits for what is sold or prescribed at the same moment, and nothing is written for him afterwards', async () => {
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: me.branchId, drugId, quantity: '100', expiryDate: '2035-01-31' });
    for (let round = 0; round < 8; round++) {
      const patientId = await aPatient(db, me);
      const { erasureRequestId } = (await ask(patientId)).body;
      const [erased, sold, written, edited] = await Promise.allSettled([
        approve(erasureRequestId),
        aSale(db, me, { drugId, quantity: '1', patientId }),
        aPrescription(db, me, { drugId, patientId }),
        call('PATCH', `/patients/${patientId}`, as(me, { version: 1, notes: 'in between' })),
      ]);
      const now = await call<{ notes: string | null; erasedAt: string | null }>(
        'GET',
        `/patients/${patientId}`,
        as(me),
      );
      const isErased = erased.status === 'fulfilled' && erased.value.status === 200;
      // Either the prescription came first and stops the erasure, or the erasure came first and the prescription is refused.
      expect(isErased).toBe(written.status === 'rejected');
      expect(now.body.erasedAt !== null).toBe(isErased);
      if (isErased) expect(now.body.notes).toBeNull();
      if (sold.status === 'rejected') expect(String(sold.reason)).toContain('erased');
      expect(edited.status).toBe('fulfilled');
    }
    expect(await brokenInvariants()).toEqual({});
  });

  it('is done whole or not at all', async () => {
    const patientId = await aPatient(db, me, { firstName: 'Halfway' });
    const { erasureRequestId } = (await ask(patientId)).body;
    await db.owner.query(
      `create function pg_temp_stop() returns trigger language plpgsql as $$ begin if new.action = 'update' and new.table_name = 'erasure_requests' then raise exception 'cut off'; end if; return new; end $$;
       create trigger stop before insert on operational.audit_logs for each row execute function pg_temp_stop()`,
    );
    expect((await approve(erasureRequestId)).status).toBe(500);
    await db.owner.query('drop trigger stop on operational.audit_logs; drop function pg_temp_stop()');
    expect((await call('GET', `/patients/${patientId}`, as(me))).body).toMatchObject({
      firstName: 'Halfway',
      erasedAt: null,
    });
    expect((await approve(erasureRequestId)).body.status).toBe('done');
  });

  it('keeps to rules an administrator may change, by version', async () => {
    const rules = await call<{ data: { recordClass: string; years: number; version: number }[] }>(
      'GET',
      '/retention-rules',
      as(me),
    );
    expect(rules.body.data).toHaveLength(7);
    const change = { years: 0, legalBasis: 'no such law here', source: 'our counsel', version: 1 };
    const none = await call('PATCH', '/retention-rules/consents', as(me, change));
    expect(none.body).toMatchObject({ years: 0, version: 2 });
    expect((await call('PATCH', '/retention-rules/consents', as(me, change))).status).toBe(409);
    const pharmacist = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    expect((await call('PATCH', '/retention-rules/consents', as(pharmacist, change))).status).toBe(403);
    const patientId = await aPatient(db, me);
    await call(
      'POST',
      `/patients/${patientId}/consents`,
      as(me, { kind: 'research', decision: 'given', method: 'written', decidedBy: 'patient' }),
    );
    expect((await preview(patientId)).held).toEqual([]);
  });

  it('cannot be pretended: the server may blank nothing by itself', async () => {
    const patientId = await aPatient(db, me, { firstName: 'Safe' });
    const asServer = (statement: string) =>
      db.uow.run(me.ctx, async (tx) => {
        await tx.execute("select set_config('app.erasing', 'on', true)");
        await tx.execute(statement, [patientId]);
      });
    for (const statement of [
      "update operational.audit_logs set after = '{}' where row_key = $1::text",
      'update operational.patients set erased_at = now() where patient_id = $1',
      'delete from operational.patient_consents where patient_id = $1',
      'select identity from operational.erased_identities where patient_id = $1',
    ])
      await expect(asServer(statement)).rejects.toThrow(/permission denied|erased/);
  });
});
