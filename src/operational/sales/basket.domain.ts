import { exactAmount } from '../../platform/money/exact-amount.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { AccountTender } from '../accounts/accounts.types.js';
import {
  ChangeOnlyFromCash,
  DiscountLimit,
  DrugRecalled,
  PaymentShort,
  PrescriptionRequired,
  PriceCeiling,
  PriceUnknown,
  UnitNotSold,
} from './basket-refusals.domain.js';
import type { PromotionShare } from './pricing/promotions.domain.js';
import { UNTAXED, type LineTax } from './pricing/tax.domain.js';

/** Share of a line a cashier may give as discount; above it the permission Refund is needed. House rule, one for all. */
export const DISCOUNT_LIMIT_RATE = '0.10';

export type SaleUnit = 'unit' | 'strip' | 'pack';
/** What is handed over, or set against the account of a customer; `credit_note`: a note redeemed or given; `exchange`: what came back in the same act. */
export type TenderMethod = 'cash' | 'card' | 'mobile' | 'credit_note' | 'exchange' | AccountTender;

/** How a branch counts money, and what the seller may. */
export interface TillRules {
  /** Decimals of the currency's smallest unit, 0 to 3. */
  readonly currencyDecimals: number;
  /** Cash totals are rounded to a multiple of this; zero: not. */
  readonly cashRounding: Money;
  /** True: discounts up to the whole line; false: up to DISCOUNT_LIMIT_RATE of it. */
  readonly anyDiscount: boolean;
}

/** What pricing must know of a product. Amounts are decimal strings. */
export interface Product {
  readonly drugId: number;
  readonly name: string;
  readonly strength: string | null;
  readonly status: 'active' | 'discontinued' | 'recalled';
  readonly price: string;
  readonly priceCeiling: string | null;
  readonly unitsPerStrip: string | null;
  readonly unitsPerPack: string;
  readonly rxOnly: boolean;
  readonly controlledSchedule: string | null;
}

/** An over-the-counter line as asked for: so many units, strips or packs, less an amount. */
export interface CounterLine {
  readonly product: Product;
  readonly quantity: string;
  readonly unit: SaleUnit;
  readonly discount: string;
}

/** A dispensed fill with its own price. */
export interface FillLine {
  readonly fillId: number;
  readonly drugId: number;
  readonly description: string;
  /** Base units dispensed. */
  readonly quantity: string;
  readonly price: string;
  /** Price of a pack, kept with the line for the record. */
  readonly packPrice: string;
  /** Base units in a pack. */
  readonly unitsPerPack: string;
}

/** A priced line. What promotions took off is a part of `discount`; `lineTotal` has the tax where the price does not hold it. */
export interface BasketLine {
  readonly drugId: number;
  readonly fillId: number | null;
  readonly description: string;
  /** Base units. */
  readonly quantity: Quantity;
  readonly unit: SaleUnit;
  /** Quantity in `unit`. */
  readonly unitQuantity: Quantity;
  readonly packPrice: Money;
  /** Base units in a pack. */
  readonly unitsPerPack: Quantity;
  readonly amount: Money;
  readonly discount: Money;
  readonly promotions: readonly PromotionShare[];
  readonly tax: LineTax;
  readonly lineTotal: Money;
}

/** A tender as handed over. */
export interface Tender {
  readonly method: TenderMethod;
  readonly amount: string;
  readonly reference?: string;
}

/** What a payer bears of a fill in the basket. */
export interface PayerShare {
  readonly claimId: number;
  /** The claim's number: it stands with the tender. */
  readonly claimNumber: string;
  /** More than zero, decimal string. */
  readonly amount: string;
}

/** A tender as posted: what was handed over and what was given back of it. The tender `insurance` names its claim. */
export interface Payment {
  readonly method: TenderMethod | 'insurance';
  readonly claimId: number | null;
  readonly amount: Money;
  readonly change: Money;
  readonly reference: string | null;
}

/** A sale ready to be posted: Σ lineTotal + rounding = total = Σ (amount − change). */
export interface Basket {
  readonly lines: readonly BasketLine[];
  readonly subtotal: Money;
  readonly discountTotal: Money;
  readonly rounding: Money;
  readonly total: Money;
  readonly payments: readonly Payment[];
  readonly paid: Money;
  readonly change: Money;
}

const ONE = Quantity.of('1');

function baseUnitsOf(product: Product, unit: SaleUnit): Quantity | undefined {
  if (unit === 'unit') return ONE;
  if (unit === 'pack') return Quantity.of(product.unitsPerPack);
  return product.unitsPerStrip === null ? undefined : Quantity.of(product.unitsPerStrip);
}

function requireSellable(product: Product): void {
  if (product.status === 'recalled') throw new DrugRecalled(product.drugId);
  // A discontinued product may be sold while stock lasts.
  if (product.rxOnly || product.controlledSchedule !== null) throw new PrescriptionRequired(product.drugId);
  // The catalogue keeps 0 where its source states no price.
  if (Money.of(product.price).isZero()) throw new PriceUnknown({ drugId: product.drugId });
  if (product.priceCeiling !== null && Money.of(product.price).compare(Money.of(product.priceCeiling)) > 0)
    throw new PriceCeiling({
      drugId: product.drugId,
      price: product.price,
      ceiling: product.priceCeiling,
    });
}

/**
 * Prices an over-the-counter line: its share of the pack price to the currency's smallest unit. Lines of a product in one basket add
 * up to the price of all of it, rounded half up once: a line costs the rounded price up to it less what those `before` it cost
 * (base units of the product on earlier lines). So parts that make a pack cost a pack, and a whole pack costs its price on any line.
 */
export function priceCounterLine(
  line: CounterLine,
  lineNo: number,
  rules: TillRules,
  before: Quantity = Quantity.zero,
): BasketLine {
  const { product, unit } = line;
  requireSellable(product);
  const unitQuantity = Quantity.of(line.quantity);
  const perUnit = baseUnitsOf(product, unit);
  const quantity = perUnit && exactProduct(unitQuantity, perUnit);
  if (!quantity) throw new UnitNotSold(product.drugId, unit);
  const packPrice = Money.of(product.price);
  const upTo = (units: Quantity): Money =>
    packPrice.share(units, Quantity.of(product.unitsPerPack), rules.currencyDecimals);
  const amount = upTo(before.plus(quantity)).minus(upTo(before));
  const discount = exactAmount(line.discount, rules.currencyDecimals);
  const limit = rules.anyDiscount ? amount : amount.timesRate(DISCOUNT_LIMIT_RATE, rules.currencyDecimals);
  if (discount.compare(limit) > 0) throw new DiscountLimit(lineNo, limit.toString());
  return {
    drugId: product.drugId,
    fillId: null,
    description: [product.name, includesStrength(product) ? null : product.strength]
      .filter(Boolean)
      .join(' '),
    quantity,
    unit,
    unitQuantity,
    packPrice,
    unitsPerPack: Quantity.of(product.unitsPerPack),
    amount,
    discount,
    promotions: [],
    tax: UNTAXED,
    lineTotal: amount.minus(discount),
  };
}

/** Catalogue names often end in their strength already. */
const includesStrength = (product: Product): boolean =>
  product.strength !== null &&
  product.name.toLowerCase().replaceAll(' ', '').includes(product.strength.toLowerCase().replaceAll(' ', ''));

function exactProduct(a: Quantity, b: Quantity): Quantity | undefined {
  return (a.thousandths * b.thousandths) % 1000n === 0n ? a.times(b) : undefined;
}

/**
 * The line of a fill: its quantity and price were settled when it was filled. Throws PriceUnknown for one filled while
 * its product had no price.
 */
export function priceFillLine(fill: FillLine, rules: Pick<TillRules, 'currencyDecimals'>): BasketLine {
  const quantity = Quantity.of(fill.quantity);
  const amount = Money.of(fill.price);
  if (amount.isZero() && !isLessThanACoin(fill, rules.currencyDecimals))
    throw new PriceUnknown({ drugId: fill.drugId, fillId: fill.fillId });
  return {
    drugId: fill.drugId,
    fillId: fill.fillId,
    description: fill.description,
    quantity,
    unit: 'unit',
    unitQuantity: quantity,
    packPrice: Money.of(fill.packPrice),
    unitsPerPack: Quantity.of(fill.unitsPerPack),
    amount,
    discount: Money.zero,
    promotions: [],
    tax: UNTAXED,
    lineTotal: amount,
  };
}

/** True when the fill costs nothing because its share of the pack's price is less than the smallest coin there is. */
function isLessThanACoin(fill: FillLine, decimals: number): boolean {
  const packPrice = Money.of(fill.packPrice);
  const share = packPrice.share(Quantity.of(fill.quantity), Quantity.of(fill.unitsPerPack), decimals);
  return !packPrice.isZero() && share.isZero();
}

/** Tenders that are no money: they count to the smallest unit, and what they leave is paid in money. */
const isCredit = ({ method }: Tender): boolean => method === 'credit_note' || method === 'exchange';

/**
 * Totals priced lines and settles the tenders. What payers bear goes first, then credit; what is left to the patient is rounded to the
 * branch's cash step where he pays it in cash alone. Throws PaymentShort, ChangeOnlyFromCash, AmountTooFine.
 */
export function settle(
  lines: readonly BasketLine[],
  tenders: readonly Tender[],
  rules: TillRules,
  payers: readonly PayerShare[] = [],
): Basket {
  const subtotal = Money.sum(lines.map((line) => line.amount));
  const discountTotal = Money.sum(lines.map((line) => line.discount));
  const exact = Money.sum(lines.map((line) => line.lineTotal));
  const money = tenders.filter((tender) => !isCredit(tender));
  const inCashAlone = money.length > 0 && money.every((tender) => tender.method === 'cash');
  const borne = Money.sum(payers.map((payer) => Money.of(payer.amount)));
  const left = exact.minus(borne);
  const credit = Money.sum(tenders.filter(isCredit).map((tender) => Money.of(tender.amount)));
  const due = inCashAlone ? credit.plus(left.minus(credit).roundedTo(rules.cashRounding)) : left;
  const amounts = tenders.map((tender) => exactAmount(tender.amount, rules.currencyDecimals));
  const paid = Money.sum(amounts);
  const change = paid.minus(due);
  if (change.isNegative())
    throw new PaymentShort(due.toString(), paid.toString(), change.negated().toString());
  const payments: Payment[] = payers.map(({ claimId, claimNumber, amount }) => ({
    method: 'insurance',
    claimId,
    amount: Money.of(amount),
    change: Money.zero,
    reference: claimNumber,
  }));
  let toGive = change;
  for (const [index, tender] of tenders.entries()) {
    const amount = amounts[index] ?? Money.zero;
    const given = tender.method !== 'cash' ? Money.zero : amount.compare(toGive) < 0 ? amount : toGive;
    toGive = toGive.minus(given);
    const reference = tender.reference ?? null;
    payments.push({ method: tender.method, claimId: null, amount, change: given, reference });
  }
  if (!toGive.isZero()) throw new ChangeOnlyFromCash(due.toString(), change.toString());
  const total = borne.plus(due);
  return {
    lines,
    subtotal,
    discountTotal,
    rounding: total.minus(exact),
    total,
    payments,
    paid: paid.plus(borne),
    change,
  };
}
