// A medicine whose prescription went to another pharmacy stays current in screening until it is used up or reported stopped.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Verdict {
  alerts: { kind: string }[];
}

describe('a medicine that was transferred away', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId: number;
  let second: number;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['warfarin'] })).drugId;
    second = (await aDrug(db, { ingredients: ['warfarin'] })).drugId;
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: me.token, body });
  /** Whether the patient is still taken to be on it: a second product of it is a duplicate then. */
  const isCurrent = async (patientId: number): Promise<boolean> => {
    const { body } = await post<Verdict>('/clinical/check', { patientId, drugs: [{ drugId: second }] });
    return body.alerts.some(({ kind }) => kind === 'duplicate_ingredient');
  };
  const transferred = async (refillsAuthorized: number, values: { filled?: number } = {}) => {
    const patientId = await aPatient(db, me);
    const { prescriptionId } = await aPrescription(db, me, {
      ...{ patientId, drugId, refillsAuthorized, prescribedDate: daysFromNow(-100) },
    });
    if (values.filled !== undefined) {
      expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true })).status).toBe(201);
      await dispensedDaysAgo(db, prescriptionId, values.filled);
    }
    const sent = await post(`/prescriptions/${prescriptionId}/transfer`, {
      to: { pharmacyName: 'Pharmacy across the road' },
      reason: 'moved',
    });
    expect(sent.status).toBe(200);
    return { patientId, prescriptionId };
  };
  /** As if the transfer had been so many days ago; a transfer is append-only but for the owner of the tables. */
  const daysLater = async (prescriptionId: number, days: number): Promise<void> => {
    await db.owner.query('alter table operational.prescription_transfers disable trigger user');
    await db.owner.query(
      `update operational.prescription_transfers set transferred_at = now() - make_interval(days => $2),
         last_filled_on = last_filled_on - $2::integer where prescription_id = $1`,
      [prescriptionId, days],
    );
    await db.owner.query('alter table operational.prescription_transfers enable trigger user');
    await dispensedDaysAgo(db, prescriptionId, days);
  };

  it('stays current while what went with it lasts: two fills of thirty days', async () => {
    const { patientId, prescriptionId } = await transferred(1);
    expect(await isCurrent(patientId)).toBe(true);
    await daysLater(prescriptionId, 59);
    expect(await isCurrent(patientId)).toBe(true);
    await daysLater(prescriptionId, 60);
    expect(await isCurrent(patientId)).toBe(false);
  });

  it('is used up after what was in hand on the day it went', async () => {
    const { patientId, prescriptionId } = await transferred(1, { filled: 0 });
    await daysLater(prescriptionId, 59);
    expect(await isCurrent(patientId)).toBe(true);
    await daysLater(prescriptionId, 60);
    expect(await isCurrent(patientId)).toBe(false);
  });

  it('is current no more from the day after it is reported stopped, which is said once', async () => {
    const { patientId, prescriptionId } = await transferred(3, { filled: 2 });
    const at = `/prescriptions/${prescriptionId}/report-stop`;
    for (const stoppedOn of [daysFromNow(1), daysFromNow(-101)])
      expect((await post(at, { stoppedOn })).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/stoppedOn' }],
      });
    expect((await post(at, { stoppedOn: 'yesterday' })).status).toBe(400);
    expect(await isCurrent(patientId)).toBe(true);
    const answer = await post(at, { stoppedOn: daysFromNow(-1), note: 'The cardiologist stopped it.' });
    expect(answer.body).toMatchObject({
      status: 'transferred',
      stop: { stoppedOn: daysFromNow(-1), note: 'The cardiologist stopped it.' },
    });
    expect(await isCurrent(patientId)).toBe(false);
    expect((await post(at, { stoppedOn: daysFromNow(-1) })).body).toMatchObject({
      status: 409,
      type: '/problems/duplicate',
    });
  });

  it('is current on the day it was stopped', async () => {
    const { patientId, prescriptionId } = await transferred(1);
    await post(`/prescriptions/${prescriptionId}/report-stop`, { stoppedOn: daysFromNow(0) });
    expect(await isCurrent(patientId)).toBe(true);
  });

  it('is reported stopped only where it went away, and only at its branch', async () => {
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const stop = { stoppedOn: daysFromNow(-1) };
    expect((await post(`/prescriptions/${prescriptionId}/report-stop`, stop)).body).toMatchObject({
      status: 409,
      type: '/problems/invalid-transition',
    });
    const gone = await transferred(1);
    const other = await aWorldFor(db, 'pharmacist');
    const at = `/prescriptions/${gone.prescriptionId}/report-stop`;
    expect((await call('POST', at, { token: other.token, body: stop })).status).toBe(404);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    expect((await call('POST', at, { token: cashier.token, body: stop })).status).toBe(403);
    await expect(
      db.owner.query('update operational.prescription_stops set note = $1', ['x']),
    ).rejects.toThrow();
  });
});
