import { describe, expect, it } from 'vitest';

import { addressKey, identifierKeys, readNames, readPatient, readPractitioner } from './person.domain.js';
import { isAnotherPerson, isSamePerson, type Told } from './same-person.domain.js';

const TODAY = '2026-11-30';

describe('names', () => {
  it.each([
    ['given and family', [{ family: 'Doe', given: ['Jane', 'Ann'] }], ['Jane Ann', 'Doe', null, null]],
    [
      'the official before the usual',
      [
        { use: 'usual', text: 'Jo Doe' },
        { use: 'official', family: 'Doe', given: ['Joan'] },
      ],
      ['Joan', 'Doe', null, null],
    ],
    ['the maiden name last', [{ use: 'maiden', family: 'Roe' }, { family: 'Doe' }], ['—', 'Doe', null, null]],
    ['text in one piece', [{ text: 'Mary Jane Watson' }], ['Mary Jane', 'Watson', null, null]],
    ['text with a comma', [{ text: 'Watson, Mary Jane' }], ['Mary Jane', 'Watson', null, null]],
    ['one word', [{ text: 'Pelé' }], ['—', 'Pelé', null, null]],
    ['Arabic alone', [{ family: 'محفوظ', given: ['نجيب'] }], ['نجيب', 'محفوظ', 'نجيب', 'محفوظ']],
    [
      'Arabic beside Latin',
      [{ text: 'نجيب محفوظ' }, { family: 'Mahfouz', given: ['Nagib'] }],
      ['Nagib', 'Mahfouz', 'نجيب', 'محفوظ'],
    ],
    ['other scripts as they are', [{ family: '王', given: ['小明'] }], ['小明', '王', null, null]],
    [
      'line ends and controls as blanks',
      [{ family: 'Do\u0000e\n', given: ['J\tane'] }],
      ['J ane', 'Do e', null, null],
    ],
  ])('%s', (_, names, [firstName, lastName, firstNameAr, lastNameAr]) => {
    expect(readNames(names as Parameters<typeof readNames>[0])).toMatchObject({
      firstName,
      lastName,
      firstNameAr,
      lastNameAr,
    });
  });

  it('are none where no part can be read', () => {
    for (const names of [undefined, [], [{}], [{ family: ' \u0000 ' }]])
      expect(readNames(names)).toBeUndefined();
  });

  it('are never longer than the record takes', () => {
    const name = readNames([{ family: 'x'.repeat(4000), given: ['💊'.repeat(300)] }]);
    expect(name?.lastName.length).toBeLessThanOrEqual(200);
    expect(name?.firstName.length).toBeLessThanOrEqual(200);
    expect(name?.firstName.isWellFormed()).toBe(true);
  });
});

describe('a patient', () => {
  const read = (person: object) => readPatient({ name: [{ text: 'A B' }], ...person }, TODAY);

  it.each([
    ['1950-02-03', '1950-02-03', null],
    ['1950-02-03T04:05:06Z', '1950-02-03', null],
    ['1950-02', null, '1950-02'],
    ['1950', null, '1950'],
    ['2026-11', null, '2026-11'],
    ['2026-12', null, null],
    ['2026-12-01', null, null],
    ['1889-12-31', null, null],
    ['1850', null, null],
    ['1950-02-30', null, null],
    ['1950-13', null, null],
    ['02/03/1950', null, null],
  ])('born %s', (birthDate, whole, partial) => {
    const patient = read({ birthDate });
    expect(patient?.facts).toMatchObject({ birthDate: whole, birthDatePartial: partial });
    expect(patient?.notes.length).toBe(whole === null ? 1 : 0);
  });

  it.each([
    [{ deceasedBoolean: true }, true, null],
    [{ deceasedBoolean: false }, false, null],
    [{ deceasedDateTime: '2020-01-02T03:00:00Z' }, true, '2020-01-02'],
    [{ deceasedDateTime: '2020' }, true, null],
    [{ deceasedDateTime: '2999-01-01' }, true, null],
    [{ deceasedDateTime: '1900-01-01', birthDate: '1950-01-01' }, true, null],
  ])('who died: %j', (person, isDeceased, deceasedOn) => {
    expect(read(person)?.facts).toMatchObject({ isDeceased, deceasedOn });
  });

  it.each([
    [
      [
        { system: 'phone', use: 'work', value: '1' },
        { system: 'phone', use: 'mobile', value: '2' },
      ],
      '2',
    ],
    [[{ system: 'email', value: 'a@b' }], null],
    [[{ system: 'phone', value: 'tel:+20-100' }], '+20-100'],
    [[{ system: 'phone', value: '1-555-627 x12' }], '1-555-627'],
    [
      [
        { system: 'phone', value: 'ask his mother' },
        { system: 'phone', value: '٠١٠٠' },
      ],
      '٠١٠٠',
    ],
    [[{ system: 'phone', use: 'old', value: '1' }], null],
  ])('reached by %j', (telecom, phone) => {
    expect(read({ telecom })?.facts.phone).toBe(phone);
  });

  it('notes what is not kept of it', () => {
    const patient = read({
      birthDate: '1950-01-01',
      gender: 'other',
      active: false,
      name: [{ text: 'A B' }, { text: 'C D' }],
      telecom: [{ system: 'email', value: 'a@b' }],
      address: [{}, {}],
    });
    expect(patient?.notes).toEqual([
      'the gender is kept as unknown',
      'the source says that the record is no longer in use',
      'another name was not kept',
      'another contact was not kept',
      '2 addresses were not kept',
    ]);
  });
});

describe('a practitioner', () => {
  const name = [{ text: 'Gregory House' }];
  it('has the licence number, whatever stands before it', () => {
    const identifier = [
      { system: 'urn:x', value: 'staff-1' },
      { type: { coding: [{ code: 'MD' }] }, value: 'MD-7' },
    ] as unknown as { system: string; value: string }[];
    expect(readPractitioner({ name, identifier })).toMatchObject({ facts: { licenceNumber: 'MD-7' } });
    expect(readPractitioner({ name, identifier: identifier.slice(0, 1) })).toMatchObject({
      facts: { licenceNumber: 'staff-1' },
    });
  });
  it('is not kept without a name or any number', () => {
    expect(readPractitioner({ name })).toHaveProperty('reason');
    expect(readPractitioner({ identifier: [{ system: 'urn:x', value: '1' }] })).toHaveProperty('reason');
  });
});

describe('keys', () => {
  it('are addresses that mean something elsewhere, without their version', () => {
    expect(addressKey('urn:uuid:ABC')?.value).toBe('urn:uuid:abc');
    expect(addressKey('https://x.example/Patient/1/_history/2')?.value).toBe('https://x.example/Patient/1');
    for (const none of [
      undefined,
      '',
      'Patient/1',
      '#1',
      'ftp://x',
      'https://x/\u0000',
      `https://${'x'.repeat(600)}`,
    ])
      expect(addressKey(none)).toBeUndefined();
  });
  it('are numbers with a system, each once', () => {
    const number = { system: 'urn:x', value: '1' };
    expect(
      identifierKeys([number, number, { value: '2' }, { system: 'urn:y' }, { ...number, use: 'old' }]),
    ).toHaveLength(1);
  });
});

describe('one person or two', () => {
  const jane: Told = {
    firstName: 'Jane',
    lastName: 'Doe',
    firstNameAr: null,
    lastNameAr: null,
    birthDate: '1970-01-01',
    sex: 'female',
  };
  it.each([
    [{}, true],
    [{ lastName: 'Roe' }, true],
    [{ firstName: 'JANE', lastName: 'Döe' }, true],
    [{ firstName: 'Joan', lastName: 'Roe' }, false],
    [{ birthDate: '1970-01-02' }, false],
    [{ sex: 'male' as const }, false],
    [{ sex: 'unknown' as const }, true],
    [{ birthDate: null }, true],
    [{ birthDate: null, lastName: 'Roe' }, false],
    [{ firstName: '—', birthDate: null }, true],
  ])('by a number both bear, with %j', (change, same) => {
    expect(isSamePerson(jane, { ...jane, ...change })).toBe(same);
    expect(isSamePerson({ ...jane, ...change }, jane)).toBe(same);
  });
  it('by an address: another only where neither name nor birth date agrees', () => {
    expect(isAnotherPerson(jane, { ...jane, birthDate: '1971-01-01' })).toBe(false);
    expect(isAnotherPerson(jane, { ...jane, firstName: 'X', lastName: 'Y' })).toBe(false);
    expect(isAnotherPerson(jane, { ...jane, firstName: 'X', lastName: 'Y', birthDate: '1971-01-01' })).toBe(
      true,
    );
  });
});
