export const PREPARATION_TYPES = ['aqueous', 'aqueous_preserved', 'non_aqueous_liquid', 'solid'] as const;
export type PreparationType = (typeof PREPARATION_TYPES)[number];

export const BATCH_STATUSES = ['in_preparation', 'made', 'released', 'discarded'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** How the price of the yield is found. Decimal strings. */
export type PriceRule =
  | { readonly kind: 'fixed'; readonly price: string }
  | { readonly kind: 'cost'; readonly markup: string; readonly fee: string };
