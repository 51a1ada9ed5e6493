import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { NearClass } from './near-classes.domain.js';
import { NEARNESS } from './offered.types.js';
import {
  FIND_ALTERNATIVES,
  FIND_CLASS,
  FIND_CODES,
  FIND_COMPARABLE,
  FIND_EQUIVALENTS,
  FIND_NEAR,
} from './substitutes.sql.js';

/** By what a product can be compared with others, or why not. */
export interface Comparable {
  readonly notComparable: 'ingredients-unlinked' | 'amount-unknown' | 'form-or-route-unknown' | null;
  readonly comparedBy: 'amounts' | 'strength-text';
  readonly formRule: 'family' | 'same-form';
}

/** Prices of a product offered instead of another. Decimal strings. */
interface OfferedRow {
  readonly drugId: number;
  readonly unitPrice: string | null;
  readonly unitPriceDifference: string | null;
}
export type EquivalentRow = OfferedRow & { readonly priceDifference: string | null };
export type AlternativeRow = OfferedRow & { readonly sameRoute: boolean; readonly ingredients: string[] };

/** A product of a near class; `nearness` is a place in NEARNESS. */
export interface NearRow extends AlternativeRow {
  readonly isInStock: boolean;
  readonly nearness: number;
  /** Its ATC level 4 class. */
  readonly atcCode: string;
  readonly atcName: string | null;
  readonly ingredientIds: number[];
}

/** The ATC level 4 class of a product. */
export interface AtcClassOf {
  readonly atcCode: string;
  readonly atcName: string | null;
  readonly atcFrom: 'product' | 'ingredient';
}

/** Products that may stand for another. */
@Injectable()
export class SubstitutesRepository {
  /** Undefined when there is no such product. */
  findComparable(tx: Tx, drugId: number): Promise<Comparable | undefined> {
    return tx.maybeOne<Comparable>(FIND_COMPARABLE, [drugId]);
  }

  /** Same contents, form family and route: in stock first, then cheapest. */
  findEquivalents(
    tx: Tx,
    drugId: number,
    inStock: readonly number[],
    limit: number,
  ): Promise<EquivalentRow[]> {
    return tx.query<EquivalentRow>(FIND_EQUIVALENTS, [drugId, inStock, limit]);
  }

  findClass(tx: Tx, drugId: number): Promise<AtcClassOf | undefined> {
    return tx.maybeOne<AtcClassOf>(FIND_CLASS, [drugId]);
  }

  /** Other ingredients of the same ATC level 4 class: in stock first, then same route, then cheapest. */
  findAlternatives(
    tx: Tx,
    drugId: number,
    atcCode: string,
    inStock: readonly number[],
    limit: number,
  ): Promise<AlternativeRow[]> {
    return tx.query<AlternativeRow>(FIND_ALTERNATIVES, [drugId, atcCode, inStock, limit]);
  }

  /** The ATC codes a product is known by. Undefined when there is no such product. */
  findCodes(tx: Tx, drugId: number): Promise<{ own: string | null; ofIngredients: string[] } | undefined> {
    return tx.maybeOne(FIND_CODES, [drugId]);
  }

  /** One product of each content and route of the classes near to a product's: in stock first, then same route, then nearest. */
  findNear(
    tx: Tx,
    drugId: number,
    classes: readonly NearClass[],
    inStock: readonly number[],
    options: { readonly otcOnly: boolean; readonly limit: number },
  ): Promise<NearRow[]> {
    return tx.query<NearRow>(FIND_NEAR, [
      drugId,
      classes.map(({ prefix }) => prefix),
      classes.map(({ nearness }) => NEARNESS.indexOf(nearness)),
      inStock,
      options.otcOnly,
      options.limit,
    ]);
  }
}
