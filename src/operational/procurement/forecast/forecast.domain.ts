import { observe, type DemandHistory, type Observation } from './demand.domain.js';
import { NO_SEASON, seasonAt, type Season } from './seasonality.domain.js';

/** How a level was found: by smoothing; by how often and how much, where most weeks pass without a sale; not at all. */
export type ForecastMethod = 'smoothed' | 'intermittent' | 'none';

/** What is expected of a product. Statistics in floating-point numbers, base units. */
export interface Forecast {
  readonly method: ForecastMethod;
  /** Expected demand of the coming weeks, the first of which begins today. */
  readonly weeks: readonly number[];
  /** Demand of a week without season, as of now. */
  readonly level: number;
  /** By how much the level changes from a week to the next. */
  readonly trend: number;
  readonly season: Season;
  /** Standard deviation of a week without season, about what was expected of it. */
  readonly deviation: number;
  /** How quickly the level follows what is seen, 0 to 1: errors of weeks to come go together by it. */
  readonly gain: number;
  /** Weeks that were observed, in whole weeks of stock. */
  readonly observed: number;
}

/** Of what nothing is known. */
export const NO_FORECAST: Forecast = {
  ...{ method: 'none', weeks: [], level: 0, trend: 0, season: NO_SEASON, deviation: 0, gain: 0, observed: 0 },
};

/** A year ahead: no season beyond it is new. */
export const WEEKS_AHEAD = 52;
/** A week of which less was seen than a seventh says nothing of the level. */
const LEAST_WEIGHT = 0.14;
/** Fewer weeks than these are not believed: three days of a new product say nothing of a month. */
const LEAST_WEEKS = 1;
/** A trend loses this of itself each week: what grows does not grow for ever. */
const DAMPING = 0.93;
/** Errors of long ago count less: half in a year. */
const FORGETTING = 0.987;
/** A week farther off than so many deviations moves the level no more than one at that distance. */
const CLIP = 3;
/** Ways of following the level; which of them count is decided by how they would have done. */
const WAYS = [
  { gain: 0.04, slope: 0 },
  { gain: 0.1, slope: 0 },
  { gain: 0.22, slope: 0 },
  { gain: 0.1, slope: 0.08 },
  { gain: 0.2, slope: 0.12 },
] as const;
/** How strongly a way that did better is preferred: weight by mean squared error to this power. */
const PREFERENCE = 6;
/** Of how many weeks the presumed variance counts as. */
const PRESUMED_WEEKS = 8;
/** Variance presumed as multiple of level times size of a sale: sales that come by chance, of sizes that differ. */
const PRESUMED_DISPERSION = 1.4;
/** Gains of what is rarely sold. */
const RARE_GAIN = 0.06;

/** What is expected of a product from its history and its season. */
export function forecastDemand(
  history: DemandHistory,
  season: Season = NO_SEASON,
  seen: readonly Observation[] = observe(history.weeks),
): Forecast {
  const known = seen.map((one, at) => ({
    weight: one.weight < LEAST_WEIGHT ? 0 : one.weight,
    rate: one.rate / seasonAt(season, at - seen.length),
  }));
  let observed = 0;
  let selling = 0;
  let weeks = 0;
  for (const { rate, weight } of known) {
    observed += weight;
    if (weight === 0) continue;
    weeks += 1;
    if (rate > 0) selling += 1;
  }
  if (selling === 0) return { ...outlook(0, 0, season), method: 'none', deviation: 0, gain: 0, observed };
  const isRare = weeks >= 8 && selling < weeks / 2;
  const found = isRare ? rarely(known) : smoothed(known);
  // What was seen in less than a week is spread over one.
  const level = found.level * Math.min(observed / LEAST_WEEKS, 1);
  const presumed = PRESUMED_DISPERSION * level * Math.max(history.size, 1e-3);
  const variance =
    (found.variance * found.weeks + presumed * PRESUMED_WEEKS) / (found.weeks + PRESUMED_WEEKS);
  return {
    ...outlook(level, found.trend, season),
    method: isRare ? 'intermittent' : 'smoothed',
    deviation: Math.sqrt(variance),
    gain: Math.max(found.gain, 1 / (observed + 2)),
    observed,
  };
}

function outlook(
  level: number,
  trend: number,
  season: Season,
): Pick<Forecast, 'weeks' | 'level' | 'trend' | 'season'> {
  let step = trend;
  let ahead = level;
  const weeks = Array.from({ length: WEEKS_AHEAD }, (_, week) => {
    step *= DAMPING;
    ahead += step;
    return Math.max(ahead, 0) * seasonAt(season, week);
  });
  return { weeks, level, trend, season };
}

interface Found {
  readonly level: number;
  readonly trend: number;
  /** Of a week about what was expected of it. */
  readonly variance: number;
  /** Of how many weeks the variance is, the old ones counting less. */
  readonly weeks: number;
  readonly gain: number;
}

/** Exponential smoothing in several ways at once, each by how well it would have done; the mean of all is seldom wrong by much. */
function smoothed(known: readonly Observation[]): Found {
  const ways = WAYS.map((way) => follow(known, way.gain, way.slope));
  const best = Math.min(...ways.map((way) => way.variance));
  const weights = ways.map((way) => (best > 0 ? (best / way.variance) ** PREFERENCE : 1 / ways.length));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const mean = (of: (way: Found) => number): number =>
    ways.reduce((sum, way, at) => sum + of(way) * (weights[at] ?? 0), 0) / total;
  return {
    level: mean((way) => way.level),
    trend: mean((way) => way.trend),
    variance: mean((way) => way.variance),
    weeks: ways[0]?.weeks ?? 0,
    gain: mean((way) => way.gain),
  };
}

/** One way: the plain mean at first, then a level that moves by `gain` of each error and a damped trend that moves by `slope` of that. */
function follow(known: readonly Observation[], gain: number, slope: number): Found {
  let level = 0;
  let trend = 0;
  let seen = 0;
  let squares = 0;
  let weeks = 0;
  for (const { rate, weight } of known) {
    trend *= DAMPING;
    const expected = Math.max(level + trend, 0);
    if (weight === 0) {
      if (seen > 0) level = expected;
      continue;
    }
    const error = rate - expected;
    if (seen === 0) level = rate;
    else {
      const deviation = weeks >= 8 ? Math.sqrt(squares / weeks) : Infinity;
      const moved = Math.min(Math.max(error, -CLIP * deviation), CLIP * deviation);
      squares = squares * FORGETTING + weight * error * error;
      weeks = weeks * FORGETTING + weight;
      const share = Math.max(gain * weight, weight / (seen + weight));
      level = Math.max(expected + share * moved, 0);
      // A trend is not judged before there is a level to see it against.
      if (seen >= 8) trend += slope * gain * weight * moved;
    }
    seen += weight;
  }
  return { level, trend, variance: weeks > 0 ? squares / weeks : 0, weeks, gain };
}

/** How often there is a sale, and of how much, each smoothed by itself (Teunter, Syntetos and Babai): what is no longer asked for fades. */
function rarely(known: readonly Observation[]): Found {
  let often = 0;
  let size = 0;
  let seen = 0;
  let sales = 0;
  let squares = 0;
  let weeks = 0;
  for (const { rate, weight } of known) {
    if (weight === 0) continue;
    if (seen >= 4) {
      squares = squares * FORGETTING + weight * (rate - often * size) ** 2;
      weeks = weeks * FORGETTING + weight;
    }
    const share = Math.max(RARE_GAIN * weight, weight / (seen + weight));
    seen += weight;
    if (rate > 0) {
      // Half a week seen with a sale is a sale, not one twice as large.
      const sold = rate * weight;
      sales += 1;
      size += Math.max(RARE_GAIN, 1 / sales) * (sold - size);
      often += share * (1 / Math.max(weight, 0.5) - often);
    } else often -= share * often;
  }
  return {
    level: often * size,
    trend: 0,
    variance: weeks > 0 ? squares / weeks : 0,
    weeks,
    gain: RARE_GAIN,
  };
}
