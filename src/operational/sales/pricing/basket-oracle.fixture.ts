/**
 * What a basket costs and what comes back of it, told a second time: whole numbers of coins and of thousandths of units, single packs
 * in lists, nothing shared with the program. Written from the rules in docs/pricing.md; used by basket-oracle.prop.test.ts.
 */

/** Numbers of coins. */
type Coins = bigint;

export interface OracleProduct {
  readonly packPrice: Coins;
  /** Base units in a pack. */
  readonly packUnits: bigint;
  /** Ten-thousandths. */
  readonly tax: { readonly rate: bigint; readonly isIncluded: boolean } | undefined;
}

export interface OracleLine {
  readonly product: number;
  /** Thousandths of base units. */
  readonly units: bigint;
  readonly isFill: boolean;
  /** What a payer bears of a fill. */
  readonly borne: Coins;
  readonly handOff: Coins;
}

export type OraclePromotion = {
  readonly products: readonly number[];
  readonly onFills: boolean;
} & (
  | { readonly kind: 'percent'; readonly rate: bigint }
  | { readonly kind: 'amount'; readonly off: Coins }
  | { readonly kind: 'n_for_m'; readonly buy: number; readonly pay: number }
  | { readonly kind: 'bundle'; readonly price: Coins; readonly packs: readonly (readonly [number, number])[] }
);

export interface OracleLineResult {
  readonly amount: Coins;
  readonly discount: Coins;
  /** Coins by promotion, in the order of the promotions. */
  readonly promotions: readonly Coins[];
  readonly tax: Coins;
  readonly total: Coins;
}

/** n ÷ d to the nearest whole, half up; neither is negative. */
const nearest = (n: bigint, d: bigint): bigint => n / d + ((n % d) * 2n >= d ? 1n : 0n);

const total = (values: readonly bigint[]): bigint => {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
};

/** Prices of lines before anything comes off: shares of the pack, lines of a product adding up. */
export function oracleAmounts(products: readonly OracleProduct[], lines: readonly OracleLine[]): Coins[] {
  const soldUnits = products.map(() => 0n);
  const soldCoins = products.map(() => 0n);
  return lines.map(({ product, units, isFill }) => {
    const { packPrice, packUnits } = products[product] as OracleProduct;
    if (isFill) return nearest(packPrice * units, packUnits * 1000n);
    const allUnits = (soldUnits[product] as bigint) + units;
    const allCoins = nearest(packPrice * allUnits, packUnits * 1000n);
    const amount = allCoins - (soldCoins[product] as bigint);
    soldUnits[product] = allUnits;
    soldCoins[product] = allCoins;
    return amount;
  });
}

/** What is still free of each line, as [from, to) in thousandths. */
interface State {
  readonly products: readonly OracleProduct[];
  readonly lines: readonly OracleLine[];
  readonly amounts: readonly Coins[];
  readonly from: bigint[];
}

/** Takes by line: units and their coins. */
interface Take {
  readonly line: number;
  readonly units: bigint;
  readonly coins: Coins;
}

const coinsOf = ({ lines, amounts, from }: State, line: number, units: bigint): Coins => {
  const all = (lines[line] as OracleLine).units;
  const upTo = (to: bigint) => nearest((amounts[line] as bigint) * to, all);
  return upTo((from[line] as bigint) + units) - upTo(from[line] as bigint);
};

const milliPack = ({ products, lines }: State, line: number): bigint =>
  (products[(lines[line] as OracleLine).product] as OracleProduct).packUnits * 1000n;

function wholePacks(state: State, line: number): number {
  let left = (state.lines[line] as OracleLine).units - (state.from[line] as bigint);
  let packs = 0;
  while (left >= milliPack(state, line)) {
    left -= milliPack(state, line);
    packs++;
  }
  return packs;
}

const take = (state: State, line: number, packs: number): Take => {
  const units = milliPack(state, line) * BigInt(packs);
  return { line, units, coins: coinsOf(state, line, units) };
};

/** Shares of `off` by coins, each the difference of two rounded sums. */
function split(takes: readonly Take[], off: Coins): [Take, Coins][] {
  const all = total(takes.map(({ coins }) => coins));
  if (all === 0n || off <= 0n) return [];
  return takes.map((one, index) => {
    const before = total(takes.slice(0, index).map(({ coins }) => coins));
    return [one, nearest(off * (before + one.coins), all) - nearest(off * before, all)];
  });
}

/** What one promotion would take off what is free. */
function offer(state: State, promotion: OraclePromotion): [Take, Coins][] {
  const able = state.lines.flatMap((line, index) =>
    promotion.products.includes(line.product) &&
    line.handOff === 0n &&
    line.borne === 0n &&
    (promotion.onFills || !line.isFill) &&
    line.units > (state.from[index] as bigint)
      ? [index]
      : [],
  );
  if (promotion.kind === 'percent')
    return able.map((line) => {
      const units = (state.lines[line] as OracleLine).units - (state.from[line] as bigint);
      const coins = coinsOf(state, line, units);
      return [{ line, units, coins }, nearest(coins * promotion.rate, 10_000n)];
    });
  if (promotion.kind === 'amount')
    return able.map((line) => {
      const packs = wholePacks(state, line);
      const taken = take(state, line, packs);
      const off = promotion.off * BigInt(packs);
      return [taken, off > taken.coins ? taken.coins : off];
    });
  if (promotion.kind === 'n_for_m') return offerDeal(state, able, promotion.buy, promotion.pay);
  return offerBundle(state, able, promotion.price, promotion.packs);
}

/** One entry a pack, dearest first; of each full group the last ones are free. */
function offerDeal(state: State, able: readonly number[], buy: number, pay: number): [Take, Coins][] {
  const priceOf = (line: number) =>
    (state.products[(state.lines[line] as OracleLine).product] as OracleProduct).packPrice;
  const packs = able.flatMap((line) => Array.from({ length: wholePacks(state, line) }, () => line));
  packs.sort((a, b) => (priceOf(a) === priceOf(b) ? a - b : priceOf(a) > priceOf(b) ? -1 : 1));
  const grouped = packs.slice(0, packs.length - (packs.length % buy));
  const taken = new Map<number, number>();
  const free = new Map<number, number>();
  grouped.forEach((line, index) => {
    taken.set(line, (taken.get(line) ?? 0) + 1);
    if (index % buy >= pay) free.set(line, (free.get(line) ?? 0) + 1);
  });
  const takes = [...taken].map(([line, count]) => take(state, line, count));
  const off = total(
    takes.map(({ line, coins }) =>
      nearest(coins * BigInt(free.get(line) ?? 0), BigInt(taken.get(line) ?? 1)),
    ),
  );
  return split(takes, off);
}

function offerBundle(
  state: State,
  able: readonly number[],
  price: Coins,
  packs: readonly (readonly [number, number])[],
): [Take, Coins][] {
  const linesOf = (product: number) =>
    able.filter((line) => (state.lines[line] as OracleLine).product === product);
  let bundles = Infinity;
  for (const [product, each] of packs) {
    let have = 0;
    for (const line of linesOf(product)) have += wholePacks(state, line);
    bundles = Math.min(bundles, Math.floor(have / each));
  }
  if (bundles === 0 || bundles === Infinity) return [];
  const takes: Take[] = [];
  for (const [product, each] of packs) {
    let wanted = bundles * each;
    for (const line of linesOf(product)) {
      const now = Math.min(wanted, wholePacks(state, line));
      if (now > 0) takes.push(take(state, line, now));
      wanted -= now;
    }
  }
  return split(takes, total(takes.map(({ coins }) => coins)) - price * BigInt(bundles));
}

/** The lines of a basket, priced, promoted, taxed. */
export function oracleBasket(
  products: readonly OracleProduct[],
  lines: readonly OracleLine[],
  promotions: readonly OraclePromotion[],
): OracleLineResult[] {
  const amounts = oracleAmounts(products, lines);
  const state: State = { products, lines, amounts, from: lines.map(() => 0n) };
  const offs = lines.map(() => promotions.map(() => 0n));
  for (;;) {
    let best: { at: number; parts: [Take, Coins][]; off: Coins } | undefined;
    promotions.forEach((promotion, at) => {
      const parts = offer(state, promotion);
      const off = total(parts.map(([, coins]) => coins));
      if (off > (best?.off ?? 0n)) best = { at, parts, off };
    });
    if (best === undefined) break;
    for (const [{ line, units }, coins] of best.parts) {
      state.from[line] = (state.from[line] as bigint) + units;
      const ofLine = offs[line] as bigint[];
      ofLine[best.at] = (ofLine[best.at] as bigint) + coins;
    }
  }
  return lines.map((line, index) => {
    const amount = amounts[index] as bigint;
    const shares = offs[index] as bigint[];
    const discount = line.handOff + total(shares);
    const { tax: rule } = products[line.product] as OracleProduct;
    const base = amount - discount;
    const tax =
      rule === undefined ? 0n : nearest(base * rule.rate, rule.isIncluded ? 10_000n + rule.rate : 10_000n);
    const isAdded = rule !== undefined && !rule.isIncluded;
    return { amount, discount, promotions: shares, tax, total: isAdded ? base + tax : base };
  });
}

/** What was taken back of a line so far. */
export interface OracleReturned {
  units: bigint;
  amount: Coins;
  discount: Coins;
  tax: Coins;
}

/** What comes back with so many thousandths of a line of so many: shares up to them less what came back before; the last takes the rest. */
export function oracleReturn(
  sold: OracleLineResult,
  soldUnits: bigint,
  before: OracleReturned,
  units: bigint,
): Omit<OracleReturned, 'units'> {
  const upTo = before.units + units;
  if (upTo === soldUnits)
    return {
      amount: sold.amount - before.amount,
      discount: sold.discount - before.discount,
      tax: sold.tax - before.tax,
    };
  const share = (whole: Coins, given: Coins) => {
    const due = nearest(whole * upTo, soldUnits) - given;
    const left = whole - given;
    return due < left ? due : left;
  };
  const amount = share(sold.amount, before.amount);
  const amountLeft = sold.amount - before.amount - amount;
  const discountLeft = sold.discount - before.discount;
  let discount = share(sold.discount, before.discount);
  if (discount > amount) discount = amount;
  // What stays must bear what stays of the discount.
  if (discountLeft - discount > amountLeft) discount = discountLeft - amountLeft;
  if (discount < 0n) discount = 0n;
  const tax = share(sold.tax, before.tax);
  return { amount, discount, tax: tax < 0n ? 0n : tax };
}

/** To the nearest multiple of a step, half up; no step rounds nothing. */
export const oracleRounded = (coins: Coins, step: Coins): Coins =>
  step === 0n ? coins : nearest(coins, step) * step;
