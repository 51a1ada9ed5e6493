import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { RefundMismatch, ReturnedMoreThanSold } from './basket-refusals.domain.js';
import type { TenderMethod } from './basket.domain.js';

/** A line of a posted sale with what was taken back of it before. Amounts positive. */
export interface SoldLine {
  readonly saleItemId: number;
  /** Base units. */
  readonly quantity: string;
  readonly amount: string;
  readonly discount: string;
  readonly tax: string;
  readonly returnedQuantity: string;
  readonly returnedAmount: string;
  readonly returnedDiscount: string;
  readonly returnedTax: string;
}

/** What of a line goes back. All positive; the posted return carries them with a minus. */
export interface LineRefund {
  readonly saleItemId: number;
  readonly quantity: Quantity;
  readonly amount: Money;
  readonly discount: Money;
  readonly tax: Money;
}

/** Money of a posted sale: what was paid net of change and what was refunded before, for each tender. */
export interface TenderBalance {
  readonly method: TenderMethod;
  readonly paid: string;
  readonly refunded: string;
}

/** A refund in one tender, positive. */
export interface RefundPayment {
  readonly method: TenderMethod;
  readonly amount: Money;
}

const least = (a: Money, b: Money): Money => (a.compare(b) < 0 ? a : b);
const most = (a: Money, b: Money): Money => (a.compare(b) > 0 ? a : b);

/**
 * The part of a line that goes back with `quantity` base units. Amounts are shares of the whole taken cumulatively, so
 * that however a line is split over returns, the last one takes exactly what is left. Throws ReturnedMoreThanSold.
 */
export function refundOfLine(line: SoldLine, quantity: Quantity, decimals: number): LineRefund {
  const sold = Quantity.of(line.quantity);
  const before = Quantity.of(line.returnedQuantity);
  const after = before.plus(quantity);
  if (after.compare(sold) > 0)
    throw new ReturnedMoreThanSold({ saleItemId: line.saleItemId, left: sold.minus(before).toString() });
  const isLast = after.compare(sold) === 0;
  const amountLeft = Money.of(line.amount).minus(Money.of(line.returnedAmount));
  const discountLeft = Money.of(line.discount).minus(Money.of(line.returnedDiscount));
  const part = (whole: string, returned: string): Money =>
    Money.of(whole).share(after, sold, decimals).minus(Money.of(returned));
  const amount = isLast ? amountLeft : least(part(line.amount, line.returnedAmount), amountLeft);
  // Kept between bounds: a discount is never above its amount, neither in this part nor in what is left.
  const lowest = most(Money.zero, discountLeft.minus(amountLeft.minus(amount)));
  const discount = most(
    lowest,
    least(part(line.discount, line.returnedDiscount), least(amount, discountLeft)),
  );
  const taxLeft = Money.of(line.tax).minus(Money.of(line.returnedTax));
  const tax = isLast ? taxLeft : least(most(Money.zero, part(line.tax, line.returnedTax)), taxLeft);
  return { saleItemId: line.saleItemId, quantity, amount, discount, tax };
}

/**
 * What is given back for lines worth `exact`. The return that brings back the last unit of the sale gives what is left
 * of what was paid, cash rounding included; a refund in cash alone before that is rounded to the cash step.
 */
export function refundTotal(
  exact: Money,
  balances: readonly TenderBalance[],
  options: { readonly isLast: boolean; readonly inCashAlone: boolean; readonly cashRounding: Money },
): Money {
  const left = leftOf(balances);
  if (options.isLast) return left;
  return least(options.inCashAlone ? exact.roundedTo(options.cashRounding) : exact, left);
}

/** Money of the sale not refunded yet. */
export const leftOf = (balances: readonly TenderBalance[]): Money =>
  Money.sum(balances.map((balance) => Money.of(balance.paid).minus(Money.of(balance.refunded))));

/** What is owed becomes less before money is handed out; what was paid ahead, points and credit come back last. */
const REFUND_ORDER: readonly TenderMethod[] = [
  ...(['account', 'cash', 'card', 'mobile', 'deposit', 'points'] as const),
  ...(['credit_note', 'exchange'] as const),
];
/** Tenders for which cash may stand in. */
const MONEY: readonly TenderMethod[] = ['cash', 'card', 'mobile'];
/** Tenders for which a credit note may stand in: money, and credit itself. */
const TO_CREDIT: readonly TenderMethod[] = [...MONEY, 'credit_note', 'exchange'];

/** What a tender is given back in: credit stays credit, and what an exchange paid becomes credit. */
const refundMethod = (method: TenderMethod): TenderMethod => (method === 'exchange' ? 'credit_note' : method);

const leftIn = (balances: readonly TenderBalance[], methods: readonly TenderMethod[]): Money =>
  most(Money.zero, leftOf(balances.filter((balance) => methods.includes(balance.method))));

/** Whether a refund to the original tenders would come from cash alone. */
export const wasPaidInCashAlone = (balances: readonly TenderBalance[]): boolean =>
  REFUND_ORDER.every((method) => method === 'cash' || leftIn(balances, [method]).isZero());

/** Gives `total` back to the original tenders in their order, each at most what it paid; what credit paid comes back as a credit note. */
export function refundToOriginalTenders(total: Money, balances: readonly TenderBalance[]): RefundPayment[] {
  const payments: RefundPayment[] = [];
  let left = total;
  for (const method of REFUND_ORDER) {
    const amount = least(left, leftIn(balances, [method]));
    if (amount.isZero()) continue;
    const before = payments.findIndex((payment) => payment.method === refundMethod(method));
    const sum = payments[before]?.amount ?? Money.zero;
    payments.splice(before === -1 ? payments.length : before, 1, {
      method: refundMethod(method),
      amount: sum.plus(amount),
    });
    left = left.minus(amount);
  }
  if (!left.isZero()) throw new RefundMismatch({ total: total.toString() });
  return payments;
}

/**
 * Checks refunds the seller chose: they add up to `total`, and none is more than its tender paid. Cash may stand in for a card or a
 * wallet, a credit note for money and credit; neither for what was bought on account, with a deposit or with points: that would hand out money
 * nobody paid.
 */
export function checkRefunds(
  payments: readonly RefundPayment[],
  total: Money,
  balances: readonly TenderBalance[],
): void {
  if (Money.sum(payments.map((payment) => payment.amount)).compare(total) !== 0)
    throw new RefundMismatch({ total: total.toString() });
  for (const method of REFUND_ORDER) {
    // In money cash may be more than was paid in cash, but all of it no more than was paid in money; with credit likewise.
    const group = method === 'cash' ? MONEY : method === 'credit_note' ? TO_CREDIT : [method];
    const available = leftIn(balances, group);
    if (askedIn(payments, group).compare(available) > 0)
      throw new RefundMismatch({ total: total.toString(), method, available: available.toString() });
  }
}

const askedIn = (payments: readonly RefundPayment[], methods: readonly TenderMethod[]): Money =>
  Money.sum(payments.filter((one) => methods.includes(one.method)).map((one) => one.amount));
