import type { Observation } from './demand.domain.js';
import { addScaled, solve, zeros, type Matrix } from './linear.domain.js';

/**
 * The shape of a year as two waves: parts of the mean, of cosine and sine, once and twice a year, as seen from today. All noughts: none.
 */
export type Season = readonly number[];

export const NO_SEASON: Season = [0, 0, 0, 0];

const WAVES = 4;
const YEAR_WEEKS = 365.25 / 7;
/** Weeks seen before a year can be told from a trend: a year and a quarter. */
const MIN_WEEKS = 52;
/** How far waves of a class are presumed to go, as parts of the mean, and those of a product from its class: standard deviations. */
const CLASS_SPREAD = [0.3, 0.3, 0.15, 0.15];
const OWN_SPREAD = [0.12, 0.12, 0.06, 0.06];
/** Shocks last longer than a week, so a week tells less than its noise says. */
const SHOCKS_LAST = 1.5;
/** A season makes of a week a quarter to four times the usual at the most. */
const [LEAST, MOST] = [0.25, 4];

/** What a product tells of its season: normal equations of the waves, level and trend taken out, by the precision of its weeks. */
interface Told {
  readonly matrix: Matrix;
  readonly vector: readonly number[];
}

/** A product whose season is asked for: what was observed, the last ending yesterday, and its class (null: none). */
export interface Seasonal {
  readonly observations: readonly Observation[];
  readonly group: string | null;
}

/** The waves at the middle of a week: 0 is the one that begins today, −1 the one that ended yesterday. */
const wavesAt = (week: number): number[] => {
  const angle = (2 * Math.PI * (week + 0.5)) / YEAR_WEEKS;
  return [Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)];
};

/** What a week of the season is of the mean. */
export function seasonAt(season: Season, week: number): number {
  if (season.every((part) => part === 0)) return 1;
  const waves = wavesAt(week);
  const value = season.reduce((sum, part, at) => sum + part * (waves[at] ?? 0), 1);
  return Math.min(Math.max(value, LEAST), MOST);
}

/**
 * Seasons of products. Those of a class share what they tell, drawn towards none; each product goes from there as far as it can show.
 * So one with little history, or with rare sales, has the season of its class, and a class that shows none has none.
 */
export function fitSeasons(products: readonly Seasonal[]): Season[] {
  const told = products.map(({ observations }) => tell(observations));
  const groups = new Map<string, { matrix: number[][]; vector: number[] }>();
  products.forEach(({ group }, at) => {
    const own = told[at];
    if (group === null || own === undefined) return;
    const sum = groups.get(group) ?? { matrix: zeros(WAVES, WAVES), vector: Array<number>(WAVES).fill(0) };
    addScaled(sum.matrix, own.matrix, 1);
    sum.vector = sum.vector.map((value, n) => value + (own.vector[n] ?? 0));
    groups.set(group, sum);
  });
  const seasonOf = new Map([...groups].map(([group, sum]) => [group, drawn(sum, NO_SEASON, CLASS_SPREAD)]));
  return products.map(({ group }, at) => {
    const shared = (group === null ? undefined : seasonOf.get(group)) ?? NO_SEASON;
    const own = told[at];
    return own === undefined ? shared : drawn(own, shared, group === null ? CLASS_SPREAD : OWN_SPREAD);
  });
}

/** Waves by what is told, drawn towards others: a normal prior of these standard deviations. */
function drawn({ matrix, vector }: Told, towards: Season, spread: readonly number[]): Season {
  const full = matrix.map((row, i) =>
    row.map((value, j) => value + (i === j ? 1 / (spread[i] ?? 1) ** 2 : 0)),
  );
  const right = vector.map((value, i) => value + (towards[i] ?? 0) / (spread[i] ?? 1) ** 2);
  return solve(full, right);
}

function tell(observations: readonly Observation[]): Told | undefined {
  let weight = 0;
  let sum = 0;
  for (const one of observations) {
    weight += one.weight;
    sum += one.rate * one.weight;
  }
  if (weight < MIN_WEEKS || sum <= 0) return undefined;
  const mean = sum / weight;
  const noise = noiseOf(observations, mean);
  // Six unknowns: level, trend, and the four waves.
  const size = WAVES + 2;
  const matrix = zeros(size, size);
  const vector = Array<number>(size).fill(0);
  observations.forEach((one, at) => {
    if (one.weight === 0) return;
    const week = at - observations.length;
    const row = [1, week / YEAR_WEEKS, ...wavesAt(week)];
    const value = one.rate / mean;
    for (let i = 0; i < size; i++) {
      const left = (row[i] ?? 0) * one.weight;
      vector[i] = (vector[i] ?? 0) + left * value;
      const line = matrix[i] ?? [];
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + left * (row[j] ?? 0);
    }
  });
  return withoutLevelAndTrend(matrix, vector, 1 / (noise * SHOCKS_LAST));
}

/** Variance of a week as part of the mean, from one week to the next: neither season nor trend is in that. */
function noiseOf(observations: readonly Observation[], mean: number): number {
  let squares = 0;
  let pairs = 0;
  for (let at = 1; at < observations.length; at++) {
    const [before, now] = [observations[at - 1], observations[at]];
    if (before === undefined || now === undefined) continue;
    const weight = Math.min(before.weight, now.weight);
    squares += weight * ((now.rate - before.rate) / mean) ** 2;
    pairs += weight;
  }
  return Math.max(pairs > 0 ? squares / (2 * pairs) : 1, 1e-4);
}

/** What is left of normal equations when their first two unknowns are solved for (the Schur complement), times a precision. */
function withoutLevelAndTrend(matrix: Matrix, vector: readonly number[], precision: number): Told {
  const head = [0, 1].map((i) => [0, 1].map((j) => (matrix[i]?.[j] ?? 0) + (i === j ? 1e-9 : 0)));
  const columns = Array.from({ length: WAVES }, (_, j) =>
    solve(
      head,
      [0, 1].map((i) => matrix[i]?.[j + 2] ?? 0),
    ),
  );
  const right = solve(head, vector.slice(0, 2));
  const cross = (i: number, solved: readonly number[] | undefined): number =>
    (matrix[i + 2]?.[0] ?? 0) * (solved?.[0] ?? 0) + (matrix[i + 2]?.[1] ?? 0) * (solved?.[1] ?? 0);
  return {
    matrix: Array.from({ length: WAVES }, (_, i) =>
      columns.map((column, j) => ((matrix[i + 2]?.[j + 2] ?? 0) - cross(i, column)) * precision),
    ),
    vector: Array.from({ length: WAVES }, (_, i) => ((vector[i + 2] ?? 0) - cross(i, right)) * precision),
  };
}
