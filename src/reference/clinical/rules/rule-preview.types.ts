import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Screening, ScreeningFacts } from '../clinical.types.js';
import type { ClinicalKnowledge } from '../screening-knowledge.domain.js';

/** A screening of the past, with all but the rules. */
export interface PastScreening {
  readonly screeningId: number;
  readonly patientId: number;
  readonly facts: ScreeningFacts;
  readonly knowledge: Omit<
    ClinicalKnowledge,
    'interactions' | 'allergyRules' | 'contraindications' | 'doseRules'
  >;
}

/** What was screened before; provided by operational/screening. Sees the branch of the asker. */
export interface PastScreenings {
  /** Hands over the screenings since so many months, the latest first and `limit` at most; answers whether there were more. */
  visit(
    ctx: RequestContext,
    months: number,
    limit: number,
    visit: (screening: PastScreening) => void,
  ): Promise<boolean>;
}

export const PAST_SCREENINGS = Symbol('PastScreenings');

/** How often a version of a rule would have fired. */
export interface Firings {
  readonly screenings: number;
  readonly patients: number;
  /** Screenings it would have stopped. */
  readonly stops: number;
}

/** What a change of a rule would have meant. */
export interface RulePreview {
  readonly months: number;
  /** Screenings judged, of those there are; false when there were more than are judged. */
  readonly judged: number;
  readonly isComplete: boolean;
  /** The rule as it is now; null: it is new. */
  readonly before: Firings | null;
  readonly after: Firings;
  /** What it would have said, of some of the screenings it fires in and did not before. */
  readonly examples: readonly Screening['alerts'][number]['message'][];
}
