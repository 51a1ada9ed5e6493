import { readInThread } from './reading-thread.js';
import type { Reading } from './reading.types.js';
import { ReleaseReader } from './release-reader.js';
import { recipeOf } from './source-finder.js';
import { OpenedInput } from './source-input.js';
import type { CatalogueSource } from './source.types.js';

/** Run from TypeScript sources (tests), there is no compiled file a thread could load. */
const IS_COMPILED = import.meta.url.endsWith('.js');
const WORKER = new URL('./reading.worker.js', import.meta.url);

/**
 * Opens files to be read: in a thread of their own, so that neither requests nor COPY wait for the parsing, where that
 * thread can find the source again; else here. Throws ImportRefused where they are none of the source's files.
 */
export async function openReading(source: CatalogueSource, files: readonly string[]): Promise<Reading> {
  const recipe = recipeOf(source);
  return IS_COMPILED && recipe !== undefined
    ? readInThread(WORKER, { recipe, files: [...files] }, source.files.length > 1)
    : readHere(source, files);
}

/** Opens files to be read in this thread. */
export async function readHere(source: CatalogueSource, files: readonly string[]): Promise<Reading> {
  const input = await OpenedInput.open(source, files);
  return {
    fileNames: input.files.map(({ name }) => name),
    ignored: [...input.ignored],
    read: ({ releaseId, known, send, onProgress }) =>
      new ReleaseReader(source, input, releaseId, known, send, onProgress).read(),
    close: () => input.close(),
  };
}
