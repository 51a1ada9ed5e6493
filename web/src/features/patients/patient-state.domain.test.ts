import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf, NO_STATE, type StateOnRecord, stateOf } from './patient-state.domain';

const patient: StateOnRecord = {
  sex: 'female',
  weightKg: '64',
  egfr: null,
  childPugh: null,
  pregnant: true,
  trimester: null,
  dueDate: '2027-03-01',
  lactating: false,
};

describe('what is saved of a patient', () => {
  it('is what differs, so that the rest keeps its day', () => {
    const draft = stateOf(patient);
    expect(changesOf(patient, draft, false)).toEqual({});
    expect(changesOf(patient, { ...draft, egfr: '55' }, false)).toEqual({ egfr: '55' });
    expect(changesOf(patient, { ...draft, dueDate: '', trimester: '2' }, false)).toEqual({
      pregnant: true,
      trimester: 2,
      dueDate: null,
    });
    expect(changesOf(patient, { ...draft, pregnant: 'no' }, false)).toEqual({ pregnant: false });
  });

  it('is everything where all was asked again', () => {
    expect(changesOf(patient, stateOf(patient), true)).toEqual({
      weightKg: '64',
      egfr: null,
      childPugh: null,
      pregnant: true,
      trimester: null,
      dueDate: '2027-03-01',
      lactating: false,
    });
  });

  it('is nothing of a pregnancy of a man, and of a due date no trimester beside it', () => {
    expect(bodyOf({ ...NO_STATE, pregnant: 'yes', trimester: '1' }, 'male')).toEqual({
      weightKg: null,
      egfr: null,
      childPugh: null,
    });
    expect(
      bodyOf({ ...NO_STATE, pregnant: 'yes', trimester: '1', dueDate: '2027-03-01' }, 'female'),
    ).toMatchObject({ trimester: null, dueDate: '2027-03-01' });
  });
});
