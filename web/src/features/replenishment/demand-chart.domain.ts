/** A week on the picture; beyond today with what it may be off by. */
export interface ChartWeek {
  readonly value: number;
  /** The same had there been stock all week; what was there is `value`. */
  readonly corrected?: number;
  readonly deviation?: number;
}

export interface ChartShape {
  /** Past weeks as bars: where each begins, and how high what was sold and what would have been are, from the ground. */
  readonly bars: readonly { x: number; width: number; sold: number; missed: number }[];
  /** Expected weeks as a line, and the area it may be in. */
  readonly line: string;
  readonly area: string;
  /** Where today is. */
  readonly today: number;
  /** What the full height stands for. */
  readonly top: number;
}

/** How past and expected weeks lie in a picture of this size; the ground is at its height. */
export function shapeOf(
  past: readonly ChartWeek[],
  ahead: readonly ChartWeek[],
  width: number,
  height: number,
): ChartShape {
  const top = Math.max(
    ...past.map((week) => Math.max(week.value, week.corrected ?? 0)),
    ...ahead.map((week) => week.value + (week.deviation ?? 0)),
    1e-9,
  );
  const step = width / Math.max(past.length + ahead.length, 1);
  const tall = (value: number): number => (Math.max(value, 0) / top) * height;
  const today = past.length * step;
  const point = (week: number, value: number): string =>
    `${round(today + (week + 0.5) * step)} ${round(height - tall(value))}`;
  const upper = ahead.map((week, at) => point(at, week.value + (week.deviation ?? 0)));
  const lower = ahead.map((week, at) => point(at, week.value - (week.deviation ?? 0))).reverse();
  return {
    bars: past.map((week, at) => ({
      x: round(at * step + step * 0.1),
      width: round(step * 0.8),
      sold: round(tall(week.value)),
      missed: round(Math.max(tall(week.corrected ?? 0) - tall(week.value), 0)),
    })),
    line: pathOf(ahead.map((week, at) => point(at, week.value))),
    area: ahead.length === 0 ? '' : `${pathOf([...upper, ...lower])} Z`,
    today: round(today),
    top,
  };
}

const pathOf = (points: readonly string[]): string =>
  points.map((point, at) => `${at === 0 ? 'M' : 'L'}${point}`).join(' ');
const round = (value: number): number => Math.round(value * 10) / 10;
