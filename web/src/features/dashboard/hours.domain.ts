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
