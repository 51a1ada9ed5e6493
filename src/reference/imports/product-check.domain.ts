import type { SourceProduct } from './source.types.js';

/** A fault of a field of a product. */
export interface Fault {
  field: string;
  /** Plain words that go on after the field: "is empty". */
  reason: string;
  value: string;
}

/** Longest text accepted, in characters; the columns of reference.drugs and its neighbours. */
const LONGEST = {
  sourceId: 200,
  name: 500,
  nameAr: 500,
  activeRaw: 4000,
  strength: 500,
  dosageForm: 100,
  route: 100,
  company: 300,
  marketer: 300,
  baseUnit: 30,
} as const satisfies Partial<Record<keyof SourceProduct, number>>;
const TEXTS = Object.entries(LONGEST) as Array<[keyof typeof LONGEST, number]>;

/** NUL and other controls (tab and line ends are blanks), the replacement character, halves of surrogate pairs. */
const INVALID = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ud800-\udfff]/u;

const MONEY = /^\d{1,11}(?:\.\d{1,3})?$/;
const QUANTITY = /^\d{1,11}(?:\.\d{1,3})?$/;
const AMOUNT = /^\d{1,12}(?:\.\d{1,6})?$/;
const ATC = /^[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?$/;

const LONGEST_CATEGORY = 200;
const LONGEST_PART = 500;
const LONGEST_DESCRIPTION = 500;
const MOST_PARTS = 500;
/** RxNorm has 3,604 codes for one generic product. */
const MOST_CODES = 20_000;

const isPositive = (decimal: string, pattern: RegExp): boolean =>
  pattern.test(decimal) && /[1-9]/.test(decimal);

/** True when one exact decimal without sign is above another. */
export function isAbove(decimal: string, limit: string): boolean {
  // Fewer characters and no more leading zeros than digits: most prices end here.
  if (decimal.length < limit.length && !limit.startsWith('0') && !limit.includes('.')) return false;
  const [whole = '', fraction = ''] = decimal.split('.');
  const [limitWhole = '', limitFraction = ''] = limit.split('.');
  const a = whole.replace(/^0+/, '');
  const b = limitWhole.replace(/^0+/, '');
  if (a.length !== b.length) return a.length > b.length;
  if (a !== b) return a > b;
  const digits = Math.max(fraction.length, limitFraction.length);
  return fraction.padEnd(digits, '0') > limitFraction.padEnd(digits, '0');
}

/** What is wrong with a text, or undefined. */
export function textProblem(text: string, longest: number): string | undefined {
  if (text.length > longest) return `is longer than ${longest} characters`;
  return INVALID.test(text) ? 'holds characters that are not text' : undefined;
}

/** What the catalogue knows that a product may refer to. */
export interface CheckedAgainst {
  handlingFlags: ReadonlySet<string>;
}

/**
 * Every fault of a product, whatever source it comes from; [] when it can be taken. Barcodes are checked by themselves.
 * `nameFolded` is `foldText` of its name.
 */
export function faultsOf(product: SourceProduct, nameFolded: string, known: CheckedAgainst): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, reason: string, value: string): void => {
    faults.push({ field, reason, value });
  };
  for (const [field, longest] of TEXTS) {
    const text = product[field];
    if (text === undefined) continue;
    const problem = textProblem(text, longest);
    if (problem !== undefined) fault(field, problem, text);
  }
  if (product.sourceId === '') fault('sourceId', 'is empty', '');
  if (nameFolded === '')
    fault('name', product.name === '' ? 'is empty' : 'holds no letter or digit', product.name);
  for (const field of ['price', 'oldPrice', 'priceCeiling'] as const) {
    const amount = product[field];
    if (amount !== undefined && !MONEY.test(amount))
      fault(field, 'is not an amount with at most three decimals', amount);
  }
  const { price, priceCeiling, atcCode } = product;
  if (
    faults.length === 0 &&
    price !== undefined &&
    priceCeiling !== undefined &&
    isAbove(price, priceCeiling)
  )
    fault('price', `is above its own ceiling of ${priceCeiling}`, price);
  if (atcCode !== undefined && !ATC.test(atcCode)) fault('atcCode', 'is not an ATC code', atcCode);
  checkPacks(product, fault);
  checkComposition(product, fault);
  for (const name of product.category ?? []) {
    const problem = textProblem(name, LONGEST_CATEGORY);
    if (problem !== undefined) fault('category', problem, name);
  }
  for (const flag of product.handlingFlags ?? [])
    if (!known.handlingFlags.has(flag)) fault('handlingFlags', 'is no handling flag of the catalogue', flag);
  return faults;
}

type AddFault = (field: string, reason: string, value: string) => void;

function checkPacks(product: SourceProduct, fault: AddFault): void {
  for (const field of ['unitsPerStrip', 'unitsPerPack'] as const) {
    const units = product[field];
    if (units !== undefined && !isPositive(units, QUANTITY))
      fault(field, 'is not a number above zero', units);
  }
  for (const { baseUnits, description = '' } of product.packs ?? []) {
    if (!isPositive(baseUnits, QUANTITY)) fault('packs', 'is not a number above zero', baseUnits);
    const problem = textProblem(description, LONGEST_DESCRIPTION);
    if (problem !== undefined) fault('packs', problem, description);
  }
  for (const { baseUnits, description = '' } of product.barcodes ?? []) {
    if (baseUnits !== undefined && !isPositive(baseUnits, QUANTITY))
      fault('barcodes', 'is not a number above zero', baseUnits);
    const problem = textProblem(description, LONGEST_DESCRIPTION);
    if (problem !== undefined) fault('barcodes', problem, description);
  }
  if ((product.barcodes?.length ?? 0) > MOST_CODES) fault('barcodes', `are more than ${MOST_CODES}`, '');
}

function checkComposition(product: SourceProduct, fault: AddFault): void {
  const { composition = [] } = product;
  if (composition.length > MOST_PARTS) fault('composition', `has more than ${MOST_PARTS} parts`, '');
  for (const part of composition) {
    const problem = part.text === '' ? 'has a part without a name' : textProblem(part.text, LONGEST_PART);
    if (problem !== undefined) fault('composition', problem, part.text);
    for (const amount of [part.amount, part.perAmount])
      if (amount !== undefined && !isPositive(amount, AMOUNT))
        fault('composition', 'holds an amount that is not a number above zero', amount);
    for (const unit of [part.unit, part.perUnit]) {
      const wrong = unit === undefined ? undefined : textProblem(unit, 30);
      if (wrong !== undefined) fault('composition', wrong, unit ?? '');
    }
  }
}
