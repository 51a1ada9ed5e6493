// Writes what documents show of the records, and tells what differs from it.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { root } from '../../tools/build-if-stale.mjs';
import { figureFiles, withFigures } from './figures.mjs';
import { RECORDS } from './record.mjs';

export const PAGE = join(root, 'docs', 'performance.md');
const FIGURES = join(root, 'docs', 'figures');
const OURS = /^(bench|curve)-.*\.svg$/;

/** Each file as the records would have it; undefined: it should not be there. */
async function wanted() {
  const options = await resolveConfig(PAGE);
  const page = await format(withFigures(readFileSync(PAGE, 'utf8'), RECORDS), { ...options, filepath: PAGE });
  const drawn = Object.entries(figureFiles(RECORDS)).map(([name, content]) => [join(FIGURES, name), content]);
  const left = readdirSync(FIGURES).filter((name) => OURS.test(name)).map((name) => [join(FIGURES, name), undefined]); // prettier-ignore
  return new Map([...left, ...drawn, [PAGE, page]]);
}

/** Files that are not what the records say. */
export async function outdatedDocuments() {
  const isCurrent = (file, content) =>
    content !== undefined && existsSync(file) && readFileSync(file, 'utf8') === content;
  return [...(await wanted())].filter(([file, content]) => !isCurrent(file, content)).map(([file]) => file);
}

/** Brings them up to date; answers which were not. */
export async function writeDocuments() {
  const outdated = await outdatedDocuments();
  const contents = await wanted();
  for (const file of outdated) {
    const content = contents.get(file);
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }
  return outdated;
}
