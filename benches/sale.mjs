// The till: `npm run meditory -- bench sale [--products 5000] [--seconds 15] [--clients 1,4,8,16] [--json]`.
// Makes an installation of its own in a temporary folder with so many products of four lots each. Sells baskets of one to
// three of them over HTTP (prices, stock first expiry first, ledger, payment, audit, idempotency key), evenly over all
// products and with four sales in five on ten of them, beside pgbench's TPC-B on the same server with as many clients; tells
// what a sale costs the processor, in the server and in PostgreSQL; then looks whether stock, ledger and what was sold agree.
// Prints; ends with an error only where they do not.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { copiesOfAProduct } from './generate/copies.mjs';
import { beside, posting } from './lib/clients.mjs';
import { inInstallation, sayRate } from './lib/installation.mjs';
import { eachOf } from './lib/processor.mjs';

const PORT = 3978;
const LOTS = 4;
const HOT = 10;
const HOT_SHARE = 0.8;
const PER_LOT = 1_000_000;

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

/** Copies of a product that is sold over the counter, each with lots; past the triggers, as they would have left them. */
async function stock(owner, branchId) {
  await owner.query('set session_replication_role = replica');
  const drugIds = await copiesOfAProduct(owner, products);
  await owner.query(
    `with lots as (
       insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
       select $1, d, 'B' || k, current_date + 100 * k, ${PER_LOT}, 1 from unnest($2::int[]) d, generate_series(1, ${LOTS}) k
       returning lot_id, branch_id, drug_id, quantity, unit_cost)
     insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason)
     select branch_id, lot_id, drug_id, 'adjustment', quantity, quantity, unit_cost, 'bench' from lots`,
    [branchId, drugIds],
  );
  await owner.query('set session_replication_role = origin');
  await owner.query('analyze');
  return drugIds;
}

/** What must hold afterwards, whatever was sold: rows that break it. */
const DISAGREEING = `
select (select count(*)::int from operational.inventory_lots l
    where l.quantity <> (select coalesce(sum(m.quantity), 0) from operational.stock_movements m where m.lot_id = l.lot_id)) as lots,
  (select count(*)::int from operational.sale_items i
    where i.fill_id is null and i.quantity <> (select coalesce(- sum(m.quantity), 0) from operational.stock_movements m where m.sale_item_id = i.sale_item_id)) as lines`;

await inInstallation(PORT, async ({ base, headers, owner, one, branchId, tpcb, spent }) => {
  const opened = await fetch(`${base}/till-shifts`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ openingFloat: '100.00' }),
  });
  if (!opened.ok) throw new Error(await opened.text());
  const drugIds = await stock(owner, branchId);
  let sold = 0;
  const basket = (drugOf) => () => {
    const wanted = new Set(Array.from({ length: 1 + (sold++ % 3) }, drugOf));
    const items = [...wanted].map((drugId) => ({ drugId, quantity: '1' }));
    return ['/api/sales', { items, payments: [{ method: 'cash', amount: '100000.00' }] }];
  };
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
