import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { FIND_ALTERNATIVES, FIND_CLASS, FIND_COMPARABLE, FIND_EQUIVALENTS } from './substitutes.sql.js';

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
}
