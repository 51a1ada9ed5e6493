// Loads the real files of every source twice and takes them back; they lie beside the repository, not in it.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { useImports } from '../../../../test/builders/import.js';
import { systemContext } from '../../../platform/security/request-context.js';
import type { CatalogueSource } from '../source.types.js';
import { CANADA_DPD } from './canada-dpd.js';
import { DRUGS_AT_FDA } from './drugs-at-fda.js';
import { FDA_NDC } from './fda-ndc.js';
import { RXNORM_PRESCRIBABLE } from './rxnorm-prescribable.js';

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const bench = useImports();

/** [source, folder, its files, products it must come to] */
const SETS: ReadonlyArray<readonly [CatalogueSource, string, RegExp, number]> = [
  [CANADA_DPD, 'canada_dpd', /\.txt$/, 17_392],
  [DRUGS_AT_FDA, 'fda', /^(?:Products|Applications|MarketingStatus.*|TE)\.txt$/, 39_470],
  [FDA_NDC, 'fda', /^unfinished_/, 21_056],
  [RXNORM_PRESCRIBABLE, 'rxnorm_prescribable', /\.csv$/, 19_697],
];

function filesOf(folder: string, names: RegExp): string[] {
  if (!existsSync(`${DATA}${folder}`)) return [];
  return readdirSync(`${DATA}${folder}`)
    .filter((name) => names.test(name))
    .map((name) => `${DATA}${folder}/${name}`);
}

/** The three larger sets take minutes: they are loaded when asked for. */
const areAllWanted = process.env.MEDITORY_REAL_FILES === 'all';
const isMissing = SETS.some(([, folder, names]) => filesOf(folder, names).length === 0);
if (isMissing) console.warn('SKIPPED: no ../shared/data; the real files of the sources are not loaded');
else if (!areAllWanted)
  console.warn('SKIPPED: only canada-dpd is loaded; set MEDITORY_REAL_FILES=all to load the others, too');

describe.skipIf(isMissing)('the real files of every source', () => {
  it.each(
    SETS.slice(0, areAllWanted ? SETS.length : 1).map(([source, folder, names, products]) => ({
      name: source.name,
      source,
      folder,
      names,
      products,
    })),
  )(
    '$name: every row is applied or refused, the second load changes nothing, taking it back restores the rows',
    { timeout: 600_000 },
    async ({ source, folder, names, products }) => {
      const request = { source, files: filesOf(folder, names), apply: true };
      const before = await bench.hash();
      const first = await bench.service.importFiles(systemContext(), request);
      console.info(
        `${source.name}: ${first.read} rows read, ${first.rejected} refused, ${first.seconds} s, ${first.rowsPerSecond} rows/s; ` +
          first.rejects.map(({ column, reason, count }) => `${count} × ${column ?? ''} ${reason}`).join('; '),
      );
      expect(first.inserted).toBe(products);
      for (const file of first.files) expect(file.rowsRead).toBe(file.rowsApplied + file.rowsRejected);
      const loaded = await bench.hash();
      const second = await bench.service.importFiles(systemContext(), request);
      expect(second).toMatchObject({ inserted: 0, updated: 0, discontinued: 0, unchanged: products });
      expect(await bench.hash()).toBe(loaded);
      // The second release changed nothing, so the first is still the one to be taken back.
      await bench.service.revert(systemContext(), first.releaseId);
      expect(await bench.hash()).toBe(before);
    },
  );
});
