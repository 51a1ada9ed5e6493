import type { PriceRule } from './compounding.types.js';

/** A rule as it is kept: what belongs to the other kind is null. */
interface KeptRule {
  readonly kind: 'fixed' | 'cost';
  readonly price: string | null;
  readonly markup: string | null;
  readonly fee: string | null;
}

/** The price rule of a version of a formula; its CHECK says which values there are. */
export function ruleOf({
  priceRule: { kind, price, markup, fee },
}: {
  readonly priceRule: KeptRule;
}): PriceRule {
  return kind === 'fixed' ? { kind, price: price ?? '0' } : { kind, markup: markup ?? '0', fee: fee ?? '0' };
}
