// What a person may ask for: everything held about him, and who looked at it.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDeposit, anAccount } from '../builders/account.js';
import { aDrug, anIngredient } from '../builders/drug.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface View {
  auditLogId: number;
  userId: number;
  what: string;
  id: number;
}
interface Views {
  data: View[];
  meta: { nextCursor: string | null };
}

describe('what is held about a patient', () => {
  const { db, call } = useTestApp();
  let chief: World;
  let pharmacist: World;
  beforeAll(async () => {
    chief = await aWorldFor(db, 'administrator');
    pharmacist = await aWorldFor(db, 'pharmacist', { branchId: chief.branchId });
  });
  const as = (world: World, body?: unknown) => ({
    token: world.token,
    ...(body === undefined ? {} : { body }),
  });
  const views = async (patientId: number, more = ''): Promise<Views> =>
    (await call<Views>('GET', `/patients/${patientId}/views${more}`, as(chief))).body;

  it('is handed out whole, under every number, with the reason kept and the answer not', async () => {
    const [ingredient, { drugId }] = [await anIngredient(db, 'export allergen'), await aDrug(db)];
    const patientId = await aPatient(db, chief, { firstName: 'Nadia', takes: [drugId] });
    const duplicate = await aPatient(db, chief, { firstName: 'Nadia', allergicTo: [ingredient] });
    const { rxNumber } = await aPrescription(db, chief, { drugId, patientId: duplicate });
    const merged = await call(
      'POST',
      `/patients/${patientId}/merge`,
      as(chief, { mergedId: duplicate, reason: 'same' }),
    );
    expect(merged.status).toBe(201);
    await aDeposit(db, await anAccount(db, chief, { patientId }), '20');
    const key = `export-${patientId}`;
    const made = await call<{ exportId: number }>('POST', `/patients/${duplicate}/exports`, {
      ...as(chief, { reason: 'asked by letter' }),
      key,
    });
    expect(made.status).toBe(201);
    expect(made.headers['cache-control']).toContain('no-store');
    expect(made.body).toMatchObject({
      format: 1,
      reason: 'asked by letter',
      record: { patientId, firstName: 'Nadia' },
      formerNumbers: [duplicate],
      allergies: [{ substance: 'export allergen' }],
      medications: [{ drugId }],
      insurance: [],
      prescriptions: [{ rxNumber }],
      fills: [],
      sales: [],
      accounts: [{ amount: '-20.00', balanceAfter: '-20.00' }],
      points: [],
      alerts: [],
    });
    const kept = await db.owner.query('select response from operational.idempotency_keys where key = $1', [
      key,
    ]);
    expect(kept.rows).toEqual([]);
    const audit = await db.owner.query<{ user_id: number; after: Record<string, unknown> }>(
      `select user_id, after from operational.audit_logs where table_name = 'patient_exports' and row_key = $1`,
      [String(made.body.exportId)],
    );
    expect(audit.rows).toMatchObject([
      { user_id: chief.userId, after: { reason: 'asked by letter', patient_id: patientId } },
    ]);
    await expect(
      db.owner.query(`update operational.patient_exports set reason = 'x' where export_id = $1`, [
        made.body.exportId,
      ]),
    ).rejects.toMatchObject({ code: 'MD004' });
  });

  it.each(['en', 'ar'] as const)('is printed in %s, and what was typed stays text', async (language) => {
    const patientId = await aPatient(db, chief, { firstName: '<b>Nadia</b>' });
    const page = await call<string>(
      'POST',
      `/patients/${patientId}/exports/print`,
      as(chief, { reason: 'asked', language }),
    );
    expect(page.status).toBe(201);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(page.body).toContain('&lt;b&gt;Nadia&lt;/b&gt;');
    expect(page.body).not.toContain('<b>');
  });

  it('is not handed out without the right, without a reason, or from another branch', async () => {
    const patientId = await aPatient(db, chief);
    const elsewhere = await aPatient(db, await aWorldFor(db, 'pharmacist'));
    for (const path of ['exports', 'exports/print']) {
      const post = (id: number, world: World, body: object) =>
        call('POST', `/patients/${id}/${path}`, as(world, body));
      expect((await post(patientId, pharmacist, { reason: 'x' })).status).toBe(403);
      expect((await post(patientId, chief, {})).status).toBe(400);
      expect((await post(elsewhere, chief, { reason: 'x' })).status).toBe(404);
    }
    const kept = await db.owner.query(
      'select 1 from operational.patient_exports where patient_id = any ($1)',
      [[patientId, elsewhere]],
    );
    expect(kept.rowCount).toBe(0);
  });

  it('tells who looked, at the record or a prescription, page by page, and under former numbers', async () => {
    const patientId = await aPatient(db, chief);
    const duplicate = await aPatient(db, chief);
    const { drugId } = await aDrug(db);
    const { prescriptionId } = await aPrescription(db, chief, { drugId, patientId: duplicate });
    expect(await views(patientId)).toEqual({ data: [], meta: { limit: 20, nextCursor: null } });
    await call('GET', `/patients/${duplicate}`, as(pharmacist));
    await call('GET', `/prescriptions/${prescriptionId}`, as(chief));
    await call('POST', `/patients/${patientId}/merge`, as(chief, { mergedId: duplicate, reason: 'same' }));
    await call('GET', `/patients/${duplicate}`, as(pharmacist));
    const seen = (await views(patientId)).data.map(({ userId, what, id }) => [userId, what, id]);
    expect(seen).toEqual([
      [pharmacist.userId, 'record', patientId],
      [chief.userId, 'prescription', prescriptionId],
      [pharmacist.userId, 'record', duplicate],
    ]);
    const first = await views(duplicate, '?limit=2');
    const second = await views(duplicate, `?limit=2&cursor=${first.meta.nextCursor ?? ''}`);
    expect([...first.data, ...second.data].map(({ what }) => what)).toEqual([
      'record',
      'prescription',
      'record',
    ]);
    expect(second.meta.nextCursor).toBeNull();
  });

  it('tells nobody else who looked', async () => {
    const patientId = await aPatient(db, chief);
    expect((await call('GET', `/patients/${patientId}/views`, as(pharmacist))).status).toBe(403);
    expect((await call('GET', `/patients/${patientId}/views?cursor=x`, as(chief))).status).toBe(400);
    const elsewhere = await aPatient(db, await aWorldFor(db, 'pharmacist'));
    expect((await call('GET', `/patients/${elsewhere}/views`, as(chief))).status).toBe(404);
  });
});
