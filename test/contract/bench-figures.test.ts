// docs/performance.md and its figures are what the records of the benches say. `npm run gen` writes them; here they are compared.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { describe, expect, it } from 'vitest';

import { outdatedDocuments, PAGE, writeDocuments } from '../../benches/lib/documents.mjs';
import { markedIn } from '../../benches/lib/figures.mjs';
import { ALL } from '../../benches/lib/names.mjs';
import { packageRoot } from '../../src/platform/package-root.js';

describe('figures of the benches', () => {
  it('are in the document and beside it as they were recorded', async () => {
    if (process.env.MEDITORY_GENERATE === 'write') await writeDocuments();
    const outdated = (await outdatedDocuments()).map((file) => relative(packageRoot(), file));
    expect(outdated, 'out of date: run "npm run gen"').toEqual([]);
  });

  it('have a place in the document for every bench that is recorded', () => {
    expect(markedIn(readFileSync(PAGE, 'utf8'))).toEqual([...ALL, 'curve']);
  });
});
