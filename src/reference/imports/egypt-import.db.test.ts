// Imports the real Egyptian file (25,070 rows), which lies beside the repository, not in it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { useImports } from '../../../test/builders/import.js';
import { systemContext } from '../../platform/security/request-context.js';
import type { ImportSummary } from './imports.types.js';

const FILE = fileURLToPath(new URL('../../../../shared/data/egypt/egyptian-drugs.csv', import.meta.url));
const isFileMissing = !existsSync(FILE);
if (isFileMissing)
  console.warn(
    'SKIPPED: no ../shared/data/egypt/egyptian-drugs.csv; the import of the real file is not tested',
  );

const ROWS = 25_070;

describe.skipIf(isFileMissing)('the whole Egyptian file', () => {
  const bench = useImports();

  const rate = ({ rowsPerSecond, seconds }: ImportSummary): string =>
    `${rowsPerSecond} rows/s in ${seconds} s`;

  async function audited(): Promise<number> {
    const { rows } = await bench.db.owner.query<{ n: number }>(
      "select count(*) as n from operational.audit_logs where table_name <> 'import_releases'",
    );
    return rows[0]?.n ?? -1;
  }

  it('is imported with every row accounted for, a second run changes nothing, and it is taken back to the row', async () => {
    const empty = await bench.hash();
    const first = await bench.load('', { files: [FILE] });
    const { linked, partial, unlinked, none } = first.composition;
    const stated = linked + partial + unlinked;
    console.info(
      `import: ${first.inserted} inserted, ${first.rejected} rejected, ${rate(first)}; of ${stated} with a composition ` +
        `${((100 * linked) / stated).toFixed(1)} % fully linked, ${partial} partly, ${unlinked} not; ${none} state none; ` +
        `${first.newIngredients} new ingredient names`,
    );
    expect(first.read).toBe(ROWS);
    expect(first.inserted + first.rejected).toBe(ROWS);
    expect(first.rejected).toBe(4);
    expect(linked / stated).toBeGreaterThanOrEqual(0.97);
    const kept = await bench.db.owner.query<{ drugs: number; linked: number; lines: number }>(
      `select count(*) as drugs, count(*) filter (where ingredient_status = 'linked') as linked,
         (select count(*) from reference.drug_ingredients) as lines from reference.drugs where source = 'egypt'`,
    );
    expect(kept.rows[0]).toMatchObject({ drugs: first.inserted, linked });
    expect(kept.rows[0]?.lines).toBeGreaterThan(first.inserted);

    const loaded = await bench.hash();
    const before = await audited();
    const second = await bench.load('', { files: [FILE] });
    console.info(`second run: ${second.unchanged} unchanged, ${rate(second)}`);
    expect(second).toMatchObject({ read: ROWS, inserted: 0, updated: 0, discontinued: 0, rejected: 4 });
    expect(await audited()).toBe(before);
    expect(await bench.hash()).toBe(loaded);
    await bench.service.revert(systemContext(), first.releaseId);
    expect(await bench.hash()).toBe(empty);
  }, 240_000);
});
