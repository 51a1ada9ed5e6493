// What a patient agreed to: each decision kept, the last of a kind holds.
import { beforeAll, describe, expect, it } from 'vitest';

import { aPatient } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Consent {
  consentId: number;
  kind: string;
  decision: string;
  holds: boolean;
}

describe('consents of a patient', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const as = (body?: unknown, world: World = me) => ({
    token: world.token,
    ...(body === undefined ? {} : { body }),
  });
  const record = (patientId: number, body: object, world: World = me) =>
    call<Consent & Record<string, unknown>>('POST', `/patients/${patientId}/consents`, as(body, world));
  const list = async (patientId: number, query = '') =>
    (
      await call<{ data: Consent[]; nextCursor: number | null }>(
        'GET',
        `/patients/${patientId}/consents${query}`,
        as(),
      )
    ).body;
  const GIVEN = { kind: 'reminders', decision: 'given', method: 'spoken' };

  it('are given and withdrawn, each a row that stays, under every number', async () => {
    const [patientId, duplicate] = [await aPatient(db, me), await aPatient(db, me)];
    expect(await list(patientId)).toEqual({ data: [], nextCursor: null });
    const first = await record(duplicate, GIVEN);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ ...GIVEN, decidedBy: 'patient', deciderName: null, holds: true });
    const guardian = { decidedBy: 'guardian', deciderName: 'Mona Adel', note: 'by letter' };
    expect(
      (await record(patientId, { ...GIVEN, kind: 'research', method: 'written', ...guardian })).body,
    ).toMatchObject(guardian);
    const merged = await call(
      'POST',
      `/patients/${patientId}/merge`,
      as({ mergedId: duplicate, reason: 'same' }),
    );
    expect(merged.status).toBe(201);
    expect((await record(patientId, { ...GIVEN, decision: 'withdrawn' })).status).toBe(201);
    const { data } = await list(duplicate);
    expect(data.map(({ kind, decision, holds }) => [kind, decision, holds])).toEqual([
      ['reminders', 'withdrawn', true],
      ['research', 'given', true],
      ['reminders', 'given', false],
    ]);
    const page = await list(patientId, '?limit=2');
    const rest = await list(patientId, `?limit=2&cursor=${page.nextCursor ?? 0}`);
    expect([...page.data, ...rest.data]).toEqual(data);
    expect((await record(duplicate, GIVEN)).status).toBe(409);
    await expect(
      db.owner.query(`update operational.patient_consents set decision = 'given' where patient_id = $1`, [
        patientId,
      ]),
    ).rejects.toMatchObject({ code: 'MD004' });
    const admin = await aWorldFor(db, 'administrator', { branchId: me.branchId });
    const whole = await call<{ consents: unknown[] }>(
      'POST',
      `/patients/${patientId}/exports`,
      as({ reason: 'asked' }, admin),
    );
    expect(whole.body.consents).toHaveLength(3);
  });

  it('are refused when they say too little, of another branch, or by whoever may not', async () => {
    const patientId = await aPatient(db, me);
    for (const wrong of [
      {},
      { ...GIVEN, kind: 'constructor' },
      { ...GIVEN, decision: 'maybe' },
      { ...GIVEN, decidedBy: 'guardian' },
      { ...GIVEN, more: 1 },
    ])
      expect((await record(patientId, wrong)).status).toBe(400);
    const elsewhere = await aPatient(db, await aWorldFor(db, 'pharmacist'));
    expect((await record(elsewhere, GIVEN)).status).toBe(404);
    expect((await call('GET', `/patients/${elsewhere}/consents`, as())).status).toBe(404);
    const auditor = await aWorldFor(db, 'auditor', { branchId: me.branchId });
    expect((await record(patientId, GIVEN, auditor)).status).toBe(403);
    expect((await list(patientId)).data).toEqual([]);
  });
});
