// Which two records may be of one person: by example, and what must hold of any two.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { likenessOf, type ComparedRecord } from './patient-duplicates.domain.js';

const record = (values: Partial<ComparedRecord> = {}): ComparedRecord => ({
  firstName: 'Mohamed',
  lastName: 'Ibrahim',
  firstNameAr: null,
  lastNameAr: null,
  birthDate: '1970-03-12',
  sex: 'male',
  phone: '0100 200 3000',
  nationalId: null,
  ...values,
});
const noPhone = { phone: null };

describe('two records', () => {
  it.each<[string, Partial<ComparedRecord>, string[], string[]]>([
    ['a copy', {}, ['name', 'birthDate', 'phone'], []],
    [
      'a name misspelt',
      { firstName: 'Mohammed', lastName: 'Ibrahem', ...noPhone },
      ['name', 'birthDate'],
      [],
    ],
    [
      'names the other way round',
      { firstName: 'Ibrahim', lastName: 'Mohamed', ...noPhone },
      ['name', 'birthDate'],
      ['firstName'],
    ],
    [
      'a telephone with the country before it',
      { phone: '+20 100 200 3000', birthDate: null },
      ['name', 'phone'],
      [],
    ],
    ['Arabic digits', { phone: '٠١٠٠٢٠٠٣٠٠٠', birthDate: null }, ['name', 'phone'], []],
    ['day and month changed places', { birthDate: '1970-12-03', ...noPhone }, ['name', 'birthDateNear'], []],
    ['one digit off', { birthDate: '1971-03-12', ...noPhone }, ['name', 'birthDateNear'], []],
    ['the Arabic name alone', { firstName: 'محمد', lastName: 'ابراهيم' }, ['birthDate', 'phone'], []],
    ['a middle name', { firstName: 'Mohamed Ali', ...noPhone }, ['name', 'birthDate'], []],
  ])('of one person: %s', (_, other, agree, differ) => {
    const one = record(differ.length > 0 ? { firstName: 'Mohamed' } : {});
    const found = likenessOf(one, record(other));
    if (differ.length > 0) {
      // Names that changed places are told as another first name, and need more than a birth date.
      expect(found).toBeUndefined();
      expect(likenessOf(one, record({ ...other, phone: one.phone }))).toMatchObject({ differ });
    } else expect(found).toMatchObject({ agree, differ });
  });

  it.each<[string, Partial<ComparedRecord>]>([
    ['a namesake', { birthDate: '1992-08-01', ...noPhone }],
    ['a namesake of whom nothing else is known', { birthDate: null, ...noPhone }],
    ['somebody born on the same day', { firstName: 'Karim', lastName: 'Adel', ...noPhone }],
    ['a brother at the same telephone', { firstName: 'Karim', birthDate: '1975-01-01' }],
    ['a twin', { firstName: 'Mahmoud' }],
    ['a twin sister', { firstName: 'Mona', sex: 'female' }],
    ['another sex', { sex: 'female', ...noPhone }],
    ['another national number', { ...noPhone, nationalId: '29001011234567' }],
  ])('of two people: %s', (_, other) => {
    expect(likenessOf(record({ nationalId: '27003121234567' }), record(other))).toBeUndefined();
  });

  it('with one national number are of one person whatever else is known', () => {
    const id = { nationalId: '27003121234567' };
    expect(
      likenessOf(
        record(id),
        record({ ...id, firstName: 'محمد', lastName: 'ب', birthDate: null, phone: null }),
      ),
    ).toMatchObject({ agree: ['nationalId'], differ: [] });
  });

  it('named in both scripts are compared by the one that fits', () => {
    const one = record({ firstNameAr: 'محمد', lastNameAr: 'إبراهيم' });
    const other = record({ firstName: 'محمد', lastName: 'ابراهيم', ...noPhone });
    expect(likenessOf(one, other)).toMatchObject({ agree: ['name', 'birthDate'], differ: [] });
  });

  const anyRecord = fc.record({
    firstName: fc.constantFrom('Mohamed', 'Mona', 'محمد', 'A', ''),
    lastName: fc.constantFrom('Ibrahim', 'Ibrahem', 'ابراهيم', 'X Y'),
    firstNameAr: fc.constantFrom(null, 'محمد'),
    lastNameAr: fc.constantFrom(null, 'إبراهيم'),
    birthDate: fc.constantFrom(null, '1970-03-12', '1970-12-03', '1999-01-01'),
    sex: fc.constantFrom('male' as const, 'female' as const, 'unknown' as const),
    phone: fc.constantFrom(null, '01002003000', '+201002003000', '5'),
    nationalId: fc.constantFrom(null, '1', '2'),
  });

  it('are as like each other either way round', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (one, other) => {
        expect(likenessOf(one, other)).toEqual(likenessOf(other, one));
      }),
    );
  });

  it('are never less like for one more thing that agrees', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (one, other) => {
        const before = likenessOf(one, other)?.score ?? 0;
        const after = likenessOf({ ...one, nationalId: '7' }, { ...other, nationalId: '7' })?.score ?? 0;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
