import { describe, expect, it } from 'vitest';

import { cursorText, readSearch } from './search-query.domain.js';
import { readDate, readReference, readToken, splitValues } from './search-values.domain.js';

describe('search values', () => {
  it.each([
    ['2026', [{ from: '2026-01-01', to: '2027-01-01' }]],
    ['2026-02', [{ from: '2026-02-01', to: '2026-03-01' }]],
    ['2024-02-29', [{ from: '2024-02-29', to: '2024-03-01' }]],
    ['ge2026-11-30', [{ from: '2026-11-30', to: null }]],
    ['gt2026-11-30', [{ from: '2026-12-01', to: null }]],
    ['sa2026', [{ from: '2027-01-01', to: null }]],
    ['lt2026', [{ from: null, to: '2026-01-01' }]],
    ['eb2026', [{ from: null, to: '2026-01-01' }]],
    ['le2026', [{ from: null, to: '2027-01-01' }]],
    [
      'ne2026',
      [
        { from: null, to: '2026-01-01' },
        { from: '2027-01-01', to: null },
      ],
    ],
    ['2026-11-30T10:00:00Z', [{ from: '2026-11-30', to: '2026-12-01' }]],
    ['9999', [{ from: '9999-01-01', to: null }]],
    ['gt9999', []],
    ['9999-12-31', [{ from: '9999-12-31', to: null }]],
  ])('the date %s', (text, ranges) => {
    expect(readDate(text)).toEqual(ranges);
  });

  it.each(['', '26', '2026-13', '2026-02-30', 'ap2026', 'xx2026', '0999', '2026-11-30Tnoon'])(
    'no date: %j',
    (text) => {
      expect(readDate(text)).toBeUndefined();
    },
  );

  it.each([
    ['a', { system: null, code: 'a' }],
    ['s|a', { system: 's', code: 'a' }],
    ['|a', { system: '', code: 'a' }],
    ['s|', { system: 's', code: null }],
    ['a\\|b', { system: null, code: 'a|b' }],
    ['', undefined],
    ['|', undefined],
    ['a|b|c', undefined],
  ])('the token %j', (text, token) => {
    expect(readToken(text)).toEqual(token);
  });

  it('are parted at commas that are not escaped', () => {
    expect(splitValues('a,b\\,c,d\\\\,e')).toEqual(['a', 'b\\,c', 'd\\\\', 'e']);
  });

  it.each([
    ['12', { id: '12' }],
    ['Patient/12', { id: '12' }],
    ['https://x.example/fhir/Patient/12/_history/1', { id: '12' }],
    ['Group/12', 'other'],
    ['Patient/', undefined],
    ['a b', undefined],
  ])('the reference %s', (text, found) => {
    expect(readReference(text, 'Patient')).toEqual(found);
  });
});

describe('a search', () => {
  it('takes a cursor as it gave it, and no other', () => {
    const cursor = { value: 'محفوظ', id: 7 };
    expect(readSearch('Patient', [['_cursor', cursorText(cursor)]], false).cursor).toEqual(cursor);
    for (const text of [
      'x',
      '!',
      cursorText({ value: '\u0000', id: 1 }),
      cursorText({ value: null, id: 2 ** 40 }),
    ])
      expect(() => readSearch('Patient', [['_cursor', text]], false)).toThrow('not valid');
  });

  it('names what it passed over, and refuses it where it is to be strict', () => {
    const query = [
      ['valueOf', '1'],
      ['name', 'x'],
      ['__proto__', '2'],
    ] as const;
    expect(readSearch('Patient', query, false)).toMatchObject({
      ignored: ['valueOf', '__proto__'],
      understood: [['name', 'x']],
    });
    expect(() => readSearch('Patient', query, true)).toThrow('not valid');
  });
});
