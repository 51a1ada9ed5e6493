import { divideHalfUp } from '../../../platform/money/decimal.js';
import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';

/** What a promotion takes off. Amounts and shares are decimal strings. */
export type PromotionTerms =
  | { readonly kind: 'percent'; readonly percent: string }
  | { readonly kind: 'amount'; readonly amountOff: string }
  | { readonly kind: 'n_for_m'; readonly buyPacks: number; readonly payPacks: number }
  | { readonly kind: 'bundle'; readonly bundlePrice: string; readonly packs: ReadonlyMap<number, number> };

/** A promotion that holds today, with the products of the basket it is on. */
export interface Promotion {
  readonly promotionId: number;
  readonly version: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly terms: PromotionTerms;
  readonly drugIds: ReadonlySet<number>;
  /** True: it counts for fills too. */
  readonly onPrescriptions: boolean;
}

/** A line as promotions see it. */
export interface PromotableLine {
  readonly drugId: number;
  /** Base units. */
  readonly quantity: Quantity;
  /** Base units in a pack. */
  readonly unitsPerPack: Quantity;
  readonly packPrice: Money;
  /** Price of the line before any discount. */
  readonly amount: Money;
  readonly isPrescription: boolean;
  /** False: nothing is taken off by a promotion, as where the seller took something off by hand or a payer bears a part. */
  readonly isOpen: boolean;
}

/** What a promotion takes off one line, and off how much of it. */
export interface PromotionShare {
  readonly promotionId: number;
  readonly version: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly line: number;
  /** Base units. */
  readonly quantity: Quantity;
  readonly amount: Money;
}

/** Units of a line that a promotion uses, their price, and what comes off it; thousandths. */
interface Part {
  readonly line: number;
  readonly units: bigint;
  readonly value: bigint;
  readonly off: bigint;
}

/** The lines with how much of each is used already, in thousandths of base units. */
interface Counter {
  readonly lines: readonly PromotableLine[];
  readonly used: readonly bigint[];
  /** The smallest coin, in thousandths. */
  readonly coin: bigint;
}

const roundedTo = (coin: bigint, dividend: bigint, divisor: bigint): bigint =>
  divideHalfUp(dividend, divisor * coin) * coin;

const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Price of the next units of a line: shares of its price are taken up to each unit, so that they add up to all of it. */
function valueOf({ lines, used, coin }: Counter, line: number, units: bigint): bigint {
  const { amount, quantity } = lines[line] ?? NOTHING;
  const upTo = (to: bigint): bigint => roundedTo(coin, amount.thousandths * to, quantity.thousandths);
  const from = used[line] ?? 0n;
  return upTo(from + units) - upTo(from);
}

const NOTHING: PromotableLine = {
  drugId: 0,
  quantity: Quantity.of('1'),
  unitsPerPack: Quantity.of('1'),
  packPrice: Money.zero,
  amount: Money.zero,
  isPrescription: false,
  isOpen: false,
};

const freeUnits = ({ lines, used }: Counter, line: number): bigint =>
  (lines[line] ?? NOTHING).quantity.thousandths - (used[line] ?? 0n);

const freePacks = (counter: Counter, line: number): bigint =>
  freeUnits(counter, line) / (counter.lines[line] ?? NOTHING).unitsPerPack.thousandths;

const packUnits = ({ lines }: Counter, line: number, packs: bigint): bigint =>
  packs * (lines[line] ?? NOTHING).unitsPerPack.thousandths;

/** Lines that a promotion may be on and that have something left, by place. */
const linesOf = (counter: Counter, promotion: Promotion): number[] =>
  counter.lines.flatMap((line, index) =>
    line.isOpen &&
    promotion.drugIds.has(line.drugId) &&
    (promotion.onPrescriptions || !line.isPrescription) &&
    freeUnits(counter, index) > 0n
      ? [index]
      : [],
  );

/** Divides `off` over parts by their price, to the coin: shares are taken up to each part, so that they add up to all of it. */
function allocated(parts: readonly Omit<Part, 'off'>[], off: bigint, coin: bigint): Part[] {
  const total = sumOf(parts.map(({ value }) => value));
  if (total <= 0n || off <= 0n) return [];
  let before = 0n;
  let given = 0n;
  return parts.map((part) => {
    before += part.value;
    const upTo = roundedTo(coin, off * before, total);
    const share = upTo - given;
    given = upTo;
    return { ...part, off: share };
  });
}

function percentParts(counter: Counter, lines: readonly number[], percent: string): Part[] {
  return lines.map((line) => {
    const units = freeUnits(counter, line);
    const value = valueOf(counter, line, units);
    const [whole = '0', fraction = ''] = percent.split('.');
    const rate = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
    return { line, units, value, off: roundedTo(counter.coin, value * rate, 10_000n) };
  });
}

function amountParts(counter: Counter, lines: readonly number[], amountOff: string): Part[] {
  return lines.map((line) => {
    const packs = freePacks(counter, line);
    const units = packUnits(counter, line, packs);
    const value = valueOf(counter, line, units);
    const off = roundedTo(counter.coin, Money.of(amountOff).thousandths * packs, 1n);
    return { line, units, value, off: least(off, value) };
  });
}

/** Of each `buy` packs, dearest first, the cheapest `buy − pay` are free; what that saves is shared by all of them. */
function nForMParts(counter: Counter, lines: readonly number[], buy: bigint, pay: bigint): Part[] {
  const priceOf = (line: number): bigint => (counter.lines[line] ?? NOTHING).packPrice.thousandths;
  const sorted = lines.toSorted((a, b) => Number(priceOf(b) - priceOf(a)) || a - b);
  const counted = sumOf(sorted.map((line) => freePacks(counter, line)));
  const end = (counted / buy) * buy;
  const freeUpTo = (packs: bigint): bigint => {
    const rest = (packs % buy) - pay;
    return (packs / buy) * (buy - pay) + (rest > 0n ? rest : 0n);
  };
  let from = 0n;
  let off = 0n;
  const parts: Omit<Part, 'off'>[] = [];
  for (const line of sorted) {
    const to = least(from + freePacks(counter, line), end);
    const packs = to - from;
    if (packs > 0n) {
      const units = packUnits(counter, line, packs);
      const value = valueOf(counter, line, units);
      off += roundedTo(counter.coin, value * (freeUpTo(to) - freeUpTo(from)), packs);
      parts.push({ line, units, value });
    }
    from = to;
  }
  return allocated(parts, off, counter.coin);
}

/** As many bundles as the packs make, each at its price. */
function bundleParts(
  counter: Counter,
  lines: readonly number[],
  price: bigint,
  packs: ReadonlyMap<number, number>,
): Part[] {
  const drugOf = (line: number): number => (counter.lines[line] ?? NOTHING).drugId;
  const linesOfDrug = (drugId: number): number[] => lines.filter((line) => drugOf(line) === drugId);
  const made = [...packs].map(
    ([drugId, each]) => sumOf(linesOfDrug(drugId).map((line) => freePacks(counter, line))) / BigInt(each),
  );
  const bundles = made.length === 0 ? 0n : made.reduce(least);
  if (bundles === 0n) return [];
  const parts: Omit<Part, 'off'>[] = [];
  for (const [drugId, each] of packs) {
    let wanted = bundles * BigInt(each);
    for (const line of linesOfDrug(drugId)) {
      const taken = least(wanted, freePacks(counter, line));
      wanted -= taken;
      if (taken === 0n) continue;
      const units = packUnits(counter, line, taken);
      parts.push({ line, units, value: valueOf(counter, line, units) });
    }
  }
  const off = sumOf(parts.map(({ value }) => value)) - price * bundles;
  return allocated(parts, off, counter.coin);
}

/** What a promotion would take off what is left of the lines; nothing where it does not apply. */
function partsOf(counter: Counter, promotion: Promotion): Part[] {
  const { terms } = promotion;
  const lines = linesOf(counter, promotion);
  switch (terms.kind) {
    case 'percent':
      return percentParts(counter, lines, terms.percent);
    case 'amount':
      return amountParts(counter, lines, terms.amountOff);
    case 'n_for_m':
      return nForMParts(counter, lines, BigInt(terms.buyPacks), BigInt(terms.payPacks));
    case 'bundle':
      return bundleParts(counter, lines, Money.of(terms.bundlePrice).thousandths, terms.packs);
  }
}

/**
 * What promotions take off the lines of a basket, to the smallest coin. One promotion a unit: that which takes most off goes first
 * over all it can take, the next over what is left; of two alike the older. So the customer never pays more than with the best of
 * them alone. No line gets below zero. What is finer than the currency is rounded half up.
 */
export function promote(
  lines: readonly PromotableLine[],
  promotions: readonly Promotion[],
  decimals: number,
): PromotionShare[] {
  const coin = 10n ** BigInt(3 - decimals);
  const used = lines.map(() => 0n);
  const counter: Counter = { lines, used, coin };
  const shares: PromotionShare[] = [];
  let open = promotions.toSorted((a, b) => a.promotionId - b.promotionId);
  while (open.length > 0) {
    const offers = open.map((promotion) => {
      const parts = partsOf(counter, promotion).filter(({ units }) => units > 0n);
      return { promotion, parts, off: sumOf(parts.map((part) => part.off)) };
    });
    const best = offers.reduce((a, b) => (b.off > a.off ? b : a));
    if (best.off <= 0n) break;
    const { promotionId, version, name, nameAr } = best.promotion;
    for (const { line, units, off } of best.parts) {
      used[line] = (used[line] ?? 0n) + units;
      if (off > 0n)
        shares.push({
          promotionId,
          version,
          name,
          nameAr,
          line,
          quantity: Quantity.ofThousandths(units),
          amount: Money.ofThousandths(off),
        });
    }
    // What it could take it has taken.
    open = open.filter(({ promotionId: other }) => other !== promotionId);
  }
  return shares;
}
