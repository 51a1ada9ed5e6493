import { decimalOrZero, formatDecimal, formatMoney } from '../../ui/money.domain';
import { type Cart, type CartDrug, cartTotal, type DrugLine, toItems } from '../till/cart.domain';

/** A product line of a held basket. */
export interface HeldDrugLine {
  drugId: number;
  quantity: string;
  unit: DrugLine['unit'];
  discount?: string;
  packs?: readonly string[];
}
type HeldLine = HeldDrugLine | { fillId: number };

/** What POST /held-baskets takes of a basket: its lines as a sale has them, with the unit named, and what it comes to. */
export function heldOf(cart: Cart): { lines: ReturnType<typeof toItems>; total: string } {
  return { lines: toItems(cart), total: formatMoney(cartTotal(cart)) };
}

/** Products and fills of a held basket. */
export const drugLinesOf = (lines: readonly HeldLine[]): HeldDrugLine[] =>
  lines.flatMap((line) => ('drugId' in line ? [line] : []));
export const fillIdsOf = (lines: readonly HeldLine[]): number[] =>
  lines.flatMap((line) => ('fillId' in line ? [line.fillId] : []));

/** The basket of product lines that were held, priced as their products are now; one whose product is gone is left out. */
export function cartOf(
  lines: readonly HeldDrugLine[],
  drugs: ReadonlyMap<number, CartDrug>,
  decimals: number,
): Cart {
  const cartLines = lines.flatMap((line, index): DrugLine[] => {
    const drug = drugs.get(line.drugId);
    if (!drug) return [];
    const discount = decimalOrZero(line.discount);
    return [
      {
        kind: 'drug',
        id: index + 1,
        drug,
        unit: line.unit,
        quantity: formatDecimal(decimalOrZero(line.quantity)),
        discount: discount > 0n ? formatMoney(discount) : '',
        ...(line.packs ? { packs: line.packs } : {}),
      },
    ];
  });
  return { lines: cartLines, active: cartLines.at(-1)?.id, nextId: lines.length + 1, decimals };
}
