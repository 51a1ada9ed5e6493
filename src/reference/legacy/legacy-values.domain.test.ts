import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { columnsOf, textOf } from './legacy-columns.domain.js';
import { groupCode, ListIds, planList } from './legacy-list.domain.js';
import { readRoute, saysNothing } from './legacy-route.domain.js';
import { readDate, readFlag, readId, readPrice, splitBarcodes } from './legacy-values.domain.js';

describe('a price of an older catalogue', () => {
  it.each([
    ['12.50', '12.50'],
    ['0012', '12'],
    ['12,5', '12.5'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['EGP 45', '45'],
    ['45 ج.م', '45'],
    ['٤٥٫٥', '45.5'],
    ['12.3456', '12.346'],
    ['0.0004', '0.000'],
    ['0', '0'],
    ['99999999999', '99999999999'],
  ])('%j is %s', (text, price) => {
    expect(readPrice(text)).toEqual({ ok: price });
  });

  it.each(['ask', '-3', '12 or 13', '1,23,4', '999999999999', '', '--'])('%j is none', (text) => {
    expect(readPrice(text)).toHaveProperty('problem');
  });

  it('is exact whatever the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.integer({ min: 0, max: 999 }),
        (whole, thousandths) => {
          const text = `${whole}.${String(thousandths).padStart(3, '0')}`;
          expect(readPrice(text)).toEqual({ ok: text });
        },
      ),
    );
  });
});

describe('a date of an older catalogue', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['2024-03-05T10:11:12', '2024-03-05'],
    ['2024/3/5 10:00', '2024-03-05'],
    ['05/03/2024', '2024-03-05'],
    ['03-25-2024', '2024-03-25'],
    ['20240305', '2024-03-05'],
    ['1700000000', '2023-11-14'],
    ['1700000000000', '2023-11-14'],
  ])('%s is %s', (text, day) => {
    expect(readDate(text)).toEqual({ ok: day });
  });

  it.each(['yesterday', '31/02/2024', '2024-13-01', '0000-00-00', '1900-01-01', '45000'])(
    '%s is none',
    (text) => {
      expect(readDate(text)).toHaveProperty('problem');
    },
  );

  it('of any text is answered', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) =>
          void [
            readDate(text),
            readPrice(text),
            readRoute(text),
            splitBarcodes(text),
            readFlag(text),
            readId(text),
          ],
      ),
    );
  });
});

describe('a route of an older catalogue', () => {
  it.each([
    ['oral.solid', 'oral', 'solid-oral'],
    ['ORAL.LIQUID', 'oral', 'liquid-oral'],
    ['Oral', 'oral', null],
    ['P.O.', 'oral', null],
    ['per os', 'oral', null],
    ['eff', 'oral', 'effervescent'],
    ['tablets', 'oral', 'solid-oral'],
    ['oral.sublingual', 'sublingual', null],
    ['S.L', 'sublingual', null],
    ['injection', 'injection', null],
    ['INJ.', 'injection', null],
    ['injection.iv', 'intravenous', null],
    ['I.V', 'intravenous', null],
    ['IV infusion', 'intravenous', null],
    ['i.m.', 'intramuscular', null],
    ['injection.sc', 'subcutaneous', null],
    ['Intradermal', 'injection', null],
    ['topical.cream', 'topical', null],
    ['Topicals', 'topical', null],
    ['external use', 'topical', null],
    ['SOAP', 'topical', null],
    ['transdermal patch', 'transdermal', null],
    ['eye', 'ophthalmic', null],
    ['Ophthalmic drops', 'ophthalmic', null],
    ['ear drops', 'otic', null],
    ['Nasal', 'nasal', null],
    ['inhalation', 'inhalation', null],
    ['rectal', 'rectal', null],
    ['Vaginal', 'vaginal', null],
    ['mouth', 'oromucosal', null],
    ['حقن', 'injection', null],
    ['عن طريق الفم', 'oral', null],
  ])('%s is %s (%s)', (text, route, family) => {
    expect(readRoute(text)).toEqual({ route, family });
  });

  it('says nothing where it says so, and is left alone where nobody knows', () => {
    for (const text of ['unknown', 'UNKNOWN', 'N/A', 'other', 'not specified']) {
      expect(saysNothing(text), text).toBe(true);
      expect(readRoute(text), text).toBeUndefined();
    }
    for (const text of ['Xyzzy', 'spray', '...']) expect(readRoute(text), text).toBeUndefined();
  });
});

it('a barcode cell may hold several codes, or none', () => {
  expect(splitBarcodes("6221001000019, 4006381333931/'96385074")).toEqual([
    '6221001000019',
    '4006381333931',
    '96385074',
  ]);
  expect(splitBarcodes('6221001000019.0')).toEqual(['6221001000019']);
  for (const text of ['', 'N/A', 'null', '0', '-'])
    expect(
      splitBarcodes(text).filter((code) => /\d/.test(code)),
      text,
    ).toEqual([]);
});

it('columns are found by the names such tables have, in any case', () => {
  const map = columnsOf('drugs', ['Drug_ID', 'NAME', 'active', 'Price', 'ROUTE_ID', 'extra']);
  expect(map).toMatchObject({
    id: 'Drug_ID',
    name: 'NAME',
    activeRaw: 'active',
    price: 'Price',
    routeId: 'ROUTE_ID',
  });
  expect(map.dosageForm).toBeUndefined();
  expect(columnsOf('routes', ['route_id', 'name'])).toMatchObject({ id: 'route_id', name: 'name' });
  expect(columnsOf('routes', ['route_id', 'name']).routeId).toBeUndefined();
  expect(columnsOf('ingredient_synonyms', ['id', 'ingredient_id', 'name'])).toMatchObject({
    id: 'id',
    ingredientId: 'ingredient_id',
    synonym: 'name',
  });
  expect(textOf({ a: 12.5 }, { price: 'a' }, 'price')).toBe('12.5');
  expect(textOf({ a: '  ' }, { price: 'a' }, 'price')).toBeNull();
});

describe('a list taken over', () => {
  const rows = (...entries: [number | null, string][]) =>
    entries.map(([id, key]) => ({ legacyId: id === null ? null : String(id), id, key, value: key }));

  it('keeps ids, merges equal names, and renumbers where an id is taken or missing', () => {
    const given = rows([1, 'a'], [2, 'b'], [3, 'a'], [7, 'c'], [null, 'd'], [2, 'e']);
    const plan = planList(
      given,
      new ListIds(
        new Map([
          ['z', 7],
          ['b', 2],
        ]),
        [1, 2, 3, 7],
      ),
    );
    expect(plan.rows.map(({ outcome, targetId }) => [outcome, targetId])).toEqual([
      ['kept', 1],
      ['kept', 2],
      ['merged', 1],
      ['renumbered', 8],
      ['renumbered', 9],
      ['renumbered', 10],
    ]);
    expect(plan.inserts.map(({ id }) => id)).toEqual([1, 8, 9, 10]);
  });

  it('never gives one id or one key to two entries', () => {
    const entry = fc.tuple(
      fc.option(fc.integer({ min: 1, max: 9 })),
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    );
    fc.assert(
      fc.property(fc.array(entry), fc.uniqueArray(entry, { selector: ([, key]) => key }), (given, there) => {
        const existing = new Map<string, number>(there.map(([, key], index) => [key, index + 3]));
        const plan = planList(
          rows(...given),
          new ListIds(
            existing,
            given.flatMap(([id]) => id ?? []),
          ),
        );
        const all = [...existing.values(), ...plan.inserts.map(({ id }) => id)];
        expect(new Set(all).size).toBe(all.length);
        expect(plan.rows).toHaveLength(given.length);
        for (const { row, targetId } of plan.rows) {
          const entryOf = existing.get(row.key) ?? plan.inserts.find(({ key }) => key === row.key)?.id;
          expect(targetId).toBe(entryOf);
        }
      }),
    );
  });

  it('gives groups a code the catalogue takes', () => {
    expect(groupCode('Beta-blockers (oral)', '3')).toBe('beta-blockers-oral');
    expect(groupCode('مسكنات', '3')).toBe('group-3');
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(groupCode(name, '5')).toMatch(/^[a-z0-9-]{1,80}$/);
      }),
    );
  });
});
