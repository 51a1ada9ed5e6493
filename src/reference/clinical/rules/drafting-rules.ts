import type { Tx } from '../../../platform/database/tx.js';
import type { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { ClinicalService } from '../clinical.service.js';
import type { RulebookRepository } from '../rulebook/rulebook.repository.js';
import type { ClinicalKnowledge } from '../screening-knowledge.domain.js';
import type { VersionedRulesRepository } from './versioned-rules.repository.js';
import { VersionedRulesService } from './versioned-rules.service.js';

/** One rule, as screening would be handed it: in its table, the others empty. */
export type DraftedRules = Pick<
  ClinicalKnowledge,
  'interactions' | 'allergyRules' | 'contraindications' | 'doseRules'
>;

/** Ends the transaction of a draft: nothing of it is kept. */
class TakenBack extends Error {
  constructor(readonly view: unknown) {
    super('a draft is taken back');
  }
}

/** Which of the four tables a refusal's word is about. */
const TABLE_OF: Readonly<Record<string, keyof DraftedRules>> = {
  'interaction rule': 'interactions',
  'allergy rule': 'allergyRules',
  contraindication: 'contraindications',
  'dosage guideline': 'doseRules',
};

/** Makes changes of rules as VersionedRulesService does, with the same refusals, and takes them back. */
export class DraftingRules extends VersionedRulesService {
  private readonly read: { id: number; found: DraftedRules }[] = [];

  constructor(
    private readonly work: UnitOfWork,
    rows: VersionedRulesRepository,
    clinical: ClinicalService,
    private readonly rulebook: RulebookRepository,
  ) {
    super(work, rows, clinical);
  }

  /** The rule before and after the change that was drafted; before is null for a new one. */
  drafted(what: string): { before: DraftedRules | null; after: DraftedRules } {
    const table = TABLE_OF[what];
    const [after, before] = this.read;
    if (!after || table === undefined) throw new Error('no rule was drafted');
    const only = (found: DraftedRules): DraftedRules => ({
      interactions: [],
      allergyRules: [],
      contraindications: [],
      doseRules: [],
      [table]: found[table],
    });
    return { after: only(after.found), before: before ? only(before.found) : null };
  }

  protected override async keep<View>(
    ctx: RequestContext,
    changed: number | null,
    change: (tx: Tx) => Promise<View>,
  ): Promise<View> {
    try {
      return await this.work.runAsAdmin(ctx, async (tx) => {
        const view = await change(tx);
        for (const id of [(view as { id: number }).id, changed]) {
          if (id === null) continue;
          const ids = [id];
          const found = await this.rulebook.findRulesOfDay(tx, {
            interactions: ids,
            allergyRules: ids,
            contraindications: ids,
            doseRules: ids,
          });
          this.read.push({ id, found });
        }
        throw new TakenBack(view);
      });
    } catch (error) {
      if (error instanceof TakenBack) return error.view as View;
      throw error;
    }
  }
}
