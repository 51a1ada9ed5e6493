// What of a person still holds on the day of a screening: trimesters from due dates, and what was recorded too long ago.
import { describe, expect, it } from 'vitest';

import { aScreenedPatient, sketch, someFacts, type Sketch } from '../../../test/builders/clinical.js';
import { addDays } from '../../platform/time/local-date.js';
import type { ScreenedPatient } from './clinical.types.js';
import { personOn, trimesterOn } from './person-today.domain.js';
import { REASONS } from './screening-report.domain.js';
import { screen } from './screening.domain.js';

const TODAY = '2026-11-30';
const ago = (days: number): string => addDays(TODAY, -days);
const in_ = (days: number): string => addDays(TODAY, days);
const staleOf = (values: Partial<ScreenedPatient>): string[] => [
  ...personOn(TODAY, aScreenedPatient(values)).stale,
];

describe('the trimester by the due date', () => {
  it.each([
    [280, 1],
    [183, 1],
    [182, 2],
    [85, 2],
    [84, 3],
    [0, 3],
    [-14, 3],
  ])('%i days before birth is %i', (days, trimester) => {
    expect(trimesterOn(TODAY, in_(days))).toBe(trimester);
  });
});

describe('what was recorded', () => {
  it('of a child holds for less time than of somebody grown', () => {
    const weighed = (birthDate: string, days: number): string[] =>
      staleOf({ birthDate, weightRecordedOn: ago(days) });
    expect([weighed(ago(300), 31), weighed(ago(300), 32)]).toEqual([[], ['weight']]);
    expect([weighed('2020-01-01', 183), weighed('2020-01-01', 184)]).toEqual([[], ['weight']]);
    expect([weighed('2012-01-01', 366), weighed('2012-01-01', 367)]).toEqual([[], ['weight']]);
    expect(weighed('1980-01-01', 9000)).toEqual([]);
    expect(staleOf({ birthDate: '2020-01-01' })).toEqual([]);
  });

  it('of kidneys and liver holds for a year', () => {
    expect(staleOf({ egfrRecordedOn: ago(366), childPughRecordedOn: ago(366) })).toEqual([]);
    expect(staleOf({ egfrRecordedOn: ago(367), childPughRecordedOn: ago(367) })).toEqual(['egfr', 'hepatic']);
  });

  it('as a trimester holds for two weeks and is over at the latest birth', () => {
    const told = (trimester: number, days: number) =>
      personOn(
        TODAY,
        aScreenedPatient({ pregnant: true, lactating: true, trimester, pregnancyRecordedOn: ago(days) }),
      );
    expect([told(2, 14).patient.trimester, told(2, 15).patient.trimester]).toEqual([2, null]);
    expect([...told(2, 15).stale, ...told(2, 197).stale, ...told(3, 98).stale, ...told(3, 99).stale]).toEqual(
      ['trimester', 'pregnancy', 'trimester', 'pregnancy'],
    );
  });

  it('as a due date gives the trimester, and two weeks after it counts as over but not as "no"', () => {
    const due = (days: number) =>
      personOn(TODAY, aScreenedPatient({ pregnant: true, lactating: false, dueDate: in_(days) }));
    expect(due(100).patient).toMatchObject({ pregnant: true, trimester: 2, lactating: false });
    expect([...due(-14).stale]).toEqual([]);
    expect(due(-15).patient).toMatchObject({ pregnant: true, trimester: null, lactating: null });
    expect([...due(-15).stale]).toEqual(['dueDate', 'lactation']);
  });

  it('as a "no" is asked again: about pregnancy after a month, about breast-feeding after half a year', () => {
    const no = (days: number) =>
      personOn(
        TODAY,
        aScreenedPatient({
          pregnant: false,
          lactating: false,
          pregnancyRecordedOn: ago(days),
          lactationRecordedOn: ago(days),
        }),
      );
    expect(no(30).patient).toMatchObject({ pregnant: false, lactating: false });
    expect(no(31).patient).toMatchObject({ pregnant: null, lactating: false });
    expect(no(184).patient).toMatchObject({ pregnant: null, lactating: null });
  });
});

describe('a screening of somebody of whom something is old', () => {
  const world: Sketch = {
    ingredients: { a: [] },
    drugs: { A: { in: ['a 100 mg'] } },
    contraindications: [
      { of: 'a', kind: 'pregnancy', trimesters: [3] },
      { of: 'a', kind: 'lactation' },
      { of: 'a', kind: 'renal', egfrBelow: '30' },
      { of: 'a', kind: 'hepatic', childPughFrom: 'B' },
    ],
    doses: [{ of: 'a', maxDailyPerKg: '10' }],
  };
  const told = (patient: Partial<ScreenedPatient>) => {
    const { knowledge, med } = sketch(world);
    const proposed = [med('#A', '1 tablet', '1')];
    const { alerts, notChecked } = screen(
      someFacts({ patient: aScreenedPatient({ childPugh: 'A', ...patient }), proposed }),
      knowledge,
    );
    return [
      ...alerts.map(({ ruleCode }) => ruleCode),
      ...notChecked.map(({ rule, reason }) => `${rule}: ${reason}`),
    ];
  };
  const woman = { sex: 'female', birthDate: '1996-05-01' } as const;

  it('still uses an old measurement and says that it is old', () => {
    expect(told({ egfr: '20', egfrRecordedOn: ago(400) })).toEqual([
      'renal:a:30',
      `contraindication: ${REASONS.egfrOld}`,
    ]);
    expect(told({ childPughRecordedOn: ago(400) })).toEqual([`contraindication: ${REASONS.hepaticOld}`]);
    expect(told({ birthDate: '2020-01-01', weightKg: '20', weightRecordedOn: ago(200) })).toEqual([
      `dose: ${REASONS.weightOld}`,
    ]);
  });

  it('asks a woman again, and says so once', () => {
    const asked = { pregnancyRecordedOn: ago(400), lactationRecordedOn: ago(400) };
    expect(told({ ...woman, ...asked })).toEqual([
      `contraindication: ${REASONS.lactationOld}`,
      `contraindication: ${REASONS.pregnancyOld}`,
    ]);
    expect(told(asked)).toEqual([]);
  });

  it('takes a passed due date for the trimester that matters', () => {
    expect(told({ ...woman, pregnant: true, lactating: true, dueDate: ago(60) })).toEqual([
      'lactation:a:',
      'pregnancy:a:',
      `contraindication: ${REASONS.dueDatePassed}`,
    ]);
    expect(told({ ...woman, pregnant: true, dueDate: in_(150) })).toEqual([]);
    expect(told({ ...woman, pregnant: true, dueDate: in_(50) })).toEqual(['pregnancy:a:']);
  });
});
