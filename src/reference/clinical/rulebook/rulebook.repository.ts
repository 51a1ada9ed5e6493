import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { ClinicalKnowledge, InteractionRule, KnownDrug } from '../screening-knowledge.domain.js';
import type { BookPair } from './pair-index.domain.js';
import type { BookTables } from './rulebook.domain.js';
import * as sql from './rulebook.sql.js';

/** How far the feed of rules is. */
export interface RulePlace {
  readonly place: number;
  /** Tells the feed of one database from that of another. */
  readonly feed: string;
}

/** Compositions, and how far the feeds were at that very moment. */
export interface FoundMedicines extends RulePlace {
  readonly cataloguePlace: number;
  /** True when the transaction itself has changed rules or products. */
  readonly isChanging: boolean;
  readonly drugs: KnownDrug[];
}

/** What is not to be believed any more of the compositions read before. */
export interface ProductChanges {
  readonly place: number;
  /** More than a few products. */
  readonly isAny: boolean;
  readonly drugIds: readonly number[];
}

export interface RuleChange {
  readonly place: number;
  readonly kind:
    | 'interactions'
    | 'allergy_rules'
    | 'contraindications'
    | 'dosage_guidelines'
    | 'ingredients'
    | 'groups'
    | 'rebuild';
  readonly keys: readonly number[];
}

/** Rows of rules of any day, by table. */
export interface RuleIds {
  readonly interactions: readonly number[];
  readonly allergyRules: readonly number[];
  readonly contraindications: readonly number[];
  readonly doseRules: readonly number[];
}

/** Reads what rulebooks hold. */
@Injectable()
export class RulebookRepository {
  findMedicines(tx: Tx, drugIds: readonly number[]): Promise<FoundMedicines> {
    return tx.one<FoundMedicines>(sql.FIND_MEDICINES, [drugIds]);
  }

  findProductChanges(tx: Tx, after: number): Promise<ProductChanges> {
    return tx.one<ProductChanges>(sql.FIND_PRODUCT_CHANGES, [after]);
  }

  findPlace(tx: Tx): Promise<RulePlace> {
    return tx.one<RulePlace>(sql.FIND_PLACE);
  }

  findChanges(tx: Tx, after: number): Promise<RuleChange[]> {
    return tx.query<RuleChange>(sql.FIND_CHANGES, [after]);
  }

  /** Current pairs by id, after one row and at most so many. */
  findPairs(tx: Tx, after: number, limit: number): Promise<BookPair[]> {
    return tx.query<BookPair>(sql.FIND_PAIRS, [after, limit]);
  }

  findChangedPairs(tx: Tx, ids: readonly number[]): Promise<(BookPair & { isCurrent: boolean })[]> {
    return tx.query(sql.FIND_CHANGED_PAIRS, [ids]);
  }

  async findInteractions(tx: Tx, ids: readonly number[]): Promise<InteractionRule[]> {
    return (await tx.one<{ rules: InteractionRule[] }>(sql.FIND_INTERACTIONS, [ids])).rules;
  }

  /** Current interaction rules with their words, by id, after one row and at most so many. */
  async findCurrentInteractions(tx: Tx, after: number, limit: number): Promise<InteractionRule[]> {
    return (await tx.one<{ rules: InteractionRule[] }>(sql.FIND_CURRENT_INTERACTIONS, [after, limit])).rules;
  }

  /** The tables named, each as a whole. */
  async findTables(tx: Tx, names: ReadonlySet<keyof BookTables>): Promise<Partial<BookTables>> {
    const rules = async (text: string): Promise<never[]> => (await tx.one<{ rules: never[] }>(text)).rules;
    return {
      ...(names.has('ingredients') ? { ingredients: await tx.query(sql.FIND_INGREDIENTS) } : {}),
      ...(names.has('groups') ? { groups: await tx.query(sql.FIND_ALL_GROUPS) } : {}),
      ...(names.has('allergyRules') ? { allergyRules: await rules(sql.FIND_ALLERGY_RULES) } : {}),
      ...(names.has('contraindications')
        ? { contraindications: await rules(sql.FIND_CONTRAINDICATIONS) }
        : {}),
      ...(names.has('doseRules') ? { doseRules: await rules(sql.FIND_DOSE_RULES) } : {}),
    };
  }

  /** Rule versions by row, current or ended. */
  findRulesOfDay(
    tx: Tx,
    ids: RuleIds,
  ): Promise<Pick<ClinicalKnowledge, 'interactions' | 'allergyRules' | 'contraindications' | 'doseRules'>> {
    return tx.one(sql.FIND_RULES_OF_DAY, [
      ids.interactions,
      ids.allergyRules,
      ids.contraindications,
      ids.doseRules,
    ]);
  }
}
