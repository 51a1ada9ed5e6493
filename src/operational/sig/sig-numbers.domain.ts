import type { SigWarning } from './sig.types.js';

/** A number as it may be written in directions (a word of its own where it is in letters: "id" is not one day); what it is worth is told by `amountOf`. */
export const NUMBER = String.raw`(?:\d+ \d+/\d+|\d+/\d+|\d[\d,]*(?:\.\d+)?|\.\d+|(?:half an?|half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|i{1,3})(?![a-z]))`;
/** Between the two ends of a range. */
export const TO = '(?: ?- ?| to | or )';

const WORDS = new Map<string, string>([
  ['half', '0.5'],
  ['half a', '0.5'],
  ['half an', '0.5'],
  ['quarter', '0.25'],
  ...'one two three four five six seven eight nine ten'
    .split(' ')
    .map((word, index): [string, string] => [word, String(index + 1)]),
  ['i', '1'],
  ['ii', '2'],
  ['iii', '3'],
]);

export interface ReadNumber {
  /** Decimal text without needless zeros; undefined where the number was not read. */
  readonly value: string | undefined;
  readonly warnings: readonly SigWarning[];
}

/** Largest amount read: beyond it something else than a dose is meant. */
const MOST = 100_000_000n;

/** Thousandths of a fraction, mixed or plain; undefined where it is no thousandth, as a third. */
function thousandthsOf(text: string): bigint | undefined {
  const mixed = /^(?:(\d{1,6}) )?(\d{1,6})\/(\d{1,6})$/.exec(text);
  if (mixed) {
    const [whole, above, below] = [mixed[1] ?? '0', mixed[2] ?? '0', mixed[3] ?? '0'].map(BigInt) as [
      bigint,
      bigint,
      bigint,
    ];
    if (below === 0n || (1000n * above) % below !== 0n || (whole > 0n && above >= below)) return undefined;
    return whole * 1000n + (1000n * above) / below;
  }
  const decimal = /^(\d{0,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (!decimal) return undefined;
  const fraction = (decimal[2] ?? '').replace(/0+$/, '');
  if (fraction.length > 3) return undefined;
  return BigInt(decimal[1] || '0') * 1000n + BigInt(fraction.padEnd(3, '0'));
}

const decimalText = (thousandths: bigint): string => {
  const fraction = (thousandths % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${thousandths / 1000n}${fraction === '' ? '' : `.${fraction}`}`;
};

/**
 * What a written number is worth. Refused: zero, a comma that may be a decimal sign or a thousand, a fraction that is no
 * thousandth. Read with a warning: a trailing zero ("1.0" is taken for 10) and a naked point (".5" is taken for 5).
 */
export function amountOf(written: string): ReadNumber {
  const word = WORDS.get(written);
  if (word !== undefined) return { value: word, warnings: [] };
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(written);
  if (written.includes(',') && !grouped) {
    const instead = `“${written.replace(',', '.')}”`;
    return { value: undefined, warnings: [{ found: written, readAs: null, instead }] };
  }
  const thousandths = thousandthsOf(written.replaceAll(',', ''));
  if (thousandths === undefined || thousandths === 0n || thousandths > MOST)
    return { value: undefined, warnings: [] };
  const value = decimalText(thousandths);
  const isMisread = written.startsWith('.') || /\.\d*0$/.test(written);
  return { value, warnings: isMisread ? [{ found: written, readAs: value, instead: `“${value}”` }] : [] };
}

/** A whole number from 1 to `most`; undefined for any other. */
export function wholeOf(written: string, most: number): number | undefined {
  const { value } = amountOf(written);
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 1 && number <= most ? number : undefined;
}
