// Import of N products: `npm run meditory -- bench import [--rows 20000] [--changed 10] [--rest 3]`; --full: 500,000 products. Makes an installation
// of its own in a temporary folder and a file of N products from a fixed seed, then measures in one run: COPY of the file into a bare table, which is the
// limit, statements of a thousand rows, a repository of TypeORM (5,000 rows); the import by the command line into an empty catalogue, the same
// file again, a file in which every tenth product has another price, and the revert of that (`--changed 0` leaves the last two out). Meanwhile a
// till sells over HTTP: its times at rest (for so many seconds) and while a release is read and applied, beside those of an answer that
// needs no database and of `select 1`, and what the server's sessions waited for. Never asserts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeCatalogue } from './generate/catalogue-file.mjs';
import { bench, ofLimit } from './lib/bench.mjs';
import { Counter } from './lib/counter.mjs';
import { distribution } from './lib/distribution.mjs';
import { multiRowInsert, ormSave, rawCopy } from './lib/import-peers.mjs';
import { inInstallation, PASSWORD, pause } from './lib/installation.mjs';
import { watched } from './lib/watched-import.mjs';

const PORT = 3978;
const COPIES = 3;

/** What the till saw, as figures; and what its sessions waited for, in words. */
function seenBy(when, { times, waits }) {
  return {
    figures: times.map(([name, taken]) => ({ of: `${name}, ${when}`, ...distribution(taken) })),
    note: `Sessions ${when}: ${waits.map(([what, n]) => `${what} ${n}`).join(', ')}.`,
  };
}

async function measure({ rows, changed, rest }) {
  const figures = [];
  const notes = [];
  await inInstallation(PORT, async ({ home, env, base }) => {
    const first = join(home, 'products.csv');
    const second = join(home, 'products-next.csv');
    await writeCatalogue(first, rows);
    await writeCatalogue(second, rows, changed);
    const digest = createHash('sha256').update(readFileSync(first)).digest('hex').slice(0, 12);
    const copies = [];
    for (let n = 0; n < COPIES; n++) copies.push(await rawCopy(home, first));
    const copySeconds = copies.toSorted((a, b) => a - b)[Math.floor(COPIES / 2)];
    const limit = rows / copySeconds;
    const rate = (of, perSecond, more = {}) =>
      figures.push({ of, n: rows, perSecond: Math.round(perSecond), ratio: ofLimit.rate(limit, perSecond), ...more }); // prettier-ignore
    rate('raw COPY into a bare table', limit);
    rate('INSERT of 1,000 rows a statement', rows / (await multiRowInsert(home, first)));
    const saved = await ormSave(home, first);
    rate('repository of TypeORM', saved.perSecond, { n: saved.n });
    const load = async (of, file, till) => {
      const run = await watched(['import', 'egypt', file, '--apply', '--json'], { env, home }, till);
      const { rowsPerSecond, inserted, updated, unchanged, rejected } = run.answer;
      rate(of, rowsPerSecond, {
        seconds: Math.round((rows / rowsPerSecond) * 10) / 10,
        megabytes: run.megabytes,
      });
      notes.push(
        `${of}: ${inserted} new, ${updated} changed, ${unchanged} as they were, ${rejected} refused; seconds: ${run.spent}; processor seconds: process ${(run.ownMs / 1000).toFixed(1)}, PostgreSQL ${((run.clusterMs ?? 0) / 1000).toFixed(1)}.`,
      );
      return run;
    };
    await load('import into an empty catalogue', first);
    await load('import of the same file', first);
    if (changed > 0) {
      const till = await new Counter().open(base, home, PASSWORD);
      let repriced;
      try {
        await pause(1000);
        till.take();
        await pause(rest * 1000);
        const seen = [['at rest', till.take()]];
        repriced = await load(`import of one price in ${changed}`, second, till);
        for (const [step, saw] of Object.entries(repriced.seen)) seen.push([`while ${step}`, saw]);
        for (const [when, saw] of seen) {
          const { figures: shown, note } = seenBy(when, saw);
          figures.push(...shown);
          notes.push(note);
        }
      } finally {
        await till.close();
      }
      const from = performance.now();
      await watched(['import', 'revert', String(repriced.answer.releaseId), '--json'], { env, home });
      figures.push({ of: 'taking it back', seconds: Math.round((performance.now() - from) / 100) / 10 });
    }
    notes.unshift(`File ${digest}. MB: most memory of the importing process.`);
  });
  return { figures, notes };
}

await bench('import', { sizes: { rows: [20_000, 500_000], changed: [10, 10], rest: [3, 30] } }, measure);
