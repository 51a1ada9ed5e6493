import { formatMoney, priceOf, sumDecimals } from '../../ui/money.domain';

interface HourRow {
  readonly key: string | null;
  readonly figures: Readonly<Record<string, string | number | null | undefined>>;
  readonly compared: Readonly<Record<string, string | number | null | undefined>> | null;
}

/** An hour of a day, for drawing. */
export interface DrawnHour {
  /** "09". */
  readonly key: string;
  readonly value: number;
  readonly before: number;
}

/** Hours from the first to the last with sales, today or then; those without any are there too, so that a gap is seen as one. */
export function wholeDay(rows: readonly HourRow[]): DrawnHour[] {
  const byHour = new Map(rows.flatMap((row) => (row.key === null ? [] : [[Number(row.key), row] as const])));
  if (byHour.size === 0) return [];
  const [first, last] = [Math.min(...byHour.keys()), Math.max(...byHour.keys())];
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const row = byHour.get(first + n);
    return {
      key: String(first + n).padStart(2, '0'),
      value: Number(row?.figures['net'] ?? 0),
      before: Number(row?.compared?.['net'] ?? 0),
    };
  });
}

const SUMMED = ['total', 'margin', 'returned'] as const;

/**
 * What the day compared with had brought by the end of `hour` (0 to 23), as the server writes figures: at noon a half day stands beside a half
 * day. Undefined where nothing is compared.
 */
export function beforeBy(
  rows: readonly HourRow[],
  hour: number,
): Record<string, string | number | null> | undefined {
  const then = rows.flatMap(({ key, compared }) => (compared && Number(key) <= hour ? [compared] : []));
  if (rows.length > 0 && rows.every(({ compared }) => compared === null)) return undefined;
  const text = (name: string): string[] => then.map((figures) => String(figures[name] ?? '0'));
  const sales = then.reduce((sum, figures) => sum + Number(figures['sales'] ?? 0), 0);
  const sold = sumDecimals(text('gross')) - sumDecimals(text('discount'));
  return {
    ...Object.fromEntries(SUMMED.map((name) => [name, formatMoney(sumDecimals(text(name)))])),
    sales,
    average: sales === 0 ? null : formatMoney(priceOf(sold, 1000n, BigInt(sales) * 1000n)),
  };
}
