import { describe, expect, it } from 'vitest';

import {
  differencesOf,
  givenBack,
  standingBefore,
  takenFrom,
  type MergeableRecord,
} from './patient-merge.domain.js';

const record = (values: Partial<MergeableRecord> = {}): MergeableRecord => ({
  firstName: 'Nadia',
  birthDate: '1958-04-12',
  birthDatePartial: null,
  sex: 'female',
  isDeceased: false,
  deceasedOn: null,
  phone: null,
  nationalId: null,
  weightKg: null,
  weightRecordedOn: null,
  heightCm: null,
  heightRecordedOn: null,
  egfr: null,
  egfrRecordedOn: null,
  creatinineUmolL: null,
  creatinineRecordedOn: null,
  childPugh: null,
  childPughRecordedOn: null,
  pregnant: null,
  trimester: null,
  dueDate: null,
  pregnancyRecordedOn: null,
  lactating: null,
  lactationRecordedOn: null,
  notes: null,
  ...values,
});

describe('two records of one person', () => {
  it.each<[string, Partial<MergeableRecord>, Partial<MergeableRecord>, string[]]>([
    ['agree', {}, {}, []],
    ['are spelt with other accents and case', { firstName: 'Nadià' }, { firstName: 'NADIA' }, []],
    ['have other first names', { firstName: 'Nadia' }, { firstName: 'Nadine' }, ['firstName']],
    ['have other birth dates', {}, { birthDate: '1958-04-13' }, ['birthDate']],
    ['know the birth date on one side only', {}, { birthDate: null }, ['birthDate']],
    ['know no birth date', { birthDate: null }, { birthDate: null }, []],
    [
      'know other birth years',
      { birthDate: null, birthDatePartial: '1958' },
      { birthDate: null, birthDatePartial: '1959' },
      ['birthDate'],
    ],
    ['say another sex', {}, { sex: 'male' }, ['sex']],
    ['do not know the sex on one side', {}, { sex: 'unknown' }, []],
    ['bear other national numbers', { nationalId: '1' }, { nationalId: '2' }, ['nationalId']],
    ['bear a national number on one side', { nationalId: '1' }, {}, []],
    ['say other things of pregnancy', { pregnant: true }, { pregnant: false }, ['pregnant']],
    ['know of breast-feeding on one side', { lactating: false }, {}, []],
    ['say that he lives and that he died', {}, { isDeceased: true }, ['isDeceased']],
  ])('%s', (_, one, other, differences) => {
    expect(differencesOf(record(one), record(other))).toEqual(differences);
    expect(differencesOf(record(other), record(one))).toEqual(differences);
  });

  it.each<[string, Partial<MergeableRecord>, Partial<MergeableRecord>, object]>([
    ['nothing where nothing is known', {}, {}, {}],
    ['a number it lacks', {}, { phone: '010' }, { phone: '010' }],
    ['no number where it has one', { phone: '011' }, { phone: '010' }, {}],
    [
      'what was measured later',
      { egfr: '80', egfrRecordedOn: '2026-01-01' },
      { egfr: '25', egfrRecordedOn: '2026-06-01' },
      { egfr: '25', egfrRecordedOn: '2026-06-01' },
    ],
    [
      'nothing measured earlier or on the same day',
      { egfr: '80', egfrRecordedOn: '2026-06-01', weightKg: '70', weightRecordedOn: '2026-06-01' },
      { egfr: '25', egfrRecordedOn: '2026-01-01', weightKg: '71', weightRecordedOn: '2026-06-01' },
      {},
    ],
    [
      'a pregnancy with all that is known of it',
      { pregnant: false, pregnancyRecordedOn: '2026-01-01' },
      { pregnant: true, dueDate: '2026-12-01', pregnancyRecordedOn: '2026-05-01' },
      { pregnant: true, dueDate: '2026-12-01', pregnancyRecordedOn: '2026-05-01' },
    ],
    [
      'that he died',
      {},
      { isDeceased: true, deceasedOn: '2026-02-01' },
      { isDeceased: true, deceasedOn: '2026-02-01' },
    ],
    ['not that he lives', { isDeceased: true, deceasedOn: '2026-02-01' }, {}, {}],
  ])('the surviving one takes %s', (_, survivor, merged, taken) => {
    expect(takenFrom(record(survivor), record(merged))).toEqual(taken);
  });

  it('give back what was taken, and leave alone what was written since', () => {
    const survivor = record({ egfr: '80', egfrRecordedOn: '2026-01-01', phone: null });
    const merged = record({ egfr: '25', egfrRecordedOn: '2026-06-01', phone: '010' });
    const taken = takenFrom(survivor, merged);
    const before = standingBefore(survivor, taken);
    const together = record({ ...survivor, ...taken } as Partial<MergeableRecord>);
    expect(givenBack(together, merged, before)).toEqual({
      egfr: '80',
      egfrRecordedOn: '2026-01-01',
      phone: null,
    });
    const since = record({ ...together, egfr: '30', egfrRecordedOn: '2026-09-01' });
    expect(givenBack(since, merged, before)).toEqual({ phone: null });
  });
});
