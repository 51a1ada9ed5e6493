import type { ImportProgress } from './imports.types.js';
import { readInThread } from './reading-thread.js';
import { ReleaseReader } from './release-reader.js';
import { recipeOf } from './source-finder.js';
import { OpenedInput } from './source-input.js';
import type { CatalogueSource } from './source.types.js';
import type { CatalogueKnown, StagedBatch, StagedRelease } from './staged-release.types.js';

/** What a reading needs, and whom it tells. */
export interface ReadingJob {
  releaseId: number;
  known: CatalogueKnown;
  /** Takes a batch over; resolves when the next may come. */
  send: (batch: StagedBatch) => Promise<void>;
  onProgress: (progress: ImportProgress) => void;
}

/** Files of a release, opened and recognised, about to be read. */
export interface Reading {
  readonly fileNames: readonly string[];
  /** Names of entries of archives the source has no use for. */
  readonly ignored: readonly string[];
  /** Reads them all, once; throws ImportRefused where a file is not usable. */
  read(job: ReadingJob): Promise<StagedRelease>;
  close(): Promise<void>;
}

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
