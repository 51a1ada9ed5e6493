import { isCalendarDate, daysInMonth } from '../../../platform/time/local-date.js';

/** Columns a notice may have; a header says them in any order and case. */
export const NOTICE_COLUMNS = {
  code: ['code', 'gtin', 'barcode', 'ndc'],
  line: ['line', 'lineno'],
  drugId: ['drugid'],
  lot: ['lot', 'lotnumber', 'batch'],
  expiry: ['expiry', 'expirydate', 'exp'],
  quantity: ['quantity', 'qty'],
  bonus: ['bonus', 'free'],
  unit: ['unit', 'level'],
} as const;
export type NoticeColumn = keyof typeof NOTICE_COLUMNS;

/** A row by the names of its columns; a column that is not there is the empty text. */
export type NoticeRow = Readonly<Record<NoticeColumn, string>>;

/** What the columns of a header mean, by their place. Undefined: none of ours. */
export function readHeader(cells: readonly string[]): (NoticeColumn | undefined)[] {
  return cells.map((cell) => {
    const name = cell.toLowerCase().replaceAll(/[^a-z]/g, '');
    return (Object.keys(NOTICE_COLUMNS) as NoticeColumn[]).find((column) =>
      (NOTICE_COLUMNS[column] as readonly string[]).includes(name),
    );
  });
}

/** A row under its header. */
export function rowOf(header: readonly (NoticeColumn | undefined)[], cells: readonly string[]): NoticeRow {
  const of = (column: NoticeColumn): string => (cells[header.indexOf(column)] ?? '').trim();
  return {
    code: of('code'),
    line: of('line'),
    drugId: of('drugId'),
    lot: of('lot'),
    expiry: of('expiry'),
    quantity: of('quantity'),
    bonus: of('bonus'),
    unit: of('unit').toLowerCase(),
  };
}

/**
 * A day as notices write it: 2027-06-30; 270630 or 20270630; without a day (2027-06, 06/2027, 270600) the last one of the month.
 * Undefined: none of these, since 03/04/2027 is two days.
 */
export function readExpiry(text: string): string | undefined {
  const whole = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const short = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  const turned = /^(\d{2})\/(\d{4})$/.exec(text);
  const [year, monthOfYear, day] = whole
    ? [whole[1], whole[2], whole[3]]
    : short
      ? [`20${short[1] ?? ''}`, short[2], short[3]]
      : month
        ? [month[1], month[2], '00']
        : [turned?.[2], turned?.[1], '00'];
  if (year === undefined || monthOfYear === undefined || day === undefined) return undefined;
  const last = String(daysInMonth(Number(year), Number(monthOfYear))).padStart(2, '0');
  const date = `${year}-${monthOfYear}-${day === '00' ? last : day}`;
  return isCalendarDate(date) ? date : undefined;
}

/** A quantity with a point, or with a comma for one; undefined: neither. */
export function readQuantity(text: string): string | undefined {
  const plain = text.replace(',', '.');
  return /^\d{1,9}(\.\d{1,3})?$/.test(plain) ? plain : undefined;
}
