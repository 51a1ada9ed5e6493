import {
  decimalOrZero,
  formatDecimal,
  formatMoney,
  parseDecimal,
  priceOf,
  type Thousandths,
} from '../../ui/money.domain';

/** Units a product is sold in. */
export type SaleUnit = 'unit' | 'strip' | 'pack';

/** What a line must know of its product to be counted and priced. */
export interface CartDrug {
  drugId: number;
  name: string;
  price: string;
  baseUnit: string;
  unitsPerStrip: string | null;
  unitsPerPack: string;
}

export interface DrugLine {
  kind: 'drug';
  id: number;
  drug: CartDrug;
  unit: SaleUnit;
  /** How many of `unit`, as typed. */
  quantity: string;
  /** Money off the line, as typed. */
  discount: string;
  /** Codes of packs with serials that were scanned for it. */
  packs?: readonly string[];
}

export interface FillLine {
  kind: 'fill';
  id: number;
  fillId: number;
  name: string;
  /** Base units dispensed. */
  quantity: string;
  baseUnit: string;
  price: string;
  /** What payers leave of the price to the patient. */
  patientShare: string;
  /** Who bears the rest, as the line says it. */
  payerNames: readonly string[];
}

export type CartLine = DrugLine | FillLine;

/** A basket before it is paid; `active` is the line that + and − act on. */
export interface Cart {
  lines: readonly CartLine[];
  active: number | undefined;
  nextId: number;
  /** Decimals of the branch's currency. */
  decimals: number;
}

/** An empty basket at a till whose currency has so many decimals. */
export function emptyCart(decimals: number): Cart {
  return { lines: [], active: undefined, nextId: 1, decimals };
}

/** Units a product can be sold in: a strip only where the pack has strips, a single unit only of packs of several. */
export function unitsOf(drug: CartDrug): SaleUnit[] {
  const units: SaleUnit[] = ['pack'];
  if (drug.unitsPerStrip !== null && drug.unitsPerStrip !== drug.unitsPerPack) units.push('strip');
  if (decimalOrZero(drug.unitsPerPack) > 1000n) units.push('unit');
  return units;
}

/** Base units in one of `unit`. */
export function baseUnits(drug: CartDrug, unit: SaleUnit): Thousandths {
  if (unit === 'unit') return 1000n;
  return decimalOrZero(unit === 'strip' ? (drug.unitsPerStrip ?? drug.unitsPerPack) : drug.unitsPerPack);
}

/** What lines are priced by: those before them, and the currency. */
export type PricedBy = Pick<Cart, 'lines' | 'decimals'>;

const unitsOfLine = ({ quantity, drug, unit }: DrugLine): Thousandths =>
  (decimalOrZero(quantity) * baseUnits(drug, unit)) / 1000n;

/** Price of a line before discount. Lines of a product add up to the price of all of it, rounded once, as the server reckons. */
export function lineAmount(line: CartLine, { lines, decimals }: PricedBy): Thousandths {
  if (line.kind === 'fill') return decimalOrZero(line.price);
  const { drugId, price, unitsPerPack } = line.drug;
  let before = 0n;
  for (const other of lines) {
    if (other.id === line.id) break;
    if (other.kind === 'drug' && other.drug.drugId === drugId) before += unitsOfLine(other);
  }
  const upTo = (units: Thousandths) =>
    priceOf(decimalOrZero(price), units, decimalOrZero(unitsPerPack), decimals);
  return upTo(before + unitsOfLine(line)) - upTo(before);
}

/** Price of a line after discount. */
export function lineTotal(line: CartLine, by: PricedBy): Thousandths {
  return lineAmount(line, by) - (line.kind === 'drug' ? decimalOrZero(line.discount) : 0n);
}

/** Products sold over the counter, each once; what left through a fill was screened when it was filled. */
export function productsOf(cart: Cart): CartDrug[] {
  const products = cart.lines.flatMap((line) => (line.kind === 'drug' ? [line.drug] : []));
  return [...new Map(products.map((drug) => [drug.drugId, drug])).values()];
}

/** What everything costs, whoever pays. */
export function cartTotal(cart: Cart): Thousandths {
  return cart.lines.reduce((sum, line) => sum + lineTotal(line, cart), 0n);
}

/** What payers bear of a line. */
export function borneOf(line: CartLine): Thousandths {
  return line.kind === 'fill' ? decimalOrZero(line.price) - decimalOrZero(line.patientShare) : 0n;
}

/** What payers bear of the basket; the rest is to be collected. */
export function cartBorne(cart: Cart): Thousandths {
  return cart.lines.reduce((sum, line) => sum + borneOf(line), 0n);
}

/** Why a line cannot be sold as it stands; undefined when it can. */
export function lineFault(line: CartLine, by: PricedBy): 'quantity' | 'discount' | undefined {
  if (line.kind === 'fill') return undefined;
  const quantity = parseDecimal(line.quantity);
  if (quantity === undefined || quantity <= 0n) return 'quantity';
  const discount = line.discount === '' ? 0n : parseDecimal(line.discount);
  return discount === undefined || discount > lineAmount(line, by) ? 'discount' : undefined;
}

function append(cart: Cart, make: (id: number) => CartLine): Cart {
  const line = make(cart.nextId);
  return { ...cart, lines: [...cart.lines, line], active: line.id, nextId: cart.nextId + 1 };
}

function withLine(cart: Cart, id: number, change: (line: DrugLine) => DrugLine): Cart {
  const lines = cart.lines.map((line) => (line.id === id && line.kind === 'drug' ? change(line) : line));
  return { ...cart, lines, active: id };
}

/** Adds one of a product, or the pack that was scanned; the same product in the same unit without discount counts up instead. */
export function addDrug(cart: Cart, drug: CartDrug, unit: SaleUnit, pack?: string): Cart {
  const same = cart.lines.find(
    (line) =>
      line.kind === 'drug' && line.drug.drugId === drug.drugId && line.unit === unit && line.discount === '',
  );
  const packs = pack === undefined ? {} : { packs: [pack] };
  if (!same)
    return append(cart, (id) => ({ kind: 'drug', id, drug, unit, quantity: '1', discount: '', ...packs }));
  const more = changeQuantity(cart, same.id, 1000n);
  return pack === undefined
    ? more
    : withLine(more, same.id, (line) => ({ ...line, packs: [...(line.packs ?? []), pack] }));
}

/**
 * Puts one pack of a product in the place of every line of another. What was counted and taken off was for the other one. A
 * product that is in the basket already is not put in once more.
 */
export function replaceDrug(cart: Cart, drugId: number, drug: CartDrug): Cart {
  const isOld = (line: CartLine) => line.kind === 'drug' && line.drug.drugId === drugId;
  const at = cart.lines.findIndex(isOld);
  if (at < 0) return cart;
  const kept = cart.lines.filter((line) => !isOld(line));
  const known = kept.find((line) => line.kind === 'drug' && line.drug.drugId === drug.drugId);
  if (known) return { ...cart, lines: kept, active: known.id };
  const line: DrugLine = { kind: 'drug', id: cart.nextId, drug, unit: 'pack', quantity: '1', discount: '' };
  const before = cart.lines.slice(0, at).filter((one) => !isOld(one)).length;
  return {
    ...cart,
    lines: [...kept.slice(0, before), line, ...kept.slice(before)],
    active: line.id,
    nextId: cart.nextId + 1,
  };
}

/** Adds a prepared fill; a fill is in the basket once. */
export function addFill(cart: Cart, fill: Omit<FillLine, 'kind' | 'id'>): Cart {
  if (cart.lines.some((line) => line.kind === 'fill' && line.fillId === fill.fillId)) return cart;
  return append(cart, (id) => ({ kind: 'fill', id, ...fill }));
}

/** More or fewer of a line; it never falls below one, removing is another key. */
export function changeQuantity(cart: Cart, id: number, by: Thousandths): Cart {
  return withLine(cart, id, (line) => {
    const next = decimalOrZero(line.quantity) + by;
    return next < 1000n ? line : { ...line, quantity: formatDecimal(next) };
  });
}

export function setQuantity(cart: Cart, id: number, quantity: string): Cart {
  return withLine(cart, id, (line) => ({ ...line, quantity }));
}

export function setUnit(cart: Cart, id: number, unit: SaleUnit): Cart {
  return withLine(cart, id, (line) => ({ ...line, unit }));
}

export function setDiscount(cart: Cart, id: number, discount: string): Cart {
  return withLine(cart, id, (line) => ({ ...line, discount }));
}

/** The next unit the product can be sold in. */
export function cycleUnit(cart: Cart, id: number): Cart {
  return withLine(cart, id, (line) => {
    const units = unitsOf(line.drug);
    return { ...line, unit: units[(units.indexOf(line.unit) + 1) % units.length] ?? line.unit };
  });
}

/** Takes a line out; the one that takes its place becomes active. */
export function removeLine(cart: Cart, id: number): Cart {
  const at = cart.lines.findIndex((line) => line.id === id);
  const lines = cart.lines.filter((line) => line.id !== id);
  return { ...cart, lines, active: (lines[at] ?? lines.at(-1))?.id };
}

/** Moves the active line up or down. */
export function moveActive(cart: Cart, by: 1 | -1): Cart {
  const at = cart.lines.findIndex((line) => line.id === cart.active);
  return { ...cart, active: (cart.lines[at + by] ?? cart.lines[at])?.id };
}

/** One line as POST /sales takes it. */
export type SaleItemRequest =
  | { drugId: number; quantity: string; unit: SaleUnit; discount?: string; packs?: string[] }
  | { fillId: number };

export function toItems(cart: Cart): SaleItemRequest[] {
  return cart.lines.map((line) => {
    if (line.kind === 'fill') return { fillId: line.fillId };
    const discount = decimalOrZero(line.discount);
    return {
      drugId: line.drug.drugId,
      quantity: formatDecimal(decimalOrZero(line.quantity)),
      unit: line.unit,
      ...(discount > 0n ? { discount: formatMoney(discount) } : {}),
      ...(line.packs ? { packs: [...line.packs] } : {}),
    };
  });
}

/** Tenders beside cash, in the order they are sent. */
const OTHER_TENDERS = ['card', 'account', 'deposit', 'points'] as const;
type OtherTender = (typeof OTHER_TENDERS)[number];
/** Amounts as they are typed. */
export type OtherAmounts = Partial<Record<OtherTender, string>>;

export interface Tender {
  method: 'cash' | OtherTender;
  amount: string;
}

/** What is due, as the server reckons: rounded half up to a multiple of `step` where it is paid in cash alone; a step of 0 rounds nothing. */
function dueOf(total: Thousandths, others: Thousandths, step: Thousandths): Thousandths {
  if (others > 0n || step <= 0n) return total;
  const rounded = ((2n * total + step) / (2n * step)) * step;
  return rounded > 0n ? rounded : total;
}

/** How the amounts typed settle a total: an empty cash field means "the rest, exactly". */
export function settle(
  total: Thousandths,
  cashText: string,
  others: OtherAmounts = {},
  cashStep: Thousandths = 0n,
): {
  due: Thousandths;
  tenders: Tender[];
  change: Thousandths;
  missing: Thousandths;
  isTooMuch: boolean;
} {
  const beside = OTHER_TENDERS.map((method) => ({ method, amount: decimalOrZero(others[method]) }));
  const besideCash = beside.reduce((sum, { amount }) => sum + amount, 0n);
  const due = dueOf(total, besideCash, cashStep);
  const rest = due - besideCash;
  const cash = cashText === '' ? (rest > 0n ? rest : 0n) : decimalOrZero(cashText);
  const difference = cash - rest;
  const tenders: Tender[] = [];
  if (cash > 0n) tenders.push({ method: 'cash', amount: formatMoney(cash) });
  for (const { method, amount } of beside)
    if (amount > 0n) tenders.push({ method, amount: formatMoney(amount) });
  return {
    due,
    tenders,
    change: difference > 0n ? difference : 0n,
    missing: difference < 0n ? -difference : 0n,
    isTooMuch: besideCash > total,
  };
}
