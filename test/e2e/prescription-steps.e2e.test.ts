// Review before filling, transfers to and from other pharmacies, drafts; who may sign.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('prescriptions', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['loratadine'] })).drugId;
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = me) =>
    call<Body>('POST', path, { token: world.token, body });

  async function aBranchThat(setting: string): Promise<World> {
    const world = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.branches set ${setting} where branch_id = $1`, [world.branchId]);
    await aLot(db, { branchId: world.branchId, drugId, quantity: '5000' });
    return world;
  }

  describe('are reviewed before they are filled where the branch asks for it', () => {
    it('each fill number once, by who may sign, and the database knows', async () => {
      const world = await aBranchThat('clinical_review = true');
      const technician = await aWorldFor(db, 'technician', { branchId: world.branchId });
      const { prescriptionId } = await aPrescription(db, world, { drugId, refillsAuthorized: 1 });
      const at = `/prescriptions/${prescriptionId}`;
      expect((await post(`${at}/fill`, { complete: true }, world)).body).toMatchObject({
        status: 409,
        type: '/problems/clinical-review-required',
        params: { fillNumber: 0, allowed: ['review', 'hold', 'transfer', 'cancel'] },
      });
      await expect(
        db.owner.query(
          `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
           values ($1, $2, 0, $3, 30, 30, 1, 30, $4, '{}')`,
          [world.branchId, prescriptionId, drugId, world.userId],
        ),
      ).rejects.toMatchObject({ code: 'MD022' });
      expect((await post(`${at}/review`, {}, technician)).status).toBe(403);
      expect((await post(`${at}/review`, { note: 'Dose checked' }, world)).body).toMatchObject({
        status: 'pending',
        reviews: [{ fillNumber: 0, note: 'Dose checked', alertIds: [] }],
      });
      expect((await post(`${at}/review`, {}, world)).body).toMatchObject({
        status: 409,
        type: '/problems/duplicate',
      });
      // In two parts: the rest belongs to the fill that was reviewed.
      expect((await post(`${at}/fill`, { quantity: '20' }, technician)).status).toBe(201);
      expect((await post(`${at}/fill`, { complete: true }, world)).status).toBe(201);
      const early = { complete: true, earlyReason: 'Travels for two months' };
      expect((await post(`${at}/refill`, early, world)).body).toMatchObject({
        type: '/problems/clinical-review-required',
        params: { fillNumber: 1 },
      });
      expect((await post(`${at}/review`, {}, world)).status).toBe(200);
      expect((await post(`${at}/refill`, early, world)).status).toBe(201);
    });
  });

  describe('are verified by a pharmacist alone', () => {
    it('at the station and at the counter', async () => {
      const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
      const { prescriptionId } = await aPrescription(db, me, { drugId });
      expect(
        (await post(`/prescriptions/${prescriptionId}/fill`, { complete: true }, technician)).body,
      ).toMatchObject({ status: 403, params: { missing: ['VerifyPrescription'] } });
      const made = await post<{ fillId: number }>(`/prescriptions/${prescriptionId}/fill`, {}, technician);
      expect(made.status).toBe(201);
      const at = `/fills/${made.body.fillId}`;
      expect((await post(`${at}/verify`, {}, technician)).status).toBe(403);
      expect((await post(`${at}/verify`)).status).toBe(200);
    });
  });

  describe('are drafted', () => {
    it('and filled only once submitted', async () => {
      const draft = await post<{ prescriptionId: number }>('/prescriptions', {
        patientId: await aPatient(db, me),
        drugId,
        prescriberId: await aPrescriber(db),
        quantity: '30',
        daysSupply: 30,
        sig: '1 tablet daily',
        prescribedDate: daysFromNow(-1),
        draft: true,
      });
      expect(draft.body).toMatchObject({ status: 'draft', commands: ['submit', 'cancel'] });
      const at = `/prescriptions/${draft.body.prescriptionId}`;
      expect((await post(`${at}/fill`)).body).toMatchObject({
        type: '/problems/prescription-not-fillable',
        params: { reason: 'status', status: 'draft', allowed: ['submit', 'cancel'] },
      });
      expect((await post(`${at}/submit`)).body).toMatchObject({
        status: 'pending',
        history: [{ toStatus: 'draft' }, { fromStatus: 'draft', toStatus: 'pending' }],
      });
      expect((await post(`${at}/fill`, { complete: true })).status).toBe(201);
    });
  });

  describe('go to another pharmacy', () => {
    const to = { pharmacyName: 'Corner Pharmacy', pharmacyLicence: 'PH-17', pharmacistName: 'A. Nabil' };

    it('with what is left of them, and end here', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 2 });
      const at = `/prescriptions/${prescriptionId}`;
      await post(`${at}/fill`, { complete: true, quantity: '20' });
      const open = await post<{ fillId: number }>(`${at}/fill`);
      expect((await post(`${at}/transfer`, { to })).body).toMatchObject({
        type: '/problems/prescription-has-open-fills',
      });
      await post(`/fills/${open.body.fillId}/return-to-stock`);
      expect((await post(`${at}/transfer`, { to, reason: 'Moves house' })).body).toMatchObject({
        status: 'transferred',
        commands: [],
        transfers: [
          {
            ...to,
            direction: 'out',
            fillsRemaining: 2,
            quantityRemaining: '70',
            lastFilledOn: daysFromNow(0),
            lastDaysSupply: 20,
          },
        ],
      });
      expect((await post(`${at}/fill`)).body).toMatchObject({ status: 409, params: { allowed: [] } });
      expect((await post(`${at}/transfer`, { to })).status).toBe(409);
    });

    it('not where the law keeps them', async () => {
      const world = await aBranchThat(`jurisdiction = 'US'`);
      const controlled = (await aDrug(db, { ingredients: ['loratadine'], controlledSchedule: 'II' })).drugId;
      await aLot(db, { branchId: world.branchId, drugId: controlled });
      const { prescriptionId } = await aPrescription(db, world, { drugId: controlled });
      const at = `/prescriptions/${prescriptionId}`;
      const pickUp = { document: { kind: 'passport', number: 'A 123' } };
      expect(
        (
          await post(
            `${at}/fill`,
            { complete: true, quantity: '10', partialReason: 'short_of_stock', pickUp },
            world,
          )
        ).status,
      ).toBe(201);
      expect((await post(`${at}/transfer`, { to }, world)).body).toMatchObject({
        status: 422,
        type: '/problems/transfer-refused',
        params: { source: '21 CFR 1306.25' },
      });
    });
  });

  describe('come from another pharmacy', () => {
    const taken = async (values: object = {}) => ({
      patientId: await aPatient(db, me),
      drugId,
      prescriberId: await aPrescriber(db),
      quantity: '30',
      daysSupply: 30,
      sig: '1 tablet daily',
      refillsAuthorized: 1,
      prescribedDate: daysFromNow(-40),
      transferredFrom: {
        pharmacyName: 'Nile Pharmacy',
        otherRxNumber: '88-1',
        lastFill: { filledOn: daysFromNow(-5), daysSupply: 30 },
      },
      ...values,
    });

    it('with their last fill, which the next one is judged by', async () => {
      const made = await post<{ prescriptionId: number }>('/prescriptions', await taken());
      expect(made.body).toMatchObject({
        status: 'pending',
        transfers: [
          { direction: 'in', pharmacyName: 'Nile Pharmacy', fillsRemaining: 2, quantityRemaining: '60' },
        ],
      });
      const at = `/prescriptions/${made.body.prescriptionId}`;
      expect((await post(`${at}/fill`, { complete: true })).body).toMatchObject({
        type: '/problems/refill-too-soon',
        params: { eligibleOn: daysFromNow(18) },
      });
      const early = await post(`${at}/fill`, { complete: true, earlyReason: 'Lost the other box' });
      expect(early.body).toMatchObject({ fillNumber: 0, quantityOwed: '0', refillsRemaining: 1 });
    });

    it('and no fill of theirs lies ahead, or before they were written', async () => {
      for (const filledOn of [daysFromNow(1), daysFromNow(-50)])
        expect(
          (
            await post(
              '/prescriptions',
              await taken({
                transferredFrom: { pharmacyName: 'X', lastFill: { filledOn, daysSupply: 30 } },
              }),
            )
          ).body,
        ).toMatchObject({
          status: 422,
          errors: [{ pointer: '/transferredFrom/lastFill/filledOn' }],
        });
    });
  });
});
