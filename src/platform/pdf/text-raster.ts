import PDFDocument from 'pdfkit';

import type { Direction } from '../text/bidi.domain.js';
import { PdfFonts, type Weight } from './pdf-fonts.js';

/** Black dots on white, eight to a byte from the left, rows from the top. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** ⌈width / 8⌉ bytes a row. */
  readonly rows: Uint8Array;
}

export interface RasterStyle {
  /** Height of the letters, dots. */
  readonly size: number;
  readonly weight?: Weight;
  /** Reading direction of the line. */
  readonly base: Direction;
}

interface Command {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
  readonly args: readonly number[];
}
/** What a font of pdfkit can do, as far as it is used here: shape letters and tell their outlines. */
interface Shaper {
  readonly unitsPerEm: number;
  layout(text: string): {
    readonly glyphs: readonly { readonly path: { readonly commands: readonly Command[] } }[];
    readonly positions: readonly {
      readonly xAdvance: number;
      readonly xOffset: number;
      readonly yOffset: number;
    }[];
  };
}
type Shaped = ReturnType<Shaper['layout']> & { readonly unitsPerEm: number };
/** A side of an outline: from (x0, y0) to (x1, y1), dots, y downwards. */
type Side = readonly [x0: number, y0: number, x1: number, y1: number];

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Of the size: the place of a line and how far below its top the letters stand, as on other papers. */
const LINE = 1.45;
const BASELINE = 1.08;
/** Words kept: the labels of a receipt and the products of a shop. */
const MOST_WORDS = 4_000;
/** Pieces a curve is cut into: at the size of a receipt more are not seen. */
const CURVE_STEPS = 6;

/** Draws lines of any script as dots, letters joined and in the order they are read: for printers that know no Arabic. */
export class TextRaster {
  private readonly document = new PDFDocument({ autoFirstPage: false });
  private readonly fonts = new PdfFonts(this.document);
  private readonly words = new Map<string, Shaped>();

  /** Width of a line, dots. */
  widthOf(text: string, style: RasterStyle): number {
    return Math.ceil(this.outline(text, style).width);
  }

  /** A line `width` dots wide with a text at its start and one at its end, as it is read; alone, `start` may stand in the middle. */
  line(
    texts: { readonly start: string; readonly end?: string; readonly centred?: boolean },
    width: number,
    style: RasterStyle,
  ): Bitmap {
    const height = Math.ceil(style.size * LINE);
    const bitmap = { width, height, rows: new Uint8Array(Math.ceil(width / 8) * height) };
    const start = this.outline(texts.start, style);
    const end = this.outline(texts.end ?? '', style);
    const [left, right] = style.base === 'ltr' ? [start, end] : [end, start];
    if (texts.centred === true) fill(bitmap, start.sides, Math.max(0, (width - start.width) / 2));
    else {
      fill(bitmap, left.sides, 0);
      fill(bitmap, right.sides, width - right.width);
    }
    return bitmap;
  }

  private outline(
    text: string,
    { size, weight = 'regular', base }: RasterStyle,
  ): { sides: Side[]; width: number } {
    const sides: Side[] = [];
    let x = 0;
    // A text without a letter that is read from the right is an amount, a date, a number: it reads from the left on any paper.
    const own = RIGHT_TO_LEFT.test(text) ? base : 'ltr';
    for (const piece of this.fonts.placed(text, weight, own)) {
      const { glyphs, positions, unitsPerEm } = this.shaped(piece.text, piece.font, weight);
      const scale = size / unitsPerEm;
      for (const [index, glyph] of glyphs.entries()) {
        const at = positions[index] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
        sides.push(
          ...sidesOf(
            glyph.path.commands,
            scale,
            x + at.xOffset * scale,
            size * BASELINE - at.yOffset * scale,
          ),
        );
        x += at.xAdvance * scale;
      }
    }
    return { sides, width: x };
  }

  /** Letters of a word, joined: kept, since papers say the same words over and over. */
  private shaped(text: string, font: string, weight: Weight): Shaped {
    const key = `${font} ${text}`;
    const before = this.words.get(key);
    if (before) return before;
    if (this.words.size >= MOST_WORDS) this.words.clear();
    const shaper = this.shaperOf(font, weight);
    const { glyphs, positions } = shaper.layout(text);
    const shaped = {
      glyphs: glyphs.map(({ path }) => ({ path: { commands: path.commands } })),
      positions,
      unitsPerEm: shaper.unitsPerEm,
    };
    this.words.set(key, shaped);
    return shaped;
  }

  /** The standard fonts of PDF have no outlines: their letters are drawn by the Latin part, which has a sign for what it lacks. */
  private shaperOf(font: string, weight: Weight): Shaper {
    this.document.font(font);
    let { font: shaper } = (this.document as unknown as { _font: { font: Partial<Shaper> } })._font;
    if (shaper.unitsPerEm === undefined) {
      this.document.font(`latin ${weight}`);
      ({ font: shaper } = (this.document as unknown as { _font: { font: Partial<Shaper> } })._font);
    }
    return shaper as Shaper;
  }
}

/** Sides of a glyph's outline; its curves cut into straight pieces. */
function sidesOf(commands: readonly Command[], scale: number, left: number, baseline: number): Side[] {
  const sides: Side[] = [];
  let [x, y, x0, y0] = [0, 0, 0, 0];
  const lineTo = (nextX: number, nextY: number): void => {
    sides.push([left + x * scale, baseline - y * scale, left + nextX * scale, baseline - nextY * scale]);
    [x, y] = [nextX, nextY];
  };
  const curve = (points: readonly number[]): void => {
    const xs = [x, ...points.filter((_, index) => index % 2 === 0)];
    const ys = [y, ...points.filter((_, index) => index % 2 === 1)];
    for (let step = 1; step <= CURVE_STEPS; step += 1)
      lineTo(onCurve(xs, step / CURVE_STEPS), onCurve(ys, step / CURVE_STEPS));
  };
  for (const { command, args } of commands) {
    if (command === 'moveTo') [x, y, x0, y0] = [args[0] ?? 0, args[1] ?? 0, args[0] ?? 0, args[1] ?? 0];
    else if (command === 'lineTo') lineTo(args[0] ?? 0, args[1] ?? 0);
    else if (command === 'closePath') lineTo(x0, y0);
    else curve(args);
  }
  return sides;
}

/** A point of a Bézier curve by de Casteljau: between its control values at `t`. */
function onCurve(values: readonly number[], t: number): number {
  let row = [...values];
  while (row.length > 1) row = row.slice(1).map((value, index) => (row[index] ?? 0) * (1 - t) + value * t);
  return row[0] ?? 0;
}

/** Blackens every dot whose middle lies inside an outline, by its winding. */
function fill({ width, height, rows }: Bitmap, sides: readonly Side[], shift: number): void {
  const stride = Math.ceil(width / 8);
  const crossings: { x: number; turn: 1 | -1 }[][] = Array.from({ length: height }, () => []);
  for (const [x0, y0, x1, y1] of sides) {
    const [top, bottom] = y0 < y1 ? [y0, y1] : [y1, y0];
    for (let row = Math.max(0, Math.ceil(top - 0.5)); row < height && row + 0.5 < bottom; row += 1) {
      const x = shift + x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      crossings[row]?.push({ x, turn: y1 > y0 ? 1 : -1 });
    }
  }
  for (const [row, found] of crossings.entries()) {
    found.sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [index, { x, turn }] of found.entries()) {
      winding += turn;
      const next = found[index + 1];
      if (winding === 0 || !next) continue;
      const last = Math.min(width - 1, Math.ceil(next.x - 0.5) - 1);
      for (let dot = Math.max(0, Math.ceil(x - 0.5)); dot <= last; dot += 1) {
        const at = row * stride + (dot >> 3);
        rows[at] = (rows[at] ?? 0) | (0x80 >> (dot & 7));
      }
    }
  }
}
