import { readCatalogue, type CatalogueState } from './catalogue-copy.repository.js';
import { IndexBuilder } from './engine/index-builder.domain.js';
import type { IndexData } from './engine/search.types.js';

/** How a snapshot connects; plain values, since they are handed to a thread. */
export type SnapshotConnection = Parameters<typeof readCatalogue>[0];

/** The index of the whole catalogue as of one moment; typed arrays and plain rows, so that it can cross threads. */
export interface Snapshot {
  readonly data: IndexData;
  readonly state: CatalogueState;
  readonly tookMs: number;
}

/** Reads the catalogue and indexes it, product by product. */
export async function makeSnapshot(connection: SnapshotConnection, signal?: AbortSignal): Promise<Snapshot> {
  const started = performance.now();
  const builder = new IndexBuilder();
  const state = await readCatalogue(connection, (document) => builder.add(document), signal);
  return { data: builder.build(), state, tookMs: performance.now() - started };
}
