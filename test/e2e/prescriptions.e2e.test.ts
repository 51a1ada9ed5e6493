// Prescriptions: entering with validation, the work queue, holding, releasing, cancelling.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
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
  rxNumber: string;
  status: string;
  alerts: Alert[];
  notChecked: unknown[];
}

describe('prescriptions', () => {
  const { db, call } = useTestApp();
  let me: World;
  let prescriberId = 0;
  let plain = 0;
  let ibuprofen = 0;
  let warfarin = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    prescriberId = await aPrescriber(db);
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
  const order = async (values: object = {}) => ({
    patientId: await aPatient(db, me),
    drugId: plain,
    prescriberId,
    quantity: '30',
    daysSupply: 30,
    sig: '1 tablet daily',
    refillsAuthorized: 1,
    prescribedDate: daysFromNow(-1),
    ...values,
  });

  describe('are entered', () => {
    it('with what the screening found, and wait in the queue', async () => {
      const patientId = await aPatient(db, me, { takes: [warfarin], lastName: 'Quintero' });
      const made = await post<Rx>('/prescriptions', await order({ patientId, drugId: ibuprofen }));
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        status: 'pending',
        patientId,
        quantity: '30',
        refillsRemaining: 1,
        quantityRemaining: '60',
        isExpired: false,
        fills: [],
        history: [{ fromStatus: null, toStatus: 'pending' }],
        alerts: [
          {
            kind: 'interaction',
            severity: 'major',
            stops: true,
            source: 'test source',
            alertId: expect.any(Number) as unknown,
          },
        ],
      });
      const again = await get<Rx>(`/prescriptions/${made.body.prescriptionId}`);
      expect(again.body.alerts).toEqual(made.body.alerts);
      for (const query of [
        'status=pending',
        `patientId=${patientId}`,
        'q=quintero',
        'q=quintreo',
        `q=${made.body.rxNumber}`,
        `q=${made.body.rxNumber.toLowerCase().slice(0, -1)}`,
        `q=quintero&patientId=${patientId}&status=pending`,
      ]) {
        const queue = await get<{ data: Rx[] }>(`/prescriptions?${query}`);
        expect(queue.body.data.map((rx) => rx.prescriptionId)).toContain(made.body.prescriptionId);
      }
      const own = await get<{ data: Rx[] }>(`/patients/${patientId}/prescriptions`);
      expect(own.body.data).toHaveLength(1);
      expect((await get<{ data: Rx[] }>('/prescriptions?status=cancelled&q=quintero')).body.data).toEqual([]);
    });

    it('but not with dates, products, people or refills that will not do', async () => {
      const refused = async (values: object, status: number, type: string) => {
        const answer = await post<{ type: string }>('/prescriptions', await order(values));
        expect([answer.status, answer.body.type]).toEqual([status, `/problems/${type}`]);
      };
      await refused({ prescribedDate: daysFromNow(3) }, 422, 'prescribed-date-refused');
      await refused({ prescribedDate: daysFromNow(-400) }, 422, 'prescribed-date-refused');
      for (const status of ['discontinued', 'recalled'] as const)
        await refused({ drugId: (await aDrug(db, { status })).drugId }, 422, 'drug-not-dispensable');
      await refused({ drugId: 2_000_000_000 }, 404, 'not-found');
      await refused({ prescriberId: 2_000_000_000 }, 404, 'not-found');
      await refused({ prescriberId: await aPrescriber(db, { active: false }) }, 422, 'rule-violation');
      const other = await aWorldFor(db, 'pharmacist');
      await refused({ patientId: await aPatient(db, other) }, 404, 'not-found');
      for (const values of [
        { quantity: '0' },
        { quantity: '-1' },
        { daysSupply: 0 },
        { daw: 10 },
        { sig: ' ' },
        { extra: 1 },
      ])
        await refused(values, 400, 'invalid-request');
    });

    it('without refills where a schedule allows none', async () => {
      const world = await aWorldFor(db, 'pharmacist');
      await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [
        world.branchId,
      ]);
      const { drugId } = await aDrug(db, { ingredients: ['oxycodone'], controlledSchedule: 'II' });
      const patientId = await aPatient(db, world);
      const refused = await post(
        '/prescriptions',
        await order({ drugId, patientId, refillsAuthorized: 1 }),
        world,
      );
      expect(refused.body).toMatchObject({ status: 422, type: '/problems/controlled-refills' });
      const accepted = await post(
        '/prescriptions',
        await order({ drugId, patientId, refillsAuthorized: 0 }),
        world,
      );
      expect(accepted.status).toBe(201);
    });

    it('and are read only by those who may, at their branch', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId: plain });
      const other = await aWorldFor(db, 'pharmacist');
      expect((await get(`/prescriptions/${prescriptionId}`, other)).status).toBe(404);
      expect((await post(`/prescriptions/${prescriptionId}/fill`, {}, other)).status).toBe(404);
      expect((await post(`/prescriptions/${prescriptionId}/hold`, {}, other)).status).toBe(404);
      const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
      expect((await get('/prescriptions', clerk)).status).toBe(403);
      const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
      expect((await post('/prescriptions', await order(), cashier)).status).toBe(403);
      expect((await post(`/prescriptions/${prescriptionId}/fill`, {}, cashier)).status).toBe(403);
    });
  });

  describe('are held, released and cancelled', () => {
    it('with the reason in the history; steps that are not possible name those that are', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId: plain });
      const at = `/prescriptions/${prescriptionId}`;
      expect((await post<Rx>(`${at}/hold`, { reason: 'Patient will call' })).body.status).toBe('on_hold');
      expect((await post(`${at}/hold`, {})).body).toMatchObject({
        status: 409,
        type: '/problems/invalid-transition',
        params: { from: 'on_hold', allowed: ['release', 'cancel'] },
      });
      expect((await post<Rx>(`${at}/release`, {})).body.status).toBe('pending');
      expect((await post(`${at}/release`, {})).status).toBe(409);
      const cancelled = await post<Rx & { history: object[] }>(`${at}/cancel`, {
        reason: 'Prescriber withdrew it',
      });
      expect(cancelled.body).toMatchObject({ status: 'cancelled' });
      expect(cancelled.body.history.at(-1)).toMatchObject({
        fromStatus: 'pending',
        toStatus: 'cancelled',
        reason: 'Prescriber withdrew it',
      });
      expect((await post(`${at}/release`, {})).status).toBe(409);
    });

    it('but not cancelled while a fill is being prepared', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId: plain, refillsAuthorized: 1 });
      await post(`/prescriptions/${prescriptionId}/fill`, {});
      expect((await post(`/prescriptions/${prescriptionId}/cancel`, {})).body).toMatchObject({
        status: 409,
        type: '/problems/prescription-has-open-fills',
      });
    });
  });
});
