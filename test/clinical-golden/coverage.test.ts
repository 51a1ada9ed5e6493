// Quality report: which ingredients of the sample pharmacy, and of the 300 commonest of the Egyptian file, no rule concerns.
import { existsSync, readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import { IngredientParser } from '../../src/reference/imports/ingredient-text.domain.js';
import { ROOT, seedIndex, seedMixtures } from '../../src/reference/imports/seed-lexicon.fixture.js';
import { field, StarterWorld, type CaseRow } from './starter-world.js';

const EGYPT = new URL('../shared/data/egypt/egyptian-drugs.csv', ROOT);
const isFileMissing = !existsSync(EGYPT);
if (isFileMissing)
  console.warn('SKIPPED: no ../shared/data/egypt/egyptian-drugs.csv; the rules are not measured against it');

const read = (file: URL): CaseRow[] => parse<CaseRow>(readFileSync(file), { columns: true, bom: true });
const world = await StarterWorld.load();
const mixtures = seedMixtures();
const withAtc = new Set(
  read(new URL('db/seed/clinical/ingredients.csv', ROOT))
    .filter((row) => field(row, 'atc_code') !== '')
    .map((row) => field(row, 'name')),
);

/** Keys of everything rules of a kind concern. */
const CONCERNED: Readonly<Record<string, ReadonlySet<string>>> = {
  interaction: new Set(world.rules.interactions.flatMap(({ subjectA, subjectB }) => [subjectA, subjectB])),
  allergy: new Set(world.rules.allergyRules.flatMap(({ allergen, cross }) => [allergen, cross])),
  contraindication: new Set(world.rules.contraindications.map(({ subject }) => subject)),
  dose: new Set(world.rules.doseRules.map(({ ingredientId }) => `ingredient:${ingredientId}`)),
};

/** Ingredients no rule of a kind concerns, by kind; printed as docs/clinical-rules.md gives them. */
function uncovered(title: string, ingredients: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [kind, keys] of Object.entries(CONCERNED)) {
    const without = ingredients.filter((name) => ![...world.subjectsOf(name)].some((key) => keys.has(key)));
    found.set(kind, without);
    const covered = ingredients.length - without.length;
    console.info(
      `${title}: ${kind} rules concern ${covered} of ${ingredients.length} (${((100 * covered) / ingredients.length).toFixed(1)} %); none for: ${without.join(', ')}`,
    );
  }
  return found;
}

const shareCovered = (without: readonly string[] | undefined, of: readonly string[]): number =>
  1 - (without?.length ?? of.length) / of.length;

/** Ingredients the sample pharmacy stocks, without mixtures and what is no medicine. */
function stocked(): string[] {
  const names = new Set(
    read(new URL('db/seed/sample/drugs.csv', ROOT)).flatMap((row) =>
      field(row, 'ingredients')
        .split(' + ')
        .map((part) => part.replace(/ \d+(\.\d+)? (mg|mcg|g|iu)(\/.*)?$/, '')),
    ),
  );
  return [...names].filter((name) => !mixtures.has(name)).sort();
}

describe('ingredients of the sample pharmacy', () => {
  const ingredients = stocked();

  it('are concerned by rules, most of them of every kind', () => {
    expect(ingredients.length).toBeGreaterThan(250);
    const without = uncovered('sample pharmacy', ingredients);
    expect(shareCovered(without.get('interaction'), ingredients)).toBeGreaterThanOrEqual(0.85);
    expect(shareCovered(without.get('contraindication'), ingredients)).toBeGreaterThanOrEqual(0.7);
    expect(shareCovered(without.get('allergy'), ingredients)).toBeGreaterThanOrEqual(0.5);
    expect(shareCovered(without.get('dose'), ingredients)).toBeGreaterThanOrEqual(0.6);
  });
});

describe('any two ingredients of the sample pharmacy', () => {
  it('stop the fill in 3 of 100 pairs or fewer', () => {
    const stopping = new Set(
      world.rules.interactions
        .filter(({ severity }) => severity === 'contraindicated' || severity === 'major')
        .flatMap(({ subjectA, subjectB }) => [`${subjectA}+${subjectB}`, `${subjectB}+${subjectA}`]),
    );
    const subjects = stocked().map((name) => [...world.subjectsOf(name)]);
    let [pairs, stops] = [0, 0];
    for (const [index, one] of subjects.entries())
      for (const other of subjects.slice(index + 1)) {
        pairs += 1;
        if (one.some((a) => other.some((b) => stopping.has(`${a}+${b}`)))) stops += 1;
      }
    console.info(
      `sample pharmacy: ${stops} of ${pairs} pairs stop (${((100 * stops) / pairs).toFixed(1)} %)`,
    );
    expect(pairs).toBeGreaterThan(30_000);
    expect(stops / pairs).toBeLessThanOrEqual(0.03);
  });
});

describe.skipIf(isFileMissing)('the 300 commonest medicinal ingredients of the Egyptian file', () => {
  /** Ingredients by how many products hold them, commonest first. */
  function commonest(): string[] {
    const parser = new IngredientParser(seedIndex());
    const counts = new Map<string, number>();
    for (const row of read(EGYPT)) {
      const parts = parser.parse(field(row, 'scientific_name'));
      for (const name of new Set(parts.flatMap(({ ingredient }) => ingredient ?? [])))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
  }

  it('are concerned by rules, most of them of every kind', () => {
    const ingredients = commonest()
      .filter((name) => !mixtures.has(name) && withAtc.has(name))
      .slice(0, 300);
    expect(ingredients).toHaveLength(300);
    const without = uncovered('Egyptian file', ingredients);
    expect(shareCovered(without.get('interaction'), ingredients)).toBeGreaterThanOrEqual(0.75);
    expect(shareCovered(without.get('contraindication'), ingredients)).toBeGreaterThanOrEqual(0.6);
    expect(shareCovered(without.get('allergy'), ingredients)).toBeGreaterThanOrEqual(0.4);
    expect(shareCovered(without.get('dose'), ingredients)).toBeGreaterThanOrEqual(0.5);
  });
});
