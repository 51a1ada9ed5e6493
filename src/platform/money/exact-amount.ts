import { DomainError } from '../errors/domain-error.js';
import { Money } from './money.js';
import { Quantity } from './quantity.js';

/** 422: an amount of money finer than the smallest coin of the currency. */
export class AmountTooFine extends DomainError {
  readonly code = 'amount-too-fine';
  readonly status = 422;
  readonly title = 'Amount too fine';
  constructor(amount: string, decimals: number) {
    super(`Amounts of this branch have at most ${decimals} decimals.`, { amount, decimals });
  }
}

/** The smallest coin of a currency with so many decimals. */
const coin = (decimals: number): Money =>
  Money.of('1').share(Quantity.of('1'), Quantity.of(String(10 ** decimals)), 3);

/** Reads an amount and refuses one finer than the currency's smallest unit. */
export function exactAmount(text: string, decimals: number): Money {
  const amount = Money.of(text);
  if (amount.compare(amount.roundedTo(coin(decimals))) !== 0) throw new AmountTooFine(text, decimals);
  return amount;
}
