// What may be given instead of a product that stops: screened for the very patient with the other medicines, or not offered.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug, anIngredient, anIngredientGroup, type DrugValues } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Found {
  data: {
    drugId: number;
    name: string;
    nearness: string;
    stockOnHand: string;
    alerts: { severity: string; kind: string }[];
    notChecked: { rule: string; reason: string; subjects: { kind: string; id: number | null }[] }[];
  }[];
  meta: {
    screened: number;
    stopping: number;
    unjudged: number;
    isComplete: boolean;
    classIsKnown: boolean;
  };
}
interface Verdict {
  alerts: { stops: boolean }[];
}

describe('alternatives that would not stop', () => {
  const { db, call } = useTestApp();
  let me: World;
  const ids: Record<string, number> = {};
  const id = (name: string): number => ids[name] ?? 0;
  const made = async (name: string, values: DrugValues): Promise<void> => {
    ids[name] = (await aDrug(db, { name, ...values })).drugId;
  };
  const post = <Body>(path: string, body: unknown, world = me) =>
    call<Body>('POST', path, { token: world.token, body });
  const find = async (body: object, world = me): Promise<Found> => {
    const answer = await post<Found>('/clinical/alternatives', body, world);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const namesOf = ({ data }: Found): string[] => data.map(({ name }) => name);

  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    const nsaids = await anIngredientGroup(db, 'nsaids');
    const penicillins = await anIngredientGroup(db, 'penicillins');
    const cephalosporins = await anIngredientGroup(db, 'cephalosporins');
    ids.warfarin = await anIngredient(db, 'warfarin', { atcCode: 'B01AA03' });
    ids.amoxicillin = await anIngredient(db, 'amoxicillin', { groups: ['penicillins'], atcCode: 'J01CA04' });
    await anIngredient(db, 'ibuprofen', { groups: ['nsaids'], atcCode: 'M01AE01' });
    await anIngredient(db, 'naproxen', { groups: ['nsaids'], atcCode: 'M01AE02' });
    ids.paracetamol = await anIngredient(db, 'paracetamol', { atcCode: 'N02BE01' });
    await anIngredient(db, 'ampicillin', { groups: ['penicillins'], atcCode: 'J01CA01' });
    await anIngredient(db, 'cefalexin', { groups: ['cephalosporins'], atcCode: 'J01DB01' });
    await anIngredient(db, 'azithromycin', { atcCode: 'J01FA10' });
    await made('Marevan', { ingredients: ['warfarin'] });
    await made('Brufen', { ingredients: ['ibuprofen'] });
    await made('Naprosyn', { ingredients: ['naproxen'] });
    await made('Panadol', { ingredients: ['paracetamol'], price: '10' });
    await made('Panadol cheap', { ingredients: ['paracetamol'], price: '5' });
    await made('Unknown analgesic', { ingredients: [], atcCode: 'N02BE05' });
    await made('Emox', { ingredients: ['amoxicillin'] });
    await made('Ampicin', { ingredients: ['ampicillin'] });
    await made('Keflex', { ingredients: ['cefalexin'] });
    await made('Zithromax', { ingredients: ['azithromycin'], rxOnly: true });
    await anInteractionRule(db, { ingredientId: id('warfarin') }, { groupId: nsaids }, 'major');
    await anInteractionRule(
      db,
      { ingredientId: id('warfarin') },
      { ingredientId: id('paracetamol') },
      'minor',
    );
    const words = {
      evidence: 'established',
      message: 'May react.',
      management: 'Choose another.',
      source: 'test',
    };
    for (const [cross, severity] of [
      ['penicillins', 'contraindicated'],
      ['cephalosporins', 'major'],
    ])
      await post('/clinical/allergy-rules', {
        allergen: { groupCode: 'penicillins' },
        cross: { groupCode: cross },
        severity,
        ...words,
      });
    expect([nsaids, penicillins, cephalosporins].every((group) => group > 0)).toBe(true);
    await aLot(db, { branchId: me.branchId, drugId: id('Panadol'), quantity: '40' });
  });

  it('offers paracetamol instead of ibuprofen to a patient on warfarin, from the shelf', async () => {
    const patientId = await aPatient(db, me, { takes: [id('Marevan')] });
    const drugs = [{ drugId: id('Brufen'), days: 5 }];
    const found = await find({ patientId, drugs, insteadOf: id('Brufen') });
    // Naproxen stops as well; of paracetamol the one in stock is offered; what cannot be judged is not.
    expect(namesOf(found)).toEqual(['Panadol']);
    expect(found.data[0]).toMatchObject({
      nearness: 'purpose',
      stockOnHand: '40',
      alerts: [{ severity: 'minor', kind: 'interaction' }],
    });
    expect(found.meta).toEqual({
      screened: 3,
      stopping: 1,
      unjudged: 1,
      isComplete: true,
      classIsKnown: true,
    });
    // What the dose of another product would be nobody has said.
    expect(found.data[0]?.notChecked.some(({ rule }) => rule === 'dose')).toBe(true);
    // The check of what is offered agrees.
    const check = await post<Verdict>('/clinical/check', { patientId, drugs: [{ drugId: id('Panadol') }] });
    expect(check.body.alerts.filter(({ stops }) => stops)).toEqual([]);
  });

  it('offers what does not cross-react to somebody allergic to penicillins', async () => {
    const patientId = await aPatient(db, me, { allergicTo: [id('amoxicillin')] });
    const question = { patientId, drugs: [{ drugId: id('Emox') }], insteadOf: id('Emox') };
    const found = await find(question);
    expect(namesOf(found)).toEqual(['Zithromax']);
    expect(found.meta).toMatchObject({ screened: 3, stopping: 2 });
    // At the till nothing is offered that needs a prescription.
    expect(namesOf(await find({ ...question, otcOnly: true }))).toEqual([]);
  });

  it('minds the other medicines of the basket, and blames nobody for a stop between them', async () => {
    const basket = [{ drugId: id('Brufen') }, { drugId: id('Marevan') }];
    expect(namesOf(await find({ drugs: basket, insteadOf: id('Brufen') }))).toEqual(['Panadol']);
    const three = [...basket, { drugId: id('Naprosyn') }];
    const found = await find({ drugs: three, insteadOf: id('Brufen') });
    expect(namesOf(found)).toEqual(['Panadol']);
  });

  it('does not take the prescription that is to be changed for something taken already', async () => {
    const patientId = await aPatient(db, me, { takes: [id('Marevan')] });
    const rx = await aPrescription(db, me, { patientId, drugId: id('Brufen') });
    const question = { patientId, drugs: [{ drugId: id('Brufen') }], insteadOf: id('Brufen') };
    const found = await find({ ...question, prescriptionId: rx.prescriptionId });
    expect(namesOf(found)).toEqual(['Panadol']);
    const others = await aPrescription(db, me, { drugId: id('Brufen') });
    const foreign = await post('/clinical/alternatives', {
      ...question,
      prescriptionId: others.prescriptionId,
    });
    expect(foreign.status).toBe(404);
  });

  it('says that no class is known, and repeats itself exactly', async () => {
    const nothing = await find({
      drugs: [{ drugId: id('Unknown analgesic') }],
      insteadOf: id('Unknown analgesic'),
    });
    expect(nothing.meta.classIsKnown).toBe(true);
    await made('Nameless', { ingredients: [] });
    const unknown = await find({ drugs: [{ drugId: id('Nameless') }], insteadOf: id('Nameless') });
    expect([unknown.data, unknown.meta.classIsKnown]).toEqual([[], false]);
    const question = { drugs: [{ drugId: id('Brufen') }], insteadOf: id('Brufen') };
    expect(await find(question)).toEqual(await find(question));
  });

  it('refuses what makes no sense, and another branch’s patient', async () => {
    const drugs = [{ drugId: id('Brufen') }];
    for (const body of [
      { drugs },
      { drugs, insteadOf: id('Panadol') },
      { drugs, insteadOf: id('Brufen'), prescriptionId: 1 },
      { drugs: [{ ingredient: 'ibuprofen' }], insteadOf: id('Brufen') },
      { drugs, insteadOf: 'valueOf' },
      { drugs, insteadOf: id('Brufen'), limit: 5 },
    ])
      expect((await post('/clinical/alternatives', body)).status).toBe(400);
    const missing = { drugs: [{ drugId: 2_000_000_000 }], insteadOf: 2_000_000_000 };
    expect((await post('/clinical/alternatives', missing)).status).toBe(404);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const patientId = await aPatient(db, elsewhere, {});
    expect((await post('/clinical/alternatives', { patientId, drugs, insteadOf: id('Brufen') })).status).toBe(
      404,
    );
    const nobody = await aWorldFor(db, ['ReadDrug']);
    const own = await aPatient(db, nobody, {});
    const asked = { patientId: own, drugs, insteadOf: id('Brufen') };
    expect((await post('/clinical/alternatives', asked, nobody)).status).toBe(403);
    expect((await call('POST', '/clinical/alternatives', { body: { drugs, insteadOf: 1 } })).status).toBe(
      401,
    );
  });
});
