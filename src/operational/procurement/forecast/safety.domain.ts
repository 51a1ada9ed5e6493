import type { Forecast } from './forecast.domain.js';
import { seasonAt } from './seasonality.domain.js';

/** What an order has to last for. */
export interface Protection {
  /** Mean days from order to delivery, and their standard deviation. */
  readonly leadDays: number;
  readonly leadDeviation: number;
  /** Days until somebody looks again. */
  readonly reviewDays: number;
  /** Share of the times between orders without running out that is aimed at, 0.5 to 0.999. */
  readonly service: number;
}

/**
 * Base units above what is expected until the delivery after next, so that the share of times aimed at passes without running out. Demand of
 * that time is taken as gamma distributed: never negative, and as skewed as it is uncertain. Its variance is that of the weeks, of the level (errors of
 * weeks to come go together), and of the lead time.
 */
export function safetyStock(forecast: Forecast, protection: Protection): number {
  const { leadDays, leadDeviation, reviewDays, service } = protection;
  const weeks = (leadDays + reviewDays) / 7;
  const mean = expectedIn(forecast, weeks);
  if (mean <= 0) return 0;
  const season = seasonAt(forecast.season, weeks / 2);
  const deviation = forecast.deviation * season;
  const { gain } = forecast;
  const more = Math.max(weeks - 1, 0);
  const together = 1 + gain * more + (gain * gain * more * (2 * weeks - 1)) / 6;
  const perDay = mean / (weeks * 7);
  const variance = weeks * together * deviation ** 2 + (perDay * leadDeviation) ** 2;
  return Math.max(gammaQuantile(service, mean, variance) - mean, 0);
}

/** Base units expected in so many weeks, parts of a week too. */
function expectedIn({ weeks }: Forecast, time: number): number {
  let sum = 0;
  for (let week = 0; week < time; week++) sum += (weeks[week % weeks.length] ?? 0) * Math.min(time - week, 1);
  return sum;
}

/** Value that a gamma distributed quantity stays below with a probability (approximation of Wilson and Hilferty). */
export function gammaQuantile(probability: number, mean: number, variance: number): number {
  if (mean <= 0) return 0;
  if (variance <= 0) return mean;
  const shape = (mean * mean) / variance;
  const cube = 1 - 1 / (9 * shape) + normalQuantile(probability) / (3 * Math.sqrt(shape));
  return cube > 0 ? mean * cube ** 3 : 0;
}

/** Deviations from the mean that a normal quantity stays below with a probability of 0.5 or more (Hastings 26.2.23: off by at most 0.00045). */
export function normalQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - Math.min(Math.max(probability, 0.5), 0.9999)));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return Math.max(t - above / below, 0);
}

/** Orders whose lead times count as much as what is presumed of a supplier. */
const PRESUMED_ORDERS = 3;
/** Presumed deviation of a lead time as part of it, and in days at the least. */
const [PRESUMED_PART, PRESUMED_DAYS] = [0.25, 0.5];

/** Deviation of a lead time in days: as seen in so many orders, drawn towards a quarter of it the fewer there were. */
export function leadDeviation(leadDays: number, seen: number | null, orders: number): number {
  const presumed = Math.max(PRESUMED_PART * leadDays, PRESUMED_DAYS);
  const known = seen === null || orders < 2 ? 0 : orders - 1;
  return Math.sqrt((known * (seen ?? 0) ** 2 + PRESUMED_ORDERS * presumed ** 2) / (known + PRESUMED_ORDERS));
}
