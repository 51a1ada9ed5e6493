// Another product than prescribed: its kind, its reason, the dispense-as-written code, and what the database thinks of it.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('another product than prescribed', () => {
  const { db, call } = useTestApp();
  let me: World;
  let technician: World;
  const drugs = new Map<string, number>();
  const id = (name: string): number => drugs.get(name) ?? 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const amlodipine = [{ name: 'amlodipine', amount: '5' }];
    for (const [name, values] of Object.entries({
      brand: { ingredients: amlodipine, price: '60' },
      generic: { ingredients: amlodipine, price: '20' },
      stronger: { ingredients: [{ name: 'amlodipine', amount: '10' }] },
      syrup: { ingredients: amlodipine, dosageForm: 'syrup', formFamily: 'liquid-oral', baseUnit: 'ml' },
      other: { ingredients: [{ name: 'nifedipine', amount: '30' }] },
      unlinked: { activeRaw: 'amlodipine?' },
      gone: { ingredients: amlodipine, status: 'discontinued' as const },
    })) {
      const { drugId } = await aDrug(db, values);
      drugs.set(name, drugId);
      if (name !== 'gone') await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
    }
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = me) =>
    call<Body>('POST', path, { token: world.token, body });
  const rx = async (daw = 0): Promise<string> => {
    const { prescriptionId } = await aPrescription(db, me, { drugId: id('brand'), refillsAuthorized: 1 });
    await db.owner.query('update operational.prescriptions set daw_code = $2 where prescription_id = $1', [
      prescriptionId,
      daw,
    ]);
    return `/prescriptions/${prescriptionId}`;
  };
  const generic = { type: 'generic', reason: 'price' };
  const therapeutic = {
    type: 'therapeutic',
    reason: 'prescriber_agreed',
    note: 'Dr Zaki agreed by telephone',
  };

  it('is filled at its own price and from its own lots, and says why', async () => {
    const at = await rx();
    const filled = await post(`${at}/fill`, {
      complete: true,
      drugId: id('generic'),
      substitution: generic,
      daw: 5,
    });
    expect(filled.body).toMatchObject({
      status: 'dispensed',
      drugId: id('generic'),
      prescribedDrugId: id('brand'),
      price: '30.00',
      dawCode: 5,
      substitution: { type: 'generic', reason: 'price', note: null },
    });
  });

  it('is kept for the rest that is owed', async () => {
    const at = await rx();
    await post(`${at}/fill`, { quantity: '20', drugId: id('other'), substitution: therapeutic });
    const rest = await post(`${at}/fill`, {}, technician);
    expect(rest.body).toMatchObject({
      partNumber: 2,
      drugId: id('other'),
      substitution: { type: 'therapeutic', note: 'Dr Zaki agreed by telephone' },
    });
    // The next refill is of what was prescribed again.
    const next = await post(`${at}/refill`, { earlyReason: 'Lost the other box' });
    expect(next.body).toMatchObject({ fillNumber: 1, drugId: id('brand'), substitution: null });
  });

  it.each([
    ['without its kind', 0, { drugId: 'generic' }, 'type-and-reason-needed'],
    ['that is the one prescribed', 0, { drugId: 'brand', substitution: generic }, 'same-product'],
    ['of another strength as a generic', 0, { drugId: 'stronger', substitution: generic }, 'not-equivalent'],
    ['of another form as a generic', 0, { drugId: 'syrup', substitution: generic }, 'not-equivalent'],
    ['of another substance as a generic', 0, { drugId: 'other', substitution: generic }, 'not-equivalent'],
    ['of unknown contents as a generic', 0, { drugId: 'unlinked', substitution: generic }, 'not-equivalent'],
    [
      'of the same contents as therapeutic',
      0,
      { drugId: 'generic', substitution: therapeutic },
      'equivalent',
    ],
    ['where the prescriber forbids it', 1, { drugId: 'generic', substitution: generic }, 'daw'],
    [
      'where the prescriber forbids it, by a code',
      1,
      { drugId: 'generic', substitution: generic, daw: 0 },
      'daw',
    ],
    ['where the law asks for the brand', 7, { drugId: 'other', substitution: therapeutic }, 'daw'],
    ['as a generic where none is in stock', 4, { drugId: 'generic', substitution: generic }, 'daw'],
  ])(
    'is refused %s',
    async (_, daw, { drugId, ...body }: { drugId: string; [key: string]: unknown }, reason) => {
      const answer = await post(`${await rx(daw)}/fill`, { ...body, drugId: id(drugId) });
      expect(answer.body).toMatchObject({
        status: 422,
        type: '/problems/substitution-refused',
        params: { reason },
      });
    },
  );

  it('is refused when it is not sold any more, is not there, or its note says nothing', async () => {
    expect(
      (await post(`${await rx()}/fill`, { drugId: id('gone'), substitution: generic })).body,
    ).toMatchObject({ type: '/problems/drug-not-dispensable' });
    expect((await post(`${await rx()}/fill`, { drugId: 2_000_000_000, substitution: generic })).status).toBe(
      404,
    );
    expect(
      (
        await post(`${await rx()}/fill`, {
          drugId: id('other'),
          substitution: { ...therapeutic, note: 'ok....' },
        })
      ).body,
    ).toMatchObject({
      type: '/problems/override-reason-needed',
      errors: [{ pointer: '/substitution/note' }],
    });
    expect(
      (
        await post(`${await rx()}/fill`, {
          drugId: id('generic'),
          substitution: { type: 'generic', reason: 'why' },
        })
      ).status,
    ).toBe(400);
  });

  it('of another substance is a pharmacist’s choice', async () => {
    const at = await rx();
    const body = { drugId: id('other'), substitution: therapeutic };
    expect((await post(`${at}/fill`, body, technician)).body).toMatchObject({
      status: 403,
      params: { missing: ['VerifyPrescription'] },
    });
    expect((await post(`${at}/fill`, body)).status).toBe(201);
  });

  it('is what is screened', async () => {
    const warfarin = await aDrug(db, { ingredients: ['warfarin'] });
    const amlodipine = await aDrug(db, { ingredients: ['nifedipine'] });
    await anInteractionRule(
      db,
      { ingredientId: warfarin.ingredientIds[0] },
      { ingredientId: amlodipine.ingredientIds[0] },
    );
    const patientId = await aPatient(db, me, { takes: [warfarin.drugId] });
    const { prescriptionId } = await aPrescription(db, me, { drugId: id('brand'), patientId });
    expect(
      (
        await post(`/prescriptions/${prescriptionId}/fill`, {
          drugId: id('other'),
          substitution: therapeutic,
        })
      ).body,
    ).toMatchObject({ type: '/problems/screening-stop' });
    expect((await post(`/prescriptions/${prescriptionId}/fill`)).status).toBe(201);
  });

  it.each([
    ['without a kind', 'generic', null, 0, 'MD023'],
    ['with a kind, of the product prescribed', 'brand', 'generic', 0, 'MD023'],
    ['as a generic where none is in stock', 'generic', 'generic', 4, '23514'],
  ])('is refused by the database %s', async (_, name, type, daw, code) => {
    const { prescriptionId } = await aPrescription(db, me, { drugId: id('brand') });
    await expect(
      db.owner.query(
        `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening, daw_code, substitution_type, substitution_reason)
         values ($1, $2, 0, $3, 30, 30, 1, 30, $4, '{}', $5, $6::text, case when $6::text is not null then 'price' end)`,
        [me.branchId, prescriptionId, id(name), me.userId, daw, type],
      ),
    ).rejects.toMatchObject({ code });
  });

  it('is not the only thing worked out: days of a dose in base units are', async () => {
    const body = async (values: object) => ({
      patientId: await aPatient(db, me),
      drugId: id('brand'),
      prescriberId: await aPrescriber(db),
      quantity: '30',
      sig: 'as the prescriber told',
      prescribedDate: daysFromNow(-1),
      ...values,
    });
    const dose = { amount: '1', unit: 'tablets', frequencyPerDay: '3' };
    expect((await post('/prescriptions', await body({ dose }))).body).toMatchObject({ daysSupply: 10 });
    for (const values of [{}, { dose: { ...dose, unit: 'mg' } }])
      expect((await post('/prescriptions', await body(values))).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/daysSupply' }],
      });
  });
});
