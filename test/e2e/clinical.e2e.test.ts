import { beforeAll, describe, expect, it } from 'vitest';

import type { ClinicalAlert, NotChecked } from '../../src/reference/clinical/clinical.types.js';
import { aDrug, anIngredient, anIngredientGroup } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Verdict {
  alerts: ClinicalAlert[];
  notChecked: NotChecked[];
}
interface Rule {
  id: number;
  code: string;
  version: number;
  [field: string]: unknown;
}
interface RulePage {
  data: Rule[];
  meta: { total: number; page: number; limit: number };
}

/** What was not checked, but for ingredients of which no rule is known. */
const missed = ({ notChecked }: Verdict): NotChecked[] =>
  notChecked.filter(({ reason }) => reason !== 'no rule of this kind is known for this ingredient');

describe('clinical rules and checks', () => {
  const { db, call } = useTestApp();
  let pharmacist: World;
  let cashier: World;
  let clerk: World;
  const ids: Record<string, number> = {};
  const words = { management: 'Avoid.', source: 'BNF, test', message: 'Harm.' };

  const post = <Body = Rule>(path: string, body: unknown, token = pharmacist.token) =>
    call<Body>('POST', path, { token, body });
  const check = (body: unknown, token = pharmacist.token) => post<Verdict>('/clinical/check', body, token);
  const brief = ({ alerts }: Verdict): string[] => alerts.map(({ severity, kind }) => `${severity} ${kind}`);

  beforeAll(async () => {
    pharmacist = await aWorldFor(db, 'pharmacist');
    cashier = await aWorldFor(db, 'cashier');
    clerk = await aWorldFor(db, 'inventory clerk');
    ids.penicillins = await anIngredientGroup(db, 'penicillins');
    ids.nsaids = await anIngredientGroup(db, 'nsaids', { kind: 'pharmacological' });
    ids.warfarin = await anIngredient(db, 'warfarin', { synonyms: ['coumadin'] });
    ids.ibuprofen = await anIngredient(db, 'ibuprofen', { groups: ['nsaids'] });
    ids.amoxicillin = await anIngredient(db, 'amoxicillin', { groups: ['penicillins'] });
    const drug = async (name: string, ingredient: string, amount: string): Promise<number> =>
      (await aDrug(db, { name, ingredients: [{ name: ingredient, amount }] })).drugId;
    ids.marevan = await drug('Marevan', 'warfarin', '5');
    ids.brufen = await drug('Brufen', 'ibuprofen', '400');
    ids.emox = await drug('Emox', 'amoxicillin', '500');
  });

  it('keeps interaction rules: either way round is the same pair, a change is a new version', async () => {
    const rule = {
      a: { ingredientId: ids.warfarin },
      b: { groupCode: 'nsaids' },
      severity: 'major',
      description: 'Bleeding.',
      management: 'Avoid.',
      evidence: 'established',
      source: 'BNF, test',
    };
    const made = await post('/clinical/interactions', rule);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      version: 1,
      a: { kind: 'group', id: ids.nsaids, groupCode: 'nsaids' },
      b: { kind: 'ingredient', id: ids.warfarin, name: 'warfarin', groupCode: null },
      mechanism: '',
    });
    const again = await post('/clinical/interactions', { ...rule, a: rule.b, b: rule.a });
    expect([again.status, again.body.type]).toEqual([409, '/problems/duplicate']);

    const path = `/clinical/interactions/${made.body.id}`;
    const changed = await call<Rule>('PATCH', path, {
      token: pharmacist.token,
      body: { version: 1, severity: 'contraindicated' },
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      version: 2,
      code: made.body.code,
      severity: 'contraindicated',
      description: 'Bleeding.',
    });
    expect(changed.body.id).not.toBe(made.body.id);
    const { rows } = await db.owner.query(
      'select version, severity, valid_to is null as current from reference.drug_interactions where code = $1 order by version',
      [made.body.code],
    );
    expect(rows).toEqual([
      { version: 1, severity: 'major', current: false },
      { version: 2, severity: 'contraindicated', current: true },
    ]);
    const stale = await call('PATCH', path, {
      token: pharmacist.token,
      body: { version: 1, severity: 'minor' },
    });
    expect([stale.status, stale.body.type]).toEqual([409, '/problems/stale-version']);
    const missing = await call('PATCH', '/clinical/interactions/2000000000', {
      token: pharmacist.token,
      body: { version: 1, severity: 'minor' },
    });
    expect(missing.status).toBe(404);

    const page = await call<RulePage>('GET', '/clinical/interactions?q=WARF&limit=5', { token: clerk.token });
    expect(page.body.meta).toEqual({ total: 1, page: 1, limit: 5 });
    expect(page.body.data[0]).toMatchObject({ id: changed.body.id, version: 2 });
    const literal = await call<RulePage>('GET', '/clinical/interactions?q=%25', { token: clerk.token });
    expect(literal.body.meta.total).toBe(0);
    const beyond = await call<RulePage>('GET', '/clinical/interactions?page=9', { token: clerk.token });
    expect(beyond.body).toEqual({ data: [], meta: { total: 1, page: 9, limit: 20 } });
  });

  it('lets one of two people who change the same version win', async () => {
    const made = await post('/clinical/contraindications', {
      subject: { groupCode: 'nsaids' },
      kind: 'condition',
      icd10: 'K25',
      conditionName: 'Gastric ulcer',
      severity: 'major',
      ...words,
    });
    expect(made.body).toMatchObject({ subject: { name: 'nsaids' }, icd10: 'K25', egfrBelow: null });
    const answers = await Promise.all(
      ['moderate', 'minor', 'contraindicated'].map((severity) =>
        call('PATCH', `/clinical/contraindications/${made.body.id}`, {
          token: pharmacist.token,
          body: { version: 1, severity },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('keeps allergy rules and dose limits with exact numbers', async () => {
    const allergy = await post('/clinical/allergy-rules', {
      code: 'penicillins>self',
      allergen: { groupCode: 'penicillins' },
      cross: { groupCode: 'penicillins' },
      severity: 'contraindicated',
      evidence: 'established',
      ...words,
    });
    expect(allergy.body).toMatchObject({ code: 'penicillins>self', allergen: { id: ids.penicillins } });
    const dose = await post('/clinical/dosage-guidelines', {
      subject: { ingredientId: ids.ibuprofen },
      ageMinMonths: 216,
      maxDailyDose: '2400.5',
      unit: 'mg',
      message: 'Too much.',
      source: 'BNF, test',
    });
    expect(dose.status).toBe(201);
    const changed = await call<Rule>('PATCH', `/clinical/dosage-guidelines/${dose.body.id}`, {
      token: pharmacist.token,
      body: { version: 1, maxDailyDose: '2400' },
    });
    expect(changed.body).toMatchObject({ version: 2, maxDailyDose: '2400', ageMinMonths: 216 });
  });

  it.each([
    ['interactions', { a: { ingredientId: 1 }, severity: 'major' }, 400],
    ['interactions', { a: { ingredientId: 1, groupCode: 'x' }, b: { drugId: 1 } }, 400],
    [
      'contraindications',
      { subject: { groupCode: 'nsaids' }, kind: 'condition', severity: 'major', ...words },
      400,
    ],
    [
      'contraindications',
      { subject: { groupCode: 'nope' }, kind: 'pregnancy', severity: 'major', ...words },
      422,
    ],
    [
      'dosage-guidelines',
      { subject: { ingredientId: 2_000_000_000 }, maxDailyDose: '1', unit: 'mg', message: 'x', source: 'x' },
      422,
    ],
    [
      'dosage-guidelines',
      { subject: { ingredientId: 1 }, maxDailyDose: 1e300, unit: 'mg', message: 'x', source: 'x' },
      400,
    ],
    ['dosage-guidelines', { subject: { ingredientId: 1 }, unit: 'mg', message: 'x', source: 'x' }, 400],
    [
      'dosage-guidelines',
      {
        subject: { ingredientId: 1 },
        route: 'by thought',
        maxDailyDose: '1',
        unit: 'mg',
        message: 'x',
        source: 'x',
      },
      422,
    ],
  ])('refuses a wrong rule for %s with a problem', async (kind, body, status) => {
    const answer = await post(`/clinical/${kind}`, body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('lets only those keep rules who may', async () => {
    for (const kind of ['interactions', 'allergy-rules', 'contraindications', 'dosage-guidelines']) {
      expect((await post(`/clinical/${kind}`, {}, cashier.token)).status).toBe(403);
      const change = await call('PATCH', `/clinical/${kind}/1`, { token: cashier.token, body: {} });
      expect(change.status).toBe(403);
      expect((await call('GET', `/clinical/${kind}`, { token: cashier.token })).status).toBe(200);
    }
  });

  it('checks products and ingredients by name for a person described', async () => {
    const answer = await check({
      patient: {
        birthDate: '1980-01-01',
        sex: 'male',
        weightKg: 80.5,
        allergies: ['Penicillin', { text: 'yellow pills' }],
        conditions: ['K25.4', { name: 'bad stomach' }],
      },
      drugs: [
        { drugId: ids.brufen, dose: 2, unit: 'tablet', frequencyPerDay: '4' },
        { ingredient: 'Coumadin' },
        { drugId: ids.emox },
        { ingredient: 'unheardofin' },
      ],
    });
    expect(answer.status).toBe(200);
    const kinds = answer.body.alerts.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['allergy', 'contraindication', 'dose', 'interaction']);
    const interaction = answer.body.alerts.find(({ kind }) => kind === 'interaction');
    expect(interaction).toMatchObject({ severity: 'contraindicated', ruleVersion: 2, stops: true });
    expect(interaction?.subjects.map(({ name }) => name).sort()).toEqual(['Brufen', 'ibuprofen', 'warfarin']);
    expect(missed(answer.body).map(({ rule, subjects }) => `${rule} ${subjects[0]?.name}`)).toEqual([
      'all unheardofin',
      'allergy yellow pills',
      'contraindication bad stomach',
    ]);
  });

  it('tells an empty list of allergies from none given', async () => {
    const drugs = [{ drugId: ids.marevan }];
    const omitted = await check({ patient: { birthDate: '1980-01-01' }, drugs });
    expect(missed(omitted.body).map(({ rule }) => rule)).toEqual(['allergy']);
    const none = await check({ patient: { birthDate: '1980-01-01', allergies: [] }, drugs });
    expect(none.body.alerts).toEqual([]);
    expect(missed(none.body)).toEqual([]);
    // That nothing was found where nothing is known is said too.
    expect(none.body.notChecked.map(({ rule, reason }) => [rule, reason])).toEqual([
      ['contraindication', 'no rule of this kind is known for this ingredient'],
      ['dose', 'no rule of this kind is known for this ingredient'],
    ]);
    expect(missed((await check({ drugs })).body).map(({ rule }) => rule)).toEqual(['allergy']);
  });

  it('checks a patient on record with what he takes, records the reading, and hides other branches’', async () => {
    const made = await call<{ patientId: number }>('POST', '/patients', {
      token: pharmacist.token,
      body: { firstName: 'Mona', lastName: 'Sample', birthDate: '1980-01-01', sex: 'female' },
    });
    expect(made.status).toBe(201);
    const { patientId } = made.body;
    await db.owner.query(
      'insert into operational.patient_allergies (patient_id, branch_id, group_id) values ($1, $2, $3)',
      [patientId, pharmacist.branchId, ids.penicillins],
    );
    await db.owner.query(
      'insert into operational.patient_medications (patient_id, branch_id, drug_id) values ($1, $2, $3)',
      [patientId, pharmacist.branchId, ids.marevan],
    );
    const body = { patientId, drugs: [{ drugId: ids.emox }, { drugId: ids.brufen }] };
    const answer = await check(body);
    expect(answer.status).toBe(200);
    expect(brief(answer.body).slice(0, 2)).toEqual([
      'contraindicated allergy',
      'contraindicated interaction',
    ]);
    const { rows } = await db.owner.query(
      `select 1 from operational.audit_logs where table_name = 'patients' and action = 'read' and row_key = $1`,
      [String(patientId)],
    );
    expect(rows).toHaveLength(1);
    expect((await check(body, cashier.token)).status).toBe(404);
    expect((await check(body, clerk.token)).status).toBe(403);
  });

  it.each([
    [{}, 400],
    [{ drugs: [] }, 400],
    [{ drugs: [{}] }, 400],
    [{ drugs: [{ drugId: 1, ingredient: 'x' }] }, 400],
    [{ drugs: [{ drugId: '1' }] }, 400],
    [{ drugs: [{ ingredient: 'x', dose: '1e9', unit: 'mg' }] }, 400],
    [{ drugs: [{ ingredient: 'x', dose: -1, unit: 'mg' }] }, 400],
    [{ drugs: [{ ingredient: 'x', dose: 1e-9, unit: 'mg' }] }, 400],
    [{ drugs: [{ ingredient: 'x', dose: '5' }] }, 400],
    [{ drugs: [{ ingredient: 'x' }], patientId: 1, patient: {} }, 400],
    [{ drugs: [{ ingredient: 'x' }], patient: { birthDate: '1980-02-30' } }, 400],
    [{ drugs: [{ ingredient: 'x' }], patient: { weightKg: 'NaN' } }, 400],
    [{ drugs: [{ ingredient: 'x' }], patient: { conditions: [{ icd10: 'ulcer' }] } }, 400],
    [{ drugs: [{ ingredient: 'x\u0000' }] }, 400],
    [{ drugs: Array.from({ length: 101 }, () => ({ drugId: 1 })) }, 400],
    [{ drugs: [{ drugId: 2_000_000_000 }] }, 422],
    [{ drugs: [{ ingredient: 'x' }], patient: { allergies: [{ groupCode: 'no-such' }] } }, 422],
    [{ drugs: [{ ingredient: 'x' }], patient: { allergies: [{ ingredientId: 2_000_000_000 }] } }, 422],
    [{ drugs: [{ ingredient: 'x' }], patientId: 2_000_000_000 }, 404],
  ])('refuses a check it cannot make: %j', async (body, status) => {
    const answer = await call('POST', '/clinical/check', { token: pharmacist.token, body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});
