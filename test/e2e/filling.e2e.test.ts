// Filling and refilling at the counter: lots, parts, stops and overrides, early refills.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Alert {
  alertId: number;
  kind: string;
  severity: string;
  stops: boolean;
}
interface Rx {
  prescriptionId: number;
  status: string;
  alerts: Alert[];
  notChecked: unknown[];
}
interface Stop {
  type: string;
  params: { alerts: Alert[]; notChecked: unknown[] };
}

describe('prescriptions', () => {
  const { db, call } = useTestApp();
  let me: World;
  let plain = 0;
  let ibuprofen = 0;
  let warfarin = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    plain = (await aDrug(db, { ingredients: ['loratadine'], price: '20.00', unitsPerPack: '20' })).drugId;
    const a = await aDrug(db, { ingredients: ['ibuprofen'] });
    const b = await aDrug(db, { ingredients: ['warfarin'] });
    [ibuprofen, warfarin] = [a.drugId, b.drugId];
    await anInteractionRule(db, { ingredientId: a.ingredientIds[0] }, { ingredientId: b.ingredientIds[0] });
    for (const drugId of [plain, ibuprofen])
      await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown, world = me, key?: string) =>
    call<Body>('POST', path, { token: world.token, body, ...(key ? { key } : {}) });
  const get = <Body = Record<string, unknown>>(path: string, world = me) =>
    call<Body>('GET', path, { token: world.token });
  const rowsOf = async (table: string, prescriptionId: number): Promise<number> => {
    const { rows } = await db.owner.query<{ n: number }>(
      `select count(*)::int as n from operational.${table} where prescription_id = $1`,
      [prescriptionId],
    );
    return rows[0]?.n ?? -1;
  };

  describe('are filled at the counter', () => {
    it('in one call, from several lots, with every step on record', async () => {
      const { drugId } = await aDrug(db, { ingredients: ['cetirizine'], price: '12.50', unitsPerPack: '20' });
      await aLot(db, {
        branchId: me.branchId,
        drugId,
        quantity: '10',
        expiryDate: daysFromNow(90),
        lotNumber: 'B',
      });
      await aLot(db, {
        branchId: me.branchId,
        drugId,
        quantity: '10',
        expiryDate: daysFromNow(60),
        lotNumber: 'A',
      });
      await aLot(db, {
        branchId: me.branchId,
        drugId,
        quantity: '10',
        expiryDate: daysFromNow(-1),
        lotNumber: 'X',
      });
      await aLot(db, { branchId: me.branchId, drugId, quantity: '90', expiryDate: null, lotNumber: 'C' });
      const { prescriptionId } = await aPrescription(db, me, { drugId });
      const filled = await post(`/prescriptions/${prescriptionId}/fill`, { complete: true });
      expect(filled.status).toBe(201);
      expect(filled.body).toMatchObject({
        status: 'dispensed',
        fillNumber: 0,
        partNumber: 1,
        quantity: '30',
        price: '18.75',
        prescriptionStatus: 'completed',
        refillsRemaining: 0,
        soldInSaleId: null,
        lots: [
          { lotNumber: 'A', quantity: '10' },
          { lotNumber: 'B', quantity: '10' },
          { lotNumber: 'C', quantity: '10' },
        ],
      });
      const page = await get<{ history: { fillId: number | null; toStatus: string }[] }>(
        `/prescriptions/${prescriptionId}`,
      );
      expect(page.body.history.filter((step) => step.fillId !== null).map((step) => step.toStatus)).toEqual([
        'in_progress',
        'verified',
        'ready',
        'dispensed',
      ]);
      expect(await discrepancies(db)).toEqual([]);
    });

    it('once for an Idempotency-Key, and not a second time without one', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId: plain, refillsAuthorized: 1 });
      const key = randomUUID();
      const first = await post(`/prescriptions/${prescriptionId}/fill`, { complete: true }, me, key);
      const retry = await post(`/prescriptions/${prescriptionId}/fill`, { complete: true }, me, key);
      expect(retry.body).toEqual(first.body);
      expect(
        (await post(`/prescriptions/${prescriptionId}/fill`, { complete: true, quantity: '1' }, me, key))
          .status,
      ).toBe(422);
      expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true })).body).toMatchObject({
        status: 409,
        params: { reason: 'refill-instead' },
      });
      expect(await rowsOf('fills', prescriptionId)).toBe(1);
    });

    it('in parts: the rest is owed, comes without a refill, and no more than that', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId: plain, refillsAuthorized: 1 });
      const at = `/prescriptions/${prescriptionId}`;
      const part = await post(`${at}/fill`, { complete: true, quantity: '20' });
      expect(part.body).toMatchObject({
        quantityOwed: '10',
        daysSupply: 20,
        refillsRemaining: 1,
        prescriptionStatus: 'filled',
      });
      expect((await post(`${at}/fill`, { complete: true, quantity: '11' })).body).toMatchObject({
        status: 422,
        type: '/problems/quantity-exceeds-authority',
        params: { remaining: '10' },
      });
      expect((await post(`${at}/fill`, { complete: true })).body).toMatchObject({
        fillNumber: 0,
        partNumber: 2,
        quantity: '10',
        quantityOwed: '0',
        refillsRemaining: 1,
      });
    });

    it('not when there is too little, and then nothing remains of it', async () => {
      const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
      await aLot(db, { branchId: me.branchId, drugId, quantity: '29' });
      const { prescriptionId } = await aPrescription(db, me, { drugId });
      for (const complete of [true, false])
        expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete })).body).toMatchObject({
          status: 409,
          type: '/problems/insufficient-stock',
        });
      expect(await rowsOf('fills', prescriptionId)).toBe(0);
      expect((await get<Rx>(`/prescriptions/${prescriptionId}`)).body.status).toBe('pending');
    });

    it('not under an expired, held or cancelled prescription, or of a recalled product', async () => {
      const refused = async (values: object, reason: string) => {
        const { prescriptionId } = await aPrescription(db, me, { drugId: plain, ...values });
        expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true })).body).toMatchObject({
          status: 409,
          type: '/problems/prescription-not-fillable',
          params: { reason },
        });
      };
      await refused({ prescribedDate: daysFromNow(-400), expiresOn: daysFromNow(-2) }, 'expired');
      await refused({ status: 'on_hold' }, 'status');
      await refused({ status: 'cancelled' }, 'status');
      const { drugId } = await aDrug(db, { ingredients: ['loratadine'], status: 'recalled' });
      const { prescriptionId } = await aPrescription(db, me, { drugId });
      expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true })).body).toMatchObject({
        type: '/problems/drug-not-dispensable',
      });
    });

    it('only where the branch works so', async () => {
      const world = await aWorldFor(db, 'pharmacist');
      const { prescriptionId } = await aPrescription(db, world, { drugId: plain });
      await db.owner.query('update operational.branches set two_person_rule = true where branch_id = $1', [
        world.branchId,
      ]);
      expect(
        (await post(`/prescriptions/${prescriptionId}/fill`, { complete: true }, world)).body,
      ).toMatchObject({
        status: 409,
        type: '/problems/second-person-required',
      });
      await db.owner.query(
        `update operational.branches set dispensing_policy = 'station' where branch_id = $1`,
        [world.branchId],
      );
      expect(
        (await post(`/prescriptions/${prescriptionId}/fill`, { complete: true }, world)).body,
      ).toMatchObject({
        status: 409,
        type: '/problems/counter-policy-off',
      });
    });
  });

  describe('are stopped by screening', () => {
    const stopped = async () => {
      const patientId = await aPatient(db, me, { takes: [warfarin] });
      return aPrescription(db, me, { drugId: ibuprofen, patientId });
    };
    const override = (alertId: number, values: object = {}) => ({
      alertId,
      reason: 'prescriber_consulted',
      note: 'Dr. agreed: INR on day 3',
      ...values,
    });

    it('until each stop is overridden; alerts found at the fill are kept, the fill is not', async () => {
      const { prescriptionId } = await stopped();
      const at = `/prescriptions/${prescriptionId}/fill`;
      const key = randomUUID();
      const refused = await post<Stop>(at, { complete: true }, me, key);
      expect([refused.status, refused.body.type]).toEqual([422, '/problems/screening-stop']);
      const [alert] = refused.body.params.alerts;
      expect(alert).toMatchObject({ kind: 'interaction', stops: true });
      expect(await rowsOf('clinical_alerts', prescriptionId)).toBe(1);
      expect(await rowsOf('fills', prescriptionId)).toBe(0);
      const alertId = alert?.alertId ?? 0;
      const filled = await post<{ fillId: number }>(
        at,
        { complete: true, overrides: [override(alertId)] },
        me,
        key, // a refused command left its key free
      );
      expect(filled.status).toBe(201);
      const page = await get<{ alerts: object[] }>(`/prescriptions/${prescriptionId}`);
      expect(page.body.alerts).toMatchObject([
        {
          alertId,
          overrides: [
            { fillId: filled.body.fillId, reason: 'prescriber_consulted', note: 'Dr. agreed: INR on day 3' },
          ],
        },
      ]);
      const kept = await db.owner.query(`select screening from operational.fills where fill_id = $1`, [
        filled.body.fillId,
      ]);
      expect(kept.rows[0]).toMatchObject({
        screening: {
          alerts: [{ alertId, stops: true }],
          overrides: [{ alertId }],
          ruleVersions: [{ ruleVersion: 1 }],
          notChecked: expect.any(Array) as unknown,
        },
      });
    });

    it.each(['ok....', '....', 'aaaaa', ''])('and a note like "%s" is no reason', async (note) => {
      const { prescriptionId } = await stopped();
      const at = `/prescriptions/${prescriptionId}/fill`;
      const alertId = (await post<Stop>(at, {})).body.params.alerts[0]?.alertId ?? 0;
      expect((await post(at, { overrides: [override(alertId, { note })] })).body).toMatchObject({
        status: 422,
        type: '/problems/override-reason-needed',
        errors: [{ pointer: '/overrides/0/note' }],
      });
    });

    it('and neither another prescription’s alert, nor one named twice, nor a word for a reason, opens it', async () => {
      const [mine, others] = [await stopped(), await stopped()];
      const at = `/prescriptions/${mine.prescriptionId}/fill`;
      const own = (await post<Stop>(at, {})).body.params.alerts[0]?.alertId ?? 0;
      const forged =
        (await post<Stop>(`/prescriptions/${others.prescriptionId}/fill`, {})).body.params.alerts[0]
          ?.alertId ?? 0;
      for (const overrides of [
        [override(forged)],
        [override(own), override(own)],
        [override(own), override(2_000_000_000)],
      ])
        expect((await post(at, { overrides })).body).toMatchObject({
          status: 422,
          type: '/problems/override-unknown-alert',
        });
      expect((await post(at, { overrides: [override(own, { reason: 'because' })] })).status).toBe(400);
      expect(await rowsOf('fills', mine.prescriptionId)).toBe(0);
    });

    it('and only those with the right may override', async () => {
      const { prescriptionId } = await stopped();
      const at = `/prescriptions/${prescriptionId}/fill`;
      const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
      const alertId = (await post<Stop>(at, {}, technician)).body.params.alerts[0]?.alertId ?? 0;
      expect((await post(at, { overrides: [override(alertId)] }, technician)).body).toMatchObject({
        status: 403,
        params: { missing: ['OverrideClinicalAlert'] },
      });
      expect(await rowsOf('fills', prescriptionId)).toBe(0);
    });
  });

  describe('are refilled', () => {
    it('when three quarters of the days are used, or early for a reason', async () => {
      const { prescriptionId } = await aPrescription(db, me, {
        drugId: plain,
        refillsAuthorized: 2,
        prescribedDate: daysFromNow(-60),
      });
      const at = `/prescriptions/${prescriptionId}`;
      expect((await post(`${at}/refill`, { complete: true })).body).toMatchObject({
        status: 409,
        params: { reason: 'not-yet-filled' },
      });
      await post(`${at}/fill`, { complete: true });
      expect((await post(`${at}/refill`, { complete: true })).body).toMatchObject({
        status: 422,
        type: '/problems/refill-too-soon',
        params: { eligibleOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as unknown },
      });
      const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
      const early = { complete: true, earlyReason: 'Travels for two months' };
      expect((await post(`${at}/refill`, early, technician)).status).toBe(403);
      expect((await post(`${at}/refill`, { ...early, earlyReason: 'ok....' })).body).toMatchObject({
        type: '/problems/override-reason-needed',
      });
      expect((await post(`${at}/refill`, early)).body).toMatchObject({ fillNumber: 1, refillsRemaining: 1 });
      await dispensedDaysAgo(db, prescriptionId, 25);
      expect((await post(`${at}/refill`, { complete: true })).body).toMatchObject({
        fillNumber: 2,
        prescriptionStatus: 'completed',
      });
      expect((await post(`${at}/refill`, { complete: true })).body).toMatchObject({
        status: 409,
        params: { reason: 'no-refills-left' },
      });
    });
  });
});
