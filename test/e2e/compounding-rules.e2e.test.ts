// What is refused of formulas and batches, who must sign, and what happens to what is given up.
import { describe, expect, it } from 'vitest';

import {
  ingredients,
  ointment,
  POWDER_CODE,
  stocked,
  weighedAndMade,
  type Batch,
} from '../builders/compounding.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aUser } from '../builders/staff.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { useCompounding, type Formula, type Released } from '../support/compounding.js';

describe('compounding by the rules', () => {
  const { db, desk, post, patch, get, aFormula, begin, sound, lot } = useCompounding();

  it('is released by another person where formula, branch or law ask for it', async () => {
    await stocked(db, desk, desk.parts);
    const strict = await aFormula(desk.parts, { name: 'Checked ointment', requiresCheck: true });
    const batch = await begin({ formulaId: strict.formulaId, quantity: '10' });
    await weighedAndMade(post, batch, desk.checker);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await get(at)).body).toMatchObject({ needsSecondPerson: true });
    expect((await post(`${at}/release`)).body).toMatchObject({
      status: 409,
      type: '/problems/checker-required',
    });
    const other = await aWorldFor(db, 'pharmacist', { branchId: desk.branchId });
    expect((await post<Released>(`${at}/release`, {}, other)).body.batch.status).toBe('released');
    await sound();
  });

  it('controlled ingredients: the preparation is controlled, the register knows, and discarding takes two', async () => {
    const us = await aBranch(db);
    await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [us]);
    const me = await aWorldFor(db, 'pharmacist', { branchId: us });
    const colleague = await aUser(db, { role: 'pharmacist', branchIds: [us] });
    const controlled = await ingredients(db, { schedule: 'II' });
    await stocked(db, { branchId: us }, controlled);
    const made = await aFormula(controlled);
    expect(made.controlledSchedule).toBe('II');
    const batch = await begin({ formulaId: made.formulaId, quantity: '50' }, me);
    await weighedAndMade(post, batch, me);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await post(`${at}/release`, {}, me)).body).toMatchObject({
      type: '/problems/checker-required',
    });
    const reason = 'spilled on the bench';
    expect((await post(`${at}/discard`, { reason }, me)).body).toMatchObject({
      status: 409,
      type: '/problems/witness-required',
      params: { drugIds: [controlled.powder.drugId] },
    });
    const signed = await post<{ token: string }>(
      '/auth/witness',
      { username: colleague.username, password: colleague.password },
      me,
    );
    const gone = await post(`${at}/discard`, { reason, witness: signed.body.token }, me);
    expect(gone.body).toMatchObject({ status: 'discarded', discardReason: reason, commands: [] });
    const register = await get<{ data: object[] }>(
      `/reports/controlled-register?drugId=${controlled.powder.drugId}`,
      me,
    );
    expect(register.body.data).toMatchObject([
      { kind: 'receipt' },
      { kind: 'destruction', quantity: '-1', witnessName: `Person ${colleague.username}` },
    ]);
    await sound();
  });

  it('discarded before it is mixed, what was weighed goes back or is written off', async () => {
    const fresh = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId: desk.branchId }, fresh);
    const own = await aFormula(fresh);
    const weighFirst = async (): Promise<Batch> => {
      const batch = await begin({ formulaId: own.formulaId, quantity: '100' });
      const bypass = { reason: 'repacked', note: 'bulk container of the pharmacy' };
      const item = batch.items[0];
      await post(`/compound-batches/${batch.batchId}/weigh`, {
        batchItemId: item?.batchItemId,
        quantity: '2',
        waste: '0.5',
        bypass,
      });
      return batch;
    };
    const back = await weighFirst();
    const discard = (batch: Batch, more: object = {}) =>
      post(`/compound-batches/${batch.batchId}/discard`, { reason: 'patient called off', ...more });
    expect((await discard(back, { weighedBack: true })).body).toMatchObject({ status: 'discarded' });
    expect(await lot(powderLot)).toMatchObject({ quantity: '49.5', reserved: '0' });
    expect((await discard(await weighFirst())).status).toBe(200);
    expect(await lot(powderLot)).toMatchObject({ quantity: '47', reserved: '0' });
    const mixed = await begin({ formulaId: own.formulaId, quantity: '100' });
    await weighedAndMade(post, mixed, desk.checker);
    expect((await discard(mixed, { weighedBack: true })).status).toBe(422);
    expect((await discard(mixed)).status).toBe(200);
    for (const step of ['weigh', 'make', 'release', 'discard']) {
      const body = {
        weigh: { batchItemId: 1, code: POWDER_CODE, quantity: '1' },
        discard: { reason: 'again' },
      };
      expect(
        (await post(`/compound-batches/${mixed.batchId}/${step}`, body[step as 'weigh'] ?? {})).body,
        step,
      ).toMatchObject({
        status: 409,
        type: '/problems/invalid-transition',
        params: { from: 'discarded', allowed: [] },
      });
    }
    await sound();
  });

  it('a formula changes by versions; what is no longer in force is not begun', async () => {
    const own = await ingredients(db);
    await stocked(db, { branchId: desk.branchId }, own);
    const one = await aFormula(own);
    const at = `/compound-formulas/${one.formulaId}`;
    const begun = await begin({ formulaId: one.formulaId, quantity: '100' });
    const changed = await patch<Formula>(at, {
      beyondUseDays: 30,
      priceRule: { kind: 'fixed', price: '12.00' },
      version: 1,
    });
    expect(changed.body).toMatchObject({ version: 2, price: '12.00', beyondUseDays: 30 });
    expect((await patch(at, { beyondUseDays: 20, version: 1 })).body).toMatchObject({
      type: '/problems/stale-version',
    });
    expect((await get(`/compound-batches/${begun.batchId}`)).body).toMatchObject({ formulaVersion: 1 });
    expect((await weighedAndMade(post, begun, desk.checker)).body.beyondUseDate).toBe(daysFromNow(90));
    const aqueous = { preparationType: 'aqueous', beyondUseDays: 20, storage: 'refrigerate', version: 2 };
    expect((await patch(at, aqueous)).body).toMatchObject({
      type: '/problems/beyond-use-refused',
      params: { maxDays: 14 },
    });
    const warm = { ...aqueous, beyondUseDays: 14, storage: 'room' };
    expect((await patch(at, warm)).body).toMatchObject({ type: '/problems/beyond-use-refused' });

    const two = await aFormula(own, {
      name: 'Ointment of an ointment',
      items: [
        { drugId: one.drugId, quantity: '50' },
        { drugId: own.base.drugId, quantity: '50' },
      ],
    });
    const inside = [{ drugId: two.drugId, quantity: '1' }];
    expect((await patch(at, { items: inside, version: 2 })).body).toMatchObject({
      status: 422,
      type: '/problems/formula-cycle',
    });
    expect((await get(`/drugs/${two.drugId}`)).body).toMatchObject({
      ingredients: [{ amount: '10', unit: 'mg' }, {}],
    });

    expect((await patch(at, { status: 'retired', version: 2 })).body).toMatchObject({
      status: 'retired',
      version: 3,
    });
    const wish = { formulaId: one.formulaId, quantity: '100' };
    expect((await post('/compound-batches', wish)).body).toMatchObject({
      type: '/problems/formula-outdated',
    });
    expect((await post('/compound-batches', { ...wish, formulaId: two.formulaId })).body).toMatchObject({
      type: '/problems/formula-outdated',
      params: { drugIds: [one.drugId] },
    });
    await sound();
  });

  it('takes several lots where one has not enough, and traces each through what was made of it', async () => {
    const own = await ingredients(db);
    const { powderLot } = await stocked(db, desk, own, { powder: '5', powderExpiry: daysFromNow(100) });
    const first = await aLot(db, {
      branchId: desk.branchId,
      drugId: own.powder.drugId,
      quantity: '1',
      expiryDate: daysFromNow(50),
    });
    const inner = await aFormula(own);
    const made = async (formulaId: number, quantity: string): Promise<Batch> => {
      const batch = await begin({ formulaId, quantity });
      await weighedAndMade(post, batch, desk.checker);
      return (await post<Released>(`/compound-batches/${batch.batchId}/release`)).body.batch;
    };
    const one = await made(inner.formulaId, '100');
    expect(one).toMatchObject({
      beyondUseDate: daysFromNow(50),
      items: [
        { lotId: first.lotId, quantityPlanned: '1' },
        { lotId: powderLot, quantityPlanned: '1' },
        { quantityPlanned: '98' },
      ],
    });
    const outer = await aFormula(own, {
      name: `Made of what was made ${inner.drugId}`,
      items: [{ drugId: inner.drugId, quantity: '100' }],
    });
    const two = await made(outer.formulaId, '20');
    // It lasts no longer than what it is made of.
    expect(two.beyondUseDate).toBe(daysFromNow(50));
    const holding = async (lotId: number): Promise<number[]> =>
      (await get<{ data: Batch[] }>(`/compound-batches?ingredientLotId=${lotId}`)).body.data.map(
        ({ batchId }) => batchId,
      );
    expect(await holding(first.lotId)).toEqual([two.batchId, one.batchId]);
    expect(await holding(one.lotId ?? 0)).toEqual([two.batchId]);
    await sound();
  });

  it('says that it was not checked where an ingredient is not known, and follows it when it is', async () => {
    const own = await ingredients(db);
    const unknown = await aDrug(db, { name: 'Mystery base', baseUnit: 'g' });
    const made = await aFormula(own, {
      items: [
        { drugId: own.powder.drugId, quantity: '2' },
        { drugId: unknown.drugId, quantity: '98' },
      ],
    });
    expect(made.ingredientStatus).toBe('partial');
    const patientId = await aPatient(db, { branchId: desk.branchId });
    const check = await post<{ notChecked: { reason: string }[] }>('/clinical/check', {
      patientId,
      drugs: [{ drugId: made.drugId }],
    });
    expect(JSON.stringify(check.body.notChecked)).toContain('only some ingredients');
    await db.owner.query(
      `insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text) values ($1, 1, $2, 'lanolin')`,
      [unknown.drugId, own.base.ingredientIds[0]],
    );
    expect((await get(`/compound-formulas/${made.formulaId}`)).body).toMatchObject({
      ingredientStatus: 'linked',
    });
    await sound();
  });

  it('refuses what is malformed or not there, and changes nothing', async () => {
    const formula = await aFormula(desk.parts, { name: 'Asked for in vain' });
    const wish = { formulaId: formula.formulaId, quantity: '100' };
    expect((await post('/compound-batches', { ...wish, quantity: '90000' })).body).toMatchObject({
      status: 409,
      type: '/problems/insufficient-stock',
      params: { drugId: desk.parts.powder.drugId },
    });
    expect((await post('/compound-batches', { ...wish, quantity: '0.001' })).status).toBe(422);
    expect((await post('/compound-batches', { ...wish, formulaId: 999_999 })).status).toBe(404);
    const other = await aPrescription(db, { branchId: desk.branchId }, { drugId: desk.parts.base.drugId });
    expect(
      (await post('/compound-batches', { ...wish, prescriptionId: other.prescriptionId })).body,
    ).toMatchObject({
      status: 422,
      type: '/problems/batch-prescription-refused',
    });
    expect((await get('/compound-batches/999999')).status).toBe(404);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const { body } = await get<{ data: { batchId: number }[] }>('/compound-batches');
    expect((await get(`/compound-batches/${body.data[0]?.batchId ?? 0}`, elsewhere)).status).toBe(404);
    for (const bad of [
      { items: [] },
      { items: Array.from({ length: 31 }, () => ({ drugId: 1, quantity: '1' })) },
      { yieldQuantity: '0' },
      { tolerancePercent: '11' },
    ])
      expect((await post('/compound-formulas', ointment(desk.parts, bad))).status, JSON.stringify(bad)).toBe(
        400,
      );
    const twice = [
      { drugId: desk.parts.base.drugId, quantity: '1' },
      { drugId: desk.parts.base.drugId, quantity: '2' },
    ];
    expect((await post('/compound-formulas', ointment(desk.parts, { items: twice }))).status).toBe(422);
    expect(
      (
        await post(
          '/compound-formulas',
          ointment(desk.parts, { items: [{ drugId: 999_999, quantity: '1' }] }),
        )
      ).status,
    ).toBe(404);
    expect(
      (await post('/compound-formulas', ointment(desk.parts, { dosageForm: 'no such form' }))).status,
    ).toBe(422);
    // An expired lot is not planned, and one that is recalled meanwhile does not go in.
    const own = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId: desk.branchId }, own);
    await aLot(db, { branchId: desk.branchId, drugId: own.powder.drugId, expiryDate: daysFromNow(-1) });
    const made = await aFormula(own);
    const batch = await begin({ formulaId: made.formulaId, quantity: '100' });
    expect(batch.items[0]?.lotId).toBe(powderLot);
    await weighedAndMade(post, batch, desk.maker);
    expect((await get(`/compound-batches/${batch.batchId}`)).body).toMatchObject({
      status: 'in_preparation',
    });
    await weighedAndMade(post, batch, desk.checker);
    await db.owner.query(`update operational.inventory_lots set status = 'recalled' where lot_id = $1`, [
      powderLot,
    ]);
    expect((await post(`/compound-batches/${batch.batchId}/release`)).body).toMatchObject({
      status: 409,
      type: '/problems/lot-not-dispensable',
    });
    await sound();
  });
});
