import { cleanZeros, parseDecimal } from '../../ui/money.domain';

export const PREPARATION_TYPES = ['aqueous', 'aqueous_preserved', 'non_aqueous_liquid', 'solid'] as const;
export const STORAGES = ['room', 'refrigerate', 'freeze'] as const;

/** One ingredient as far as it was written. */
export interface DraftLine {
  key: number;
  drugId: number;
  drugName: string;
  baseUnit: string;
  quantity: string;
}

/** A formula while it is written: numbers as they are typed. */
export interface FormulaDraft {
  name: string;
  nameAr: string;
  dosageForm: string | null;
  route: string | null;
  baseUnit: string;
  yieldQuantity: string;
  preparationType: (typeof PREPARATION_TYPES)[number];
  beyondUseDays: string;
  storage: (typeof STORAGES)[number];
  method: string;
  priceKind: 'fixed' | 'cost';
  price: string;
  /** Percent on the cost of the ingredients. */
  markup: string;
  fee: string;
  requiresCheck: boolean;
  hazardous: boolean;
  tolerancePercent: string;
  lines: readonly DraftLine[];
}

export const EMPTY_FORMULA: FormulaDraft = {
  name: '',
  nameAr: '',
  dosageForm: null,
  route: null,
  baseUnit: 'g',
  yieldQuantity: '100',
  preparationType: 'solid',
  beyondUseDays: '90',
  storage: 'room',
  method: '',
  priceKind: 'cost',
  price: '',
  markup: '25',
  fee: '0',
  requiresCheck: true,
  hazardous: false,
  tolerancePercent: '2',
  lines: [],
};

/** What of a formula is read back into the form. */
interface WrittenFormula {
  name: string;
  nameAr: string | null;
  dosageForm: string | null;
  route: string | null;
  baseUnit: string;
  yieldQuantity: string;
  preparationType: FormulaDraft['preparationType'];
  beyondUseDays: number;
  storage: FormulaDraft['storage'];
  method: string;
  priceRule: { kind: 'fixed' | 'cost'; price: string | null; markup: string | null; fee: string | null };
  requiresCheck: boolean;
  hazardous: boolean;
  tolerancePercent: string;
  items: readonly { drugId: number; drugName: string; baseUnit: string; quantity: string }[];
}

/** The form of a formula that is there. */
export function draftOfFormula({ items, priceRule, ...formula }: WrittenFormula): FormulaDraft {
  return {
    name: formula.name,
    nameAr: formula.nameAr ?? '',
    dosageForm: formula.dosageForm,
    route: formula.route,
    baseUnit: formula.baseUnit,
    yieldQuantity: cleanZeros(formula.yieldQuantity),
    preparationType: formula.preparationType,
    beyondUseDays: String(formula.beyondUseDays),
    storage: formula.storage,
    method: formula.method,
    priceKind: priceRule.kind,
    price: cleanZeros(priceRule.price ?? ''),
    markup: percentOf(priceRule.markup ?? '0'),
    fee: cleanZeros(priceRule.fee ?? '0'),
    requiresCheck: formula.requiresCheck,
    hazardous: formula.hazardous,
    tolerancePercent: cleanZeros(formula.tolerancePercent),
    lines: items.map(({ drugId, drugName, baseUnit, quantity }, at) => ({
      ...{ key: at + 1, drugId, drugName, baseUnit },
      quantity: cleanZeros(quantity),
    })),
  };
}

/** The draft with another ingredient at its end, or as it is where that one is in it. */
export function withIngredient(
  draft: FormulaDraft,
  drug: { drugId: number; name: string; baseUnit: string },
): FormulaDraft {
  if (draft.lines.some(({ drugId }) => drugId === drug.drugId)) return draft;
  const key = 1 + Math.max(0, ...draft.lines.map((line) => line.key));
  const line = { key, drugId: drug.drugId, drugName: drug.name, baseUnit: drug.baseUnit, quantity: '' };
  return { ...draft, lines: [...draft.lines, line] };
}

/** As the server takes it, but for what only a version says. */
export function toFormula(draft: FormulaDraft) {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    name: draft.name.trim(),
    nameAr: orNull(draft.nameAr),
    dosageForm: draft.dosageForm,
    route: draft.route,
    baseUnit: draft.baseUnit,
    yieldQuantity: draft.yieldQuantity,
    preparationType: draft.preparationType,
    beyondUseDays: Number.parseInt(draft.beyondUseDays, 10),
    storage: draft.storage,
    method: draft.method.trim(),
    priceRule: priceRuleOf(draft),
    requiresCheck: draft.requiresCheck,
    hazardous: draft.hazardous,
    tolerancePercent: draft.tolerancePercent,
    items: draft.lines.map(({ drugId, quantity }) => ({ drugId, quantity })),
  };
}

function priceRuleOf({ priceKind, price, markup, fee }: FormulaDraft) {
  return priceKind === 'fixed'
    ? ({ kind: 'fixed', price } as const)
    : ({ kind: 'cost', markup: shareOf(markup === '' ? '0' : markup), fee: fee === '' ? '0' : fee } as const);
}

const isPositive = (text: string): boolean => (parseDecimal(text) ?? 0n) > 0n;
const isAmount = (text: string): boolean => (parseDecimal(text) ?? -1n) >= 0n;

/** What can be costed of the draft; undefined while a number is missing. */
export function costable(draft: FormulaDraft) {
  const { yieldQuantity, beyondUseDays, priceRule, items } = toFormula(draft);
  const isPriced =
    draft.priceKind === 'fixed'
      ? isAmount(draft.price)
      : isAmount(draft.markup || '0') && isAmount(draft.fee || '0');
  const isWhole = items.length > 0 && items.every(({ quantity }) => isPositive(quantity));
  if (!isWhole || !isPriced || !isPositive(yieldQuantity) || !(beyondUseDays > 0)) return undefined;
  return { yieldQuantity, beyondUseDays, priceRule, items };
}

/** "0.25" is "25": a share as percent, exactly. */
export function percentOf(share: string): string {
  return cleanZeros(shifted(share, 2));
}

/** "25" is "0.25": percent as a share, exactly. */
export function shareOf(percent: string): string {
  return cleanZeros(shifted(percent, -2));
}

/** A decimal string with its point moved to the right. */
function shifted(text: string, by: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const point = whole.length + by;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(at);
  return tail === '' ? head : `${head}.${tail}`;
}
