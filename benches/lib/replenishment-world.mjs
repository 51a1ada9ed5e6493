// A pharmacy made up from a seed: products with the demand of each day, what they cost, how long they keep, and how suppliers deliver.
// The same seed gives the same customers on the same days whatever is bought.

/** A generator of numbers from 0 up to 1 (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const poisson = (mean) => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = next(); product > limit; product *= next()) count += 1;
    return count;
  };
  return {
    next,
    normal,
    poisson,
    between: (low, high) => low + (high - low) * next(),
    pick: (list) => list[Math.floor(next() * list.length)],
    /** Of a mean of one, with this deviation. */
    lognormal: (deviation) => {
      const variance = Math.log(1 + deviation * deviation);
      return Math.exp(normal() * Math.sqrt(variance) - variance / 2);
    },
  };
}

/** Classes of medicines: how far a year swings, when it is highest, and how far the weeks of a class go together. */
const CLASSES = [
  ['cough and cold', 0.6, 20, 0.2], ['antibiotics', 0.4, 25, 0.15], ['allergy', 0.55, 110, 0.15], ['sun and insects', 0.7, 190, 0.12],
  ['diarrhoea', 0.3, 200, 0.15], ['pain', 0.1, 15, 0.05], ['blood pressure', 0, 0, 0.03], ['diabetes', 0, 0, 0.03], ['stomach', 0.05, 350, 0.04],
  ['skin', 0.15, 180, 0.06], ['eyes', 0.2, 120, 0.08], ['nerves', 0, 0, 0.04], ['hormones', 0, 0, 0.04], ['vitamins', 0.25, 330, 0.08],
]; // prettier-ignore

/** How products behave, and of how many in a hundred: mean customers a day, how these and the sizes of sales differ. */
const KINDS = [
  { name: 'steady', share: 34, customers: [0.6, 6], sizes: [1, 1, 1, 2], days: 0.1 },
  { name: 'erratic', share: 18, customers: [0.3, 3], sizes: [1, 1, 2, 3, 6], days: 0.8 },
  { name: 'trending', share: 16, customers: [0.3, 4], sizes: [1, 1, 2], days: 0.15 },
  { name: 'slow', share: 20, customers: [0.03, 0.25], sizes: [1, 1, 2], days: 0.1 },
  { name: 'lumpy', share: 12, customers: [0.01, 0.12], sizes: [1, 2, 4, 8], days: 0.4 },
];

/** Base units in a pack, and the least a customer takes. */
const PACKS = [[20, 10], [30, 10], [24, 12], [1, 1], [1, 1], [10, 1], [14, 14], [100, 10], [6, 1]]; // prettier-ignore

/** Sales by weekday; the fifth is the day of rest. */
const WEEKDAYS = [1.15, 1.05, 1, 1.05, 1.3, 0.45, 1];

/** Products of a pharmacy with what is asked for on each of `days`: base units by customer. */
export function makeWorld({ seed, products, days }) {
  const random = randomOf(seed);
  const suppliers = Array.from({ length: 6 }, () => ({
    lead: random.between(1, 9),
    spread: random.between(0.15, 0.6),
  }));
  const shocks = CLASSES.map(([, , , deviation]) => {
    let shock = 0;
    return Array.from({ length: Math.ceil(days / 7) }, () => {
      shock = 0.7 * shock + deviation * random.normal();
      return Math.exp(shock - deviation * deviation);
    });
  });
  const weekday = Math.floor(random.next() * 7);
  return {
    days,
    weekdayOf: (day) => (day + weekday) % 7,
    products: Array.from({ length: products }, (_, at) => {
      const own = randomOf(seed * 7919 + at * 104_729 + 17);
      return makeProduct({ own, at, days, suppliers, shocks, weekday });
    }),
  };
}

function kindOf(random) {
  let left = random.next() * 100;
  return KINDS.find(({ share }) => (left -= share) < 0) ?? KINDS[0];
}

function makeProduct({ own, at, days, suppliers, shocks, weekday }) {
  const kind = kindOf(own);
  const group = Math.floor(own.next() * CLASSES.length);
  const [, swing, peak] = CLASSES[group];
  const [packUnits, least] = own.pick(PACKS);
  const amplitude = swing * own.between(0.6, 1.3);
  const base = Math.exp(own.between(Math.log(kind.customers[0]), Math.log(kind.customers[1])));
  const growth = kind.name === 'trending' ? own.pick([-1, 1]) * own.between(0.25, 0.9) : own.normal() * 0.05;
  // One in ten changes its level for good on some day: a prescriber comes or goes, a rival product appears.
  const jumpAt = own.next() < 0.1 ? Math.floor(own.between(0, days)) : Infinity;
  const jump = own.pick([0.4, 0.6, 1.6, 2.2]);
  const isShort = own.next() < 0.12;
  const shelfLife = Math.round(isShort ? own.between(25, 90) : own.between(150, 900));
  const demand = [];
  for (let day = 0; day < days; day++) {
    const year = (2 * Math.PI * (day - peak)) / 365.25;
    // Narrower than a sine at the height of the season, as seasons of illness are.
    const season = Math.max(0.08, 1 + amplitude * (Math.cos(year) + 0.3 * Math.cos(2 * year)));
    const level = base * Math.exp((growth * (day - days / 2)) / 365) * (day >= jumpAt ? jump : 1);
    const rate =
      level *
      season *
      WEEKDAYS[(day + weekday) % 7] *
      shocks[group][Math.floor(day / 7)] *
      own.lognormal(kind.days);
    const customers = own.poisson(rate);
    const wishes = Array.from({ length: customers }, () => own.pick(kind.sizes) * least);
    // Once in a long while somebody takes a great deal at once.
    if (own.next() < 0.0007) wishes.push(least * Math.ceil(own.between(8, 25)));
    demand.push(wishes);
  }
  return {
    drugId: at + 1,
    kind: kind.name,
    group: String(group),
    packUnits,
    unitCost: (own.lognormal(1.2) * 30) / packUnits,
    shelfLife,
    supplier: suppliers[Math.floor(own.next() * suppliers.length)],
    demand,
    seed: Math.floor(own.next() * 2 ** 31),
  };
}
