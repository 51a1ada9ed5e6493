/** What must be true of the database at every commit, as a query that answers the keys of the rows that break it. */
export interface Invariant {
  readonly code: string;
  /** The rule in plain words. */
  readonly rule: string;
  /** Constant SQL: one text column `broken` naming a row and what is wrong with it; no row when all is well. */
  readonly sql: string;
}

/** What an invariant finds. */
export interface Broken {
  /** The first rows that break it. */
  readonly rows: readonly string[];
  /** How many there are. */
  readonly total: number;
}
