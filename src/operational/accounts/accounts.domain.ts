import { Money } from '../../platform/money/money.js';
import { AccountBlocked, CreditLimitReached, DepositShort } from './account-refusals.domain.js';

/** What decides whether something can be bought with an account. Amounts are decimal strings. */
export interface Standing {
  readonly status: 'open' | 'blocked';
  readonly creditLimit: string;
  /** What is owed; below zero: paid ahead. */
  readonly balance: string;
}

const notBelowZero = (amount: Money): Money => (amount.isNegative() ? Money.zero : amount);

/** What may still be bought on account: the limit less what is owed, or more where the customer paid ahead. */
export const availableOf = ({ creditLimit, balance }: Standing): Money =>
  notBelowZero(Money.of(creditLimit).minus(Money.of(balance)));

/** What was paid ahead and not spent. */
export const paidAheadOf = ({ balance }: Pick<Standing, 'balance'>): Money =>
  notBelowZero(Money.of(balance).negated());

/**
 * Whether a customer may buy for so much: `deposit` out of what he paid ahead, `onAccount` within his limit. Throws AccountBlocked,
 * DepositShort, CreditLimitReached. The database judges the same when the tenders are posted.
 */
export function requireCover(standing: Standing, deposit: Money, onAccount: Money): void {
  if (deposit.isZero() && onAccount.isZero()) return;
  if (standing.status === 'blocked') throw new AccountBlocked();
  const paidAhead = paidAheadOf(standing);
  if (deposit.compare(paidAhead) > 0) throw new DepositShort({ available: paidAhead.toString() });
  const available = availableOf(standing);
  if (deposit.plus(onAccount).compare(available) > 0)
    throw new CreditLimitReached({
      limit: Money.of(standing.creditLimit).toString(),
      balance: Money.of(standing.balance).toString(),
      available: available.minus(deposit).toString(),
    });
}

/** Ages of what is open, oldest last, each up to so many days; the last has no end. */
export const AGES = ['days0to30', 'days31to60', 'days61to90', 'daysOver90'] as const;
