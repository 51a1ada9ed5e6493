import PDFDocument from 'pdfkit';

import type { Direction } from '../text/bidi.domain.js';
import { PdfFonts, type Piece, type Weight } from './pdf-fonts.js';

/** How a text stands on paper. Lengths are points, 72 to an inch. */
export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  /** Reading direction of the text itself; of the paper unless said. */
  readonly base?: Direction;
  /** The side it stands at, as the paper is read. */
  readonly align?: 'start' | 'end';
}

/** Where something lies; `start` counts from the side the paper is read from. */
export interface Box {
  readonly start: number;
  readonly top: number;
  readonly width: number;
}

interface Placed extends Piece {
  readonly width: number;
}

const A4 = { width: 595.28, height: 841.89 };
export const MARGIN = 40;
export const INNER = { width: A4.width - 2 * MARGIN, bottom: A4.height - MARGIN - 20 };
/** Of the size of the letters: the place of a line, and how far below its top the letters stand. */
const LINE = 1.45;
const BASELINE = 1.08;

/** A4 pages read from the left or from the right; letters of both kinds stand as they are read. */
export class PdfPaper {
  private readonly document: InstanceType<typeof PDFDocument>;
  private readonly fonts: PdfFonts;
  private readonly chunks: Buffer[] = [];
  /** Widths at a size of one point, by font and text: orders say the same words over and over. */
  private readonly widths = new Map<string, number>();
  private readonly whole: Promise<Buffer>;

  constructor(
    readonly direction: Direction,
    info: { readonly title: string; readonly language: string },
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: info.language,
      displayTitle: true,
      info: { Title: info.title, Producer: 'Meditory', Creator: 'Meditory' },
    });
    this.whole = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => this.chunks.push(chunk));
      this.document.on('end', () => resolve(Buffer.concat(this.chunks)));
      this.document.on('error', reject);
    });
    this.fonts = new PdfFonts(this.document);
  }

  /** Height of a line of letters of a size. */
  lineHeight(size: number): number {
    return size * LINE;
  }

  addPage(): void {
    this.document.addPage();
  }

  /** Lines a text takes in a width; a word longer than a line is cut. */
  wrap(text: string, width: number, style: TextStyle): string[] {
    const lines: string[] = [];
    for (const paragraph of text.split(/\r?\n/u)) {
      const space = this.widthOf(' ', style);
      let line = '';
      let taken = 0;
      for (const word of paragraph.split(/\s+/u).flatMap((one) => this.cut(one, width, style))) {
        const own = this.widthOf(word, style);
        if (line !== '' && taken + space + own > width) {
          lines.push(line);
          [line, taken] = [word, own];
        } else [line, taken] = line === '' ? [word, own] : [`${line} ${word}`, taken + space + own];
      }
      lines.push(line);
    }
    return lines;
  }

  /** Draws lines one under the other; answers the height they take. */
  draw(lines: readonly string[], box: Box, style: TextStyle): number {
    for (const [index, line] of lines.entries())
      this.drawLine(line, { ...box, top: box.top + index * this.lineHeight(style.size) }, style);
    return lines.length * this.lineHeight(style.size);
  }

  /** A line across a box. */
  rule({ start, top, width }: Box): void {
    const left = this.left({ start, top, width });
    this.document
      .lineWidth(0.5)
      .strokeColor('#555')
      .moveTo(left, top)
      .lineTo(left + width, top)
      .stroke();
  }

  /** Writes something at the foot of every page, and ends the paper. */
  finish(foot: (page: number, of: number) => string, style: TextStyle): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.document.switchToPage(page);
      const box = { start: MARGIN, top: A4.height - MARGIN - 6, width: INNER.width };
      this.drawLine(foot(page + 1, count), box, style);
    }
    this.document.end();
    return this.whole;
  }

  private left({ start, width }: Box): number {
    return this.direction === 'ltr' ? start : A4.width - start - width;
  }

  private drawLine(line: string, box: Box, style: TextStyle): void {
    const pieces = this.place(line, style);
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0);
    const isAtLeft = ((style.align ?? 'start') === 'start') === (this.direction === 'ltr');
    let x = this.left(box) + (isAtLeft ? 0 : box.width - width);
    const y = box.top + style.size * BASELINE;
    this.document.fillColor('#000');
    for (const piece of pieces) {
      if (piece.text !== ' ')
        this.document
          .font(piece.font)
          .fontSize(style.size)
          .text(piece.text, x, y, { lineBreak: false, baseline: 'alphabetic' });
      x += piece.width;
    }
  }

  /** Width of one word. */
  private widthOf(word: string, { size, weight = 'regular' }: TextStyle): number {
    return this.fonts.pieces(word, weight).reduce((sum, piece) => sum + this.pieceWidth(piece) * size, 0);
  }

  private pieceWidth({ font, text }: Piece): number {
    const key = `${font} ${text}`;
    const before = this.widths.get(key);
    if (before !== undefined) return before;
    const width = this.document.font(font).fontSize(100).widthOfString(text) / 100;
    this.widths.set(key, width);
    return width;
  }

  /** Pieces of a line from left to right, word by word. */
  private place(line: string, { size, weight = 'regular', base }: TextStyle): Placed[] {
    const pieces = this.fonts.placed(line, weight, base ?? this.direction);
    return pieces.map((piece) => ({ ...piece, width: this.pieceWidth(piece) * size }));
  }

  private cut(word: string, width: number, style: TextStyle): string[] {
    if (this.widthOf(word, style) <= width) return [word];
    const parts: string[] = [];
    let part = '';
    for (const character of word) {
      if (part !== '' && this.widthOf(part + character, style) > width) {
        parts.push(part);
        part = '';
      }
      part += character;
    }
    return [...parts, part];
  }
}
