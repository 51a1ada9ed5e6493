// Measures linking on the ingredient texts of other real sources, which lie beside the repository, not in it.
import { existsSync, readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { IngredientParser } from './ingredient-text.domain.js';
import { percent, ROOT, seedIndex } from './seed-lexicon.fixture.js';

const DATA = new URL('../shared/data/', ROOT);

function tabColumn(file: string, column: number): string[] {
  const lines = readFileSync(new URL(file, DATA), 'latin1').split('\n').slice(1);
  return lines.map((line) => line.split('\t')[column] ?? '').filter((text) => text !== '');
}

function dpdColumn(file: string, column: number): string[] {
  const options = { relax_quotes: true, relax_column_count: true };
  const rows: string[][] = parse(readFileSync(new URL(file, DATA)), options);
  return rows.map((row) => row[column] ?? '').filter((text) => text !== '');
}

function rxNorm(isCombination: boolean): string[] {
  const file = readFileSync(new URL('rxnorm_prescribable/ingredients.csv', DATA));
  return parse<Record<string, string>>(file, { columns: true })
    .filter(({ tty }) => (tty === 'MIN') === isCombination)
    .map(({ name = '' }) => name);
}

/** Name, file, how its ingredient texts are read, and the share of texts that must be linked whole, in percent. */
const SOURCES: ReadonlyArray<readonly [name: string, file: string, texts: () => string[], least: number]> = [
  ['Canada DPD, marketed', 'canada_dpd/ingred.txt', () => dpdColumn('canada_dpd/ingred.txt', 2), 98],
  ['Canada DPD, approved', 'canada_dpd/ingred_ap.txt', () => dpdColumn('canada_dpd/ingred_ap.txt', 2), 98],
  ['Canada DPD, French', 'canada_dpd/ingred.txt', () => dpdColumn('canada_dpd/ingred.txt', 11), 86],
  ['Drugs@FDA', 'fda/Products.txt', () => tabColumn('fda/Products.txt', 6), 99],
  ['FDA NDC substances', 'fda/unfinished_product.txt', () => tabColumn('fda/unfinished_product.txt', 9), 94],
  ['FDA NDC names', 'fda/unfinished_product.txt', () => tabColumn('fda/unfinished_product.txt', 3), 90],
  ['RxNorm ingredients', 'rxnorm_prescribable/ingredients.csv', () => rxNorm(false), 93],
  ['RxNorm combinations', 'rxnorm_prescribable/ingredients.csv', () => rxNorm(true), 92],
];

const index = seedIndex();

describe.each(SOURCES)('%s', (name, file, texts, least) => {
  const isMissing = !existsSync(new URL(file, DATA));
  if (isMissing) console.warn(`SKIPPED: no ../shared/data/${file}; linking is not measured on it`);

  it.skipIf(isMissing)('has its ingredient texts linked', () => {
    const parser = new IngredientParser(index);
    const read = texts().map((text) => parser.parse(text));
    const linked = read.filter(
      (parts) => parts.length > 0 && parts.every(({ status }) => status === 'linked'),
    );
    const share = percent(linked.length, read.length);
    console.info(`${name}: ${read.length} texts, linked ${share} %`);
    expect(share).toBeGreaterThanOrEqual(least);
  });
});
