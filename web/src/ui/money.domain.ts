/** Exact decimals for display: a value is a bigint of thousandths, the same scale the server uses. */
export type Thousandths = bigint;

const PATTERN = /^(-?)(\d{1,15})(?:\.(\d{1,3}))?$/;

/** Thousandths of a decimal string such as "12.50"; `undefined` when the text is not such a number. */
export function parseDecimal(text: string): Thousandths | undefined {
  const found = PATTERN.exec(text.trim());
  if (!found) return undefined;
  const [, sign, whole = '0', fraction = ''] = found;
  const value = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0'));
  return sign === '-' ? -value : value;
}

/** As `parseDecimal`, zero for text that is not a number: for totals of values that came from the server. */
export function decimalOrZero(text: string | null | undefined): Thousandths {
  return parseDecimal(text ?? '') ?? 0n;
}

/** Decimal string with at least `minimumDigits` decimals, trailing zeros beyond them removed. */
export function formatDecimal(value: Thousandths, minimumDigits = 0): string {
  const absolute = value < 0n ? -value : value;
  const fraction = String(absolute % 1000n).padStart(3, '0');
  let digits = 3;
  while (digits > minimumDigits && fraction[digits - 1] === '0') digits -= 1;
  const tail = digits === 0 ? '' : `.${fraction.slice(0, digits)}`;
  return `${value < 0n ? '-' : ''}${absolute / 1000n}${tail}`;
}

/** Money for the wire and the eye: two decimals ("12.50"), a third one only where it is not zero. */
export function formatMoney(value: Thousandths): string {
  return formatDecimal(value, 2);
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (n * 2n + d) / (d * 2n);
  return negative ? -rounded : rounded;
}

/**
 * `amount × times ÷ per`, rounded half away from zero to `decimals` of the currency, as the server prices a line.
 * @param decimals 0 to 3; 2 is a cent.
 */
export function priceOf(
  amount: Thousandths,
  times: Thousandths,
  per: Thousandths = 1000n,
  decimals = 2,
): Thousandths {
  if (per === 0n) return 0n;
  const step = 10n ** BigInt(3 - decimals);
  return divideRounded(amount * times, per * step) * step;
}

/** A decimal of any fineness as text with `decimals` digits, rounded half away from zero: "2.796875" is "2.80". */
export function roundedText(text: string, decimals: number): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '0', fraction = ''] = found;
  const rounded = divideRounded(
    BigInt(whole + fraction) * 10n ** BigInt(decimals),
    10n ** BigInt(fraction.length),
  );
  const digits = String(rounded).padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const shown = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return rounded === 0n ? shown : sign + shown;
}

/** Sum of decimal strings. */
export function sumDecimals(values: Iterable<string>): Thousandths {
  let total = 0n;
  for (const value of values) total += decimalOrZero(value);
  return total;
}

const FOREIGN_ZEROS = [0x0660, 0x06f0];

/** Turns what was typed into a plain decimal: Arabic-Indic digits and separators become ASCII, the rest is dropped. */
export function cleanDecimalInput(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const zero = FOREIGN_ZEROS.find((start) => code >= start && code <= start + 9);
    if (zero !== undefined) out += String(code - zero);
    else if (char >= '0' && char <= '9') out += char;
    else if ('.,٫'.includes(char) && !out.includes('.')) out += '.';
  }
  return out;
}

/** A decimal string without the zeros at its end ("30.000" is 30): for fields, where they would only be in the way. */
export function cleanZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
