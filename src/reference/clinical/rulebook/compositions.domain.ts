import type { KnownDrug } from '../screening-knowledge.domain.js';

/** Products kept: a few hundred bytes each. */
const MOST_PRODUCTS = 20_000;

/** Compositions as they were at one place of the catalogue's feed, and so are until the feed is ahead. */
export class Compositions {
  private readonly drugs = new Map<number, KnownDrug>();
  private at = -1;

  /** How far the feed of the catalogue was; -1 before anything was read. */
  get place(): number {
    return this.at;
  }

  missing(drugIds: readonly number[]): number[] {
    return drugIds.filter((drugId) => !this.drugs.has(drugId));
  }

  /** Those of the products that are known; a product that is not there at all is not either. */
  known(drugIds: readonly number[]): KnownDrug[] {
    return drugIds.flatMap((drugId) => this.drugs.get(drugId) ?? []);
  }

  /** Takes in what was read at the place it stands at. */
  add(drugs: readonly KnownDrug[]): void {
    for (const drug of drugs) this.drugs.set(drug.drugId, drug);
    for (const drugId of this.drugs.keys()) {
      if (this.drugs.size <= MOST_PRODUCTS) break;
      this.drugs.delete(drugId);
    }
  }

  /** Goes to another place, forgetting what may have changed on the way: these products, or all. */
  moveTo(place: number, changed: readonly number[] | 'all'): void {
    if (changed === 'all') this.drugs.clear();
    else for (const drugId of changed) this.drugs.delete(drugId);
    this.at = place;
  }
}
