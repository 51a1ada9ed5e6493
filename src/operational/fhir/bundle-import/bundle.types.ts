/** A resource of a bundle, before anything is read of it but its kind. */
export interface Entry {
  /** Place among the entries, from 0. */
  readonly index: number;
  readonly fullUrl: string | undefined;
  readonly type: string;
  readonly id: string | undefined;
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface ReadBundle {
  readonly type: string;
  readonly entries: readonly Entry[];
  /** Entries without a resource (reading requests of a batch). */
  readonly empty: number;
}

/** What a resource is called where it comes from. */
export interface Key {
  readonly kind: 'identifier' | 'address' | 'content';
  readonly system: string;
  readonly value: string;
}

/** What became of a resource. `used`: read into another; `skipped`: see the reason. */
export type Outcome = 'imported' | 'updated' | 'unchanged' | 'used' | 'skipped';

/** What became of one resource of a bundle. */
export interface EntryOutcome {
  readonly index: number;
  readonly resourceType: string;
  /** 'Patient/1' as the bundle calls it, or its place. */
  readonly reference: string;
  readonly outcome: Outcome;
  /** Why it was skipped. */
  readonly reason?: string;
  /** What of it was not kept, or is to be looked at. */
  readonly notes?: readonly string[];
  /** The record it is here: 'Patient/12'. */
  readonly location?: string;
}

/** Some outcomes for the same reason, with the first of them. */
export interface Noted {
  readonly resourceType: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly count: number;
  readonly first: readonly string[];
}

export type Counts = Readonly<Record<Outcome, number>>;

/** What became of a bundle. All its resources are counted: the five counts of `counts` add up to `resources`. */
export interface BundleReport {
  readonly source: string | null;
  /** `unchanged`: everything in it was on record as it is; `refused`: nothing was changed. */
  readonly status: 'imported' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly reason: string | null;
  readonly bundleType: string | null;
  readonly resources: number;
  readonly patients: readonly { readonly patientId: number; readonly outcome: Outcome }[];
  readonly counts: Counts;
  readonly byType: readonly ({ readonly resourceType: string } & Counts)[];
  readonly notes: readonly Noted[];
}
