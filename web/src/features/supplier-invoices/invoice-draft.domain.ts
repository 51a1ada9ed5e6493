import {
  cleanZeros,
  decimalOrZero,
  formatMoney,
  parseDecimal,
  priceOf,
  type Thousandths,
} from '../../ui/money.domain';

/** What an order says of a line: decimal strings, base units. */
export interface OrderedFacts {
  readonly purchaseOrderItemId: number;
  readonly baseUnit: string;
  readonly quantityOrdered: string;
  readonly quantityReceived: string;
  readonly quantityCharged: string;
  /** Net of the whole order line. */
  readonly orderedNet: string;
  readonly taxRate: string;
}

/** A line of an invoice while it is typed off the paper. */
export interface DraftLine {
  readonly id: string;
  readonly name: string;
  /** Null: of no order line. */
  readonly ordered: OrderedFacts | null;
  /** The product, where it is goods of no order line. */
  readonly drugId: number | null;
  readonly quantity: string;
  readonly net: string;
  readonly tax: string;
}

/** A tax rate such as "0.14" in ten-thousandths. */
function rateOf(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
}

const taxOn = (net: Thousandths, ordered: OrderedFacts, decimals: number): string =>
  formatMoney(priceOf(net, rateOf(ordered.taxRate), 10_000n, decimals));

/** Another quantity: of an order line it costs what the order says, and is taxed so. */
export function withQuantity(line: DraftLine, quantity: string, decimals: number): DraftLine {
  const { ordered } = line;
  const amount = parseDecimal(quantity);
  if (ordered === null || amount === undefined) return { ...line, quantity };
  const net = priceOf(
    decimalOrZero(ordered.orderedNet),
    amount,
    decimalOrZero(ordered.quantityOrdered),
    decimals,
  );
  return { ...line, quantity, net: formatMoney(net), tax: taxOn(net, ordered, decimals) };
}

/** Another net: the tax of an order line follows. */
export function withNet(line: DraftLine, net: string, decimals: number): DraftLine {
  const amount = parseDecimal(net);
  if (line.ordered === null || amount === undefined) return { ...line, net };
  return { ...line, net, tax: taxOn(amount, line.ordered, decimals) };
}

/** What a line differs in from order and receipt before the server looks, so that a slip of the finger shows at once. */
export function slipsOf(line: DraftLine, decimals: number): ('quantity' | 'price' | 'tax')[] {
  const { ordered } = line;
  const quantity = parseDecimal(line.quantity);
  if (ordered === null || quantity === undefined || quantity === 0n) return [];
  const as = withQuantity(line, line.quantity, decimals);
  const rest = decimalOrZero(ordered.quantityReceived) - decimalOrZero(ordered.quantityCharged);
  const step = 10n ** BigInt(3 - decimals);
  const isFar = (a: string, b: string): boolean => {
    const off = decimalOrZero(a) - decimalOrZero(b);
    return (off < 0n ? -off : off) > step;
  };
  const due = taxOn(decimalOrZero(line.net), ordered, decimals);
  return [
    ...(quantity > rest ? (['quantity'] as const) : []),
    ...(isFar(line.net, as.net) ? (['price'] as const) : []),
    ...(isFar(line.tax, due) ? (['tax'] as const) : []),
  ];
}

/** Sums of the lines, and what is missing to the total on the paper: negative where the lines are more. Null: none is typed. */
export function sumsOf(
  lines: readonly DraftLine[],
  total: string,
): { net: string; tax: string; sum: string; gap: Thousandths | null } {
  const net = lines.reduce((all, line) => all + decimalOrZero(line.net), 0n);
  const tax = lines.reduce((all, line) => all + decimalOrZero(line.tax), 0n);
  const typed = parseDecimal(total);
  return {
    net: formatMoney(net),
    tax: formatMoney(tax),
    sum: formatMoney(net + tax),
    gap: typed === undefined ? null : typed - net - tax,
  };
}

/** Charged at all: goods by their quantity, the rest by what it costs. */
const isCharged = (line: DraftLine): boolean =>
  line.ordered !== null || line.drugId !== null
    ? decimalOrZero(line.quantity) > 0n
    : decimalOrZero(line.net) > 0n;

/** Lines as the server takes them; what is not charged is left out. */
export function chargedLines(lines: readonly DraftLine[]): {
  purchaseOrderItemId?: number;
  drugId?: number;
  description?: string;
  quantity?: string;
  net: string;
  tax: string;
}[] {
  return lines.filter(isCharged).map(({ ordered, drugId, name, quantity, net, tax }) => {
    const money = { net: formatMoney(decimalOrZero(net)), tax: formatMoney(decimalOrZero(tax)) };
    if (ordered !== null)
      return {
        purchaseOrderItemId: ordered.purchaseOrderItemId,
        quantity: cleanZeros(quantity),
        ...money,
      };
    if (drugId !== null) return { drugId, quantity: cleanZeros(quantity), ...money };
    return { description: name.trim(), ...money };
  });
}

/** True where the lines can be sent: something is charged, every other thing has a name, and the lines are the total on the paper. */
export function isComplete(lines: readonly DraftLine[], total: string): boolean {
  const charged = lines.filter(isCharged);
  return (
    charged.length > 0 && charged.every(({ name }) => name.trim() !== '') && sumsOf(charged, total).gap === 0n
  );
}
