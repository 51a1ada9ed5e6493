// Measures the parsers on the real Egyptian file (25,070 rows), which lies beside the repository, not in it.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { EGYPT_EXPECTED } from './egypt-expected.fixture.js';
import type { KnownName } from './ingredient-index.domain.js';
import { buildIngredientIndex } from './ingredient-index.domain.js';
import type { ParsedPart } from './ingredient-text.domain.js';
import { IngredientParser } from './ingredient-text.domain.js';
import { readMapping } from './mapping.domain.js';
import type { CatalogueRow, Reject } from './row.domain.js';
import { DuplicateGuard, RowMemo, toCatalogueRow } from './row.domain.js';

const ROOT = new URL('../../../', import.meta.url);
const FILE = new URL('../shared/data/egypt/egyptian-drugs.csv', ROOT);
const isFileMissing = !existsSync(FILE);
if (isFileMissing)
  console.warn('SKIPPED: no ../shared/data/egypt/egyptian-drugs.csv; the real file is not measured');

type Rec = Record<string, string>;

function readCsv(file: URL): Rec[] {
  return parse(readFileSync(file), { columns: true, bom: true });
}

function seedNames(): Array<KnownName<string>> {
  const names: Array<KnownName<string>> = [];
  for (const row of readCsv(new URL('db/seed/clinical/ingredients.csv', ROOT))) {
    const ingredient = row.name ?? '';
    names.push({ name: ingredient, ingredient });
    for (const synonym of (row.synonyms ?? '').split('|'))
      names.push({ name: synonym.split('~')[0] ?? '', ingredient });
  }
  return names;
}

function egyptMapping() {
  const result = readMapping(JSON.parse(readFileSync(new URL('db/mappings/egypt.json', ROOT), 'utf8')));
  if (!('ok' in result)) throw new Error(result.problems.join('; '));
  return result.ok;
}

function written(part: ParsedPart<string>): string {
  if (part.status === 'linked') return part.ingredient ?? '';
  return part.status === 'new' ? `?${part.name}` : '!';
}

describe('compositions of real rows', () => {
  const parser = new IngredientParser(buildIngredientIndex(seedNames()));

  it.each(EGYPT_EXPECTED)('reads %s', (raw, expected) => {
    expect(parser.parse(raw).map(written)).toEqual(expected);
  });

  it('keeps the amounts of a list', () => {
    const parts = parser.parse('N-ACETYL CYSTEINE 300MG. GLUTATHIONE 100MG. SELENIUM 50MCG. VITAMIN C 64 MG');
    expect(parts.map(({ amount, unit }) => `${amount} ${unit}`)).toEqual([
      '300 mg',
      '100 mg',
      '50 mcg',
      '64 mg',
    ]);
  });
});

describe.skipIf(isFileMissing)('the whole Egyptian file', () => {
  const records = isFileMissing ? [] : readCsv(FILE);
  const rows: CatalogueRow[] = [];
  const rejects: Reject[] = [];
  const compositions: Array<ReadonlyArray<ParsedPart<string>>> = [];
  const lexicon = buildIngredientIndex(seedNames());
  const mapping = egyptMapping();
  const started = performance.now();
  const memo = new RowMemo(mapping);
  const guard = new DuplicateGuard();
  const parser = new IngredientParser(lexicon);
  for (const [index, record] of records.entries()) {
    const result = toCatalogueRow(mapping, record, index + 2, memo);
    if (!('ok' in result)) {
      rejects.push(...result.rejects.slice(0, 1));
      continue;
    }
    const repeat = guard.check(result.ok);
    if (repeat !== undefined) {
      rejects.push(repeat);
      continue;
    }
    rows.push(result.ok);
    if (result.ok.activeRaw !== undefined) compositions.push(parser.parse(result.ok.activeRaw));
  }
  const elapsedMs = performance.now() - started;
  const share = (count: number, of: number): number => Math.round((count / of) * 10_000) / 100;

  it('accounts for every one of its 25,070 rows, rejecting only its four repeats', () => {
    expect(records).toHaveLength(25_070);
    expect(rows.length + rejects.length).toBe(25_070);
    expect(rejects.map(({ value }) => value.split(' | ')[0]).sort()).toEqual([
      'AVICHEST 5% SYRUP FOR ADULT 100ML',
      'HESSTA 50 MG CREAM',
      'SCAR NOT GEL 30 GM',
      'SIGMACYN 1500MG VIAL I.M. I.V.',
    ]);
    expect(new Set(rows.map((row) => row.sourceId)).size).toBe(rows.length);
  });

  it('links or names every ingredient in at least 96 % of the rows that state a composition', () => {
    const complete = compositions.filter((parts) => parts.every((part) => part.status !== 'unlinked')).length;
    const linked = compositions.filter((parts) => parts.every((part) => part.status === 'linked')).length;
    console.info(
      `compositions ${compositions.length}: linked or new ${share(complete, compositions.length)} %, ` +
        `all linked ${share(linked, compositions.length)} %; parsed in ${Math.round(elapsedMs)} ms`,
    );
    expect(share(complete, compositions.length)).toBeGreaterThanOrEqual(96);
    expect(share(linked, compositions.length)).toBeGreaterThanOrEqual(80);
  });

  it('finds a form in 97 % of the names and a strength in half of them', () => {
    const forms = rows.filter((row) => row.product.dosageForm !== undefined).length;
    const strengths = rows.filter((row) => row.strength !== undefined).length;
    const counted = rows.filter((row) => row.product.baseUnit !== 'piece').length;
    const routes = rows.filter((row) => row.route !== undefined).length;
    console.info(
      `names ${rows.length}: form ${share(forms, rows.length)} %, strength ${share(strengths, rows.length)} %, ` +
        `counted pack ${share(counted, rows.length)} %, route ${share(routes, rows.length)} %`,
    );
    expect(share(forms, rows.length)).toBeGreaterThanOrEqual(97);
    expect(share(strengths, rows.length)).toBeGreaterThanOrEqual(50);
    expect(share(routes, rows.length)).toBeGreaterThanOrEqual(95);
  });

  it('is read fast enough for an import to wait for the database, not for the parser', () => {
    // Measured 1.5 s on two cores; the limit leaves room for a busy machine.
    expect(elapsedMs).toBeLessThan(6_000);
  });

  it('holds every row of the hand-made table', () => {
    const texts = new Set(records.map((record) => record.scientific_name));
    expect(EGYPT_EXPECTED.map(([raw]) => raw).filter((raw) => !texts.has(raw))).toEqual([]);
    expect(EGYPT_EXPECTED.length).toBeGreaterThanOrEqual(60);
  });
});
