import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnknownClinicalSubject } from './clinical.errors.js';
import type { ChangedProduct, NamedClinicalSubject, Screening, ScreeningFacts } from './clinical.types.js';
import { UnknownSubject } from './screening-medicine.domain.js';
import { screen } from './screening.domain.js';
import { ScreeningRepository } from './screening.repository.js';

/** Clinical screening over the rules of `reference`. It is handed facts and never asks for patients. */
@Injectable()
export class ClinicalService {
  constructor(private readonly knowledge: ScreeningRepository) {}

  /**
   * Judges the facts. Fails closed: when the knowledge cannot be read, or a medicine is not in the catalogue
   * (UnknownClinicalSubject, 422), it throws, and whoever wanted to dispense does not.
   */
  async screen(tx: Tx, given: ScreeningFacts): Promise<Screening> {
    const facts = await this.knowledge.withStandIns(tx, given);
    const knowledge = await this.knowledge.findKnowledge(tx, facts);
    try {
      return screen(facts, knowledge);
    } catch (error) {
      if (error instanceof UnknownSubject) throw new UnknownClinicalSubject(error.message);
      throw error;
    }
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
    try {
      return facts.map((one) => ({ before: screen(one, before), after: screen(one, after) }));
    } catch (error) {
      if (error instanceof UnknownSubject) throw new UnknownClinicalSubject(error.message);
      throw error;
    }
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
