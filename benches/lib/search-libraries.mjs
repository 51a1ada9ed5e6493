// Search libraries of npm beside the product: each in a process of its own over the same products with the same queries, with 20 hits and
// counts of the same facets. A process that is not ready in its time is ended and told as such.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { clearTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';

import { installPackages } from './npm-packages.mjs';

const PACKAGES = {
  MiniSearch: 'minisearch@7.2.0',
  FlexSearch: 'flexsearch@0.8.212',
  Orama: '@orama/orama@3.1.18',
};
/** Building may take as many times what asking may. */
const BUILDING = 4;
const MEGABYTES = 3000;

async function askLibrary(name, folder, rows, queries, seconds) {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEGABYTES}`, fileURLToPath(new URL('search-library.mjs', import.meta.url)), name, folder, String(rows), String(queries), String(seconds)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  ); // prettier-ignore
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk) => (out += chunk.toString()));
  child.stderr.on('data', (chunk) => (said = (said + chunk.toString()).slice(-2000)));
  let isLate = false;
  const late = setTimeout(
    () => {
      isLate = true;
      child.kill('SIGKILL');
    },
    seconds * (BUILDING + 2) * 1000,
  );
  const [code] = await once(child, 'close');
  clearTimeout(late);
  if (code === 0) return JSON.parse(out);
  if (isLate) return { missing: `not built and asked in ${seconds * (BUILDING + 2)} s` };
  const reason = /heap out of memory/.test(said)
    ? `needs more than ${MEGABYTES} MB`
    : said.trim().split('\n').at(-1);
  return { missing: reason };
}

/** Answers of each library by its name, and notes on those that gave none. */
export async function askLibraries(rows, queries, seconds) {
  const { folder, missing, remove } = installPackages(Object.values(PACKAGES));
  if (missing) return { answers: {}, notes: [`Left out: ${Object.keys(PACKAGES).join(', ')} (could not be installed: ${missing}).`] }; // prettier-ignore
  const answers = {};
  const notes = [];
  try {
    for (const [name, spec] of Object.entries(PACKAGES)) {
      const told = await askLibrary(name, folder, rows, queries, seconds);
      if (told.missing) notes.push(`Left out: ${spec} (${told.missing}).`);
      else answers[spec] = told;
    }
  } finally {
    remove();
  }
  return { answers, notes };
}
