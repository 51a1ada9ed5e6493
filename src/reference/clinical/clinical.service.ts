import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnknownClinicalSubject } from './clinical.errors.js';
import type {
  ChangedProduct,
  NamedClinicalSubject,
  ScreenedMedicine,
  Screening,
  ScreeningFacts,
} from './clinical.types.js';
import { UnknownSubject } from './screening-medicine.domain.js';
import { ENGINE_VERSION, screen } from './screening.domain.js';
import { RulebookKeeper } from './rulebook/rulebook-keeper.js';
import { RulebookRepository, type RuleIds } from './rulebook/rulebook.repository.js';
import type { ClinicalKnowledge } from './screening-knowledge.domain.js';
import { ScreeningRepository } from './screening.repository.js';

/** What a verdict rests on: the facts with stand-ins put in, and everything the rules say about them. */
export interface JudgedBasis {
  readonly facts: ScreeningFacts;
  readonly knowledge: ClinicalKnowledge;
}

/** Clinical screening over the rules of `reference`. It is handed facts and never asks for patients. */
@Injectable()
export class ClinicalService {
  constructor(
    private readonly knowledge: ScreeningRepository,
    private readonly rulebook: RulebookKeeper,
    private readonly rules: RulebookRepository,
  ) {}

  /**
   * Judges the facts. Fails closed: when the knowledge cannot be read, or a medicine is not in the catalogue
   * (UnknownClinicalSubject, 422), it throws, and whoever wanted to dispense does not.
   */
  async screen(tx: Tx, given: ScreeningFacts): Promise<Screening> {
    return judged(await this.basis(tx, given));
  }

  /** The verdict with everything it rests on. Fails closed like `screen`. */
  async judge(tx: Tx, given: ScreeningFacts): Promise<JudgedBasis & { readonly screening: Screening }> {
    const { facts, knowledge } = await this.basis(tx, given);
    return { facts, knowledge, screening: judged({ facts, knowledge }) };
  }

  /**
   * Holds the rules as they are until the transaction ends: a rule that is being changed is published before or after. To be
   * called before `judge` by whatever dispenses or sells.
   */
  async holdRules(tx: Tx): Promise<void> {
    await this.knowledge.holdRules(tx);
  }

  /** Version of the engine; a verdict of another one may differ though facts and rules are the same. */
  readonly engine = ENGINE_VERSION;

  /** The verdict again, by the very versions of the rules that gave it, however they were changed since. */
  async replay(
    tx: Tx,
    facts: ScreeningFacts,
    rest: Omit<ClinicalKnowledge, 'interactions' | 'allergyRules' | 'contraindications' | 'doseRules'>,
    ruleIds: RuleIds,
  ): Promise<JudgedBasis & { readonly screening: Screening }> {
    const knowledge = { ...rest, ...(await this.rules.findRulesOfDay(tx, ruleIds)) };
    return { facts, knowledge, screening: judged({ facts, knowledge }) };
  }

  /** What `screen` would judge by: from the rulebook of this process where it is current, else from PostgreSQL. */
  async basis(tx: Tx, given: ScreeningFacts): Promise<JudgedBasis> {
    const found = await this.rulebook.find(tx, given);
    if (found) return found;
    const facts = await this.knowledge.withStandIns(tx, given);
    return { facts, knowledge: await this.knowledge.findKnowledge(tx, facts) };
  }

  /**
   * Judges one person with each of these lists of medicines proposed, by one reading of the rules: answers in their order. What is
   * proposed in `given` itself, and its look-alikes, are left out. Fails closed like `screen`.
   */
  async screenEach(
    tx: Tx,
    given: ScreeningFacts,
    proposals: readonly (readonly ScreenedMedicine[])[],
  ): Promise<Screening[]> {
    const { facts, knowledge } = await this.basis(tx, {
      ...given,
      proposed: proposals.flat(),
      lookAlikes: [],
    });
    let from = 0;
    return proposals.map(({ length }) => {
      const proposed = facts.proposed.slice(from, (from += length));
      return judged({ facts: { ...facts, proposed }, knowledge });
    });
  }

  /**
   * Judges many people by one reading of the rules: as products are, and as they would be if the changed ones were made of
   * something else. Answers in the order of the facts; throws UnknownClinicalSubject (422) like `screen`.
   */
  async compare(
    tx: Tx,
    given: readonly ScreeningFacts[],
    changed: readonly ChangedProduct[],
  ): Promise<Array<{ before: Screening; after: Screening }>> {
    const facts: ScreeningFacts[] = [];
    for (const one of given) facts.push(await this.knowledge.withStandIns(tx, one));
    const before = await this.knowledge.findKnowledgeOfAll(tx, facts, changed);
    const others = new Map(changed.map((product) => [product.drugId, product]));
    const after = {
      ...before,
      drugs: before.drugs.map((drug) => ({ ...drug, ...others.get(drug.drugId) })),
    };
    return facts.map((one) => ({
      before: judged({ facts: one, knowledge: before }),
      after: judged({ facts: one, knowledge: after }),
    }));
  }

  /** What names mean: an ingredient by name or synonym, or a group by code or name. Names nobody knows are absent. */
  resolveNames(tx: Tx, names: readonly string[]): Promise<ReadonlyMap<string, NamedClinicalSubject>> {
    return this.knowledge.resolveNames(tx, names);
  }

  /** Ids of groups by code; throws UnknownClinicalSubject (422) for a code there is not. */
  async groupIds(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.knowledge.findGroupIds(tx, codes);
    for (const code of codes)
      if (!found.has(code)) throw new UnknownClinicalSubject(`There is no ingredient group "${code}".`);
    return found;
  }
}

/** The verdict of the engine; a medicine nobody knows is the caller's mistake (UnknownClinicalSubject, 422). */
export function judged({ facts, knowledge }: JudgedBasis): Screening {
  try {
    return screen(facts, knowledge);
  } catch (error) {
    if (error instanceof UnknownSubject) throw new UnknownClinicalSubject(error.message);
    throw error;
  }
}
