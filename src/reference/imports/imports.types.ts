import type { SourceMapping } from './mapping.domain.js';

/** A load of catalogue files, asked for. */
export interface ImportRequest {
  mapping: SourceMapping;
  /** Paths of the files, read in this order as one release. */
  files: readonly string[];
  /** False: say what would happen and change nothing. */
  apply: boolean;
  /** True: discontinue more products than the file lists; without it such a file is taken for a cut-off one. */
  discontinueMany?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** Told of every refused row as it is met. */
  onReject?: (reject: RejectedRow) => void;
}

/** How far an import has come. */
export interface ImportProgress {
  phase: 'reading' | 'comparing' | 'applying';
  /** Data rows read so far. */
  rows: number;
  bytesRead: number;
  bytesTotal: number;
}

/** One reason why a row was refused. A row may have several. */
export interface RejectedRow {
  /** Name of the file, without its folder. */
  file: string;
  /** Line in that file, the header is 1. */
  line: number;
  column: string | null;
  reason: string;
  /** The value at fault, cut to 500 characters. */
  value: string;
}

/** Refusals for one reason. */
export interface RejectGroup {
  column: string | null;
  reason: string;
  count: number;
  /** The first few, in the order of the file. */
  first: RejectedRow[];
}

/** What an import did, or without `apply` would do. */
export interface ImportSummary {
  source: string;
  applied: boolean;
  /** Identity of the release; null where nothing was applied. */
  releaseId: number | null;
  /** SHA-256 of the files one after the other, hex. */
  fileSha256: string;
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  /** Rows refused: read = inserted + updated + unchanged + rejected. */
  rejected: number;
  discontinued: number;
  rejects: RejectGroup[];
  composition: CompositionCounts;
  /** Unknown ingredient names in the file, put on the worklist as unverified when applied. */
  newIngredients: number;
  seconds: number;
  rowsPerSecond: number;
}

/** Accepted rows by how much of their composition is linked to known ingredients. */
export interface CompositionCounts {
  linked: number;
  partial: number;
  /** A composition is stated, but no part of it is linked. */
  unlinked: number;
  /** No composition is stated. */
  none: number;
}

/** What applying a staged release changed. */
export interface MergeCounts {
  inserted: number;
  updated: number;
  discontinued: number;
  /** Rows refused at the last moment: their price is above the ceiling kept for the product. */
  aboveCeiling: number;
  newIngredients: number;
}
