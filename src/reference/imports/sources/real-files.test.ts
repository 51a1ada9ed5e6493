// Reads the real files of every source, which lie beside the repository, not in it.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { OpenedInput } from '../source-input.js';
import type { CatalogueSource, SourceProduct } from '../source.types.js';
import { CANADA_DPD } from './canada-dpd.js';
import { DRUGS_AT_FDA } from './drugs-at-fda.js';
import { FDA_NDC } from './fda-ndc.js';
import { RXNORM_PRESCRIBABLE } from './rxnorm-prescribable.js';

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** Paths of a folder's files, none where the folder is not there. */
function filesOf(folder: string, names: (name: string) => boolean = () => true): string[] {
  if (!existsSync(`${DATA}${folder}`)) {
    console.warn(`SKIPPED: no ../shared/data/${folder}; the real files are not read`);
    return [];
  }
  return readdirSync(`${DATA}${folder}`)
    .filter(names)
    .map((name) => `${DATA}${folder}/${name}`);
}

interface Reading {
  products: SourceProduct[];
  /** File → [rows read, rows in a product or ingredient, rows refused]. */
  files: Record<string, [read: number, applied: number, refused: number]>;
  /** "file: column: reason" → rows. */
  reasons: Record<string, number>;
  repeated: number;
}

async function readAll(source: CatalogueSource, paths: readonly string[]): Promise<Reading> {
  const input = await OpenedInput.open(source, paths);
  const reading: Reading = { products: [], files: {}, reasons: {}, repeated: 0 };
  const seen = new Set<string>();
  const counts: Array<[number, number]> = input.files.map(() => [0, 0]);
  const count = (place: { file: number; line: number }, slot: 0 | 1): void => {
    const key = `${place.file} ${place.line}`;
    if (seen.has(key)) reading.repeated++;
    seen.add(key);
    const of = counts[place.file];
    if (of !== undefined) of[slot]++;
  };
  try {
    for await (const batch of source.read(input)) {
      for (const record of 'kind' in batch ? [batch] : batch) {
        count(record, record.kind === 'reject' ? 1 : 0);
        if (record.kind === 'reject') {
          for (const { column, reason } of record.reasons) {
            const name = input.files[record.file]?.name ?? '';
            const key = [name, column, reason.replace(/line \d+/, 'an earlier line')].join(': ');
            reading.reasons[key] = (reading.reasons[key] ?? 0) + 1;
          }
          continue;
        }
        for (const row of record.rows ?? []) count(row, 0);
        if (record.kind === 'product') reading.products.push(record);
      }
    }
    for (const { name, index, rowsRead } of input.files)
      reading.files[name] = [rowsRead, ...(counts[index] ?? [0, 0])];
  } finally {
    await input.close();
  }
  return reading;
}

const share = (reading: Reading, has: (product: SourceProduct) => boolean): number =>
  Math.round((1000 * reading.products.filter(has).length) / reading.products.length) / 10;

/** What must hold for every source: each row once, in a product or refused; identities unique; names usable. */
function expectAccounted(reading: Reading): void {
  for (const [name, [read, applied, refused]] of Object.entries(reading.files))
    expect(`${name}: ${applied} + ${refused}`).toBe(`${name}: ${read - refused} + ${refused}`);
  expect(reading.repeated).toBe(0);
  expect(new Set(reading.products.map(({ sourceId }) => sourceId)).size).toBe(reading.products.length);
  expect(reading.products.every(({ name }) => name.length > 0 && name.length <= 500)).toBe(true);
  console.info(JSON.stringify(reading.files), JSON.stringify(reading.reasons));
}

const LIMIT = 120_000;
const dpd = filesOf('canada_dpd');
const fda = filesOf('fda', (name) => /^(?:Products|Applications|MarketingStatus.*|TE)\.txt$/.test(name));
const ndc = filesOf('fda', (name) => /^unfinished_/.test(name));
const rxnorm = filesOf('rxnorm_prescribable');

describe.skipIf(dpd.length === 0)('the Drug Product Database of May 2020', () => {
  it('is 13,251 marketed and 4,141 approved products', { timeout: LIMIT }, async () => {
    const reading = await readAll(CANADA_DPD, dpd);
    expectAccounted(reading);
    expect(reading.files['drug.txt']).toEqual([13_251, 13_251, 0]);
    expect(reading.files['drug_ap.txt']).toEqual([4_141, 4_141, 0]);
    expect(reading.products.filter(({ status }) => status === 'active')).toHaveLength(13_251);
    expect(reading.reasons).toEqual({});
    expect(reading.products.flatMap(({ barcodes = [] }) => barcodes)).toHaveLength(1);
    expect(
      share(reading, ({ composition = [] }) => composition.every(({ amount }) => amount !== undefined)),
    ).toBeGreaterThan(98);
    expect(
      share(reading, ({ dosageForm, route }) => dosageForm !== undefined && route !== undefined),
    ).toBeGreaterThan(99);
    expect(share(reading, ({ atcCode }) => atcCode !== undefined)).toBeGreaterThan(90);
    expect(
      reading.products.filter(({ controlledSchedule }) => controlledSchedule !== undefined).length,
    ).toBeGreaterThan(500);
    const imipramine = reading.products.find(({ sourceId }) => sourceId.startsWith('00644579-'));
    expect(imipramine).toMatchObject({
      name: 'IMIPRAMINE 75 MG TABLET',
      route: 'oral',
      rxOnly: true,
      status: 'active',
    });
  });
});

describe.skipIf(fda.length === 0)('Drugs@FDA of July 2019', () => {
  it('is 39,473 products, three of them in rows with a column too many', { timeout: LIMIT }, async () => {
    const reading = await readAll(DRUGS_AT_FDA, fda);
    expectAccounted(reading);
    expect(reading.files['Products.txt']).toEqual([39_473, 39_470, 3]);
    expect(reading.files['Applications.txt']).toEqual([23_267, 23_050, 217]);
    expect(reading.files['MarketingStatus.txt']).toEqual([39_788, 39_473, 315]);
    expect(reading.files['TE.txt']).toEqual([18_250, 18_244, 6]);
    expect(
      share(reading, ({ composition = [] }) => composition.every(({ amount }) => amount !== undefined)),
    ).toBeGreaterThan(96);
    expect(
      share(reading, ({ dosageForm, route }) => dosageForm !== undefined && route !== undefined),
    ).toBeGreaterThan(99);
    expect(reading.products.filter(({ status }) => status === 'active')).toHaveLength(22_176);
    expect(reading.products.filter(({ rxOnly }) => rxOnly === false)).toHaveLength(722);
  });
});

describe.skipIf(ndc.length === 0)('the NDC directory of unfinished drugs of June 2018', () => {
  it('is 21,478 listings of 21,056 products with 35,321 packages', { timeout: LIMIT }, async () => {
    const reading = await readAll(FDA_NDC, ndc);
    expectAccounted(reading);
    expect(reading.files['unfinished_product.txt']).toEqual([21_478, 21_464, 14]);
    expect(reading.files['unfinished_package.txt']).toEqual([35_321, 35_300, 21]);
    expect(reading.products).toHaveLength(21_056);
    const codes = reading.products.flatMap(({ barcodes = [] }) => barcodes);
    expect(codes.length).toBeGreaterThanOrEqual(35_300);
    expect(
      codes.filter(({ code }) => !/^\d{4,5}-\d{3,4}-\d{1,2}$|^\d{12,13}$/.test(code)).map(({ code }) => code),
    ).toEqual([]);
    expect(share(reading, ({ packs = [] }) => packs.length > 0)).toBeGreaterThan(98);
    expect(reading.products.some(({ company = '' }) => company.includes('Schwäbisch Gmünd'))).toBe(true);
  });
});

describe.skipIf(rxnorm.length === 0)('RxNorm prescribable of October 2025', () => {
  it('is 19,697 drugs and packs with 221,960 NDCs', { timeout: LIMIT }, async () => {
    const reading = await readAll(RXNORM_PRESCRIBABLE, rxnorm);
    expectAccounted(reading);
    expect(reading.products).toHaveLength(19_697);
    expect(reading.files['ndc.csv']).toEqual([221_960, 221_960, 0]);
    expect(reading.files['ingredients.csv']).toEqual([4_008, 4_008, 0]);
    // Every component but one of 9,414 is found in the composition read out of some product's name.
    expect(reading.reasons).toEqual({
      'concepts.csv: tty: is a component of no product': 1,
      'concept_ingredient.csv: rxcui: belongs to no product': 1,
    });
    expect(reading.products.flatMap(({ barcodes = [] }) => barcodes)).toHaveLength(221_960);
    expect(
      share(reading, ({ composition = [] }) => composition.every(({ amount }) => amount !== undefined)),
    ).toBeGreaterThan(98);
    expect(share(reading, ({ dosageForm }) => dosageForm !== undefined)).toBe(100);
  });
});
