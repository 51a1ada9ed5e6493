import { decimalOrZero, parseDecimal, priceOf, type Thousandths } from '../../ui/money.domain';

/** A line as it is being typed. Decimal strings; a discount ending in "%" is a share of what it is on. */
export interface TypedLine {
  readonly quantity: string;
  readonly price: string;
  readonly discount: string;
  /** In percent of the net: "14". */
  readonly tax: string;
}

export interface LiveFigures {
  /** Net of each line, after its own discount and its share of that of the order. */
  readonly nets: readonly Thousandths[];
  readonly net: Thousandths;
  readonly tax: Thousandths;
  readonly landed: Thousandths;
  readonly total: Thousandths;
}

const ONE = 1000n;

/** What a discount that was typed is sent as; undefined where the text is none. */
export function discountOf(text: string): { discount?: string; discountPercent?: string } | undefined {
  const typed = text.trim();
  if (typed === '') return {};
  const percent = /^(\d{1,2}(?:\.\d{1,2})?|100(?:\.0{1,2})?) ?%$/.exec(typed)?.[1];
  if (percent !== undefined) return { discountPercent: percent };
  return /^\d{1,9}(\.\d{1,3})?$/.test(typed) ? { discount: typed } : undefined;
}

/** A percentage as the rate that is sent: "14" is "0.14"; undefined where the text is none, or above 100. */
export function rateOf(percent: string): string | undefined {
  const typed = percent.trim();
  if (typed === '') return '0';
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typed);
  if (!found) return undefined;
  const [, whole = '0', fraction = ''] = found;
  const hundredths = BigInt(whole + fraction.padEnd(2, '0'));
  if (hundredths > 10_000n) return undefined;
  const digits = String(hundredths).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

/** A rate as a percentage to be typed over: "0.14" is "14". */
export function percentOf(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const hundredths = BigInt(whole + fraction.padEnd(4, '0'));
  const cents = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${hundredths / 100n}${cents === '' ? '' : `.${cents}`}`;
}

/** A rate of ten thousandths of an amount, rounded half up to the currency. */
const partOf = (amount: Thousandths, tenThousandths: bigint, decimals: number): Thousandths =>
  priceOf(amount, tenThousandths, 10_000n, decimals);

const tenThousandthsOf = (rate: string): bigint => {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(4, '0'));
};

function discountOn(amount: Thousandths, typed: string, decimals: number): Thousandths {
  const given = discountOf(typed);
  if (given?.discountPercent !== undefined)
    // "12.5" percent is 1250 ten thousandths: the digits of the percentage with two decimals.
    return partOf(amount, decimalOrZero(given.discountPercent) / 10n, decimals);
  return priceOf(decimalOrZero(given?.discount), ONE, ONE, decimals);
}

/** Shares an amount by weights so that the shares add up to it: each is the rounded sum so far less what was given before. */
function shareExactly(amount: Thousandths, weights: readonly bigint[], decimals: number): Thousandths[] {
  const sum = weights.reduce((so, weight) => so + weight, 0n);
  const used = sum === 0n ? weights.map(() => 1n) : weights;
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  let [weightSoFar, given] = [0n, 0n];
  return used.map((weight, index) => {
    weightSoFar += weight;
    const upTo = index === used.length - 1 ? amount : priceOf(amount, weightSoFar, whole, decimals);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

/**
 * What an order comes to while it is typed, as the server will work it out: gross, its own discount, its share of the discount of the
 * order, tax on the net; every amount rounded once, half up. Undefined where a number cannot be read, a discount is above what it
 * is on, or there are no lines to share landed cost over.
 */
export function liveFigures(
  lines: readonly TypedLine[],
  order: { readonly discount: string; readonly landedCost: string },
  decimals: number,
): LiveFigures | undefined {
  const lefts: Thousandths[] = [];
  const rates: string[] = [];
  for (const line of lines) {
    const [quantity, price, rate] = [parseDecimal(line.quantity), parseDecimal(line.price), rateOf(line.tax)];
    if (quantity === undefined || price === undefined || rate === undefined) return undefined;
    if (discountOf(line.discount) === undefined) return undefined;
    const gross = priceOf(price, quantity, ONE, decimals);
    const discount = discountOn(gross, line.discount, decimals);
    if (discount > gross) return undefined;
    lefts.push(gross - discount);
    rates.push(rate);
  }
  if (discountOf(order.discount) === undefined) return undefined;
  const left = lefts.reduce((so, one) => so + one, 0n);
  const discount = discountOn(left, order.discount, decimals);
  if (discount > left) return undefined;
  const shares = shareExactly(discount, lefts, decimals);
  const nets = lefts.map((one, index) => one - (shares[index] ?? 0n));
  const net = nets.reduce((so, one) => so + one, 0n);
  const tax = nets.reduce(
    (so, one, index) => so + partOf(one, tenThousandthsOf(rates[index] ?? '0'), decimals),
    0n,
  );
  const landed = priceOf(decimalOrZero(order.landedCost), ONE, ONE, decimals);
  if (lines.length === 0 && landed !== 0n) return undefined;
  return { nets, net, tax, landed, total: net + tax + landed };
}
