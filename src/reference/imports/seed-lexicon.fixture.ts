// The shipped ingredients as the parser sees them, for measuring against real files without a database.
import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

import { buildIngredientIndex, type IngredientIndex, type KnownName } from './ingredient-index.domain.js';
import type { ParsedPart } from './ingredient-text.domain.js';

export const ROOT = new URL('../../../', import.meta.url);
const INGREDIENTS = new URL('db/seed/clinical/ingredients.csv', ROOT);

type Row = Readonly<Record<string, string>>;

function rows(): Row[] {
  return parse<Row>(readFileSync(INGREDIENTS), { columns: true, bom: true });
}

/** Every name the shipped ingredients are known by; each stands for its standard name. */
export function seedNames(): Array<KnownName<string>> {
  return rows().flatMap(({ name: ingredient = '', synonyms = '' }) => [
    { name: ingredient, ingredient },
    ...synonyms
      .split('|')
      .filter((entry) => entry !== '')
      .map((entry) => ({ name: entry.split('~')[0] ?? '', ingredient })),
  ]);
}

/** Standard names of ingredients that cannot be screened: mixtures, and what is no medicine. */
export function seedMixtures(): ReadonlySet<string> {
  return new Set(
    rows()
      .filter(({ kind = '' }) => kind !== '')
      .map(({ name = '' }) => name),
  );
}

export function seedIndex(): IngredientIndex<string> {
  return buildIngredientIndex(seedNames());
}

/** A part as the tables of expected readings write it: the ingredient, "?name" of a new one, "!" for the worklist. */
export function written(part: ParsedPart<string>): string {
  if (part.status === 'linked') return part.ingredient ?? '';
  return part.status === 'new' ? `?${part.name}` : '!';
}

export const percent = (count: number, of: number): number => Math.round((count / of) * 10_000) / 100;
