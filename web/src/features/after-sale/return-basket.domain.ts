import { decimalOrZero, formatDecimal, priceOf, type Thousandths } from '../../ui/money.domain';

/** What must be known of a sold line to take it back. Decimal texts as the server sends them. */
export interface SoldLine {
  saleItemId: number;
  drugId: number;
  fillId: number | null;
  /** Base units sold, and in the unit it was sold in. */
  quantity: string;
  unitQuantity: string;
  amount: string;
  discount: string;
  returnedQuantity: string;
  returnedAmount: string;
  returnedDiscount: string;
  tax: string;
  taxIncluded: boolean;
  returnedTax: string;
}

export type Disposition = 'restock' | 'quarantine';

/** What comes back, by line: base units as typed, and where the goods go. */
export type Taken = Readonly<Record<number, { quantity: string; disposition: Disposition }>>;

/** Base units of a line that were not taken back yet. */
export const leftOf = (line: SoldLine): Thousandths =>
  decimalOrZero(line.quantity) - decimalOrZero(line.returnedQuantity);

/** What was on a prescription is judged before it goes back to the shelf. */
export const usualDisposition = (line: Pick<SoldLine, 'fillId'>): Disposition =>
  line.fillId === null ? 'restock' : 'quarantine';

/** Base units in one of the unit the line was sold in: a pack that was sold as a pack comes back as one. */
function step(line: SoldLine): Thousandths {
  const sold = decimalOrZero(line.unitQuantity);
  return sold > 0n ? (decimalOrZero(line.quantity) * 1000n) / sold : 1000n;
}

/** One more of the first line of the product that something is left of; undefined: the receipt has no more of it. */
export function scanned(lines: readonly SoldLine[], taken: Taken, drugId: number): Taken | undefined {
  const line = lines.find(
    (one) => one.drugId === drugId && leftOf(one) > decimalOrZero(taken[one.saleItemId]?.quantity),
  );
  if (!line) return undefined;
  const before = taken[line.saleItemId];
  const more = decimalOrZero(before?.quantity) + step(line);
  const quantity = formatDecimal(more < leftOf(line) ? more : leftOf(line));
  return { ...taken, [line.saleItemId]: { disposition: usualDisposition(line), ...before, quantity } };
}

/** Lines something comes back of, as the server takes them. */
export function returnItems(
  taken: Taken,
): { saleItemId: number; quantity: string; disposition: Disposition }[] {
  return Object.entries(taken)
    .filter(([, { quantity }]) => decimalOrZero(quantity) > 0n)
    .map(([id, { quantity, disposition }]) => ({
      ...{ saleItemId: Number(id), disposition },
      quantity: formatDecimal(decimalOrZero(quantity)),
    }));
}

/** True: more would come back than is left of a line. */
export const isTooMuch = (line: SoldLine, taken: Taken): boolean =>
  decimalOrZero(taken[line.saleItemId]?.quantity) > leftOf(line);

/** What what comes back is worth, by the shares the server reckons with; without cash rounding and what payers bore. */
export function worthOf(lines: readonly SoldLine[], taken: Taken, decimals: number): Thousandths {
  return lines.reduce((sum, line) => {
    const sold = decimalOrZero(line.quantity);
    const after = decimalOrZero(line.returnedQuantity) + decimalOrZero(taken[line.saleItemId]?.quantity);
    if (after === decimalOrZero(line.returnedQuantity) || sold <= 0n) return sum;
    const part = (whole: string, returned: string): Thousandths =>
      priceOf(decimalOrZero(whole), after, sold, decimals) - decimalOrZero(returned);
    // A tax that the price holds is a part of the amount.
    const tax = line.taxIncluded ? 0n : part(line.tax, line.returnedTax);
    return sum + part(line.amount, line.returnedAmount) - part(line.discount, line.returnedDiscount) + tax;
  }, 0n);
}
