import type { Money } from '../../platform/money/money.js';

/** What comes back and what goes out in one act. */
export interface ExchangeFacts {
  /** Worth of what comes back, without what payers bore of it. */
  readonly worth: Money;
  /** What was paid for the sale and not given back yet: no more leaves for it. */
  readonly left: Money;
  /** True: nothing of the sale stays with the customer, so all that is left is his. */
  readonly isLast: boolean;
  /** What the customer owes for what goes out, without what payers bear. */
  readonly due: Money;
  /** Step to which what is paid out is rounded: the cash step where it is cash alone, else zero. */
  readonly step: Money;
}

export interface ExchangeSettlement {
  /** What of the worth pays for what goes out. */
  readonly exchanged: Money;
  /** What is given back in money or as a credit note. */
  readonly paidOut: Money;
}

const least = (a: Money, b: Money): Money => (a.compare(b) < 0 ? a : b);

/**
 * Splits what comes back into what pays for the new lines and what is paid out. Σ = what is given for the return; never more than
 * was paid for the sale. What is paid out is a multiple of `step`.
 */
export function settleExchange({ worth, left, isLast, due, step }: ExchangeFacts): ExchangeSettlement {
  const credit = isLast ? left : least(worth, left);
  const exchanged = least(credit, due);
  const rounded = credit.minus(exchanged).roundedTo(step);
  const isTooMuch = exchanged.plus(rounded).compare(left) > 0;
  return { exchanged, paidOut: isTooMuch ? rounded.minus(step) : rounded };
}
