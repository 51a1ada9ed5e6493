import { decimalOrZero, formatDecimal, formatMoney, priceOf, type Thousandths } from '../../ui/money.domain';
import {
  baseUnits,
  type Cart,
  type CartLine,
  lineAmount,
  lineFault,
  type SaleUnit,
  settle,
} from '../till/cart.domain';
import type { CatalogueIndex } from './offline-catalogue.domain';
import type { OfflineBranch, OfflineProduct, OfflineRequest } from './offline.types';
import { FRESH, type Queued } from './queue.domain';

/** A line as it was sold. Amounts and quantities are decimal strings. */
export interface OfflineLine {
  drugId: number;
  description: string;
  nameAr: string | null;
  quantity: string;
  unit: SaleUnit;
  baseUnit: string;
  packPrice: string;
  /** Before discount. */
  amount: string;
  discount: string;
}

/** A sale this till made without the server, as it is kept until the server has it and for copies of its receipt. */
export interface OfflineSale extends Queued {
  /** Identity given here; the server takes it in once. */
  id: string;
  /** Number on the receipt. */
  number: string;
  branch: OfflineBranch;
  sellerName: string;
  soldAt: string;
  lines: OfflineLine[];
  subtotal: string;
  discount: string;
  rounding: string;
  total: string;
  cash: string;
  change: string;
  /** What is sent, word for word the same each time. */
  request: OfflineRequest;
}

/** Why something cannot be sold without the server. */
export type OfflineRefusal =
  | 'fill'
  | 'unknown'
  | 'prescription'
  | 'server'
  | 'recalled'
  | 'no-price'
  | 'above-ceiling'
  | 'discount'
  | 'quantity';

/** Share of a line that may be given as discount without anybody who may give more: the house rule of the server. */
const DISCOUNT_LIMIT: Thousandths = 100n;

/** Why a product is not sold without the server; undefined where it is. */
export function productRefusal(product: OfflineProduct | undefined): OfflineRefusal | undefined {
  if (product === undefined) return 'unknown';
  if (product.needsPrescription) return 'prescription';
  if (product.needsServer) return 'server';
  if (product.status === 'recalled') return 'recalled';
  const price = decimalOrZero(product.price);
  if (price === 0n) return 'no-price';
  if (product.priceCeiling !== null && price > decimalOrZero(product.priceCeiling)) return 'above-ceiling';
  return undefined;
}

/** Why a line of the basket cannot be sold without the server; undefined where it can. */
export function lineRefusal(line: CartLine, cart: Cart, index: CatalogueIndex): OfflineRefusal | undefined {
  if (line.kind === 'fill') return 'fill';
  const refusal = productRefusal(index.byId.get(line.drug.drugId));
  if (refusal !== undefined) return refusal;
  const fault = lineFault(line, cart);
  if (fault !== undefined) return fault;
  if ((decimalOrZero(line.quantity) * baseUnits(line.drug, line.unit)) % 1000n !== 0n) return 'quantity';
  const limit = priceOf(lineAmount(line, cart), DISCOUNT_LIMIT, 1000n, cart.decimals);
  return decimalOrZero(line.discount) > limit ? 'discount' : undefined;
}

/** What is needed to sell besides the basket. */
interface SoldBy {
  id: string;
  number: string;
  branch: OfflineBranch;
  userId: number;
  sellerName: string;
  shiftId: number | null;
  soldAt: string;
  /** Cash handed over as typed; empty: exactly what is due. */
  cash: string;
  /** Key of an attempt to post this very basket online whose answer never came. */
  attemptKey: string | undefined;
}

/** The total of a basket paid in cash at a branch, and the change; undefined change: not enough was handed over. */
export function settleInCash(
  cart: Cart,
  branch: Pick<OfflineBranch, 'cashRounding'>,
  cash: string,
): { exact: Thousandths; due: Thousandths; paid: Thousandths; change: Thousandths; missing: Thousandths } {
  const exact = cart.lines.reduce(
    (sum, line) => sum + lineAmount(line, cart) - (line.kind === 'drug' ? decimalOrZero(line.discount) : 0n),
    0n,
  );
  const { due, change, missing } = settle(exact, cash, {}, decimalOrZero(branch.cashRounding));
  return { exact, due, paid: cash === '' ? due : decimalOrZero(cash), change, missing };
}

/** The sale of a basket that was found sellable and is paid in cash. */
export function makeSale(cart: Cart, index: CatalogueIndex, by: SoldBy): OfflineSale {
  const lines = cart.lines.flatMap((line): (OfflineLine & { packs?: readonly string[] })[] => {
    if (line.kind === 'fill') return [];
    const { drug, unit, packs } = line;
    return [
      {
        drugId: drug.drugId,
        description: drug.name,
        nameAr: index.byId.get(drug.drugId)?.nameAr ?? null,
        quantity: formatDecimal(decimalOrZero(line.quantity)),
        unit,
        baseUnit: drug.baseUnit,
        packPrice: formatMoney(decimalOrZero(drug.price)),
        amount: formatMoney(lineAmount(line, cart)),
        discount: formatMoney(decimalOrZero(line.discount)),
        ...(packs ? { packs } : {}),
      },
    ];
  });
  const { exact, due, paid, change } = settleInCash(cart, by.branch, by.cash);
  const subtotal = lines.reduce((sum, line) => sum + decimalOrZero(line.amount), 0n);
  return {
    ...FRESH,
    id: by.id,
    number: by.number,
    branch: by.branch,
    sellerName: by.sellerName,
    soldAt: by.soldAt,
    lines: lines.map(({ packs: _, ...line }) => line),
    subtotal: formatMoney(subtotal),
    discount: formatMoney(subtotal - exact),
    rounding: formatMoney(due - exact),
    total: formatMoney(due),
    cash: formatMoney(paid),
    change: formatMoney(change),
    request: {
      clientId: by.id,
      receiptNumber: by.number,
      soldBy: by.userId,
      soldAt: by.soldAt,
      shiftId: by.shiftId,
      items: lines.map(({ drugId, description, quantity, unit, packPrice, discount, packs }) => ({
        ...{ drugId, description, quantity, unit, packPrice },
        ...(decimalOrZero(discount) > 0n ? { discount } : {}),
        ...(packs ? { packs: [...packs] } : {}),
      })),
      total: formatMoney(due),
      cash: formatMoney(paid),
      ...(by.attemptKey === undefined ? {} : { attemptKey: by.attemptKey }),
    },
  };
}
