/** A value read, or the end of a sentence that says what is wrong with it. */
export type Read<T> = { readonly ok: T } | { readonly problem: string };

/** Largest amount numeric(14, 3) holds. */
const MOST_INTEGER_DIGITS = 11;

/** Arabic digits and separators as ASCII. */
const ascii = (text: string): string =>
  text
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',');

/** The decimal inside a text, with its separators: "EGP 1,234.50", "12,5 LE". Undefined: none, or more than one. */
function decimalIn(text: string): string | undefined {
  const numbers = [...ascii(text).matchAll(/-?\d[\d.,]*/g)].map(([number]) => number.replace(/[.,]+$/, ''));
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0) return undefined;
  if (/^-?\d+(?:\.\d+)?$/.test(number)) return number;
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(number)) return number.replaceAll(',', '');
  if (/^-?\d+,\d{1,2}$/.test(number)) return number.replace(',', '.');
  if (/^-?\d{1,3}(?:\.\d{3})+,\d{1,3}$/.test(number)) return number.replaceAll('.', '').replace(',', '.');
  return undefined;
}

/** Rounds a decimal text to thousandths, half away from zero; exact, on digits. */
function toThousandths(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (fraction.length <= 3) return decimal;
  const scaled = BigInt(`${whole}${fraction.slice(0, 3)}`) + (fraction.charAt(3) >= '5' ? 1n : 0n);
  const digits = scaled.toString().padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** A price as an exact decimal of at most three places. Text of money is read where it holds one number. */
export function readPrice(text: string): Read<string> {
  // A float prints 1.5e3; one that large is no price of a medicine and is written out here all the same.
  const plain = /^-?\d(?:\.\d+)?e\+?\d{1,2}$/i.test(text)
    ? BigInt(Math.round(Number(text))).toString()
    : text;
  const decimal = decimalIn(plain);
  if (decimal === undefined) return { problem: 'is not a price' };
  if (decimal.startsWith('-')) return { problem: 'is a price below zero' };
  const price = toThousandths(decimal.replace(/^0+(?=\d)/, ''));
  return price.split('.')[0]?.length !== undefined &&
    (price.split('.')[0] ?? '').length <= MOST_INTEGER_DIGITS
    ? { ok: price }
    : { problem: 'is a price too large to be one' };
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dateParts(year: number, month: number, day: number): Read<string> {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0);
  if (day < 1 || day > last) return { problem: 'is not a day of the calendar' };
  if (year < 1950 || year > 2100) return { problem: 'is not a date a catalogue can have' };
  return { ok: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` };
}

/**
 * A date in any usual writing, as 'YYYY-MM-DD': ISO with or without time, day before month with / . or -, seconds or
 * milliseconds since 1970. Where both could be the month, the day comes first, as in Egypt and Europe.
 */
export function readDate(text: string): Read<string> {
  const plain = ascii(text);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)/.exec(plain);
  if (iso) return dateParts(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\D|$)/.exec(plain);
  if (local) {
    const [first, second, year] = [Number(local[1]), Number(local[2]), Number(local[3])];
    return second > 12 ? dateParts(year, first, second) : dateParts(year, second, first);
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (compact) return dateParts(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  if (/^\d{9,10}$/.test(plain)) return { ok: new Date(Number(plain) * 1000).toISOString().slice(0, 10) };
  if (/^\d{12,13}$/.test(plain)) return { ok: new Date(Number(plain)).toISOString().slice(0, 10) };
  return { problem: 'is not a date' };
}

/** An id that can be kept: a positive 32-bit integer. Null: it cannot. */
export function readId(text: string | null): number | null {
  if (text === null || !/^\d{1,10}(?:\.0+)?$/.test(text)) return null;
  const id = Number.parseInt(text, 10);
  return id >= 1 && id <= 2_147_483_647 ? id : null;
}

/** Codes in a barcode cell: several may be separated by commas, blanks, slashes; 6221000000000.0 comes from a sheet. */
export function splitBarcodes(text: string): string[] {
  return ascii(text)
    .split(/[\s,;|/]+/u)
    .map((code) => code.replace(/^'+/, '').replace(/^(\d+)\.0+$/, '$1'))
    .filter((code) => code !== '' && !/^(?:0+|-+|n\.?a\.?|none|null)$/i.test(code));
}

/** True, false, or null where the text says neither. */
export function readFlag(text: string | null): boolean | null {
  if (text === null) return null;
  if (/^(?:t|true|y|yes|1|rx|pom)$/i.test(text)) return true;
  return /^(?:f|false|n|no|0|otc|p)$/i.test(text) ? false : null;
}
