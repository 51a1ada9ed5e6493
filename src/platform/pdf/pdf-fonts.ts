import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type PDFDocument from 'pdfkit';

import { visualRuns, type Direction } from '../text/bidi.domain.js';
import { sfntOf } from './woff.js';

export type Weight = 'regular' | 'bold';

/** Parts of the typeface, in the order in which they are asked for a character. */
const PARTS = ['arabic', 'latin', 'latin-ext'] as const;
const WEIGHTS: Readonly<Record<Weight, string>> = { regular: '400', bold: '700' };

/** Fonts every reader of PDF has; they know the Latin-1 signs the typeface has not, µ, ², ½ and ± among them. */
const STANDARD: Readonly<Record<Weight, string>> = { regular: 'Helvetica', bold: 'Helvetica-Bold' };
const LATIN_1 = /^[\u00a1-\u00ff]$/u;
/** Letters that look like one the standard fonts have. */
const ALIKE: Readonly<Record<string, string>> = { '\u03bc': '\u00b5', '\u2212': '-', '\u2011': '-' };

const require = createRequire(import.meta.url);
let read: ReadonlyMap<string, Buffer> | undefined;
/** Characters each file has: a paper opens the fonts it draws with alone. */
const characters = new Map<string, ReadonlySet<number>>();

const reversed = (text: string): string => [...text].reverse().join('');
const nameOf = (part: string, weight: Weight): string => `${part} ${weight}`;

/** Files of the typeface, read once. */
function files(): ReadonlyMap<string, Buffer> {
  read ??= new Map(
    PARTS.flatMap((part) =>
      (['regular', 'bold'] as const).map((weight) => {
        const file = `@fontsource/noto-sans-arabic/files/noto-sans-arabic-${part}-${WEIGHTS[weight]}-normal.woff`;
        return [nameOf(part, weight), sfntOf(readFileSync(require.resolve(file)))] as const;
      }),
    ),
  );
  return read;
}

/** What a font of pdfkit knows of itself; the standard fonts have no `font.characterSet`. */
interface Opened {
  readonly _font: { readonly font: { readonly characterSet?: readonly number[] } };
}

/** Characters drawn with one font. */
export interface Piece {
  readonly text: string;
  readonly font: string;
  /** Of the Arabic part, which turns its own letters round. */
  readonly isArabic: boolean;
}

/** Says which font of a document draws which character. */
export class PdfFonts {
  constructor(private readonly document: InstanceType<typeof PDFDocument>) {
    for (const [name, file] of files()) document.registerFont(name, file);
  }

  /** A text cut where the font changes. A character no font has is drawn as a question mark. */
  pieces(text: string, weight: Weight): Piece[] {
    const pieces: { text: string; font: string; isArabic: boolean }[] = [];
    for (const character of text) {
      const { drawn, font } = this.fontOf(character, weight);
      const last = pieces.at(-1);
      if (last?.font === font) last.text += drawn;
      else pieces.push({ text: drawn, font, isArabic: font === nameOf('arabic', weight) });
    }
    return pieces;
  }

  /** Pieces of a line from left to right, word by word, as they are drawn on paper read in direction `base`. */
  placed(line: string, weight: Weight, base: Direction): Piece[] {
    const pieces: Piece[] = [];
    for (const run of visualRuns(line.replace(/\p{Cc}/gu, ' '), base)) {
      const isLeftToRight = run.direction === 'ltr';
      const words = run.text.split(/( )/u).filter((word) => word !== '');
      for (const word of isLeftToRight ? words : words.reverse()) {
        const own = this.pieces(word, weight);
        // The Arabic font lays all it draws from the right, Arabic digits too; the others lay it from the left.
        for (const piece of isLeftToRight ? own : own.reverse())
          pieces.push(piece.isArabic === isLeftToRight ? { ...piece, text: reversed(piece.text) } : piece);
      }
    }
    return pieces;
  }

  private fontOf(character: string, weight: Weight): { drawn: string; font: string } {
    const drawn = ALIKE[character] ?? character;
    const code = drawn.codePointAt(0) ?? 0;
    const part = PARTS.find((one) => this.charactersOf(nameOf(one, weight)).has(code));
    if (part !== undefined) return { drawn, font: nameOf(part, weight) };
    return { drawn: LATIN_1.test(drawn) ? drawn : '?', font: STANDARD[weight] };
  }

  private charactersOf(font: string): ReadonlySet<number> {
    const before = characters.get(font);
    if (before) return before;
    this.document.font(font);
    const { _font } = this.document as unknown as Opened;
    const set = new Set(_font.font.characterSet ?? []);
    characters.set(font, set);
    return set;
  }
}
