// A patient who has died: nothing is prescribed, filled, refilled, handed over or sold to him on any path, and what is open is found.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const DIED = { status: 409, type: '/problems/patient-deceased' };

describe('a patient who has died', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId: number;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['loratadine'] })).drugId;
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: me.token, body });
  const get = <Body = Record<string, unknown>>(path: string) => call<Body>('GET', path, { token: me.token });
  const change = async (patientId: number, changes: object) => {
    const { body } = await get<{ version: number }>(`/patients/${patientId}`);
    return call('PATCH', `/patients/${patientId}`, {
      token: me.token,
      body: { version: body.version, ...changes },
    });
  };
  const orderOf = async (patientId: number, more: object = {}) =>
    (await aPrescription(db, me, { patientId, drugId, refillsAuthorized: 2, ...more })).prescriptionId;
  const prescribed = async (patientId: number) => ({
    ...{ patientId, drugId, prescriberId: await aPrescriber(db), quantity: '30', daysSupply: 30 },
    ...{ sig: '1 tablet daily', refillsAuthorized: 0, prescribedDate: daysFromNow(-1) },
  });

  it('is prescribed, filled and handed nothing, until the mark is corrected', async () => {
    const patientId = await aPatient(db, me);
    const [begun, waiting, untouched, refillable] = [
      await orderOf(patientId),
      await orderOf(patientId),
      await orderOf(patientId),
      await orderOf(patientId),
    ];
    const made = await post<{ fillId: number }>(`/prescriptions/${begun}/fill`);
    const ready = await post<{ fillId: number }>(`/prescriptions/${waiting}/fill`);
    const given = await post<{ fillId: number }>(`/prescriptions/${refillable}/fill`, { complete: true });
    expect([made.status, ready.status, given.status]).toEqual([201, 201, 201]);
    await post(`/fills/${ready.body.fillId}/verify`);
    await post(`/fills/${ready.body.fillId}/ready`);

    expect((await change(patientId, { isDeceased: true, deceasedOn: daysFromNow(-1) })).body).toMatchObject({
      isDeceased: true,
      deceasedOn: daysFromNow(-1),
    });
    const paths: readonly [string, unknown][] = [
      ['/prescriptions', await prescribed(patientId)],
      ['/prescriptions', { ...(await prescribed(patientId)), draft: true }],
      [`/prescriptions/${untouched}/fill`, {}],
      [`/prescriptions/${untouched}/fill`, { complete: true }],
      [`/prescriptions/${refillable}/refill`, { earlyReason: 'Travels for two months' }],
      [`/fills/${made.body.fillId}/verify`, {}],
      [`/fills/${ready.body.fillId}/dispense`, {}],
    ];
    for (const [path, body] of paths)
      expect([path, (await post(path, body)).body]).toMatchObject([path, DIED]);
    const open = await get<{ data: { prescriptionId: number }[] }>(
      `/prescriptions?ofDeceased=true&patientId=${patientId}`,
    );
    expect(open.body.data.map((one) => one.prescriptionId)).toEqual([refillable, untouched, waiting, begun]);
    expect((await post(`/prescriptions/${untouched}/cancel`, { reason: 'patient died' })).status).toBe(200);
    expect(
      (await post(`/fills/${ready.body.fillId}/return-to-stock`, { reason: 'patient died' })).status,
    ).toBe(200);
    expect(
      (await get<{ meta: { total: number } }>(`/prescriptions?ofDeceased=true&patientId=${patientId}`)).body
        .meta.total,
    ).toBe(3);

    expect((await change(patientId, { isDeceased: false })).body).toMatchObject({
      isDeceased: false,
      deceasedOn: null,
    });
    expect((await post(`/fills/${made.body.fillId}/verify`)).status).toBe(200);
    expect((await post('/prescriptions', await prescribed(patientId))).status).toBe(201);
    expect(
      (await get<{ data: unknown[] }>(`/prescriptions?ofDeceased=true&patientId=${patientId}`)).body.data,
    ).toEqual([]);
  });

  it('is refused by the database itself, whoever writes', async () => {
    const patientId = await aPatient(db, me);
    const [order, begun] = [await orderOf(patientId), await orderOf(patientId)];
    const fill = `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
       values ($1, $2, 0, $3, 30, 30, 1, 30, $4, '{}') returning fill_id`;
    const values = [me.branchId, drugId, me.userId];
    const { rows } = await db.owner.query<{ fill_id: number }>(fill, [
      values[0],
      begun,
      values[1],
      values[2],
    ]);
    await db.owner.query('update operational.patients set is_deceased = true where patient_id = $1', [
      patientId,
    ]);
    const died = { code: 'MD082' };
    await expect(orderOf(patientId)).rejects.toMatchObject(died);
    await expect(db.owner.query(fill, [values[0], order, values[1], values[2]])).rejects.toMatchObject(died);
    const step = (status: string) =>
      db.owner.query(
        `update operational.fills set status = $2, verified_by = $3, verified_at = now() where fill_id = $1`,
        [rows[0]?.fill_id, status, me.userId],
      );
    await expect(step('verified')).rejects.toMatchObject(died);
    await expect(step('returned_to_stock')).resolves.toMatchObject({ rowCount: 1 });
  });

  it('died on a day that can be, or it is refused', async () => {
    const patientId = await aPatient(db, me, { birthDate: '1950-01-01' });
    const refused = { status: 422 };
    expect((await change(patientId, { deceasedOn: daysFromNow(-1) })).body).toMatchObject(refused);
    for (const deceasedOn of [daysFromNow(2), '1949-12-31'])
      expect((await change(patientId, { isDeceased: true, deceasedOn })).body).toMatchObject(refused);
    expect((await get(`/patients/${patientId}`)).body).toMatchObject({ isDeceased: false, deceasedOn: null });
    expect((await change(patientId, { isDeceased: true })).status).toBe(200);
    expect((await change(patientId, { deceasedOn: '2020-02-02' })).body).toMatchObject({
      isDeceased: true,
      deceasedOn: '2020-02-02',
    });
  });

  it('may still have history written', async () => {
    const patientId = await aPatient(db, me);
    await change(patientId, { isDeceased: true });
    expect(
      (await post(`/patients/${patientId}/conditions`, { icd10: 'I21.9', name: 'Infarct' })).status,
    ).toBe(201);
  });

  it('is sold nothing over the counter', async () => {
    await aTillShift(db, me);
    const patientId = await aPatient(db, me);
    await change(patientId, { isDeceased: true });
    const sale = {
      patientId,
      items: [{ drugId, quantity: '1' }],
      payments: [{ method: 'cash', amount: '999' }],
    };
    expect((await post('/sales', sale)).body).toMatchObject(DIED);
  });
});
