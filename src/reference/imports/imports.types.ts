import type { RuleKindName, RuleRevertOutcome } from '../clinical/rule-sets/rule-sets.types.js';
import type { RuleMapping } from './rules/rule-mapping.domain.js';
import type { CatalogueSource, Statements } from './source.types.js';

/** A load of catalogue files, asked for. */
export interface ImportRequest {
  source: CatalogueSource;
  /** Paths of the files, read as one release. */
  files: readonly string[];
  /** False: compare, and leave the release staged to be applied later. */
  apply: boolean;
  /** True: discontinue more products than the files list; without it such files are taken for cut-off ones. */
  discontinueMany?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** Told the identity of the release as soon as it has one. */
  onRelease?: (releaseId: number) => void;
}

export interface ApplyOptions {
  /** True: discontinue more products than the files list. */
  discontinueMany?: boolean;
  onProgress?: (progress: ImportProgress) => void;
}

export interface RevertOptions {
  /** True: products edited since stay as they are and the rest is taken back; false: then nothing is. */
  force?: boolean;
  onProgress?: (progress: ImportProgress) => void;
}

/** How far a release at work has come. */
export interface ImportProgress {
  phase: 'reading' | 'comparing' | 'applying' | 'finishing' | 'reverting';
  /** Data rows read so far. */
  rows: number;
  bytesRead: number;
  /** 0 where only reading tells. */
  bytesTotal: number;
  rowsPerSecond: number;
}

/** reading: being staged; staged: compared, waiting to be applied; failed: refused or cut off, nothing changed. */
export type ReleaseStatus =
  'reading' | 'staged' | 'applying' | 'applied' | 'reverting' | 'reverted' | 'failed' | 'dropped';

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
  /** The first few, in the order of the files. */
  first: RejectedRow[];
}

/** The account of one file: rows read = rows that became part of the release + rows refused. */
export interface FileReport {
  name: string;
  role: string;
  bytes: number;
  sha256: string;
  rowsRead: number;
  rowsApplied: number;
  rowsRejected: number;
}

/** What a release changes, by kind. */
export const CHANGE_KINDS = [
  'new',
  'discontinued',
  'returned',
  'price_up',
  'price_down',
  'price_set',
  'name',
  'ingredients',
  'form',
  'pack',
  'details',
  'barcode_added',
  'barcode_reused',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Accepted products by how much of their composition is linked to known ingredients. */
export interface CompositionCounts {
  linked: number;
  partial: number;
  /** A composition is stated, but no part of it is linked. */
  unlinked: number;
  /** No composition is stated. */
  none: number;
}

/** What a comparison counted. */
export interface ChangeCounts {
  inserted: number;
  updated: number;
  unchanged: number;
  discontinued: number;
  newIngredients: number;
  /** Products by kind of change; one product may count in several. */
  kinds: Partial<Record<ChangeKind, number>>;
}

/** What came of taking a release back. */
export interface RevertOutcome {
  /** Products put back as they were. */
  restored: number;
  /** Products the release had brought, deleted. */
  deleted: number;
  /** Products the release had brought that something points at: discontinued instead. */
  discontinued: number;
  discontinuedIds: number[];
  /** Products edited since, left as they are. */
  kept: number;
  keptIds: number[];
}

/** What is kept of a release beside its counts. */
export interface ReleaseSummary {
  composition?: CompositionCounts;
  newIngredients?: number;
  kinds?: Partial<Record<ChangeKind, number>>;
  /** Entries of archives the source has no use for. */
  ignored?: string[];
  /** Seconds from the first byte to the comparison, and of applying. */
  readSeconds?: number;
  applySeconds?: number;
  revert?: RevertOutcome;
}

/** Alerts that would begin or end for patients on medicines whose ingredients change. */
export interface ClinicalImpact {
  /** Products whose ingredients change, and of them those somebody takes. */
  changedDrugs: number;
  takenDrugs: number;
  /** Active patients on one of them. */
  patients: number;
  /** Patients who gain, and who lose, at least one alert of that gravity. */
  gain: { contraindicated: number; major: number };
  lose: { contraindicated: number; major: number };
  /** The alerts behind them, most patients first. */
  alerts: Array<{
    change: 'gain' | 'lose';
    severity: 'contraindicated' | 'major';
    kind: string;
    message: string;
    patients: number;
  }>;
  /** True: there are more patients than were judged; the counts are a lower bound. */
  isPartial: boolean;
}

/** A release as it is known. */
export interface Release {
  releaseId: number;
  /** Kind of clinical rules it brings; null: products. */
  ruleKind: RuleKindName | null;
  source: string;
  title: string | null;
  status: ReleaseStatus;
  fileName: string | null;
  fileSha256: string | null;
  rowsRead: number;
  rowsInserted: number;
  rowsUpdated: number;
  rowsUnchanged: number;
  rowsRejected: number;
  rowsDiscontinued: number;
  createdAt: Date;
  createdBy: number | null;
  comparedAt: Date | null;
  stagedUntil: Date | null;
  appliedAt: Date | null;
  appliedBy: number | null;
  revertedAt: Date | null;
  revertedBy: number | null;
  failure: string | null;
  /** Only the latest applied release of a source can be taken back. */
  isRevertible: boolean;
}

/** A release with all its accounts. */
export interface ReleaseReport extends Release {
  files: FileReport[];
  rejects: RejectGroup[];
  summary: ReleaseSummary;
  impact: ClinicalImpact | null;
  progress: (ImportProgress & { updatedAt: Date }) | null;
}

/** One product a release changes. */
export interface ReleaseChange {
  kinds: ChangeKind[];
  drugId: number | null;
  sourceId: string | null;
  name: string;
  priceBefore: string | null;
  priceAfter: string | null;
  pricePercent: string | null;
  fields: Record<string, [string | null, string | null]>;
  file: string | null;
  line: number | null;
}

/** What an import did, or without `apply` would do. */
export interface ImportSummary {
  source: string;
  applied: boolean;
  releaseId: number;
  fileSha256: string;
  /** Data rows of all files: read = applied + rejected, as for each file. */
  read: number;
  rejected: number;
  /** Products. */
  inserted: number;
  updated: number;
  unchanged: number;
  discontinued: number;
  files: FileReport[];
  rejects: RejectGroup[];
  composition: CompositionCounts;
  kinds: Partial<Record<ChangeKind, number>>;
  impact: ClinicalImpact | null;
  /** Unknown ingredient names, put on the worklist as unverified when applied. */
  newIngredients: number;
  seconds: number;
  rowsPerSecond: number;
}

/** What a release needs to be compared and applied. */
export interface StagedSource {
  source: string;
  states: Statements;
  priceColumn: string;
  discontinueMany: boolean;
}

/** A load of a file of rules, asked for. */
export interface RuleImportRequest {
  mapping: RuleMapping;
  /** Path of the file. */
  file: string;
  /** False: compare, and leave the release staged to be applied later. */
  apply: boolean;
  /** True: end more rules than the file lists; without it such a file is taken for a cut-off one. */
  discontinueMany?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** Told the identity of the release as soon as it has one. */
  onRelease?: (releaseId: number) => void;
}

/** What is kept of a release of rules beside its counts. */
export interface RuleReleaseSummary {
  /** Rows that say once more what another row says: the other way round, or by another name. */
  repeated: number;
  /** "new major": 12. */
  severities: Readonly<Record<string, number>>;
  ignored?: string[];
  readSeconds?: number;
  applySeconds?: number;
  revert?: RuleRevertOutcome;
}

/** A release of rules with all its accounts; inserted, updated and discontinued are rules that are new, changed, closed. */
export interface RuleReleaseReport extends Omit<ReleaseReport, 'summary' | 'impact'> {
  ruleKind: RuleKindName;
  summary: RuleReleaseSummary;
}
