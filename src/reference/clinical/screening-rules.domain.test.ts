// What rules can say of route, form, person and dose, and what is told beside rules.
import { describe, expect, it } from 'vitest';

import { aScreenedPatient, sketch, someFacts, type Sketch } from '../../../test/builders/clinical.js';
import type { ScreeningFacts } from './clinical.types.js';
import { distance, Shelf, soundOf, tallMan } from './look-alike.domain.js';
import { REASONS } from './screening-report.domain.js';
import { screen } from './screening.domain.js';

const verdict = (world: Sketch, of: (world: ReturnType<typeof sketch>) => Partial<ScreeningFacts>) => {
  const made = sketch(world);
  return screen(someFacts(of(made)), made.knowledge);
};
const told = (world: Sketch, of: (world: ReturnType<typeof sketch>) => Partial<ScreeningFacts>): string[] =>
  verdict(world, of).alerts.map(({ kind, severity }) => `${severity} ${kind}`);

describe('an interaction', () => {
  const world = (routes?: { a?: string[]; b?: string[] }): Sketch => ({
    ingredients: { ketoconazole: [], simvastatin: [] },
    drugs: {
      Cream: { in: ['ketoconazole'], route: 'topical' },
      Tablet: { in: ['ketoconazole'], route: 'oral' },
      Unknown: { in: ['ketoconazole'], route: null },
      Statin: { in: ['simvastatin'], route: 'oral' },
    },
    interactions: [['ketoconazole', 'simvastatin', 'contraindicated', routes]],
  });
  const between = (one: string, routes?: { a?: string[]; b?: string[] }): string[] =>
    told(world(routes), ({ med }) => ({ proposed: [med(`#${one}`)], current: [med('#Statin')] }));

  it('is about the whole body: a cream is a hint, a tablet and an unknown route are not', () => {
    expect(between('Tablet')).toEqual(['contraindicated interaction']);
    expect(between('Unknown')).toEqual(['contraindicated interaction']);
    expect(between('Cream')).toEqual(['minor interaction']);
  });

  it('may name the routes it holds for', () => {
    expect(between('Cream', { a: ['any'] })).toEqual(['contraindicated interaction']);
    expect(between('Cream', { a: ['systemic'] })).toEqual([]);
    expect(between('Tablet', { a: ['topical'] })).toEqual([]);
    expect(between('Cream', { a: ['local'], b: ['oral'] })).toEqual(['contraindicated interaction']);
    expect(between('Tablet', { b: ['intravenous'] })).toEqual([]);
  });
});

describe('a contraindication', () => {
  const judged = (
    rule: Partial<NonNullable<Sketch['contraindications']>[number]>,
    patient: Parameters<typeof aScreenedPatient>[0],
    drug: { route?: string; form?: string } = {},
  ) => {
    const { alerts, notChecked } = verdict(
      {
        ingredients: { a: [] },
        drugs: { A: { in: ['a'], ...drug } },
        contraindications: [{ of: 'a', kind: 'condition', icd10: 'J45', severity: 'major', ...rule }],
      },
      ({ med }) => ({ patient: aScreenedPatient(patient), proposed: [med('#A')] }),
    );
    return [
      ...alerts.map(({ severity }) => severity),
      ...notChecked.filter(({ reason }) => reason !== REASONS.noRules).map(({ reason }) => reason),
    ];
  };
  const asthma = { conditions: [{ icd10: 'J45.9', name: 'Asthma' }] };

  it('is a hint for what acts where it is put, unless it names the route', () => {
    expect(judged({}, asthma, { route: 'oral' })).toEqual(['major']);
    expect(judged({}, asthma, { route: 'ophthalmic' })).toEqual(['minor']);
    expect(judged({ routes: ['any'] }, asthma, { route: 'ophthalmic' })).toEqual(['major']);
    expect(judged({ routes: ['oral'] }, asthma, { route: 'ophthalmic' })).toEqual([]);
    expect(judged({ forms: ['Eye drops'] }, asthma, { route: 'oral', form: 'Tablet' })).toEqual([]);
    expect(judged({ forms: ['tablet'] }, asthma, { route: 'oral', form: 'Tablet' })).toEqual(['major']);
  });

  it('may be of a trimester; one that is not known is taken for it, and said to be', () => {
    const third = { kind: 'pregnancy' as const, icd10: null, trimesters: [3] };
    const she = { sex: 'female' as const, pregnant: true };
    expect(judged(third, { ...she, trimester: 3 })).toEqual(['major']);
    expect(judged(third, { ...she, trimester: 1 })).toEqual([]);
    expect(judged(third, she)).toEqual(['major', REASONS.trimester]);
    expect(judged(third, { ...she, pregnant: false })).toEqual([]);
  });

  it('may be of hepatic function, from a class on or by a coded disease', () => {
    const rule = { kind: 'hepatic' as const, icd10: 'K72', childPughFrom: 'B' as const };
    expect(judged(rule, { childPugh: 'C' })).toEqual(['major']);
    expect(judged(rule, { childPugh: 'A' })).toEqual([]);
    expect(judged(rule, {})).toEqual([REASONS.hepatic]);
    expect(judged(rule, { conditions: [{ icd10: 'K72.9', name: 'Liver failure' }] })).toEqual(['major']);
  });

  it('may be of a weight', () => {
    const rule = { kind: 'age' as const, icd10: null, ageMinMonths: 0, weightMaxKg: '10' };
    expect(judged(rule, { weightKg: '9.99' })).toEqual(['major']);
    expect(judged(rule, { weightKg: '10' })).toEqual([]);
    expect(judged(rule, { weightKg: null })).toEqual([REASONS.weight]);
  });
});

describe('a dose limit', () => {
  const judged = (
    rule: Partial<NonNullable<Sketch['doses']>[number]>,
    patient: Parameters<typeof aScreenedPatient>[0] = {},
    taken: { dose?: string; often?: string; days?: number } = {},
    route = 'oral',
  ) => {
    const { dose = '1 tablet', often = '4', days = 10 } = taken;
    const { alerts, notChecked } = verdict(
      { ingredients: { a: [] }, drugs: { A: { in: ['a 500 mg'], route } }, doses: [{ of: 'a', ...rule }] },
      ({ med }) => ({ patient: aScreenedPatient(patient), proposed: [med('#A', dose, often, days)] }),
    );
    return [
      ...alerts.map(
        ({ severity, fingerprint }) =>
          `${severity} ${
            fingerprint
              .split('|')[2]
              ?.split(',')
              .find((part) => !part.includes(':')) ?? ''
          }`,
      ),
      ...notChecked.filter(({ reason }) => reason !== REASONS.noRules).map(({ reason }) => reason),
    ];
  };

  it('is of a single dose for each kilogram', () => {
    expect(judged({ maxSinglePerKg: '15' }, { weightKg: '30' })).toEqual(['major single-per-kg']);
    expect(judged({ maxSinglePerKg: '15' }, { weightKg: '34' })).toEqual([]);
    expect(judged({ maxSinglePerKg: '15' }, { weightKg: null })).toEqual([REASONS.weight]);
  });

  it('is of a course, and of how often', () => {
    expect(judged({ maxCourseDose: '20000' })).toEqual([]);
    expect(judged({ maxCourseDose: '19999' })).toEqual(['major course']);
    expect(judged({ maxFrequencyPerDay: '3' })).toEqual(['moderate frequency']);
    expect(judged({ maxFrequencyPerDay: '4' })).toEqual([]);
  });

  it('is for some people: of a weight, with failing kidneys, with a condition', () => {
    const low = { maxDailyDose: '1000' };
    expect(judged({ ...low, weightMaxKg: '50' }, { weightKg: '49' })).toEqual(['major daily']);
    expect(judged({ ...low, weightMaxKg: '50' }, { weightKg: '50' })).toEqual([REASONS.limitsForOthers]);
    expect(judged({ ...low, egfrBelow: '30' }, { egfr: '29' })).toEqual(['major daily']);
    expect(judged({ ...low, egfrBelow: '30' }, { egfr: '30' })).toEqual([REASONS.limitsForOthers]);
    expect(judged({ ...low, egfrBelow: '30' }, { egfr: null })).toEqual([REASONS.egfr]);
    const gout = { conditions: [{ icd10: 'M10.0', name: 'Gout' }] };
    expect(judged({ ...low, indicationIcd10: 'M10' }, gout)).toEqual(['major daily']);
    expect(judged({ ...low, indicationIcd10: 'M10' })).toEqual([REASONS.limitsForOthers]);
    const words = { conditions: [{ icd10: null, name: 'painful toe' }] };
    expect(judged({ ...low, indicationIcd10: 'M10' }, words)).toEqual([REASONS.conditionNotCoded]);
  });

  it('without a route is not of a cream', () => {
    expect(judged({ maxDailyDose: '1000' }, {}, {}, 'topical')).toEqual([REASONS.limitsOfOtherRoute]);
    expect(judged({ maxDailyDose: '1000', route: 'topical' }, {}, {}, 'topical')).toEqual(['major daily']);
  });

  it('that none was held against a medicine is said: of a child where limits are for adults, of a sale without directions', () => {
    const world: Sketch = {
      ingredients: { aspirin: [], caffeine: [] },
      drugs: {
        Tablet: { in: ['aspirin 300 mg', 'caffeine 30 mg'] },
        Gel: { in: ['aspirin 5 %'], route: 'topical' },
      },
      doses: [{ of: 'aspirin', route: 'oral', ageMinMonths: 192, maxDailyDose: '4000', maxDurationDays: 5 }],
    };
    const gaps = (birthDate: string, name: string, dose?: string): string[] =>
      verdict(world, ({ med }) => ({
        patient: aScreenedPatient({ birthDate }),
        proposed: [med(name, dose, dose && '3', dose ? 3 : undefined)],
      }))
        .notChecked.filter(({ rule }) => rule === 'dose')
        .map(({ reason, subjects }) => `${subjects.map(({ name: of }) => of).join()}: ${reason}`)
        .sort();
    const noCaffeine = `caffeine: ${REASONS.noRules}`;
    const [grown, child] = ['1980-01-01', '2019-01-01'];
    expect(gaps(grown, '#Tablet', '1 tablet')).toEqual([noCaffeine]);
    expect(gaps(grown, '#Tablet')).toEqual(
      [`Tablet: ${REASONS.doseNotStated}`, `Tablet: ${REASONS.daysNotStated}`, noCaffeine].sort(),
    );
    expect(gaps(child, '#Tablet', '1 tablet')).toEqual([`aspirin: ${REASONS.limitsForOthers}`, noCaffeine]);
    expect(gaps(child, '#Tablet')).toEqual([
      `Tablet: ${REASONS.doseNotStated}`,
      `aspirin: ${REASONS.limitsForOthers}`,
      noCaffeine,
    ]);
    expect(gaps(grown, '#Gel')).toEqual([`aspirin: ${REASONS.limitsOfOtherRoute}`]);
  });

  it('adds up over three products of one ingredient', () => {
    const world: Sketch = {
      ingredients: { paracetamol: [], codeine: [], caffeine: [] },
      drugs: {
        Plain: { in: ['paracetamol 500 mg'] },
        Cold: { in: ['paracetamol 500 mg', 'caffeine 30 mg'] },
        Strong: { in: ['paracetamol 500 mg', 'codeine 30 mg'] },
      },
      doses: [{ of: 'paracetamol', maxDailyDose: '4000' }],
    };
    const doses = (often: string) =>
      verdict(world, ({ med }) => ({
        proposed: [med('#Plain', '1 tablet', often)],
        current: [med('#Cold', '1 tablet', '3'), med('#Strong', '1 tablet', '3')],
      })).alerts.filter(({ kind }) => kind === 'dose');
    expect(doses('2')).toEqual([]);
    expect(doses('3')).toMatchObject([{ severity: 'major' }]);
    expect(doses('3')[0]?.message).toContain('4500 mg in 24 hours is above 4000 mg');
  });
});

describe('beside rules', () => {
  it('two medicines of one sort are told, local ones and left-over groups are not', () => {
    const world = (route: string): Sketch => ({
      ingredients: { omeprazole: [], pantoprazole: [], gabapentin: [], pregabalin: [] },
      atcCodes: {
        omeprazole: 'A02BC01',
        pantoprazole: 'A02BC02',
        gabapentin: 'N03AX12',
        pregabalin: 'N03AX16',
      },
      drugs: { O: { in: ['omeprazole'] }, P: { in: ['pantoprazole'], route } },
    });
    const both = ({ med }: ReturnType<typeof sketch>) => ({ proposed: [med('#O')], current: [med('#P')] });
    expect(told(world('oral'), both)).toEqual(['moderate duplicate_therapy']);
    expect(told(world('topical'), both)).toEqual([]);
    expect(
      told(world('oral'), ({ med }) => ({ proposed: [med('gabapentin')], current: [med('pregabalin')] })),
    ).toEqual([]);
  });

  it('an ingredient no rule of a kind speaks of is named, kind by kind', () => {
    const { notChecked } = verdict({ ingredients: { a: [], b: [] } }, ({ med }) => ({
      proposed: [med('a')],
      current: [med('b')],
    }));
    expect(notChecked.filter(({ reason }) => reason === REASONS.noRules)).toMatchObject([
      { rule: 'contraindication', subjects: [{ name: 'a' }] },
      { rule: 'dose', subjects: [{ name: 'a' }] },
    ]);
  });
});

describe('names that look or sound alike', () => {
  const shelf = [
    'Zyrtec 10 mg',
    'Zantac 150',
    'Xanax 0.5',
    'Lasix 40',
    'Losec 20',
    'Celebrex',
    'Cerebyx',
    'Panadol',
  ].map((name, index) => ({ drugId: index + 1, name }));
  const near = (name: string): string[] =>
    new Shelf([...shelf, { drugId: 99, name }])
      .near(99)
      .map((pair) => `${pair.name} ${pair.otherName} ${pair.by}`);

  it('are found among what is on the shelf, with the part that differs in capitals', () => {
    expect(near('Celebrex 200 mg')).toEqual(['ceLEBREx ceREBYx spelling']);
    expect(near('Lasex')).toContain('lasEx lasIx spelling');
    expect(near('Metformin')).toEqual([]);
    expect(near('Panadol Extra')).toEqual([]);
  });

  it('are near by letters more, less, other or exchanged', () => {
    expect([distance('lasix', 'lasix'), distance('lasix', 'laisx'), distance('losec', 'lasix')]).toEqual([
      0, 1, 3,
    ]);
    expect(soundOf('phenergan')).toBe(soundOf('fenirgan'));
    expect([tallMan('hydralazine', 'hydroxyzine'), tallMan('abc', 'abcd')]).toEqual(['hydrALAzine', 'abC']);
  });

  it('are told and never stop', () => {
    const { alerts } = verdict({ ingredients: { a: [] } }, ({ med }) => ({
      proposed: [med('a')],
      lookAlikes: new Shelf([...shelf, { drugId: 99, name: 'Cerebrex' }]).near(99),
    }));
    expect(alerts.map(({ kind, stops, severity }) => [kind, stops, severity])).toContainEqual([
      'look_alike',
      false,
      'minor',
    ]);
  });
});
