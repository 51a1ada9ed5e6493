import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RulebookRepository, type RuleIds } from '../rulebook/rulebook.repository.js';
import type { DraftedRules } from '../rules/drafting-rules.js';
import { RulePreviewService } from '../rules/rule-preview.service.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import { checkRule, refusedCode } from './rule-check.js';
import { RuleSetsRepository } from './rule-sets.repository.js';
import type {
  CheckedRule,
  ImportedRule,
  RuleChange,
  RuleChangeCounts,
  RuleFault,
  RuleKindName,
  RuleReleaseChange,
  RuleRevertOutcome,
} from './rule-sets.types.js';

/** Changes judged against past screenings at most: each screening looks at each of them. */
const MOST_JUDGED = 500;

/** Which ids of a kind are asked for. */
const TABLE_OF: Readonly<Record<RuleKindName, keyof RuleIds>> = {
  interactions: 'interactions',
  allergies: 'allergyRules',
  contraindications: 'contraindications',
  dosage: 'doseRules',
};

const NO_IDS: RuleIds = { interactions: [], allergyRules: [], contraindications: [], doseRules: [] };

/** Ends the transaction of a draft: nothing of it is kept. */
class Draft extends Error {
  constructor(
    readonly before: DraftedRules,
    readonly after: DraftedRules,
  ) {
    super('a draft is taken back');
  }
}

/**
 * Sets of rules that come from files: one set a source, one release for a kind of rules of it. What a release changes is
 * within its own set, so no source ends the rules of another, of the starter set, or of the pharmacy.
 */
@Injectable()
export class RuleSetsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sets: RuleSetsRepository,
    private readonly rulebook: RulebookRepository,
    private readonly previews: RulePreviewService,
  ) {}

  /** A rule as it may be staged, or what is wrong with it: by the schema that the API checks a new rule by. */
  check(
    kind: RuleKindName,
    set: string,
    rule: ImportedRule,
  ): { readonly ok: CheckedRule } | { readonly faults: readonly RuleFault[] } {
    return checkRule(kind, set, rule);
  }

  /** The code, or the beginning of the codes, of a rule that is refused; undefined: nothing tells. */
  refusedCode(
    kind: RuleKindName,
    set: string,
    rule: Pick<ImportedRule, 'code' | 'subjects'>,
  ): string | undefined {
    return refusedCode(kind, set, rule);
  }

  /** A mark of what a comparison rests on; another one means that somebody changed rules since. */
  mark(tx: Tx, kind: RuleKindName, set: string): Promise<string> {
    return this.sets.mark(tx, kind, set);
  }

  /** Rules staged for a release. */
  howManyStaged(tx: Tx, releaseId: number): Promise<number> {
    return this.sets.howManyStaged(tx, releaseId);
  }

  /** Writes what a staged release would change. `repeated`: rows an earlier comparison of it folded. */
  compare(
    tx: Tx,
    releaseId: number,
    kind: RuleKindName,
    set: string,
    repeated: number,
  ): Promise<RuleChangeCounts> {
    return this.sets.compare(tx, releaseId, kind, set, repeated);
  }

  /** Brings a release into force; false where rules have moved since it was compared (`comparedWith`), and nothing is done. */
  async apply(
    tx: Tx,
    releaseId: number,
    kind: RuleKindName,
    set: string,
    comparedWith: string | null,
  ): Promise<boolean> {
    await this.sets.lock(tx, kind);
    if ((await this.sets.mark(tx, kind, set)) !== comparedWith) return false;
    await this.sets.apply(tx, releaseId, kind, set);
    return true;
  }

  /**
   * Takes a release back: what it ended is in force again, as next versions. Rules somebody changed since stay as they are
   * with `force`; without it nothing is done then, and the answer says which they are.
   */
  async revert(
    tx: Tx,
    releaseId: number,
    kind: RuleKindName,
    force: boolean,
  ): Promise<RuleRevertOutcome | { readonly edited: number; readonly codes: readonly string[] }> {
    await this.sets.lock(tx, kind);
    const { count, codes } = await this.sets.findEdited(tx, releaseId, kind);
    if (count > 0 && !force) return { edited: count, codes };
    return this.sets.revert(tx, releaseId, kind, codes);
  }

  /** A page of what a release changes. */
  async findChanges(
    ctx: RequestContext,
    releaseId: number,
    query: { readonly change?: RuleChange; readonly page: number; readonly limit: number },
  ): Promise<Page<RuleReleaseChange>> {
    const { change = null, page, limit } = query;
    return this.uow.read(ctx, async (tx) => ({
      data: await this.sets.changes(tx, releaseId, change, limit, (page - 1) * limit),
      meta: { total: await this.sets.countChanges(tx, releaseId, change), page, limit },
    }));
  }

  /**
   * What a compared release would have fired in the last twelve months at the branch, in place of the rules it ends. It is
   * brought in by a transaction that is taken back. Undefined where it changes more rules than can be judged.
   */
  async preview(
    ctx: RequestContext,
    releaseId: number,
    kind: RuleKindName,
    set: string,
  ): Promise<RulePreview | undefined> {
    const total = await this.uow.read(ctx, (tx) => this.sets.countChanges(tx, releaseId, null));
    if (total > MOST_JUDGED) return undefined;
    const { before, after } = await this.draft(ctx, releaseId, kind, set);
    return this.previews.judge(ctx, before, after);
  }

  private async draft(
    ctx: RequestContext,
    releaseId: number,
    kind: RuleKindName,
    set: string,
  ): Promise<Draft> {
    try {
      return await this.uow.runAsAdmin(ctx, async (tx) => {
        await this.sets.apply(tx, releaseId, kind, set);
        const { oldIds, newIds } = await this.sets.findChangedIds(tx, releaseId, MOST_JUDGED);
        const of = (ids: readonly number[]): Promise<DraftedRules> =>
          this.rulebook.findRulesOfDay(tx, { ...NO_IDS, [TABLE_OF[kind]]: ids });
        throw new Draft(await of(oldIds), await of(newIds));
      });
    } catch (error) {
      if (error instanceof Draft) return error;
      throw error;
    }
  }
}
