import { TextRaster, type Bitmap, type RasterStyle } from '../../platform/pdf/text-raster.js';
import { escpos } from './escpos.domain.js';
import type { PaperRow, TextRow } from './receipt-printing.types.js';

/** Height of letters, dots: like font A of a printer. */
const SIZE = 22;
const BIG = 40;

let raster: TextRaster | undefined;

/** The bytes of a paper for a printer with so many dots across; what it has no letters for is drawn. */
export function paperBytes(rows: readonly PaperRow[], dots: number): Uint8Array {
  return escpos(rows, dots, (row) => drawn(row, dots));
}

/** A row as pictures: one, or more where it is too long for the paper. */
function drawn(row: TextRow, dots: number): Bitmap[] {
  const letters = (raster ??= new TextRaster());
  const style: RasterStyle = {
    size: row.isBig ? BIG : SIZE,
    weight: row.isBold || row.isBig ? 'bold' : 'regular',
    base: row.direction,
  };
  const space = letters.widthOf('  ', style);
  const end = row.end ?? '';
  const lines = wrap(row.start, dots, (text) => letters.widthOf(text, style));
  const last = lines.pop() ?? '';
  const fits = letters.widthOf(last, style) + space + letters.widthOf(end, style) <= dots;
  const above = (end === '' || fits ? lines : [...lines, last]).map((start) => ({ start }));
  const rest = end === '' || fits ? { start: last, end } : { start: '', end };
  return [...above, rest].map((texts) => letters.line({ ...texts, centred: row.isCentred }, dots, style));
}

/** A text cut between its words into lines that fit. */
function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
