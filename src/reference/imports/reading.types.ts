import type { ImportProgress } from './imports.types.js';
import type { SourceRecipe } from './source-finder.js';
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

/** What the reading thread is started with. */
export interface ReadingOrder {
  recipe: SourceRecipe;
  files: string[];
}

/** What is said to the thread. `taken`: a batch has been stored, another may come. */
export type ToThread =
  { type: 'read'; releaseId: number; known: CatalogueKnown } | { type: 'taken' } | { type: 'close' };

/** What the thread says. A refusal is told by its text, since errors lose their class on the way. */
export type FromThread =
  | { type: 'opened'; fileNames: readonly string[]; ignored: readonly string[] }
  | { type: 'batch'; batch: StagedBatch }
  | { type: 'progress'; progress: ImportProgress }
  | { type: 'done'; release: StagedRelease }
  | { type: 'refused'; detail: string; params: Readonly<Record<string, unknown>> }
  | { type: 'failed'; error: unknown };
