import { describe, expect, it } from 'vitest';

import { datedState } from './patient-state.domain.js';

const TODAY = '2026-11-30';
const refusal = (detail: string, pointer: string) =>
  expect.objectContaining({
    status: 422,
    errors: [{ pointer, detail: expect.stringContaining(detail) as unknown }],
  }) as Error;

describe('what of a patient changes with time', () => {
  it('has the day it was measured or asked: the one given, or today; none once it is taken away', () => {
    expect(datedState({ weightKg: '70', childPugh: 'B', lactating: false }, TODAY)).toEqual({
      weightKg: '70',
      weightRecordedOn: TODAY,
      childPugh: 'B',
      childPughRecordedOn: TODAY,
      lactating: false,
      lactationRecordedOn: TODAY,
    });
    expect(datedState({ egfr: '60', egfrRecordedOn: '2026-01-05' }, TODAY)).toEqual({
      egfr: '60',
      egfrRecordedOn: '2026-01-05',
    });
    expect(datedState({ childPugh: null, weightKg: null }, TODAY)).toEqual({
      childPugh: null,
      childPughRecordedOn: null,
      weightKg: null,
      weightRecordedOn: null,
    });
    expect(datedState({}, TODAY)).toEqual({});
    for (const name of ['weightRecordedOn', 'childPughRecordedOn', 'pregnancyRecordedOn'])
      expect(() => datedState({ [name]: '2026-12-01' }, TODAY)).toThrow(refusal('future', `/${name}`));
  });
});

describe('a pregnancy', () => {
  const trimester = { pregnant: true, trimester: 2, dueDate: null, pregnancyRecordedOn: '2026-11-01' };
  const due = { pregnant: true, trimester: null, dueDate: '2027-03-01', pregnancyRecordedOn: '2026-11-01' };

  it('has a due date or a trimester, and the later word is kept', () => {
    expect(datedState({ pregnant: true, dueDate: '2027-05-01' }, TODAY)).toEqual({
      pregnant: true,
      trimester: null,
      dueDate: '2027-05-01',
      pregnancyRecordedOn: TODAY,
    });
    expect(datedState({ dueDate: '2027-05-01' }, TODAY, trimester)).toMatchObject({ trimester: null });
    expect(datedState({ trimester: 3 }, TODAY, due)).toEqual({
      trimester: 3,
      dueDate: null,
      pregnancyRecordedOn: TODAY,
    });
    expect(() => datedState({ pregnant: true, trimester: 1, dueDate: '2027-05-01' }, TODAY)).toThrow(
      refusal('one of them', '/trimester'),
    );
  });

  it('keeps the day of what stays: saying again that she is pregnant makes no trimester younger', () => {
    expect(datedState({ pregnant: true }, TODAY, trimester)).toEqual({
      pregnant: true,
      trimester: 2,
      dueDate: null,
    });
    expect(datedState({ pregnant: true }, TODAY, due)).toMatchObject({ dueDate: '2027-03-01' });
    expect(datedState({ pregnant: true }, TODAY, { pregnant: true })).toMatchObject({
      pregnancyRecordedOn: TODAY,
    });
    expect(datedState({ dueDate: null }, TODAY, due)).toEqual({
      dueDate: null,
      trimester: null,
      pregnancyRecordedOn: TODAY,
    });
  });

  it('that is over takes both along; of somebody not pregnant neither is taken', () => {
    expect(datedState({ pregnant: false }, TODAY, due)).toEqual({
      pregnant: false,
      trimester: null,
      dueDate: null,
      pregnancyRecordedOn: TODAY,
    });
    expect(datedState({ pregnant: null }, TODAY, trimester)).toMatchObject({ pregnancyRecordedOn: null });
    expect(() => datedState({ dueDate: '2027-05-01' }, TODAY)).toThrow(refusal('pregnant', '/dueDate'));
    expect(() => datedState({ pregnant: false, trimester: 1 }, TODAY, due)).toThrow(
      refusal('pregnant', '/trimester'),
    );
  });

  it.each([
    ['2027-09-20', true],
    ['2027-09-21', false],
    ['2026-11-16', true],
    ['2026-11-15', false],
  ])('due on %s can be: %s', (dueDate, isPossible) => {
    const change = () => datedState({ pregnant: true, dueDate }, TODAY);
    if (isPossible) expect(change()).toMatchObject({ dueDate });
    else expect(change).toThrow(refusal('42 weeks', '/dueDate'));
  });
});
