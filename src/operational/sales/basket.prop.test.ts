// Money over random baskets: parts add up to packs within the declared rounding, and every sum holds to the smallest unit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { priceCounterLine, settle, type Product, type Tender } from './basket.domain.js';
import {
  refundOfLine,
  refundToOriginalTenders,
  refundTotal,
  wasPaidInCashAlone,
  type SoldLine,
  type TenderBalance,
} from './refund.domain.js';

const thousandths = (value: bigint | number): string => Quantity.ofThousandths(BigInt(value)).toString();
const product = (price: string, unitsPerPack: number): Product => ({
  drugId: 1,
  name: 'Testadol',
  strength: null,
  status: 'active',
  price,
  priceCeiling: null,
  unitsPerStrip: null,
  unitsPerPack: String(unitsPerPack),
  rxOnly: false,
  controlledSchedule: null,
});
const decimals = fc.integer({ min: 0, max: 3 });
const coinOf = (places: number): bigint => 10n ** BigInt(3 - places);
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const priceOf = (places: number) =>
  fc.integer({ min: 1, max: 500_000 }).map((coins) => thousandths(BigInt(coins) * coinOf(places)));

describe('parts of a pack', () => {
  it('add up to the price of the pack within half a coin for each part', () => {
    fc.assert(
      fc.property(
        decimals.chain((places) => fc.tuple(fc.constant(places), priceOf(places))),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
        ([places, price], parts) => {
          const units = parts.reduce((sum, part) => sum + part, 0);
          const rules = { currencyDecimals: places, cashRounding: Money.zero, anyDiscount: true };
          const amounts = parts.map(
            (quantity) =>
              priceCounterLine(
                {
                  product: product(price, units),
                  quantity: String(quantity),
                  unit: 'unit',
                  discount: '0',
                },
                1,
                rules,
              ).amount.thousandths,
          );
          const off = amounts.reduce((sum, amount) => sum + amount, 0n) - Money.of(price).thousandths;
          expect(2n * absolute(off) <= coinOf(places) * BigInt(parts.length)).toBe(true);
          expect(amounts.every((amount) => amount % coinOf(places) === 0n)).toBe(true);
        },
      ),
    );
  });
});

describe('lines of a product in one basket', () => {
  it('add up to the price of all of it, rounded once, in any order', () => {
    fc.assert(
      fc.property(
        decimals.chain((places) => fc.tuple(fc.constant(places), priceOf(places))),
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 10 }),
        ([places, price], unitsPerPack, parts) => {
          const rules = { currencyDecimals: places, cashRounding: Money.zero, anyDiscount: true };
          let before = Quantity.zero;
          let sum = Money.zero;
          for (const part of parts) {
            const line = priceCounterLine(
              {
                product: product(price, unitsPerPack),
                quantity: thousandths(part),
                unit: 'unit',
                discount: '0',
              },
              1,
              rules,
              before,
            );
            expect(line.amount.isNegative()).toBe(false);
            before = before.plus(line.quantity);
            sum = sum.plus(line.amount);
          }
          const whole = Money.of(price).share(before, Quantity.of(String(unitsPerPack)), places);
          expect(sum.toString()).toBe(whole.toString());
        },
      ),
    );
  });
});

const basketArbitrary = fc.record({
  lines: fc.array(
    fc.record({
      coins: fc.integer({ min: 1, max: 50_000 }),
      units: fc.integer({ min: 1, max: 60 }),
      quantity: fc.integer({ min: 1, max: 90 }),
      discountShare: fc.integer({ min: 0, max: 100 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  cashRounding: fc.constantFrom('0', '0.05', '0.25', '1'),
  cardShare: fc.integer({ min: 0, max: 100 }),
  extraCash: fc.integer({ min: 0, max: 5000 }),
});
type Plan = typeof basketArbitrary extends fc.Arbitrary<infer T> ? T : never;

function basketOf(plan: Plan) {
  const rules = { currencyDecimals: 2, cashRounding: Money.of(plan.cashRounding), anyDiscount: true };
  const lines = plan.lines.map(({ coins, units, quantity, discountShare }, index) => {
    const request = {
      product: product(thousandths(coins * 10), units),
      quantity: String(quantity),
      unit: 'unit' as const,
      discount: '0',
    };
    const { amount } = priceCounterLine(request, index + 1, rules);
    const discount = amount.share(Quantity.of(String(discountShare)), Quantity.of('100'), 2);
    return priceCounterLine({ ...request, discount: discount.toString() }, index + 1, rules);
  });
  const due = Money.sum(lines.map((line) => line.lineTotal));
  const card = due.share(Quantity.of(String(plan.cardShare)), Quantity.of('100'), 2);
  const cash = due
    .minus(card)
    .plus(Money.of('1'))
    .plus(Money.of(thousandths(plan.extraCash * 10)));
  const tenders: Tender[] = [
    ...(card.isZero() ? [] : [{ method: 'card' as const, amount: card.toString() }]),
    { method: 'cash' as const, amount: cash.toString() },
  ];
  return { rules, basket: settle(lines, tenders, rules) };
}

describe('a settled basket', () => {
  it('has lines, total and tenders that agree exactly', () => {
    fc.assert(
      fc.property(basketArbitrary, (plan) => {
        const { basket } = basketOf(plan);
        const lines = Money.sum(basket.lines.map((line) => line.lineTotal));
        const tenders = Money.sum(basket.payments.map(({ amount, change }) => amount.minus(change)));
        expect(lines.plus(basket.rounding).toString()).toBe(basket.total.toString());
        expect(tenders.toString()).toBe(basket.total.toString());
        expect(basket.payments.every(({ method, change }) => method === 'cash' || change.isZero())).toBe(
          true,
        );
      }),
    );
  });
});

describe('returns of a whole basket, however they are split', () => {
  it('give back exactly what was paid, never more than a line had, never more than a card paid', () => {
    fc.assert(
      fc.property(
        basketArbitrary,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        (plan, steps) => {
          const { rules, basket } = basketOf(plan);
          const sold = basket.lines.map((line, index) => ({
            saleItemId: index,
            quantity: line.quantity.toString(),
            amount: line.amount.toString(),
            discount: line.discount.toString(),
            tax: '0',
            returnedQuantity: '0',
            returnedAmount: '0',
            returnedDiscount: '0',
            returnedTax: '0',
          }));
          const balances = (['cash', 'card'] as const).map((method) => ({
            method,
            paid: Money.sum(
              basket.payments
                .filter((payment) => payment.method === method)
                .map(({ amount, change }) => amount.minus(change)),
            ).toString(),
            refunded: '0',
          }));
          let refunded = Money.zero;
          for (let step = 0; sold.some(hasLeft); step++)
            refunded = refunded.plus(returnSome(sold, balances, steps[step % steps.length] ?? 1, rules));
          expect(refunded.toString()).toBe(basket.total.toString());
          for (const line of sold) {
            expect(Money.of(line.returnedAmount).toString()).toBe(Money.of(line.amount).toString());
            expect(Money.of(line.returnedDiscount).toString()).toBe(Money.of(line.discount).toString());
          }
        },
      ),
    );
  });
});

type Writable<T> = { -readonly [K in keyof T]: T[K] };
const hasLeft = (line: SoldLine): boolean => line.quantity !== line.returnedQuantity;

/** Returns up to `most` units of the first line that has any, and books it. */
function returnSome(
  sold: Writable<SoldLine>[],
  balances: Writable<TenderBalance>[],
  most: number,
  rules: { cashRounding: Money },
): Money {
  const line = sold.find(hasLeft);
  if (!line) return Money.zero;
  const left = Quantity.of(line.quantity).minus(Quantity.of(line.returnedQuantity));
  const wanted = Quantity.of(String(most));
  const refund = refundOfLine(line, wanted.compare(left) > 0 ? left : wanted, 2);
  expect(refund.discount.isNegative() || refund.amount.isNegative()).toBe(false);
  expect(refund.discount.compare(refund.amount)).not.toBe(1);
  line.returnedQuantity = Quantity.of(line.returnedQuantity).plus(refund.quantity).toString();
  line.returnedAmount = Money.of(line.returnedAmount).plus(refund.amount).toString();
  line.returnedDiscount = Money.of(line.returnedDiscount).plus(refund.discount).toString();
  const total = refundTotal(refund.amount.minus(refund.discount), balances, {
    isLast: !sold.some(hasLeft),
    inCashAlone: wasPaidInCashAlone(balances),
    cashRounding: rules.cashRounding,
  });
  for (const { method, amount } of refundToOriginalTenders(total, balances)) {
    const balance = balances.find((one) => one.method === method);
    if (balance) balance.refunded = Money.of(balance.refunded).plus(amount).toString();
  }
  for (const balance of balances)
    expect(Money.of(balance.refunded).compare(Money.of(balance.paid))).not.toBe(1);
  return total;
}
