import { Inject, Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ClinicalService } from '../clinical.service.js';
import type { ClinicalAlert } from '../clinical.types.js';
import { RulebookRepository } from '../rulebook/rulebook.repository.js';
import { screen } from '../screening.domain.js';
import {
  PAST_SCREENINGS,
  type Firings,
  type PastScreening,
  type PastScreenings,
  type RulePreview,
} from './rule-preview.types.js';
import type { RuleKind, VersionedRule } from './versioned-rule.types.js';
import { DraftingRules, type DraftedRules } from './drafting-rules.js';
import { VersionedRulesRepository } from './versioned-rules.repository.js';
import type { VersionedRulesService } from './versioned-rules.service.js';

/** Screenings judged at most: some seconds of work. */
const MOST_SCREENINGS = 20_000;
const MONTHS = 12;
const MOST_EXAMPLES = 10;

/** What a rule would have done, before it is kept. */
@Injectable()
export class RulePreviewService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rows: VersionedRulesRepository,
    private readonly clinical: ClinicalService,
    private readonly rulebook: RulebookRepository,
    @Inject(PAST_SCREENINGS) private readonly past: PastScreenings,
  ) {}

  /**
   * Makes the change in a transaction that is taken back, with every refusal keeping it would meet, and judges the screenings
   * of the last twelve months at the branch by the rule as it is and as it would be. The rule is judged alone: where two rules
   * say the same of one allergy, or of failing kidneys step by step, only the gravest is told, which is left out here.
   */
  async preview<Row extends VersionedRule>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    change: (rules: VersionedRulesService) => Promise<unknown>,
  ): Promise<RulePreview> {
    const drafting = new DraftingRules(this.uow, this.rows, this.clinical, this.rulebook);
    await change(drafting);
    const { before, after } = drafting.drafted(kind.what);
    return this.judge(ctx, before, after);
  }

  /** What the rules `after` would have fired in place of `before` (null: there were none), judged alone. */
  async judge(ctx: RequestContext, before: DraftedRules | null, after: DraftedRules): Promise<RulePreview> {
    const tally = { before: new Tally(), after: new Tally() };
    const examples: string[] = [];
    let judged = 0;
    const isMore = await this.past.visit(ctx, MONTHS, MOST_SCREENINGS, (screening) => {
      judged += 1;
      const [was, would] = [before ? firedBy(screening, before) : [], firedBy(screening, after)];
      tally.before.add(screening, was);
      tally.after.add(screening, would);
      const isNew = would[0] !== undefined && was.length === 0;
      if (isNew && examples.length < MOST_EXAMPLES) examples.push(would[0]?.message ?? '');
    });
    return {
      months: MONTHS,
      judged,
      isComplete: !isMore,
      before: before ? tally.before.result() : null,
      after: tally.after.result(),
      examples: [...new Set(examples)],
    };
  }
}

/** What the rules of one draft say of a past screening. */
const firedBy = ({ facts, knowledge }: PastScreening, rules: DraftedRules): ClinicalAlert[] => {
  const ids = new Set(Object.values(rules).flatMap((some) => some.map(({ id }) => id)));
  return screen({ ...facts, lookAlikes: [] }, { ...knowledge, ...rules }).alerts.filter(
    ({ ruleId }) => ruleId !== null && ids.has(ruleId),
  );
};

class Tally {
  private screenings = 0;
  private stops = 0;
  private readonly patients = new Set<number>();

  add({ patientId }: PastScreening, alerts: readonly ClinicalAlert[]): void {
    if (alerts.length === 0) return;
    this.screenings += 1;
    this.patients.add(patientId);
    if (alerts.some(({ stops }) => stops)) this.stops += 1;
  }

  result(): Firings {
    return { screenings: this.screenings, patients: this.patients.size, stops: this.stops };
  }
}
