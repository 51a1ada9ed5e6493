// A pharmacy run day by day by one way of buying: what it sells, loses, throws away and has tied up.
import { randomOf } from './replenishment-world.mjs';

/** Days between two looks at what to buy; the same for all ways. */
export const REVIEW_DAYS = 7;
/** Deliveries of a supplier, and of a product, that are remembered. */
const REMEMBERED = 10;

/**
 * Runs a world. `policy.plan(products, day)` answers for each product `{ demand, safety }`; `buy` is the rule that makes whole packs of it.
 * Measured from day `from` on. `noted`: share of lost sales somebody writes down.
 */
export function run(world, policy, { buy, from, noted = 0 }) {
  const states = world.products.map(begin);
  const sums = {
    wanted: 0,
    lost: 0,
    wantedValue: 0,
    lostValue: 0,
    wasted: 0,
    tied: 0,
    outDays: 0,
    lines: 0,
    orders: 0,
    bought: 0,
  };
  const weekdaySales = Array(7).fill(0);
  const learn = (supplier, days) => {
    supplier.seen = [...(supplier.seen ?? []), days].slice(-REMEMBERED);
  };
  const suppliers = new Map(world.products.map(({ supplier }) => [supplier, { ...supplier }]));

  for (let day = 0; day < world.days; day++) {
    const counts = day >= from;
    if (day % REVIEW_DAYS === 0) {
      if (day > 0) for (const state of states) state.closeWeek();
      const known = states.map((state) => state.known(day, suppliers.get(state.product.supplier)));
      // The first of these is today's weekday.
      const sales = weekdaySales.map((_, at) => weekdaySales[(world.weekdayOf(day) + at) % 7]);
      const plans = policy.plan(known, { day, sales });
      const asked = new Set();
      known.forEach((facts, at) => {
        const found = buy({ ...facts, ...plans[at], min: null, max: null }, { reviewDays: REVIEW_DAYS });
        if (found === undefined || found.packs === 0) return;
        states[at].order(day, Number(found.quantity));
        asked.add(states[at].product.supplier);
        if (counts) sums.lines += 1;
      });
      if (counts) sums.orders += asked.size;
    }
    const weekday = world.weekdayOf(day);
    for (const state of states) {
      const { unitCost } = state.product;
      state.deliver(day, (days) => learn(suppliers.get(state.product.supplier), days));
      const { wanted, lost, wasted, sales, isOut } = state.sell(day, noted);
      weekdaySales[weekday] += sales;
      if (!counts) continue;
      sums.wanted += wanted;
      sums.lost += lost;
      sums.wantedValue += wanted * unitCost;
      sums.lostValue += lost * unitCost;
      sums.wasted += wasted * unitCost;
      sums.tied += state.stock() * unitCost;
      sums.outDays += isOut ? 1 : 0;
    }
  }
  const days = world.days - from;
  return {
    lostUnits: sums.lost / sums.wanted,
    lostValue: sums.lostValue / sums.wantedValue,
    outDays: sums.outDays / (days * states.length),
    wasted: sums.wasted / sums.wantedValue,
    /** Mean value of the stock, in days of what is asked for. */
    capital: sums.tied / sums.wantedValue,
    capitalValue: sums.tied / days,
    orders: sums.orders,
    lines: sums.lines,
  };
}

function begin(product) {
  const random = randomOf(product.seed);
  // A month of stock of mixed age to begin with: the first year is not measured.
  const month = product.demand
    .slice(0, 30)
    .flat()
    .reduce((sum, one) => sum + one, 0);
  let lots = [
    {
      quantity: Math.ceil(month / product.packUnits) * product.packUnits,
      lastDay: Math.round(product.shelfLife * 0.7),
    },
  ];
  let orders = [];
  const lives = [];
  const weeks = [];
  let week = { used: 0, lost: 0, empty: [] };
  let sales = 0;
  let sold = 0;
  const stock = () => lots.reduce((sum, lot) => sum + lot.quantity, 0);
  return {
    product,
    stock,
    closeWeek() {
      weeks.push(week);
      week = { used: 0, lost: 0, empty: [] };
    },
    known(day, supplier) {
      const seen = supplier.seen ?? [];
      const mean = seen.length > 0 ? seen.reduce((sum, one) => sum + one, 0) / seen.length : supplier.lead;
      const squares = seen.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      const sorted = lives.slice(-REMEMBERED).sort((a, b) => a - b);
      return {
        group: product.group,
        packUnits: String(product.packUnits),
        lots: lots.map(({ quantity, lastDay }) => ({ quantity: String(quantity), days: lastDay - day })),
        onOrder: String(orders.reduce((sum, order) => sum + order.quantity, 0)),
        leadDays: Math.ceil(mean),
        leadSeen: seen.length > 1 ? Math.sqrt(squares / (seen.length - 1)) : null,
        leadOrders: seen.length,
        shelfLifeDays: sorted.length > 0 ? sorted[Math.floor((sorted.length - 1) / 2)] : null,
        weeks,
        size: sales > 0 ? sold / sales : product.packUnits,
      };
    },
    order(day, quantity) {
      const { lead, spread } = product.supplier;
      const days = Math.max(1, Math.round(lead * random.lognormal(spread)));
      orders.push({ quantity, day: day + days, days });
    },
    deliver(day, learn) {
      for (const { quantity, days } of orders.filter((order) => order.day === day)) {
        const life = Math.round(product.shelfLife * random.between(0.7, 1));
        lots.push({ quantity, lastDay: day + life });
        lives.push(life);
        learn(days);
      }
      orders = orders.filter((order) => order.day !== day);
      lots.sort((a, b) => a.lastDay - b.lastDay);
    },
    sell(day, noted) {
      let wasted = 0;
      for (const lot of lots) if (lot.lastDay < day) wasted += lot.quantity;
      lots = lots.filter((lot) => lot.lastDay >= day && lot.quantity > 0);
      const before = stock();
      let [wanted, lost, count] = [0, 0, 0];
      for (const wish of product.demand[day]) {
        wanted += wish;
        let open = wish;
        for (const lot of lots) {
          const taken = Math.min(lot.quantity, open);
          lot.quantity -= taken;
          open -= taken;
          if (open === 0) break;
        }
        if (open < wish) count += 1;
        lost += open;
        if (open > 0 && noted > 0 && random.next() < noted) week.lost += open;
      }
      lots = lots.filter((lot) => lot.quantity > 0);
      week.used += wanted - lost;
      sold += wanted - lost;
      sales += count;
      const isOut = before === 0 && stock() === 0;
      // The place of the day in its week, the first being the day of the look.
      if (isOut) week.empty.push(day % REVIEW_DAYS);
      return { wanted, lost, wasted, sales: count, isOut };
    },
  };
}
