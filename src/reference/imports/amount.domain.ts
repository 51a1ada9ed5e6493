/**
 * Amounts with units as catalogues write them ("50.000 I.U.", "25/5 MG", "400MG/5ML"). Amounts are exact
 * decimal strings and are never made into floating-point numbers.
 */

/** An amount with its unit, for example 400 mg per 5 ml. */
export interface Strength {
  /** Exact decimal, above zero, without leading or trailing zeros: "0.5", "10000". */
  amount: string;
  /** mg, g, mcg, ng, kg, iu, unit, %, mmol, meq, kcal, cfu, gdu, su, ml, mcl, l or cm. */
  unit: string;
  /** What the amount is in, where the name says so: 5 ml, 1 hour, 1 dose. */
  per?: { amount: string; unit: string };
}

/** A strength found in a text, and where it stood. */
export interface FoundStrength extends Strength {
  /** First character of the match in the text searched. */
  start: number;
  /** One past the last character of the match. */
  end: number;
}

interface UnitRule {
  unit: string;
  /** Powers of ten the written number is multiplied by ("3 M.I.U." is 3,000,000 iu). */
  shift?: number;
}

/** Written unit without dots and blanks → unit kept. */
const UNITS: Readonly<Record<string, UnitRule>> = {
  MG: { unit: 'mg' },
  MGS: { unit: 'mg' },
  MGM: { unit: 'mg' },
  G: { unit: 'g' },
  GM: { unit: 'g' },
  GMS: { unit: 'g' },
  GRAM: { unit: 'g' },
  GRAMS: { unit: 'g' },
  KG: { unit: 'kg' },
  MCG: { unit: 'mcg' },
  UG: { unit: 'mcg' },
  ΜG: { unit: 'mcg' },
  NG: { unit: 'ng' },
  IU: { unit: 'iu' },
  MIU: { unit: 'iu', shift: 6 },
  MILLIONIU: { unit: 'iu', shift: 6 },
  UNIT: { unit: 'unit' },
  UNITS: { unit: 'unit' },
  '%': { unit: '%' },
  MMOL: { unit: 'mmol' },
  MEQ: { unit: 'meq' },
  KCAL: { unit: 'kcal' },
  CFU: { unit: 'cfu' },
  MILLIONCFU: { unit: 'cfu', shift: 6 },
  BILLIONCFU: { unit: 'cfu', shift: 9 },
  ML: { unit: 'ml' },
  MCL: { unit: 'mcl' },
  L: { unit: 'l' },
  LITRE: { unit: 'l' },
  LITER: { unit: 'l' },
  CM: { unit: 'cm' },
  GDU: { unit: 'gdu' },
  SU: { unit: 'su' },
  BCFU: { unit: 'cfu', shift: 9 },
  BILIONCFU: { unit: 'cfu', shift: 9 },
};

const PER_UNITS: Readonly<Record<string, string>> = {
  ML: 'ml',
  MCL: 'mcl',
  L: 'l',
  G: 'g',
  GM: 'g',
  H: 'hour',
  HR: 'hour',
  HRS: 'hour',
  HOUR: 'hour',
  HOURS: 'hour',
  DAY: 'day',
  DOSE: 'dose',
  DOSES: 'dose',
  PUFF: 'dose',
  SPRAY: 'dose',
  ACTUATION: 'dose',
  DROP: 'drop',
  DROPS: 'drop',
  TAB: 'tablet',
  TABLET: 'tablet',
  CAP: 'capsule',
  CAPSULE: 'capsule',
  VIAL: 'vial',
  SACHET: 'sachet',
};

const NUMBER = String.raw`(?:\d[\d.,]*\d|\d|\.\d+)`;
const UNIT = String.raw`(?:MILLION\s*(?:C\.?F\.?U|I\.?U)|BILL?ION\s*C\.?F\.?U|B\s?CFU|M\.?\s?I\.?\s?U|I\.\s?U|IU|C\.?F\.?U|MGS?|MGM|MCG|MCL|MMOL|MEQ|UG|[ΜµμNK]G|GMS?|GRAMS?|KCAL|UNITS?|GDU|SU|ML|LIT(?:RE|ER)|CM|G|L|%)`;
const PER_UNIT = String.raw`(?:MCL|ML|L|GM|G|HRS?|HOURS?|H|DAY|DOSES?|PUFF|SPRAY|ACTUATION|DROPS?|TABLET|TAB|CAPSULE|CAP|VIAL|SACHET)`;
/** A number never starts inside a word or another number ("B12", "Q10", "1.5"). */
const STRENGTH = new RegExp(
  String.raw`(?<![\p{L}\d.,])((?:${NUMBER}\s*\/\s*)*)(${NUMBER})\s*(${UNIT})(?![\p{L}\d])\.?(?:\s*(?:\/|PER\b)\s*(${NUMBER})?\s*(${PER_UNIT})(?![\p{L}\d])\.?)?`,
  'gu',
);

/** numeric(18,6) of reference.drug_ingredients: at most 12 digits before the point and 6 after it. */
const FITS = /^\d{1,12}(?:\.\d{1,6})?$/;

function trimZeros(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const kept = fraction.replace(/0+$/, '');
  return (whole.replace(/^0+(?=\d)/, '') || '0') + (kept === '' ? '' : `.${kept}`);
}

/** Multiplies a plain decimal by a power of ten, exactly. */
function shiftDecimal(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const padded = fraction.padEnd(places, '0');
  return `${whole}${padded.slice(0, places)}.${padded.slice(places)}`;
}

/**
 * Reads a written number as an exact decimal, or undefined where it can't be read or doesn't fit.
 *
 * Egyptian sources write thousands with a dot. A dot followed by exactly three digits is a thousands dot
 * (a) when there are two or more such groups ("1.500.000"), (b) when the unit is iu, unit or cfu, which
 * nobody gives to a thousandth ("50.000 I.U."), and (c) for mcg when the three digits are 000
 * ("10.000 MCG" of biotin). Otherwise it is a decimal point ("2.275 MG/ML", "10.000 MG" is 10 mg, "0.025%").
 * A leading zero always makes it a decimal point. A comma before exactly three digits separates thousands,
 * any other single comma is a decimal comma ("0,5").
 */
export function canonicalAmount(written: string, unit: string): string | undefined {
  let text = written.replace(/\s+/g, '');
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text)) text = text.replace(/,/g, '');
  else if (/^\d+,\d+$/.test(text)) text = text.replace(',', '.');
  if (/^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(text)) text = text.replace(/\./g, '');
  else if (/^[1-9]\d{0,2}\.\d{3}$/.test(text)) {
    const thousands =
      unit === 'iu' || unit === 'unit' || unit === 'cfu' || (unit === 'mcg' && text.endsWith('.000'));
    if (thousands) text = text.replace('.', '');
  }
  if (text.startsWith('.')) text = `0${text}`;
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const trimmed = trimZeros(text);
  return FITS.test(trimmed) && trimmed !== '0' ? trimmed : undefined;
}

function readOne(written: string, rule: UnitRule): string | undefined {
  const amount = canonicalAmount(written, rule.shift === undefined ? rule.unit : 'million');
  if (amount === undefined || rule.shift === undefined) return amount;
  const shifted = trimZeros(shiftDecimal(amount, rule.shift));
  return FITS.test(shifted) ? shifted : undefined;
}

/**
 * Every strength in a text, in order. "25/5 MG" gives 25 mg and 5 mg; "400MG/5ML" one strength per 5 ml.
 * A number without a unit is not a strength. The text should be upper case (`toUpperCase`).
 */
export function findStrengths(text: string): FoundStrength[] {
  const found: FoundStrength[] = [];
  if (!/\d[\d.,]*\s*[%\p{L}]/u.test(text)) return found;
  for (const match of text.matchAll(STRENGTH)) {
    const [whole, leading = '', last = '', written = '', perAmount, perWritten] = match;
    const rule = UNITS[written.replace(/[.\s]/g, '').replace(/[µμ]/g, 'Μ')];
    if (rule === undefined) continue;
    const perUnit = perWritten === undefined ? undefined : PER_UNITS[perWritten];
    const per =
      perUnit === undefined
        ? undefined
        : { amount: canonicalAmount(perAmount ?? '1', perUnit) ?? '1', unit: perUnit };
    // "25/5 MG": the numbers before a slash share the unit of the last one.
    const numbers = [...leading.split('/').filter((part) => part.trim() !== ''), last];
    for (const number of numbers) {
      const amount = readOne(number, rule);
      if (amount === undefined) continue;
      found.push({
        amount,
        unit: rule.unit,
        ...(per === undefined ? {} : { per }),
        start: match.index,
        end: match.index + whole.length,
      });
    }
  }
  return found;
}

/** The text without its strengths, blanks collapsed. */
export function withoutStrengths(text: string): string {
  const found = findStrengths(text);
  if (found.length === 0) return text;
  let rest = '';
  let from = 0;
  for (const strength of found) {
    if (strength.start < from) continue;
    rest += `${text.slice(from, strength.start)} `;
    from = strength.end;
  }
  return (rest + text.slice(from)).replace(/\s+/g, ' ').trim();
}
