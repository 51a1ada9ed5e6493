/** A particular told at the counter, as the server compares it with the record; dates as YYYY-MM-DD. */
export type Told =
  { readonly birthDate: string } | { readonly phone: string } | { readonly nationalId: string };

/** Digits of a telephone number that tell people apart, at least; a national number of fourteen digits is none. */
const PHONE_DIGITS = 7;
const NATIONAL_DIGITS = 14;
const FIRST_YEAR = 1900;
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

function isDay(year: number, month: number, day: number, today: string): string | undefined {
  const text = [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ].join('-');
  const at = new Date(`${text}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  return exists && year >= FIRST_YEAR && text <= today ? text : undefined;
}

/**
 * What eight digits say as a birth date, day first as people say it ("09031984") or year first ("19840309"); no eight digits are both,
 * since no month and day read as a year from 1900 on. Undefined for what is no day up to today.
 */
function birthDateOf(digits: string, today: string): string | undefined {
  if (digits.length !== 8) return undefined;
  const part = (from: number, to: number): number => Number.parseInt(digits.slice(from, to), 10);
  return isDay(part(4, 8), part(2, 4), part(0, 2), today) ?? isDay(part(0, 4), part(4, 6), part(6, 8), today);
}

/** Reads a second identifier from its digits alone: birth date, telephone, national number. Undefined: not enough of any. */
export function identifierOf(typed: string, today: string): Told | undefined {
  const western = typed.replace(ARABIC_DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
  const digits = western.replace(/\D/g, '');
  const birthDate = birthDateOf(digits, today);
  if (birthDate !== undefined) return { birthDate };
  if (digits.length === NATIONAL_DIGITS) return { nationalId: digits };
  return digits.length >= PHONE_DIGITS && digits.length < NATIONAL_DIGITS
    ? { phone: western.trim() }
    : undefined;
}
