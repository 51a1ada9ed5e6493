/** The four kinds of clinical rules. */
export const RULE_KINDS = ['interactions', 'allergies', 'contraindications', 'dosage'] as const;
export type RuleKindName = (typeof RULE_KINDS)[number];

/** The set of the rules Meditory ships. */
export const STARTER_SET = 'starter';

/** A subject of an imported rule, found in the catalogue. */
export interface FoundSubject {
  readonly ingredientId: number | null;
  /** Set together with its code; then there is no ingredient. */
  readonly groupId: number | null;
  readonly groupCode: string | null;
  /** Name in the catalogue, for people. */
  readonly name: string;
}

/** A rule as a file says it: the fields of the rule's request, the subjects found. */
export interface ImportedRule {
  /** Code the file gives it; undefined: it is named by what it is about. */
  readonly code?: string;
  readonly subjects: readonly FoundSubject[];
  /** Everything else by the names of the API's fields; what is not stated is left out. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What is wrong with one field of a rule. */
export interface RuleFault {
  readonly field: string;
  readonly reason: string;
}

/** A rule that may be staged. */
export interface CheckedRule {
  /** Code within its set. */
  readonly code: string;
  /** Two rules with the same identity are about the same. */
  readonly identity: string;
  readonly label: string;
  /** Columns of its table. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** What a comparison of a release with the rules in force counted. */
export interface RuleChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly closed: number;
  /** Rows that say once more what another row of the file says, in other words or the other way round. */
  readonly repeated: number;
  /** Rows refused by the comparison, by file. */
  readonly refused: ReadonlyMap<number, number>;
  /** New, changed and closed rules by how grave they are (dose limits: none). */
  readonly severities: Readonly<Record<string, number>>;
}

export const RULE_CHANGES = ['new', 'changed', 'closed'] as const;
export type RuleChange = (typeof RULE_CHANGES)[number];

/** One rule a release changes. */
export interface RuleReleaseChange {
  readonly change: RuleChange;
  readonly code: string;
  readonly label: string;
  readonly severityBefore: string | null;
  readonly severityAfter: string | null;
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly file: string | null;
  readonly line: number | null;
}

/** What came of taking a release of rules back. */
export interface RuleRevertOutcome {
  /** Rules in force again as they were. */
  readonly restored: number;
  /** Versions the release had brought, ended. */
  readonly ended: number;
  /** Rules somebody changed since, left as they are. */
  readonly kept: number;
  readonly keptCodes: readonly string[];
}
