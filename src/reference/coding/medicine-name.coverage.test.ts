// How many clinical drugs of RxNorm are understood in full by their name alone, with the ingredients that are shipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../platform/package-root.js';
import { foldText } from '../../platform/text/fold.js';
import { readMedicineName } from './medicine-name.domain.js';

const FILE = join(packageRoot(), '..', 'shared', 'data', 'rxnorm_prescribable', 'concepts.csv');
if (!existsSync(FILE)) console.warn(`SKIPPED: no ${FILE}; how many names are understood is not measured`);

const rowsOf = (path: string): Record<string, string>[] =>
  parse(readFileSync(path), { columns: true, relax_column_count: true });

describe.skipIf(!existsSync(FILE))('names of RxNorm', () => {
  it.each([
    ['SCD', 0.86],
    ['SBD', 0.9],
  ])('%s are understood in full, most of them; the rest are vaccines, allergens and cells', (tty, least) => {
    const known = new Set(
      rowsOf(join(packageRoot(), 'db', 'seed', 'clinical', 'ingredients.csv'))
        .filter(({ kind }) => kind !== 'mixture')
        .flatMap(({ name = '', synonyms = '' }) => [
          name,
          ...synonyms.split('|').map((word) => word.replace(/~.*$/, '')),
        ])
        .map(foldText),
    );
    const names = rowsOf(FILE).filter((row) => row.tty === tty);
    const understood = names.filter(({ name = '' }) => {
      const components = readMedicineName(name);
      return (
        components.length > 0 &&
        components.every((component) => component.names.some((word) => known.has(word)))
      );
    });
    const share = understood.length / names.length;
    console.log(`${tty}: ${understood.length} of ${names.length}`);
    expect(share).toBeGreaterThan(least);
  });
});
