// The till: `npm run meditory -- bench checkout [--products 1000] [--seconds 2] [--clients 1,8] [--sales 0] [--peers all|none]`; --full: 5,000
// products, 15 s, 1, 4, 8 and 16 clients. Makes an installation of its own in a temporary folder with so many products of four lots each, and
// so many sales behind it. Sells baskets of one to three of them, evenly over all products and with four sales in five on ten of them
// (hot): over HTTP (prices, stock first expiry first, ledger, payment, audit, idempotency key); by the service in this process, which writes
// the same without HTTP, session and JSON; and in other ways on the same PostgreSQL (lib/checkout-peers.mjs), beside pgbench's TPC-B with as many clients.
// Tells what a sale costs the processor; then looks whether stock, ledger and what was sold agree, and ends with an error only where they do not.
import { createHash, randomUUID } from 'node:crypto';

import { randomOf } from './generate/products.mjs';
import { bench, grouped, numbersOf } from './lib/bench.mjs';
import { posting, rateFigure, repeating } from './lib/clients.mjs';
import { superuserOf } from './lib/counter.mjs';
import { loadSales, todayOf } from './lib/history.mjs';
import { inInstallation, NO_PGBENCH } from './lib/installation.mjs';
import { eachOf } from './lib/processor.mjs';
import { openProduct } from './lib/product.mjs';
import { basketsOf, openTill, stockUp } from './lib/till.mjs';

const PORT = 3978;
const HOT = 10;
const HOT_SHARE = 0.8;
const SEED = 20_261_201;
const OVER_HTTP = 'over HTTP';
const BY_SERVICE = 'the service, without HTTP';
const OURS = [OVER_HTTP, BY_SERVICE];

/** What must hold afterwards, whatever was sold: rows that break it. */
const DISAGREEING = `
select (select count(*)::int from operational.inventory_lots l
    where l.quantity <> (select coalesce(sum(m.quantity), 0) from operational.stock_movements m where m.lot_id = l.lot_id)) as lots,
  (select count(*)::int from operational.sale_items i
    where i.fill_id is null and i.quantity <> (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id)) as lines`;

/** How sales fall on products, as places from 0: the same draws in every run. */
function drawsOf(products) {
  const random = randomOf(SEED);
  const any = (count) => Math.floor(random() * Math.min(count, products));
  return {
    uniform: () => any(products),
    hot: () => any(random() < HOT_SHARE ? HOT : products),
  };
}

/** Sales by the service of the product, called here as the controller calls it, each with a key of its own. */
async function byService(env, { branchId, userId }) {
  const product = await openProduct(env);
  const sales = await product.service('operational/sales/sales.service', 'SalesService');
  const actor = { userId, username: 'admin', permissions: new Set(['Sell']), branchIds: [branchId], sessionId: 0, proven: 'full' }; // prettier-ignore
  const sell = async (input) => {
    const key = randomUUID();
    const requestHash = createHash('sha256').update(key).digest('hex');
    await sales.create({ actor, branchId, requestId: key, idempotency: { key, requestHash } }, input);
    return 201;
  };
  return { sell, close: () => product.close() };
}

async function measure({ products, seconds, clients: counts, sales: history, peers }) {
  const figures = [];
  const notes = [];
  const wrong = [];
  await inInstallation(PORT, async (installation) => {
    const { base, headers, owner, one, branchId, tpcb, spent, env, home } = installation;
    await openTill(base, headers);
    const drugIds = await stockUp(owner, branchId, products);
    if (history > 0) await loadSales(installation, history, await todayOf(one));
    const draws = drawsOf(products);
    const clients = numbersOf(counts);
    const service = await byService(env, installation);
    const others = peers === 'none' ? { ways: {}, close: () => undefined } : await openOthers(home, products, Math.max(...clients)); // prettier-ignore
    // What a till does: next() makes a basket and sells it, and answers how that ended.
    const ways = (draw) => {
      const basket = basketsOf()(() => drugIds[draw()]);
      const places = basketsOf()(draw);
      const alone = (once) => (count) =>
        repeating({ clients: count, seconds, done: 201, open: () => ({ once }) });
      return {
        [OVER_HTTP]: (count) => posting({ port: PORT, headers, clients: count, seconds, next: basket }),
        [BY_SERVICE]: alone(() => service.sell(basket()[1])),
        ...Object.fromEntries(
          Object.entries(others.ways).map(([name, sell]) => [name, alone(async () => {
            await sell(places()[1].items.map(({ drugId }) => drugId));
            return 201;
          })]),
        ),
      }; // prettier-ignore
    };
    try {
      for (const run of Object.values(ways(draws.uniform))) await run(4); // compiled code
      // A pharmacy knows its tables; plans made of empty ones would read them from end to end as they fill.
      await owner.query('analyze');
      const ours = ways(draws.uniform);
      for (const name of OURS) await ours[name](4); // plans
      for (const count of clients) {
        const limit = tpcb(count, seconds);
        if (limit) figures.push({ of: 'pgbench TPC-B', at: count, perSecond: Math.round(limit) });
        for (const [spread, draw] of Object.entries(draws))
          for (const [name, run] of Object.entries(ways(draw))) {
            spent();
            const sold = await run(count);
            // Only the server's own sales have both their processes watched.
            const processor = name === OVER_HTTP ? eachOf(spent(), sold.n) : undefined;
            figures.push(rateFigure(`${name}, ${spread}`, sold, { limit, processor }));
          }
      }
    } finally {
      await others.close();
      await service.close();
    }
    if (!figures.some(({ ratio }) => ratio)) notes.push(NO_PGBENCH);
    const { rows } = await owner.query(DISAGREEING);
    const sold = await one('select count(*)::int as id from operational.sales');
    const { lots, lines } = rows[0];
    notes.push(`${sold} sales afterwards; lots that differ from the ledger: ${lots}, lines that differ from what moved: ${lines}.`); // prettier-ignore
    if (lots + lines > 0) wrong.push(notes.at(-1));
  });
  return { axis: 'clients', figures: grouped(figures), notes, wrong };
}

async function openOthers(home, products, clients) {
  const { openCheckoutPeers } = await import('./lib/checkout-peers.mjs');
  return openCheckoutPeers(superuserOf(home, 'bench'), products, clients);
}

await bench(
  'checkout',
  {
    sizes: { products: [1000, 5000], seconds: [2, 15], clients: ['1,8', '1,4,8,16'], sales: [0, 0] },
    flags: { peers: { type: 'string', default: 'all' } },
  },
  measure,
);
