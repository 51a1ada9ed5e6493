// Renal function from creatinine: the published equations at known values, whom they are not for, and which of two figures is judged by.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aScreenedPatient, sketch, someFacts, type Sketch } from '../../../test/builders/clinical.js';
import { addDays } from '../../platform/time/local-date.js';
import type { ScreenedPatient } from './clinical.types.js';
import {
  ckdEpi2021,
  clearanceOf,
  cockcroftGault,
  estimate,
  inMicromoles,
  isPlausibleCreatinine,
  renalFunctionOn,
  stageOf,
} from './renal-function.domain.js';
import { computedFrom, REASONS } from './screening-report.domain.js';
import { screen } from './screening.domain.js';

const TODAY = '2026-11-30';
const ago = (days: number): string => addDays(TODAY, -days);
/** Of a creatinine, and of no measured filtration rate unless one is given. */
const whose = (values: Partial<ScreenedPatient>): ScreenedPatient =>
  aScreenedPatient({ egfr: null, creatinineRecordedOn: TODAY, ...values });

describe('the equation CKD-EPI 2021', () => {
  // Whole figures as the calculator of the National Kidney Foundation gives them.
  it.each([
    [1.2, 55, 'male', 71],
    [1.0, 50, 'male', 92],
    [1.0, 50, 'female', 69],
    [0.7, 30, 'female', 119],
    [0.9, 30, 'male', 118],
    [0.5, 30, 'female', 129],
    [2.5, 70, 'male', 27],
    [4.0, 60, 'female', 12],
    [0.6, 80, 'male', 98],
  ] as const)('of %d mg/dL at %i years (%s) gives %i', (mgPerDl, age, sex, expected) => {
    expect(Math.round(ckdEpi2021(mgPerDl * 88.4, age, sex))).toBe(expected);
  });

  it('falls as creatinine or age rises', () => {
    const values = fc.record({
      creatinine: fc.double({ min: 20, max: 2000, noNaN: true }),
      age: fc.integer({ min: 18, max: 110 }),
      sex: fc.constantFrom('male' as const, 'female' as const),
    });
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 1.01, max: 3, noNaN: true }),
        ({ creatinine, age, sex }, factor) => {
          const rate = ckdEpi2021(creatinine, age, sex);
          expect(rate).toBeGreaterThan(0);
          expect(ckdEpi2021(creatinine * factor, age, sex)).toBeLessThan(rate);
          expect(ckdEpi2021(creatinine, age + 1, sex)).toBeLessThan(rate);
        },
      ),
    );
  });
});

describe('the clearance by Cockcroft and Gault', () => {
  // (140 − age) × kg ÷ (72 × mg/dL), × 0.85 for women, worked by hand.
  it.each([
    [1.0, 40, 72, 'male', 100],
    [1.0, 40, 72, 'female', 85],
    [2.0, 80, 60, 'male', 25],
    [1.4, 68, 70, 'female', 42.5],
  ] as const)('of %d mg/dL at %i years and %i kg (%s) is %d', (mgPerDl, age, kg, sex, expected) => {
    expect(cockcroftGault(mgPerDl * 88.4, age, kg, sex)).toBeCloseTo(expected, 6);
  });

  it('needs a weight, and is not per body surface', () => {
    const patient = whose({ creatinineUmolL: '88.4', birthDate: '1986-11-30', weightKg: '72' });
    expect(clearanceOf(TODAY, patient)).toBe('100.0');
    expect(clearanceOf(TODAY, { ...patient, weightKg: null })).toBeNull();
    expect(clearanceOf(TODAY, { ...patient, pregnant: true })).toBeNull();
  });
});

describe('a creatinine', () => {
  it('is kept in µmol/L, exactly', () => {
    expect(inMicromoles('1', 'mg/dL')).toBe('88.4');
    expect(inMicromoles('1.25', 'mg/dL')).toBe('110.5');
    expect(inMicromoles('0.333', 'mg/dL')).toBe('29.44');
    expect(inMicromoles('88.40', 'umol/L')).toBe('88.4');
    expect(inMicromoles('106', 'umol/L')).toBe('106');
    expect(() => inMicromoles('1,2', 'mg/dL')).toThrow(RangeError);
  });

  it('typed in the wrong unit is none that can be', () => {
    expect(isPlausibleCreatinine(inMicromoles('1.2', 'umol/L'))).toBe(false);
    expect(isPlausibleCreatinine(inMicromoles('88', 'mg/dL'))).toBe(false);
    expect(['10', '88.4', '2999.99'].map(isPlausibleCreatinine)).toEqual([true, true, true]);
    expect(['9.99', '3000'].map(isPlausibleCreatinine)).toEqual([false, false]);
  });

  it('is rounded to the nearest hundredth whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), (thousandths) => {
        const text = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
        const kept = BigInt(Math.round(Number(inMicromoles(text, 'mg/dL')) * 100));
        expect(kept).toBe((BigInt(thousandths) * 884n * 2n + 100n) / 200n);
      }),
    );
  });
});

describe('renal function', () => {
  const of = (values: Partial<ScreenedPatient>) =>
    estimate(TODAY, whose({ creatinineUmolL: '88.4', ...values }));

  it('is of the age on the day creatinine was measured', () => {
    const born = { birthDate: '1976-11-30' };
    expect(of(born)).toEqual({ egfr: '91.7', measuredOn: TODAY });
    expect(of({ ...born, creatinineRecordedOn: ago(1) })).toEqual({ egfr: '92.3', measuredOn: ago(1) });
  });

  it.each([
    ['child', { birthDate: '2008-12-01' }],
    ['age', { birthDate: null }],
    ['age', { birthDate: '2026-11-30', creatinineRecordedOn: ago(1) }],
    ['sex', { sex: 'unknown' }],
    ['pregnant', { sex: 'female', pregnant: true }],
    ['unsteady', { conditions: [{ icd10: 'N17.9', name: 'acute kidney failure' }] }],
    ['unsteady', { conditions: [{ icd10: 'Z99.2', name: 'dialysis' }] }],
    ['unsteady', { conditions: [{ icd10: 'O90.4', name: 'kidney failure after birth' }] }],
    ['implausible', { creatinineUmolL: '1.2' }],
  ] as const)('is not computed where the equation is not for it: %s', (notComputed, values) => {
    expect(of(values)).toEqual({ notComputed });
  });

  it('is computed on the eighteenth birthday, and of nobody without a creatinine', () => {
    expect(of({ birthDate: '2008-11-30' })).toHaveProperty('egfr');
    expect(of({ creatinineUmolL: null })).toBeUndefined();
  });

  it('judged by is the later of what was measured and what was computed', () => {
    const both = (measuredOn: string | null, creatinineOn: string | null) =>
      renalFunctionOn(
        TODAY,
        whose({
          egfr: '40',
          egfrRecordedOn: measuredOn,
          creatinineUmolL: '88.4',
          creatinineRecordedOn: creatinineOn,
        }),
      ).basis;
    expect([both(ago(9), ago(10)), both(ago(10), ago(10)), both(ago(10), ago(9))]).toEqual([
      'measured',
      'measured',
      'computed',
    ]);
    expect([both(null, ago(1)), both(ago(1), null), both(null, null)]).toEqual([
      'measured',
      'computed',
      'measured',
    ]);
  });

  it('as measured goes on where a later creatinine gives nothing, and that is said', () => {
    const person = whose({
      egfr: '40',
      egfrRecordedOn: ago(90),
      creatinineUmolL: '300',
      conditions: [{ icd10: 'N17', name: 'acute kidney failure' }],
    });
    expect(renalFunctionOn(TODAY, person)).toEqual({
      egfr: '40',
      recordedOn: ago(90),
      basis: 'measured',
      notComputed: 'unsteady',
    });
    expect(renalFunctionOn(TODAY, { ...person, creatinineRecordedOn: ago(91) }).notComputed).toBeNull();
  });

  it('has the stages of KDIGO', () => {
    expect(['90', '89.9', '60', '59.9', '45', '44.9', '30', '29.9', '15', '14.9'].map(stageOf)).toEqual([
      ...['G1', 'G2', 'G2', 'G3a', 'G3a', 'G3b', 'G3b', 'G4', 'G4', 'G5'],
    ]);
  });
});

describe('a screening by creatinine', () => {
  const world: Sketch = {
    ingredients: { a: [], b: [] },
    drugs: { A: { in: ['a 100 mg'] }, B: { in: ['b 100 mg'] } },
    contraindications: [
      { of: 'a', kind: 'renal', egfrBelow: '30' },
      { of: 'b', kind: 'hepatic', childPughFrom: 'B' },
    ],
    doses: [
      { of: 'a', maxDailyDose: '1000' },
      { of: 'a', maxDailyDose: '50', egfrBelow: '60' },
    ],
  };
  const told = (patient: Partial<ScreenedPatient>, product = '#A') => {
    const { knowledge, med } = sketch(world);
    const { alerts, notChecked } = screen(
      someFacts({
        patient: whose({ birthDate: '1956-01-01', childPugh: 'A', ...patient }),
        proposed: [med(product, '1 tablet', '1')],
      }),
      knowledge,
    );
    return [
      ...alerts.map(({ ruleCode }) => ruleCode),
      ...notChecked.map(({ rule, reason }) => `${rule}: ${reason}`),
    ];
  };

  it('judges by what was computed and says so, with the day', () => {
    expect(told({ creatinineUmolL: '221', creatinineRecordedOn: ago(20) })).toEqual([
      'renal:a:30',
      'dose:a:1',
      `contraindication: ${computedFrom('27.0', ago(20))}`,
      `dose: ${computedFrom('27.0', ago(20))}`,
    ]);
  });

  it('says that the creatinine is old as well', () => {
    expect(told({ creatinineUmolL: '88.4', creatinineRecordedOn: ago(400) })).toContain(
      `contraindication: ${REASONS.egfrOld}`,
    );
  });

  it('says why there is no figure beside that there is none', () => {
    expect(told({ creatinineUmolL: '88.4', birthDate: '2010-01-01' })).toEqual(
      expect.arrayContaining([
        `contraindication: ${REASONS.egfr}`,
        `contraindication: ${REASONS.egfrOfChild}`,
        `dose: ${REASONS.egfrOfChild}`,
      ]),
    );
  });

  it('says nothing of kidneys where no rule looks at them', () => {
    expect(told({ creatinineUmolL: '221' }, '#B').join()).not.toContain('creatinine');
  });
});
