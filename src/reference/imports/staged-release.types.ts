import type { CompositionCounts } from './imports.types.js';
import type { KnownSubstances } from './substances.js';

/** Tables of staging, in the order rows are sent to them. */
export const STAGED_KINDS = ['names', 'products', 'parts', 'codes', 'packs', 'rejects'] as const;
export type StagedKind = (typeof STAGED_KINDS)[number];

/** Rows by table, as COPY reads them. */
export type StagedBatch = Partial<Record<StagedKind, Uint8Array<ArrayBuffer>>>;

/** What the catalogue knows when an import begins. */
export interface CatalogueKnown extends KnownSubstances {
  handlingFlags: ReadonlySet<string>;
}

/** A file of a release with its account. */
export interface StagedFile {
  index: number;
  name: string;
  role: string;
  bytes: number;
  sha256: string;
  rowsRead: number;
  rowsRejected: number;
}

/** A release as read. */
export interface StagedRelease {
  fileSha256: string;
  files: StagedFile[];
  read: number;
  /** Products staged. */
  staged: number;
  /** Rows refused; a row with several faults counts once. */
  rejected: number;
  composition: CompositionCounts;
}
