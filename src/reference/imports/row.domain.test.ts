import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceMapping } from './mapping.domain.js';
import { readMapping } from './mapping.domain.js';
import type { CatalogueRow } from './row.domain.js';
import { DuplicateGuard, toCatalogueRow } from './row.domain.js';

function egypt(): SourceMapping {
  const text = readFileSync(new URL('../../../db/mappings/egypt.json', import.meta.url), 'utf8');
  const result = readMapping(JSON.parse(text));
  if (!('ok' in result)) throw new Error(result.problems.join('; '));
  return result.ok;
}

const mapping = egypt();
const RECORD = {
  commercial_name_en: 'ANALGEX  500 MG 20*10 F.C. TABS. (CANCELLED)',
  commercial_name_ar: 'أنالجيكس',
  scientific_name: 'PARACETAMOL(ACETAMINOPHEN)',
  manufacturer: 'EL NILE. > LIPTIS',
  drug_class: 'ANALGESIC.NON-OPIOID',
  route: 'ORAL.SOLID',
  price_egp: '64.50',
};

function row(change: Partial<Record<keyof typeof RECORD, string | undefined>>, line = 2): CatalogueRow {
  const result = toCatalogueRow(mapping, { ...RECORD, ...change }, line);
  if (!('ok' in result)) throw new Error(JSON.stringify(result.rejects));
  return result.ok;
}

function reasons(change: Partial<Record<keyof typeof RECORD, string | undefined>>): string[] {
  const result = toCatalogueRow(mapping, { ...RECORD, ...change }, 7);
  return 'ok' in result
    ? []
    : result.rejects.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);
}

describe('toCatalogueRow', () => {
  it('reads every field of a good row', () => {
    expect(row({})).toMatchObject({
      line: 2,
      sourceId: 'ANALGEX 500 MG 20*10 F.C. TABS. (CANCELLED) | EL NILE. > LIPTIS',
      name: 'ANALGEX 500 MG 20*10 F.C. TABS. (CANCELLED)',
      nameFolded: 'analgex 500 mg 20 10 f c tabs cancelled',
      nameAr: 'أنالجيكس',
      activeRaw: 'PARACETAMOL(ACETAMINOPHEN)',
      strength: '500 mg',
      product: { dosageForm: 'film-coated tablet', baseUnit: 'tablet', unitsPerPack: 200, unitsPerStrip: 10 },
      route: 'oral',
      company: { name: 'EL NILE', folded: 'el nile' },
      marketer: { name: 'LIPTIS' },
      category: { category: 'ANALGESIC', narrower: ['NON-OPIOID'] },
      price: '64.50',
      rxOnly: false,
      status: 'discontinued',
    });
  });

  it.each([
    [{ price_egp: '' }, '7 price_egp: is empty'],
    [{ price_egp: '-1' }, '7 price_egp: is negative'],
    [{ price_egp: '1e3' }, '7 price_egp: is not an amount with at most three decimals'],
    [{ price_egp: '1.2345' }, '7 price_egp: is not an amount with at most three decimals'],
    [{ price_egp: 'NaN' }, '7 price_egp: is not an amount with at most three decimals'],
    [{ price_egp: '10000000.001' }, '7 price_egp: is above 10000000'],
    [{ commercial_name_en: '  ' }, '7 commercial_name_en: is empty'],
    [{ commercial_name_en: '***' }, '7 commercial_name_en: holds no letter or digit'],
    [{ commercial_name_en: 'x'.repeat(501) }, '7 commercial_name_en: is longer than 500 characters'],
    [{ commercial_name_en: 'A\u0000B' }, '7 commercial_name_en: holds characters that are not text'],
    [{ scientific_name: 'A\ufffdB' }, '7 scientific_name: holds characters that are not text'],
    [{ manufacturer: '\ud800' }, '7 manufacturer: holds characters that are not text'],
    [{ route: 'BY MAIL' }, '7 route: is not in the route table of the mapping'],
    [{ drug_class: undefined }, '7 drug_class: the row has no such column'],
  ])('refuses %j', (change, reason) => {
    expect(reasons(change)).toEqual([reason]);
  });

  it('reports everything that is wrong with a row', () => {
    expect(reasons({ price_egp: 'x', commercial_name_en: '' })).toHaveLength(2);
  });

  it('takes a price of nothing and the highest price', () => {
    expect(row({ price_egp: '0' }).price).toBe('0');
    expect(row({ price_egp: '10000000' }).price).toBe('10000000');
  });

  it('leaves out what the source leaves empty', () => {
    const bare = row({ scientific_name: '', manufacturer: '-', drug_class: '.', route: 'UNKNOWN' });
    expect(bare).not.toHaveProperty('activeRaw');
    expect(bare).not.toHaveProperty('company');
    expect(bare).not.toHaveProperty('category');
    expect(bare.route).toBe('oral');
  });

  it('never throws: any record is taken or refused with reasons', () => {
    const value = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    const record = fc.record({
      commercial_name_en: value,
      commercial_name_ar: value,
      scientific_name: value,
      manufacturer: value,
      drug_class: value,
      route: fc.constantFrom('EYE', 'UNKNOWN', '__proto__', 'toString', ''),
      price_egp: fc.oneof(value, fc.constantFrom('1', '2.5', '0.001')),
    });
    fc.assert(
      fc.property(record, (any) => {
        const result = toCatalogueRow(mapping, any, 1);
        if ('ok' in result) expect(result.ok.price).toMatch(/^\d{1,8}(\.\d{1,3})?$/);
        else expect(result.rejects.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('DuplicateGuard', () => {
  it('lets the first row of a product stand and names its line in the reject of a repeat', () => {
    const guard = new DuplicateGuard();
    expect(guard.check(row({}, 2))).toBeUndefined();
    expect(guard.check(row({ manufacturer: 'ANOTHER MAKER' }, 3))).toBeUndefined();
    expect(guard.check(row({}, 9))).toMatchObject({ line: 9, column: null, reason: 'repeats line 2' });
    expect(guard.check(row({ price_egp: '70' }, 10))?.reason).toBe(
      'names the same product as line 2 with other content',
    );
  });
});
