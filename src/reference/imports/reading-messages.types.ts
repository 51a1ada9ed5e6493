import type { ImportProgress } from './imports.types.js';
import type { SourceRecipe } from './source-finder.js';
import type { CatalogueKnown, StagedBatch, StagedRelease } from './staged-release.types.js';

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
