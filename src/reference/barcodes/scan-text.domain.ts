import { GS } from './gs1-elements.domain.js';

/** Longer than any symbol of a pack: a DataMatrix of GS1 holds at most 2,335 characters, a pack's under 200. */
export const MAX_SCAN_LENGTH = 1000;

/** A scan without what scanners and clipboards put around it. */
export interface ScanText {
  /** AIM symbology identifier without its bracket, e.g. d2; null: the scanner sends none. */
  readonly symbology: string | null;
  /** The data, group separators as 0x1D. */
  readonly text: string;
}

// The separator as a character: itself, its picture, FNC1 as Data Matrix, ZXing, iText and JsBarcode show it, and what
// a keyboard puts for a character it lacks. None of these may stand in GS1 data.
const SEPARATOR_CHARACTERS = '\u001d\u241d\u00e8\u00f1\u00ca\u00cf\ufffd';
const SEPARATORS = new RegExp(
  `[${SEPARATOR_CHARACTERS}]|[<{[](?:GS|FNC1)[>}\\]]|\\\\x1d|\\\\u00?1d|\\\\u(?:001d|241d)|\\^\\]|~d029`,
  'giu',
);
/** Marks of writing direction, zero-width characters and the byte-order mark: invisible, and part of no code. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0000]/gu;

const asciiDigit = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 15);

/** Cleans a scan or a typed code. Undefined: it is longer than any code. */
export function readScanText(raw: string): ScanText | undefined {
  if (raw.length > MAX_SCAN_LENGTH) return undefined;
  const visible = raw.replaceAll(INVISIBLE, '').trim();
  const match = /^(?:\u001d)*\]([A-Za-z])([0-9A-Za-z])/u.exec(visible);
  const body = match ? visible.slice(match[0].length) : visible;
  const symbology = match ? `${match[1]}${match[2]}` : null;
  // A web address keeps its characters: they are percent-encoded where they are not plain.
  if (/^https?:\/\//i.test(body)) return { symbology, text: body };
  const text = body
    .replaceAll(SEPARATORS, GS)
    .replaceAll(/[\u0660-\u0669]/gu, asciiDigit)
    .replaceAll(/[\u06f0-\u06f9]/gu, asciiDigit)
    .replaceAll(/[\u2010-\u2015\u2212]/gu, '-')
    .trim();
  return { symbology, text };
}
