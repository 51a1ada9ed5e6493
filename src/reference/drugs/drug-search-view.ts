import type { FoundDrug, ShownTexts } from '../search/search.types.js';
import { amountText, moneyText, plainDecimal } from './drug.domain.js';
import type { HitRow } from './drug-hits.repository.js';
import type { DrugSearchHit } from './drug-search.schemas.js';

/** Enough to show why a product was found. */
const MAX_HIGHLIGHTS = 20;

/** What is shown of a product in a list of hits, whoever found it however. */
export interface ShownDrug {
  readonly shown: Omit<DrugSearchHit, 'match' | 'stockOnHand'>;
  readonly texts: ShownTexts;
}

export function toShown(row: HitRow): ShownDrug {
  const { activeRaw, ingredients, ...drug } = row;
  return {
    shown: {
      ...drug,
      price: moneyText(row.price) ?? row.price,
      unitsPerPack: plainDecimal(row.unitsPerPack),
      ingredients: ingredients.map((line) => ({ name: line.name, amount: amountText(line) })),
    },
    texts: { ...drug, activeRaw, ingredients },
  };
}

/** A product found, with why and where. */
export function toHit({ shown, texts }: ShownDrug, found: FoundDrug, stockOnHand: string): DrugSearchHit {
  return {
    ...shown,
    match: { kind: found.kind, highlights: found.highlights(texts).slice(0, MAX_HIGHLIGHTS) },
    stockOnHand,
  };
}
