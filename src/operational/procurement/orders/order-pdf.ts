import { setImmediate } from 'node:timers/promises';

import { INNER, MARGIN, PdfPaper, type TextStyle } from '../../../platform/pdf/pdf-paper.js';
import { directionOf, type Direction } from '../../../platform/text/bidi.domain.js';
import type { PageLanguage } from '../../../platform/text/print-html.js';
import { dayOf, named, TEXTS, type At } from './order-words.domain.js';
import type { OrderWithLines } from './orders.types.js';

/* An order as a PDF: what the page to print says, on A4 pages that repeat the head of the table. Lengths are points. */

const TITLE: TextStyle = { size: 16, weight: 'bold' };
const TEXT: TextStyle = { size: 9.5 };
const SMALL: TextStyle = { size: 8 };
const CELL: TextStyle = { size: 8.5 };
const HEAD: TextStyle = { size: 8.5, weight: 'bold' };
/** Numbers and codes, which read from the left in every language. */
const FIGURE: TextStyle = { size: 8.5, base: 'ltr', align: 'end' };

/** Widths of the columns, those of TEXTS one after the other. */
const COLUMNS = [24, 158, 92, 46, 40, 52, 46, 57.28];
const GAP = 3;
const ROWS_AT_ONCE = 10;
const TOTALS = { width: 200, value: 95 };

interface Cell {
  readonly text: string;
  readonly style: TextStyle;
}

interface LaidOut {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  readonly width: number;
}

/** Where the next thing is drawn. */
interface Pen {
  top: number;
}

/** Something somebody wrote, read as its first letter is. */
const written = (text: string, style: TextStyle, page: Direction): TextStyle => ({
  ...style,
  base: directionOf(text, page),
});

/** An order as a PDF. Time and length grow with its lines. */
export async function orderPdf(order: OrderWithLines, at: At, language: PageLanguage): Promise<Buffer> {
  const t = TEXTS[language];
  const direction: Direction = language === 'ar' ? 'rtl' : 'ltr';
  const paper = new PdfPaper(direction, { title: `${t.order} ${order.orderNumber}`, language });
  const pen: Pen = { top: MARGIN };
  head(paper, pen, order, at, language);
  const headRow = layOut(paper, headings(language));
  row(paper, pen, headRow);
  for (const [index, line] of order.lines.entries()) {
    // Others are served between the rows of a long order.
    if (index % ROWS_AT_ONCE === 0) await setImmediate();
    const cells = layOut(paper, cellsOf(line, language, direction));
    if (pen.top + heightOf(paper, cells) > INNER.bottom) {
      nextPage(paper, pen);
      row(paper, pen, headRow);
    }
    row(paper, pen, cells);
  }
  totals(paper, pen, order, at, language);
  end(paper, pen, order, language);
  const foot = (page: number, of: number): string => `${order.orderNumber}   ${page} / ${of}`;
  return paper.finish(foot, { ...SMALL, base: 'ltr', align: 'end' });
}

function nextPage(paper: PdfPaper, pen: Pen): void {
  paper.addPage();
  pen.top = MARGIN;
}

/** Makes sure that so much fits on the page. */
function room(paper: PdfPaper, pen: Pen, height: number): void {
  if (pen.top + height > INNER.bottom) nextPage(paper, pen);
}

function head(paper: PdfPaper, pen: Pen, order: OrderWithLines, at: At, language: PageLanguage): void {
  const t = TEXTS[language];
  const full = { start: MARGIN, width: INNER.width };
  pen.top += paper.draw([`${t.order} ${order.orderNumber}`], { ...full, top: pen.top }, TITLE);
  const mark = order.status === 'draft' ? t.draft : order.status === 'cancelled' ? t.cancelled : undefined;
  if (mark !== undefined)
    pen.top += paper.draw([mark], { ...full, top: pen.top }, { ...TEXT, weight: 'bold' });
  pen.top += 8;
  const bold: TextStyle = { ...TEXT, weight: 'bold' };
  const own = (text: string, style: TextStyle): Cell => ({
    text,
    style: written(text, style, paper.direction),
  });
  const label = (text: string): Cell => ({ text, style: SMALL });
  const code = (text: string): Cell => ({ text, style: { ...TEXT, base: 'ltr' } });
  const from = [
    own(named(at.name, at.nameAr, language), bold),
    ...(at.address === null ? [] : [own(at.address, TEXT)]),
    ...(at.phone === null ? [] : [code(at.phone)]),
  ];
  const to = [
    label(t.to),
    own(named(order.supplierName, order.supplierNameAr, language), bold),
    label(t.date),
    code(dayOf(order.orderedAt ?? order.createdAt, at.timeZone)),
    ...(order.expectedOn === null ? [] : [label(t.expected), code(order.expectedOn)]),
  ];
  const half = (INNER.width - 20) / 2;
  const block = (cells: readonly Cell[], start: number): number =>
    cells.reduce(
      (top, { text, style }) =>
        top + paper.draw(paper.wrap(text, half, style), { start, top, width: half }, style),
      pen.top,
    );
  pen.top = Math.max(block(from, MARGIN), block(to, MARGIN + half + 20)) + 12;
}

function headings(language: PageLanguage): Cell[] {
  return TEXTS[language].columns.map((text, index) => ({
    text,
    style: index === 0 || index > 2 ? { ...HEAD, align: 'end' } : HEAD,
  }));
}

/** "pack × 30 tablet"; the unit alone where it is the base unit. */
function unitOf(line: OrderWithLines['lines'][number], language: PageLanguage): string {
  const level = TEXTS[language].levels[line.level];
  return line.level === 'unit' ? level : `${level} × ${line.unitBaseUnits} ${line.baseUnit}`;
}

function cellsOf(line: OrderWithLines['lines'][number], language: PageLanguage, page: Direction): Cell[] {
  const name = named(line.drugName, line.drugNameAr, language);
  const figure = (text: string): Cell => ({ text, style: FIGURE });
  return [
    figure(String(line.lineNo)),
    { text: name, style: written(name, CELL, page) },
    { text: unitOf(line, language), style: CELL },
    ...[line.quantity, line.bonus, line.price, line.discount, line.net].map(figure),
  ];
}

/** The lines each cell takes in its column. */
const layOut = (paper: PdfPaper, cells: readonly Cell[]): LaidOut[] =>
  cells.map(({ text, style }, index) => {
    const width = COLUMNS[index] ?? 0;
    return { style, width, lines: paper.wrap(text, width - 2 * GAP, style) };
  });

const heightOf = (paper: PdfPaper, cells: readonly LaidOut[]): number =>
  Math.max(...cells.map(({ lines }) => lines.length)) * paper.lineHeight(CELL.size) + 2 * GAP;

/** A row of the table with a line under it. */
function row(paper: PdfPaper, pen: Pen, cells: readonly LaidOut[]): void {
  let start = MARGIN;
  for (const { lines, style, width } of cells) {
    paper.draw(lines, { start: start + GAP, top: pen.top + GAP, width: width - 2 * GAP }, style);
    start += width;
  }
  pen.top += heightOf(paper, cells);
  paper.rule({ start: MARGIN, top: pen.top, width: INNER.width });
}

function totals(paper: PdfPaper, pen: Pen, order: OrderWithLines, at: At, language: PageLanguage): void {
  const t = TEXTS[language];
  const rows = [
    [t.net, order.netTotal],
    [t.tax, order.taxTotal],
    [t.landed, order.landedCost],
    [t.total, `${order.total} ${at.currency}`],
  ] as const;
  const height = paper.lineHeight(TEXT.size) + 2;
  room(paper, pen, rows.length * height + 10);
  pen.top += 10;
  const start = MARGIN + INNER.width - TOTALS.width - GAP;
  for (const [index, [name, value]] of rows.entries()) {
    const style: TextStyle = index === rows.length - 1 ? { ...TEXT, weight: 'bold' } : TEXT;
    paper.draw([name], { start, top: pen.top, width: TOTALS.width - TOTALS.value }, style);
    const box = { start: start + TOTALS.width - TOTALS.value, top: pen.top, width: TOTALS.value };
    paper.draw([value], box, { ...style, base: 'ltr', align: 'end' });
    pen.top += height;
  }
}

function end(paper: PdfPaper, pen: Pen, order: OrderWithLines, language: PageLanguage): void {
  const t = TEXTS[language];
  pen.top += 14;
  for (const paragraph of (order.notes ?? '').split(/\r?\n/u)) {
    const style = written(paragraph, TEXT, paper.direction);
    for (const line of paper.wrap(paragraph, INNER.width, style)) {
      room(paper, pen, paper.lineHeight(style.size));
      pen.top += paper.draw([line], { start: MARGIN, top: pen.top, width: INNER.width }, style);
    }
  }
  room(paper, pen, 60);
  pen.top += 36;
  const width = 200;
  paper.rule({ start: MARGIN, top: pen.top, width });
  pen.top += 4;
  pen.top += paper.draw([t.approved], { start: MARGIN, top: pen.top, width }, SMALL);
  const approved = order.approvedBy ?? '';
  const own = written(approved, TEXT, paper.direction);
  paper.draw(paper.wrap(approved, width, own), { start: MARGIN, top: pen.top, width }, own);
}
