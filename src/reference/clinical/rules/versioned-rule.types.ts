/** What every clinical rule row has: a stable code, and a version that judged from one moment to another. */
export interface VersionedRule {
  id: number;
  code: string;
  version: number;
  source: string;
  /** Set the rule came with; null: a rule of the pharmacy's own. */
  ruleSet: string | null;
  validFrom: Date;
  /** Null: it is the current version. */
  validTo: Date | null;
}

/** One of the four rule tables, for the repository they share. */
export interface RuleKind<Row extends VersionedRule> {
  readonly entity: new () => Row;
  /** As a refusal names it. */
  readonly what: string;
  /**
   * Rules as they are shown: $1 LIKE pattern or null, $2 rows, $3 rows to skip, and the conditions of shownVersions.
   * Answers one row: `total` and `data`, by code, the latest version first.
   */
  readonly pageSql: string;
}

/** A subject of a rule with its group found: one of the three is set. */
export interface SubjectIds {
  readonly drugId: number | null;
  readonly ingredientId: number | null;
  readonly groupId: number | null;
}

/** Which rules a page is of. */
export interface RulePageQuery {
  readonly q?: string;
  readonly severity?: string;
  readonly status: 'current' | 'ended';
  readonly page: number;
  readonly limit: number;
}
