// Ways of buying that are compared. All look on the same day, buy whole packs by the same rule, never more than is expected to be sold
// before it would expire, and aim at the same service by the same lead times; they differ in what they expect and how sure they are of it.

const PERIOD = 4;
const sum = (list) => list.reduce((total, one) => total + one, 0);
const recent = (weeks, count) => weeks.slice(-count).map(({ used }) => Math.max(used, 0));

/** Textbook: expected a week, and safety stock by the deviation of the weeks of half a year. */
function textbook(domain, service, expectedOf) {
  return {
    plan: (products) =>
      products.map(({ weeks, leadDays, leadSeen, leadOrders }) => {
        const expected = expectedOf(weeks);
        const seen = recent(weeks, 26);
        const mean = sum(seen) / Math.max(seen.length, 1);
        const variance = sum(seen.map((one) => (one - mean) ** 2)) / Math.max(seen.length - 1, 1);
        const time = (leadDays + 7) / 7;
        const lead = domain.leadDeviation(leadDays, leadSeen, leadOrders);
        const safety = domain.normalQuantile(service) * Math.sqrt(time * variance + ((mean / 7) * lead) ** 2);
        return { demand: domain.DemandCurve.flat(expected), safety: safety.toFixed(3) };
      }),
  };
}

/** As much as in the last period, four weeks. */
export const naive = (domain, service) =>
  textbook(
    domain,
    service,
    (weeks) => sum(recent(weeks, PERIOD)) / Math.min(Math.max(weeks.length, 1), PERIOD),
  );

/** The mean of the last three periods. */
export const movingAverage = (domain, service) =>
  textbook(
    domain,
    service,
    (weeks) => sum(recent(weeks, 3 * PERIOD)) / Math.min(Math.max(weeks.length, 1), 3 * PERIOD),
  );

/** The mean of ninety days, days without stock taken out, and so many days of it in case. */
export const meanOf90 = (domain, days) => ({
  plan: (products) =>
    products.map(({ weeks }) => {
      const seen = weeks.slice(-13);
      const open = sum(seen.map(({ empty }) => 7 - empty.length));
      const perWeek = (7 * sum(seen.map(({ used }) => Math.max(used, 0)))) / Math.max(open, 7);
      return { demand: domain.DemandCurve.flat(perWeek), safety: ((perWeek * days) / 7).toFixed(3) };
    }),
});

/** The forecast of the product. `seasons: false`: without the seasons. */
export function forecast(domain, service, { seasons = true } = {}) {
  let fitted = [];
  return {
    plan(products, { sales }) {
      const shares = domain.weekdayShares(sales);
      const histories = products.map(({ weeks, size }) => ({
        size,
        weeks: weeks.slice(-104).map(({ used, lost, empty }) => ({
          used,
          lost,
          open: 1 - sum(empty.map((at) => shares[at])),
        })),
      }));
      const seen = histories.map(({ weeks }) => domain.observe(weeks));
      // The waves are seen from today: they are fitted again at each look, as the server does.
      fitted = seasons
        ? domain.fitSeasons(products.map(({ group }, at) => ({ group, observations: seen[at] })))
        : fitted;
      return products.map(({ leadDays, leadSeen, leadOrders }, at) => {
        const expected = domain.forecastDemand(histories[at], fitted[at] ?? domain.NO_SEASON, seen[at]);
        const lead = domain.leadDeviation(leadDays, leadSeen, leadOrders);
        const safety = domain.safetyStock(expected, {
          leadDays,
          leadDeviation: lead,
          reviewDays: 7,
          service,
        });
        return {
          demand: domain.DemandCurve.of(expected.weeks, shares),
          safety: safety.toFixed(3),
        };
      });
    },
  };
}
