import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { forecastDemand, WEEKS_AHEAD } from './forecast.domain.js';
import { gammaQuantile, leadDeviation, normalQuantile, safetyStock } from './safety.domain.js';
import { fitSeasons, NO_SEASON, seasonAt } from './seasonality.domain.js';

const week = (used: number, open = 1) => ({ used, lost: 0, open });
const of = (used: readonly number[], size = 1) => ({ weeks: used.map((one) => week(one)), size });
const repeat = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const history = fc.record({
  weeks: fc.array(
    fc.record({
      used: fc.double({ min: -50, max: 500, noNaN: true }),
      lost: fc.double({ min: 0, max: 100, noNaN: true }),
      open: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 104 },
  ),
  size: fc.double({ min: 0.001, max: 100, noNaN: true }),
});
const waves = fc.array(fc.double({ min: -0.6, max: 0.6, noNaN: true }), { minLength: 4, maxLength: 4 });
const protection = fc.record({
  leadDays: fc.integer({ min: 0, max: 60 }),
  leadDeviation: fc.double({ min: 0, max: 20, noNaN: true }),
  reviewDays: fc.integer({ min: 1, max: 30 }),
  service: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
});

describe('what is expected', () => {
  it('is a number for every history, never negative, a year ahead', () => {
    fc.assert(
      fc.property(history, waves, protection, (given, season, when) => {
        const found = forecastDemand(given, season);
        expect(found.weeks.length).toBe(WEEKS_AHEAD);
        expect(found.weeks.every((one) => Number.isFinite(one) && one >= 0)).toBe(true);
        expect(found.deviation).toBeGreaterThanOrEqual(0);
        const safety = safetyStock(found, when);
        expect(Number.isFinite(safety) && safety >= 0).toBe(true);
      }),
    );
  });

  it('of a steady product is what it was, and of nothing is nothing', () => {
    const steady = forecastDemand(of(repeat(60, () => 12)));
    expect(steady.method).toBe('smoothed');
    for (const one of steady.weeks) expect(one).toBeCloseTo(12);
    expect(forecastDemand(of([])).method).toBe('none');
    expect(forecastDemand(of(repeat(60, () => 0))).weeks[0]).toBe(0);
  });

  it('follows a level that changed, and a trend', () => {
    const jumped = forecastDemand(of([...repeat(40, () => 10), ...repeat(12, () => 30)]));
    expect(jumped.level).toBeGreaterThan(24);
    const grows = forecastDemand(of(repeat(60, (at) => 10 + at)));
    expect(grows.weeks[0]).toBeGreaterThan(64);
    expect(grows.weeks[0]).toBeLessThan(76);
  });

  it('is not lowered by weeks without stock', () => {
    const weeks = repeat(60, (at) => (at % 3 === 0 ? week(0, 0) : week(12)));
    expect(forecastDemand({ weeks, size: 1 }).level).toBeCloseTo(12);
    const half = repeat(60, (at) => (at % 3 === 0 ? week(6, 0.5) : week(12)));
    expect(forecastDemand({ weeks: half, size: 1 }).level).toBeCloseTo(12);
  });

  it('of what is rarely sold is how often times how much', () => {
    const found = forecastDemand(of(repeat(100, (at) => (at % 5 === 4 ? 20 : 0))));
    expect(found.method).toBe('intermittent');
    expect(found.level).toBeGreaterThan(3.4);
    expect(found.level).toBeLessThan(5);
    const over = forecastDemand(of([...repeat(60, (at) => (at % 5 === 4 ? 20 : 0)), ...repeat(30, () => 0)]));
    expect(over.level).toBeLessThan(1);
  });

  it('of three days spreads them over a week', () => {
    expect(forecastDemand({ weeks: [week(6, 3 / 7)], size: 1 }).level).toBeCloseTo(6);
  });

  it('is not carried away by one customer who takes a great deal', () => {
    const found = forecastDemand(of(repeat(60, (at) => (at === 58 ? 500 : 10 + (at % 3)))));
    expect(found.level).toBeLessThan(20);
  });
});

describe('seasons', () => {
  const YEAR = 365.25 / 7;
  /** Two years, highest `ahead` weeks from now. */
  const wave = (height: number, ahead: number, mean = 20) =>
    repeat(104, (at) => ({
      rate: mean * (1 + height * Math.cos((2 * Math.PI * (at - 104 + 0.5 - ahead)) / YEAR)),
      weight: 1,
    }));
  const flat = repeat(104, (at) => ({ rate: 20 + (at % 2), weight: 1 }));

  it('are found in two years, and none where there is none', () => {
    const [season, none] = fitSeasons([
      { observations: wave(0.5, 4), group: 'R05' },
      { observations: flat, group: 'C09' },
    ]);
    expect(seasonAt(season ?? NO_SEASON, 4)).toBeGreaterThan(1.4);
    expect(seasonAt(season ?? NO_SEASON, 30)).toBeLessThan(0.6);
    for (let at = 0; at < 52; at++) expect(seasonAt(none ?? NO_SEASON, at)).toBeCloseTo(1, 1);
  });

  it('are those of the class for a product that tells little, and none without a class', () => {
    const little = [{ rate: 3, weight: 1 }];
    const found = fitSeasons([
      ...repeat(5, () => ({ observations: wave(0.5, 4), group: 'R05' })),
      { observations: little, group: 'R05' },
      { observations: little, group: null },
    ]);
    expect(seasonAt(found[5] ?? NO_SEASON, 4)).toBeGreaterThan(1.4);
    expect(found[6]).toEqual(NO_SEASON);
  });

  it('are not seen in a trend', () => {
    const grows = repeat(104, (at) => ({ rate: 10 + at / 4, weight: 1 }));
    const [season] = fitSeasons([{ observations: grows, group: 'A' }]);
    for (let at = 0; at < 52; at++) expect(seasonAt(season ?? NO_SEASON, at)).toBeCloseTo(1, 1);
  });

  it('keep within a quarter and four times the usual', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: -104, max: 52 }),
        (season, at) => {
          expect(seasonAt(season, at)).toBeGreaterThanOrEqual(0.25);
          expect(seasonAt(season, at)).toBeLessThanOrEqual(4);
        },
      ),
    );
  });

  it('make the coming weeks higher before the height of the season', () => {
    const observations = wave(0.5, 4);
    const [season] = fitSeasons([{ observations, group: 'R05' }]);
    const weeks = observations.map(({ rate }) => week(rate));
    const found = forecastDemand({ weeks, size: 1 }, season);
    expect(found.weeks[4]).toBeGreaterThan(26);
    expect(found.weeks[30]).toBeLessThan(14);
  });
});

describe('safety stock', () => {
  it('knows the normal and the gamma distribution', () => {
    for (const [probability, value] of [
      [0.5, 0],
      [0.9, 1.2816],
      [0.95, 1.6449],
      [0.99, 2.3263],
    ] as const)
      expect(Math.abs(normalQuantile(probability) - value)).toBeLessThan(0.0006);
    // An exponential distribution of mean 10: −10 ln 0.05.
    expect(gammaQuantile(0.95, 10, 100)).toBeCloseTo(29.96, 0);
    expect(gammaQuantile(0.95, 10, 0)).toBe(10);
    expect(gammaQuantile(0.95, 0, 10)).toBe(0);
  });

  const steady = forecastDemand(of(repeat(60, (at) => 10 + (at % 4))));
  const usual = { leadDays: 3, leadDeviation: 1, reviewDays: 7, service: 0.95 };

  it('is more for more service, longer and less sure lead times', () => {
    const now = safetyStock(steady, usual);
    expect(safetyStock(steady, { ...usual, service: 0.99 })).toBeGreaterThan(now);
    expect(safetyStock(steady, { ...usual, leadDeviation: 4 })).toBeGreaterThan(now);
    expect(safetyStock(steady, { ...usual, leadDays: 20 })).toBeGreaterThan(now);
  });

  it('presumes a spread of the lead time where few orders were seen', () => {
    expect(leadDeviation(8, null, 0)).toBe(2);
    expect(leadDeviation(1, null, 0)).toBe(0.5);
    expect(leadDeviation(8, 0, 10)).toBeLessThan(1.1);
    expect(leadDeviation(8, 6, 10)).toBeGreaterThan(5);
  });
});
