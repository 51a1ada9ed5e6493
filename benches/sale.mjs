// The till: `npm run meditory -- bench sale [--products 5000] [--seconds 15] [--clients 1,4,8,16] [--json]`.
// Makes an installation of its own in a temporary folder with so many products of four lots each. Sells baskets of one to
// three of them over HTTP (prices, stock first expiry first, ledger, payment, audit, idempotency key), evenly over all
// products and with four sales in five on ten of them, beside pgbench's TPC-B on the same server with as many clients; tells
// what a sale costs the processor, in the server and in PostgreSQL; then looks whether stock, ledger and what was sold agree.
// Prints; ends with an error only where they do not.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { beside, posting } from './lib/clients.mjs';
import { inInstallation, sayRate } from './lib/installation.mjs';
import { eachOf } from './lib/processor.mjs';
import { basketsOf, LOTS, openTill, stockUp } from './lib/till.mjs';

const PORT = 3978;
const HOT = 10;
const HOT_SHARE = 0.8;

const { values: options } = parseArgs({
  options: {
    products: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '15' },
    clients: { type: 'string', default: '1,4,8,16' },
    json: { type: 'boolean', default: false },
  },
});
const products = Number(options.products);
const seconds = Number(options.seconds);

/** What must hold afterwards, whatever was sold: rows that break it. */
const DISAGREEING = `
select (select count(*)::int from operational.inventory_lots l
    where l.quantity <> (select coalesce(sum(m.quantity), 0) from operational.stock_movements m where m.lot_id = l.lot_id)) as lots,
  (select count(*)::int from operational.sale_items i
    where i.fill_id is null and i.quantity <> (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id)) as lines`;

await inInstallation(PORT, async ({ base, headers, owner, one, branchId, tpcb, spent }) => {
  await openTill(base, headers);
  const drugIds = await stockUp(owner, branchId, products);
  const basket = basketsOf();
  const any = (count) => drugIds[Math.floor(Math.random() * count)];
  const uniform = basket(() => any(drugIds.length));
  const hot = basket(() => any(Math.random() < HOT_SHARE ? HOT : drugIds.length));
  const sell = async (clients, next) => {
    spent();
    const sales = await posting({ port: PORT, headers, clients, seconds, next });
    return { ...sales, processor: eachOf(spent(), sales.n) };
  };
  await sell(4, uniform); // compiled code
  // A pharmacy knows its tables; plans made of empty ones would read them from end to end as they fill.
  await owner.query('analyze');
  await sell(4, uniform); // plans
  const rates = [];
  for (const clients of options.clients.split(',').map(Number)) {
    const limit = tpcb(clients, seconds);
    const evenly = beside(await sell(clients, uniform), limit);
    rates.push({ uniform: evenly, hot: beside(await sell(clients, hot), limit) });
  }
  const { rows } = await owner.query(DISAGREEING);
  const sales = await one('select count(*)::int as id from operational.sales');
  if (options.json) console.log(JSON.stringify({ products, sales, rates, disagreeing: rows[0] }));
  else {
    console.log(
      `${products} products of ${LOTS} lots; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n`,
    );
    for (const rate of rates) {
      console.log(sayRate('uniform', rate.uniform));
      console.log(sayRate('hot    ', rate.hot));
    }
    console.log(
      `\n${sales} sales; lots that differ from the ledger: ${rows[0].lots}, lines that differ from what moved: ${rows[0].lines}`,
    );
  }
  if (rows[0].lots + rows[0].lines > 0) process.exitCode = 1;
});
