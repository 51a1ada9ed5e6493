import type { PaperRow, Raster, TextRow } from './receipt-printing.types.js';

const ESC = 0x1b;
const GS = 0x1d;

/** Dots of a letter of font A, and lines of dots one raster command holds. */
const LETTER = 12;
const BAND = 128;

const INIT = [ESC, 0x40];
const LEFT = [ESC, 0x61, 0];
const CENTRE = [ESC, 0x61, 1];
const FEED_AND_CUT = [GS, 0x56, 0x42, 0];
/** Pin 2, 50 ms on and 500 ms off: what every drawer takes. */
export const OPEN_DRAWER: Uint8Array = Uint8Array.from([ESC, 0x70, 0, 25, 250]);

/** What a printer draws with the letters it has, whatever its code page. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const setBold = (on: boolean): number[] => [ESC, 0x45, on ? 1 : 0];
/** Twice as wide and high, or as it is. */
const setSize = (isBig: boolean): number[] => [GS, 0x21, isBig ? 0x11 : 0];

/** Two texts in a line of so many letters, the second at its end; a line more where they do not fit. */
export function twoColumns(start: string, end: string, letters: number): string[] {
  const lines = wrapped(start, letters);
  if (end === '') return lines;
  const last = lines.at(-1) ?? '';
  if (last.length + 1 + end.length <= letters)
    return [...lines.slice(0, -1), last + end.padStart(letters - last.length)];
  return [...lines, end.padStart(letters)];
}

/** A text cut into lines between its words; a word longer than a line is cut too. */
export function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ').filter((one) => one !== '')) {
    if (line !== '' && line.length + 1 + word.length <= letters) line += ` ${word}`;
    else {
      if (line !== '') lines.push(line);
      while (word.length > letters) {
        lines.push(word.slice(0, letters));
        word = word.slice(letters);
      }
      line = word;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** A picture in bands, since a printer takes so many lines at once. */
function picture({ width, height, rows }: Raster): number[] {
  const stride = Math.ceil(width / 8);
  const bytes: number[] = [];
  for (let top = 0; top < height; top += BAND) {
    const lines = Math.min(BAND, height - top);
    bytes.push(GS, 0x76, 0x30, 0, stride & 0xff, stride >> 8, lines & 0xff, lines >> 8);
    bytes.push(...rows.subarray(top * stride, (top + lines) * stride));
  }
  return bytes;
}

/** Code 128, set B, with its text below; the printer draws it. */
function barcode(text: string): number[] {
  const data = [0x7b, 0x42, ...ascii(text)];
  return [GS, 0x68, 64, GS, 0x77, 2, GS, 0x48, 2, GS, 0x6b, 73, data.length, ...data, 0x0a];
}

/** A QR code, model 2, error correction M; the printer draws it. */
function qrCode(text: string): number[] {
  const data = ascii(text);
  const size = data.length + 3;
  return [
    ...[GS, 0x28, 0x6b, 4, 0, 0x31, 0x41, 50, 0],
    ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x43, 5],
    ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x45, 49],
    ...[GS, 0x28, 0x6b, size & 0xff, size >> 8, 0x31, 0x50, 48, ...data],
    ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x51, 48, 0x0a],
  ];
}

/**
 * The bytes of a paper for an ESC/POS printer with so many dots across. A line of plain letters is sent as text, in the printer's own font;
 * any other is sent as the picture `draw` makes of it, since no code page joins Arabic letters or orders them (ADR 42).
 */
export function escpos(
  rows: readonly PaperRow[],
  dots: number,
  draw: (row: TextRow) => readonly Raster[],
): Uint8Array {
  const bytes = [...INIT];
  for (const row of rows) {
    if (row.kind === 'rule') bytes.push(...LEFT, ...ascii('-'.repeat(dots / LETTER)), 0x0a);
    else if (row.kind === 'barcode') bytes.push(...CENTRE, ...barcode(row.text));
    else if (row.kind === 'qr') bytes.push(...CENTRE, ...qrCode(row.text));
    else bytes.push(...textRow(row, dots, draw));
  }
  bytes.push(...FEED_AND_CUT);
  return Uint8Array.from(bytes);
}

function textRow(row: TextRow, dots: number, draw: (row: TextRow) => readonly Raster[]): number[] {
  if (row.direction === 'rtl' || !isPlain(row.start + (row.end ?? '')))
    return [...LEFT, ...draw(row).flatMap(picture)];
  const letters = Math.floor(dots / LETTER / (row.isBig ? 2 : 1));
  const lines = row.isCentred ? wrapped(row.start, letters) : twoColumns(row.start, row.end ?? '', letters);
  return [
    ...(row.isCentred ? CENTRE : LEFT),
    ...setBold(row.isBold),
    ...setSize(row.isBig),
    ...lines.flatMap((line) => [...ascii(line), 0x0a]),
    ...setSize(false),
    ...setBold(false),
  ];
}
