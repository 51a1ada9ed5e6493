// Random baskets priced, promoted, taxed, paid in several tenders and taken back in parts: every figure is that of a second telling of
// the rules in whole numbers (basket-oracle.fixture.ts). MEDITORY_BASKETS says how many; each run begins anew.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import {
  priceCounterLine,
  priceFillLine,
  settle,
  type BasketLine,
  type PayerShare,
  type Tender,
} from '../basket.domain.js';
import {
  refundOfLine,
  refundToOriginalTenders,
  refundTotal,
  wasPaidInCashAlone,
  type SoldLine,
  type TenderBalance,
} from '../refund.domain.js';
import {
  oracleAmounts,
  oracleBasket,
  oracleReturn,
  oracleRounded,
  type OracleLine,
  type OracleProduct,
  type OraclePromotion,
  type OracleReturned,
} from './basket-oracle.fixture.js';
import { priceBasket } from './price-basket.domain.js';
import type { Promotion, PromotionTerms } from './promotions.domain.js';
import { taxTotals } from './tax.domain.js';

/** Baskets of one run; the full count of the issue is 100,000. */
const BASKETS = Number(process.env.MEDITORY_BASKETS ?? 5_000);

const productArbitrary = fc.record({
  packPrice: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 90_000 })),
  packUnits: fc.integer({ min: 1, max: 60 }),
  tax: fc.option(
    fc.record({
      rate: fc.constantFrom(0, 100, 500, 777, 1000, 1400, 1500, 2500, 3333, 10_000),
      isIncluded: fc.boolean(),
    }),
  ),
});
const lineArbitrary = fc.record({
  product: fc.nat(3),
  packs: fc.nat(6),
  loose: fc.integer({ min: 0, max: 40_000 }),
  isFill: fc.nat(6).map((n) => n === 0),
  borneShare: fc.nat(120),
  handShare: fc.nat(400),
});
const promotionArbitrary = fc.record({
  kind: fc.constantFrom('percent' as const, 'amount' as const, 'n_for_m' as const, 'bundle' as const),
  products: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 }),
  onFills: fc.boolean(),
  rate: fc.integer({ min: 1, max: 10_000 }),
  coins: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60_000 })),
  buy: fc.integer({ min: 2, max: 5 }),
  free: fc.integer({ min: 1, max: 4 }),
  each: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
});
const planArbitrary = fc.record({
  decimals: fc.constantFrom(0, 2, 3),
  products: fc.array(productArbitrary, { minLength: 4, maxLength: 4 }),
  lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 6 }),
  promotions: fc.array(promotionArbitrary, { maxLength: 4 }),
  cashStep: fc.constantFrom(0, 0, 5, 25),
  cardShare: fc.constantFrom(0, 0, 30, 77, 100),
  extraCash: fc.nat(5000),
  returns: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 60_000 })), { minLength: 1, maxLength: 8 }),
});
type Plan = typeof planArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** Text of so many coins of a currency with so many decimals. */
const textOf = (coins: bigint, decimals: number): string =>
  Quantity.ofThousandths(coins * 10n ** BigInt(3 - decimals)).toString();
const coinsOf = (money: Money, decimals: number): bigint => {
  const coin = 10n ** BigInt(3 - decimals);
  if (money.thousandths % coin !== 0n) throw new Error(`${money.toString()} is finer than a coin`);
  return money.thousandths / coin;
};
/** Figures that must be alike; told in full only where they are not, which is a tenth of the time. */
function same(actual: readonly bigint[], expected: readonly bigint[]): void {
  if (actual.join() !== expected.join()) expect(actual).toEqual(expected);
}
const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);

/** The plan as the oracle reads it. */
function oracleWorld(plan: Plan) {
  const products: OracleProduct[] = plan.products.map(({ packPrice, packUnits, tax }) => ({
    packPrice: BigInt(packPrice),
    packUnits: BigInt(packUnits),
    tax: tax === null ? undefined : { rate: BigInt(tax.rate), isIncluded: tax.isIncluded },
  }));
  const bare: OracleLine[] = plan.lines.map(({ product, packs, loose, isFill }) => {
    const units = BigInt(packs) * 1000n * (products[product]?.packUnits ?? 1n) + BigInt(loose);
    return { product, units: units > 0n ? units : 1000n, isFill, borne: 0n, handOff: 0n };
  });
  const amounts = oracleAmounts(products, bare);
  const lines = bare.map((line, index): OracleLine => {
    const { borneShare = 0, handShare = 0 } = plan.lines[index] ?? {};
    const part = (share: number): bigint =>
      share > 100 ? 0n : ((amounts[index] ?? 0n) * BigInt(share)) / 100n;
    return line.isFill ? { ...line, borne: part(borneShare) } : { ...line, handOff: part(handShare) };
  });
  const promotions = plan.promotions.map((one): OraclePromotion => {
    const on = { products: one.products, onFills: one.onFills };
    switch (one.kind) {
      case 'percent':
        return { ...on, kind: one.kind, rate: BigInt(one.rate) };
      case 'amount':
        return { ...on, kind: one.kind, off: BigInt(one.coins) };
      case 'n_for_m':
        return { ...on, kind: one.kind, buy: one.buy, pay: Math.max(1, one.buy - one.free) };
      case 'bundle':
        return {
          ...on,
          kind: one.kind,
          price: BigInt(one.coins),
          packs: one.products.map((product, index) => [product, one.each[index] ?? 1] as const),
        };
    }
  });
  return { products, lines, promotions };
}

type World = ReturnType<typeof oracleWorld>;

function termsOf(one: OraclePromotion, decimals: number): PromotionTerms {
  switch (one.kind) {
    case 'percent':
      return { kind: one.kind, percent: rateText(one.rate) };
    case 'amount':
      return { kind: one.kind, amountOff: textOf(one.off, decimals) };
    case 'n_for_m':
      return { kind: one.kind, buyPacks: one.buy, payPacks: one.pay };
    case 'bundle':
      return {
        kind: one.kind,
        bundlePrice: textOf(one.price, decimals),
        packs: new Map(one.packs.map(([product, each]) => [product + 1, each])),
      };
  }
}

/** Ten-thousandths as the text of a share. */
const rateText = (rate: bigint): string =>
  `${(rate / 10_000n).toString()}.${(rate % 10_000n).toString().padStart(4, '0')}`;

/** The same basket through the program. */
function programLines(plan: Plan, { products, lines, promotions }: World): BasketLine[] {
  const { decimals } = plan;
  const rules = { currencyDecimals: decimals, cashRounding: Money.zero, anyDiscount: true };
  const amounts = oracleAmounts(products, lines);
  const sold = new Map<number, Quantity>();
  const priced = lines.map((line, index) => {
    const { packPrice = 0n, packUnits = 1n } = products[line.product] ?? {};
    const drugId = line.product + 1;
    const quantity = Quantity.ofThousandths(line.units);
    if (line.isFill)
      return priceFillLine(
        {
          fillId: index + 1,
          drugId,
          description: 'fill',
          quantity: quantity.toString(),
          price: textOf(amounts[index] ?? 0n, decimals),
          packPrice: textOf(packPrice, decimals),
          unitsPerPack: packUnits.toString(),
        },
        rules,
      );
    const before = sold.get(drugId) ?? Quantity.zero;
    sold.set(drugId, before.plus(quantity));
    return priceCounterLine(
      {
        product: {
          drugId,
          name: 'Testadol',
          strength: null,
          status: 'active',
          price: textOf(packPrice, decimals),
          priceCeiling: null,
          unitsPerStrip: null,
          unitsPerPack: packUnits.toString(),
          rxOnly: false,
          controlledSchedule: null,
        },
        quantity: quantity.toString(),
        unit: 'unit',
        discount: textOf(line.handOff, decimals),
      },
      index + 1,
      rules,
      before,
    );
  });
  return priceBasket(priced, {
    currencyDecimals: decimals,
    promotions: promotions.map((one, index): Promotion => ({
      promotionId: index + 1,
      version: 1,
      name: 'p',
      nameAr: null,
      terms: termsOf(one, decimals),
      drugIds: new Set(one.products.map((product) => product + 1)),
      onPrescriptions: one.onFills,
    })),
    taxes: new Map(
      products.flatMap(({ tax }, product) =>
        tax
          ? [
              [
                product + 1,
                { taxClassId: 1, code: 'T', rate: rateText(tax.rate), isIncluded: tax.isIncluded },
              ] as const,
            ]
          : [],
      ),
    ),
    claimedFills: new Set(lines.flatMap(({ borne }, index) => (borne > 0n ? [index + 1] : []))),
  });
}

/** Payments of what is left to the customer: card for a share, cash for the rest and something over. */
function tendersOf(plan: Plan, left: bigint): Tender[] {
  if (left === 0n) return [];
  const card = (left * BigInt(plan.cardShare)) / 100n;
  const cash = left - card;
  const text = (coins: bigint): string => textOf(coins, plan.decimals);
  return [
    ...(card > 0n ? [{ method: 'card' as const, amount: text(card) }] : []),
    ...(cash > 0n ? [{ method: 'cash' as const, amount: text(cash + 25n + BigInt(plan.extraCash)) }] : []),
  ];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Prices, pays and takes back one basket both ways; throws where they differ. */
function compareBasket(plan: Plan): void {
  const { decimals } = plan;
  const world = oracleWorld(plan);
  const expected = oracleBasket(world.products, world.lines, world.promotions);
  const lines = programLines(plan, world);
  const coins = (money: Money): bigint => coinsOf(money, decimals);
  same(
    lines.flatMap((line) => [
      coins(line.amount),
      coins(line.discount),
      ...world.promotions.map((_, at) =>
        sum(line.promotions.filter((one) => one.promotionId === at + 1).map((one) => coins(one.amount))),
      ),
      coins(line.tax.tax),
      coins(line.lineTotal),
    ]),
    expected.flatMap((line) => [line.amount, line.discount, ...line.promotions, line.tax, line.total]),
  );

  const due = sum(expected.map((line) => line.total));
  const borne = sum(world.lines.map((line) => line.borne));
  const left = due - borne;
  const tenders = tendersOf(plan, left);
  const step = BigInt(plan.cashStep);
  const rules = {
    currencyDecimals: decimals,
    cashRounding: Money.of(textOf(step, decimals)),
    anyDiscount: true,
  };
  const payers: PayerShare[] = world.lines.flatMap((line, index) =>
    line.borne > 0n ? [{ claimId: index + 1, claimNumber: 'C', amount: textOf(line.borne, decimals) }] : [],
  );
  const basket = settle(lines, tenders, rules, payers);
  const isCash = tenders.length > 0 && tenders.every(({ method }) => method === 'cash');
  const paidByCustomer = isCash ? oracleRounded(left, step) : left;
  const taxes = taxTotals(lines.map(({ tax }) => tax));
  const net = basket.payments.map(({ amount, change }) => coins(amount) - coins(change));
  const header = [
    basket.subtotal,
    basket.discountTotal.negated(),
    taxes.total,
    taxes.inPrices.negated(),
    basket.rounding,
  ];
  same(
    [coins(basket.total), sum(net), coins(Money.sum(header)), coins(basket.rounding)],
    [paidByCustomer + borne, paidByCustomer + borne, paidByCustomer + borne, paidByCustomer - left],
  );
  if (lines.some((line) => line.lineTotal.isNegative() || line.discount.compare(line.amount) > 0))
    throw new Error('a line is below zero');
  compareReturns(plan, world, lines, basket.payments, step);
}

/** Takes the basket back in parts until nothing is left: each part and the sum of all are as the oracle has them. */
function compareReturns(
  plan: Plan,
  world: World,
  lines: readonly BasketLine[],
  payments: ReturnType<typeof settle>['payments'],
  step: bigint,
): void {
  const { decimals } = plan;
  const coins = (money: Money): bigint => coinsOf(money, decimals);
  const expected = oracleBasket(world.products, world.lines, world.promotions);
  const told: OracleReturned[] = lines.map(() => ({ units: 0n, amount: 0n, discount: 0n, tax: 0n }));
  const sold = lines.map((line, index): Writable<SoldLine> => ({
    saleItemId: index,
    quantity: line.quantity.toString(),
    amount: line.amount.toString(),
    discount: line.discount.toString(),
    tax: line.tax.tax.toString(),
    returnedQuantity: '0',
    returnedAmount: '0',
    returnedDiscount: '0',
    returnedTax: '0',
  }));
  const balances = (['cash', 'card'] as const).map((method): Writable<TenderBalance> => {
    const mine = payments.filter((payment) => payment.method === method);
    return {
      method,
      paid: Money.sum(mine.map(({ amount, change }) => amount.minus(change))).toString(),
      refunded: '0',
    };
  });
  const paid = sum(balances.map((balance) => coins(Money.of(balance.paid))));
  let refunded = 0n;
  for (let n = 0; ; n++) {
    const open = lines.flatMap((_, index) =>
      (told[index]?.units ?? 0n) < (world.lines[index]?.units ?? 0n) ? [index] : [],
    );
    if (open.length === 0) break;
    const [pick, asked] = plan.returns[n % plan.returns.length] ?? [0, 1000];
    const at = open[pick % open.length] ?? 0;
    const [line, before, own, row, result] = [world.lines[at], told[at], lines[at], sold[at], expected[at]];
    if (!line || !before || !own || !row || !result) throw new Error('there is no such line');
    const rest = line.units - before.units;
    // What a payer bears comes back whole, and so does everything in the end.
    const units = line.borne > 0n || n > 12 || BigInt(asked) > rest ? rest : BigInt(asked);
    const refund = refundOfLine(row, Quantity.ofThousandths(units), decimals);
    const oracle = oracleReturn(result, line.units, before, units);
    same(
      [coins(refund.amount), coins(refund.discount), coins(refund.tax)],
      [oracle.amount, oracle.discount, oracle.tax],
    );
    before.units += units;
    before.amount += oracle.amount;
    before.discount += oracle.discount;
    before.tax += oracle.tax;
    row.returnedQuantity = Quantity.ofThousandths(before.units).toString();
    row.returnedAmount = textOf(before.amount, decimals);
    row.returnedDiscount = textOf(before.discount, decimals);
    row.returnedTax = textOf(before.tax, decimals);
    const base = oracle.amount - oracle.discount;
    const worth = (own.tax.isIncluded ? base : base + oracle.tax) - line.borne;
    const isLast = lines.every((_, index) => told[index]?.units === world.lines[index]?.units);
    const inCashAlone = wasPaidInCashAlone(balances);
    const total = refundTotal(Money.of(textOf(worth, decimals)), balances, {
      isLast,
      inCashAlone,
      cashRounding: Money.of(textOf(step, decimals)),
    });
    const left = paid - refunded;
    const fair = inCashAlone ? oracleRounded(worth, step) : worth;
    same([coins(total)], [isLast ? left : fair < left ? fair : left]);
    refunded += coins(total);
    for (const { method, amount } of refundToOriginalTenders(total, balances)) {
      const balance = balances.find((one) => one.method === method);
      if (balance) balance.refunded = Money.of(balance.refunded).plus(amount).toString();
    }
  }
  same([refunded], [paid]);
  same(
    told.flatMap(({ amount, discount, tax }) => [amount, discount, tax]),
    expected.flatMap(({ amount, discount, tax }) => [amount, discount, tax]),
  );
}

describe('a basket', () => {
  it(
    `is priced, promoted, taxed, paid and taken back as a second telling of the rules has it, ${BASKETS} times`,
    { timeout: 60_000 + BASKETS * 20 },
    () => {
      fc.assert(fc.property(planArbitrary, compareBasket), { numRuns: BASKETS });
    },
  );
});
