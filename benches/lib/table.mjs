// Figures of a bench as a table: as text for a terminal, and for a document.
import { MEASURES } from './record.mjs';

/** A number as short as it can be read without losing what it tells. */
export function short(value) {
  if (value === undefined) return '';
  const size = Math.abs(value);
  const digits =
    size === 0 || Number.isInteger(value) ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const [whole, part] = value.toFixed(digits).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
}

/** Heads and rows: of what, where on the axis, and each measure that any figure has. */
export function tableOf({ figures, axis }) {
  const measures = Object.keys(MEASURES).filter((measure) => figures.some((figure) => measure in figure));
  const isByAxis = figures.some(({ at }) => at !== undefined);
  return {
    heads: ['', ...(isByAxis ? [axis ?? 'at'] : []), ...measures.map((measure) => MEASURES[measure].label)],
    rows: figures.map((figure) => [
      figure.of,
      ...(isByAxis ? [short(figure.at)] : []),
      ...measures.map((measure) => short(figure[measure])),
    ]),
  };
}

/** For a terminal: the first column to the left, the others to the right. */
export function plainTable(record) {
  const { heads, rows } = tableOf(record);
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at].length)));
  return [heads, ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '),
  );
}

/** For a document: Markdown, not aligned; the formatter of the repository does that. */
export function markdownTable(record) {
  const { heads, rows } = tableOf(record);
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

/** Sizes as words: `rows 50,000; clients 1,4`. */
export const saySizes = (sizes) =>
  Object.entries(sizes)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? short(value) : value}`)
    .join('; ');

/** Where and of what it was measured, as words. */
export const sayConditions = ({ date, commit, processor, load, node, postgres }) =>
  `${date}, commit ${commit}; ${processor.cores} × ${processor.model}, load ${load} before, Node ${node}, PostgreSQL ${postgres}`;
