import { divideHalfUp } from '../../platform/money/decimal.js';
import { Money } from '../../platform/money/money.js';
import type { Quantity } from '../../platform/money/quantity.js';

const MILLIONTHS = 1_000_000n;

/**
 * Shares an amount by weights (not negative) so that the shares add up to it, to the smallest unit of `decimals`: each is the
 * rounded sum so far less what was given before. Where all weights are zero every one weighs the same.
 */
export function shareExactly(amount: Money, weights: readonly bigint[], decimals: number): Money[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  const used = sum === 0n ? weights.map(() => 1n) : weights;
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  const step = 10n ** BigInt(3 - decimals);
  let weightSoFar = 0n;
  let given = 0n;
  return used.map((weight, index) => {
    weightSoFar += weight;
    // The last one takes what is left, also where the amount itself is finer than the currency.
    const upTo =
      index === used.length - 1
        ? amount.thousandths
        : divideHalfUp(amount.thousandths * weightSoFar, whole * step) * step;
    const share = upTo - given;
    given = upTo;
    return Money.ofThousandths(share);
  });
}

/** Cost of one base unit, to the millionth, rounded half up. */
export function costPerUnit(cost: Money, quantity: Quantity): string {
  const millionths = divideHalfUp(cost.thousandths * MILLIONTHS, quantity.thousandths);
  const fraction = (millionths % MILLIONTHS).toString().padStart(6, '0').replace(/0+$/, '');
  return `${millionths / MILLIONTHS}${fraction ? `.${fraction}` : ''}`;
}
