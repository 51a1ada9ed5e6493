import { cleanZeros, decimalOrZero, parseDecimal } from '../../ui/money.domain';
import { discountOf, percentOf, rateOf, type TypedLine } from './order-figures.domain';

/** A size a product can be ordered in. */
export interface OrderUnit {
  readonly level: 'unit' | 'strip' | 'pack' | 'case';
  readonly packId: number | null;
  readonly baseUnits: string;
}

/** A line of an order while it is written. */
export interface DraftLine extends TypedLine {
  readonly key: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly unit: OrderUnit;
  readonly bonus: string;
}

/** An order while it is written; what is typed stays text. */
export interface OrderDraft {
  readonly lines: readonly DraftLine[];
  readonly discount: string;
  readonly landedCost: string;
  readonly expectedOn: string;
  readonly notes: string;
  readonly nextKey: number;
}

/** An order as it is kept, as far as it can be changed. Decimal strings. */
interface KeptOrder {
  readonly lines: readonly {
    readonly drugId: number;
    readonly drugName: string;
    readonly baseUnit: string;
    readonly level: OrderUnit['level'];
    readonly packId: number | null;
    readonly unitBaseUnits: string;
    readonly quantity: string;
    readonly bonus: string;
    readonly price: string;
    readonly discount: string;
    readonly taxRate: string;
  }[];
  readonly discount: string;
  readonly landedCost: string;
  readonly expectedOn: string | null;
  readonly notes: string | null;
}

/** A product to be ordered. */
export interface Orderable {
  readonly drugId: number;
  readonly name: string;
  readonly baseUnit: string;
  readonly unitsPerPack: string;
}

const blankIfZero = (decimal: string): string => (decimalOrZero(decimal) === 0n ? '' : cleanZeros(decimal));

/** An order as it can be changed. Discounts were turned into amounts when it was kept. */
export const draftOf = (order: KeptOrder): OrderDraft => ({
  lines: order.lines.map((line, index) => ({
    key: index + 1,
    drugId: line.drugId,
    drugName: line.drugName,
    baseUnit: line.baseUnit,
    unit: { level: line.level, packId: line.packId, baseUnits: line.unitBaseUnits },
    quantity: cleanZeros(line.quantity),
    bonus: blankIfZero(line.bonus),
    price: cleanZeros(line.price),
    discount: blankIfZero(line.discount),
    tax: blankIfZero(percentOf(line.taxRate)),
  })),
  discount: blankIfZero(order.discount),
  landedCost: blankIfZero(order.landedCost),
  expectedOn: order.expectedOn ?? '',
  notes: order.notes ?? '',
  nextKey: order.lines.length + 1,
});

/** One more line, of a pack of the product; nothing of it is known but the product. */
export const addLine = (
  draft: OrderDraft,
  { drugId, name, baseUnit, unitsPerPack }: Orderable,
): OrderDraft => ({
  ...draft,
  lines: [
    ...draft.lines,
    {
      key: draft.nextKey,
      drugId,
      drugName: name,
      baseUnit,
      unit: { level: 'pack', packId: null, baseUnits: unitsPerPack },
      quantity: '1',
      bonus: '',
      price: '',
      discount: '',
      tax: '',
    },
  ],
  nextKey: draft.nextKey + 1,
});

export const changeLine = (draft: OrderDraft, key: number, change: Partial<DraftLine>): OrderDraft => ({
  ...draft,
  lines: draft.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
});

export const dropLine = (draft: OrderDraft, key: number): OrderDraft => ({
  ...draft,
  lines: draft.lines.filter((line) => line.key !== key),
});

/** The first line that cannot be sent, and the field of it; undefined: all can. */
export function lackingLine(
  draft: OrderDraft,
): { key: number; field: 'quantity' | 'price' | 'discount' | 'tax' } | undefined {
  for (const line of draft.lines) {
    const { key } = line;
    if ((parseDecimal(line.quantity) ?? 0n) <= 0n) return { key, field: 'quantity' };
    if (parseDecimal(line.price) === undefined) return { key, field: 'price' };
    if (discountOf(line.discount) === undefined) return { key, field: 'discount' };
    if (rateOf(line.tax) === undefined) return { key, field: 'tax' };
  }
  return undefined;
}

/** The draft as it is sent. Lines, discount and landed cost go together. */
export const orderBody = (draft: OrderDraft, version: number) => ({
  version,
  expectedOn: draft.expectedOn === '' ? null : draft.expectedOn,
  notes: draft.notes.trim() === '' ? null : draft.notes.trim(),
  landedCost: draft.landedCost === '' ? '0' : draft.landedCost,
  ...discountOf(draft.discount),
  lines: draft.lines.map((line) => ({
    drugId: line.drugId,
    level: line.unit.level,
    ...(line.unit.packId === null ? {} : { packId: line.unit.packId }),
    quantity: line.quantity,
    bonus: line.bonus === '' ? '0' : line.bonus,
    price: line.price,
    taxRate: rateOf(line.tax) ?? '0',
    ...discountOf(line.discount),
  })),
});
