// The ledger: `npm run meditory -- bench ledger [--movements 10000000] [--products 5000] [--rounds 20] [--plans file] [--json]`.
// Makes an installation of its own in a temporary folder with so many movements in thirty months, closes the months as the job does, and
// measures over HTTP on one connection stock as of a moment by both times, the movements of a busy product, the value of stock and what
// moved by month; and in SQL the check of stock against the ledger: by the sums of months, and of every row. Says what a movement takes on
// disk. With --plans the plan of each statement, as the server's role runs it, goes to a file. Ends with an error where stock and ledger differ.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { root } from '../tools/build-if-stale.mjs';
import { copiesOfAProduct } from './generate/copies.mjs';
import { ledger } from './generate/ledger.mjs';
import { distribution, timed } from './lib/distribution.mjs';
import { Connection } from './lib/http-client.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORT = 3981;
const DAY_MS = 86_400_000;

const { values: options } = parseArgs({
  options: {
    movements: { type: 'string', default: '10000000' },
    products: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '20' },
    plans: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const ago = (days) => new Date(Date.now() - days * DAY_MS);

/** What the discrepancy check reads: the view by the sums of months, and the sums by every row. */
const CHECKS = {
  'discrepancies, by sums of months': 'select count(*)::int as n from operational.stock_discrepancies',
  'sums of months, by every row': undefined,
};

/** Bytes of the ledger on disk, and of what is kept beside it. */
const SIZES = `
select count(*)::int as parts, sum(pg_relation_size(i.inhrelid))::float8 as heap, sum(pg_indexes_size(i.inhrelid))::float8 as indexes,
  sum(pg_total_relation_size(i.inhrelid))::float8 as total, pg_total_relation_size('operational.stock_month_totals')::float8 as totals,
  pg_total_relation_size('operational.stock_month_figures')::float8 as figures,
  (select count(*)::int from operational.stock_movements) as movements, (select count(*)::int from operational.stock_month_totals) as sums,
  (select count(*)::int from operational.inventory_lots) as lots
from pg_inherits i where i.inhparent = 'operational.stock_movements'::regclass`;

await inInstallation(PORT, async ({ headers, owner, one, branchId, userId }) => {
  const dist = async (...path) => import(pathToFileURL(join(root, 'dist', 'operational', ...path)).href);
  const { AS_OF, VALUATION, MONTHS } = await dist('stock-reports', 'stock-reports.sql.js');
  const { FIND_MOVEMENTS } = await dist('inventory', 'lots.sql.js');
  const { LEDGER_INVARIANTS } = await dist('integrity', 'ledger-invariants.sql.js');
  CHECKS['sums of months, by every row'] =
    LEDGER_INVARIANTS.find(({ code }) => code === 'month-totals-equal-ledger').sql; // prettier-ignore
  const products = Number(options.products);
  await owner.query('set session_replication_role = replica');
  const [busy] = await copiesOfAProduct(owner, products);
  const loading = await timed(async () => {
    for (const [text, values] of ledger({ branchId, userId, movements: Number(options.movements), products })) await owner.query(text, values); // prettier-ignore
  });
  const closing = await timed(() => owner.query('select operational.close_movement_months()'));
  const refreshing = await timed(() => owner.query('select operational.refresh_stock_months()'));
  await owner.query('vacuum (analyze) operational.stock_month_totals');
  const { rows: sizes } = await owner.query(SIZES);

  const pages = {};
  for (const by of ['effective', 'recorded'])
    for (const [name, days] of [['an hour', 1 / 24], ['a month', 31], ['half a year', 182], ['a year', 365], ['two years', 730]]) // prettier-ignore
      pages[`as of ${name} back, ${by}`] = [`/reports/stock-as-of?by=${by}&at=${ago(days).toISOString()}`, AS_OF[by], [branchId, ago(days), null, 50, 0]]; // prettier-ignore
  const middle = await one(`select movement_id as id from operational.stock_movements where drug_id = ${busy} order by 1 offset (select count(*) / 2 from operational.stock_movements where drug_id = ${busy}) limit 1`); // prettier-ignore
  for (const [name, before] of [['first page', undefined], ['page in the middle', middle]]) // prettier-ignore
    pages[`movements of a busy product, ${name}`] = [`/inventory/movements?drugId=${busy}&limit=50${before ? `&cursor=${before}` : ''}`, FIND_MOVEMENTS, [branchId, busy, null, before ?? null, 51]]; // prettier-ignore
  for (const by of ['drug', 'category'])
    pages[`value of stock by ${by}`] = [`/reports/stock-valuation?by=${by}`, VALUATION, [branchId, by, 50, 0]]; // prettier-ignore
  pages['stock by month'] = ['/reports/stock-months', MONTHS, [branchId, null, 50, 0]];

  if (options.plans) {
    await owner.query('begin');
    await owner.query("select set_config('app.branches', $1, true)", [String(branchId)]);
    await owner.query('set local role pharmacy_app');
    const plans = [];
    const statements = [...Object.entries(pages).map(([name, [, text, values]]) => [name, text, values]), ...Object.entries(CHECKS).map(([name, text]) => [name, text, []])]; // prettier-ignore
    for (const [name, text, values] of statements) {
      const { rows } = await owner.query(`explain (analyze, buffers, costs off) ${text}`, values);
      plans.push(`== ${name}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
    }
    await owner.query('rollback');
    writeFileSync(options.plans, plans.join('\n'));
  }

  const connection = new Connection(PORT, headers);
  const shown = {};
  for (const [name, [path]] of Object.entries(pages)) {
    const ms = [];
    for (let n = -3; n < rounds; n++) {
      const from = performance.now();
      const asked = connection.get(`/api${path}`);
      // The server has let its connections go while the ledger was made: the first calls may wait for new ones too long.
      await (n < 0 ? asked.catch(() => undefined) : asked);
      if (n >= 0) ms.push(performance.now() - from);
    }
    shown[name] = distribution(ms);
  }
  connection.close();
  let differing = 0;
  for (const [name, text] of Object.entries(CHECKS)) {
    const ms = [];
    for (let n = name.includes('every row') ? rounds - 3 : 0; n < rounds; n++) {
      const from = performance.now();
      const { rows } = await owner.query(text);
      ms.push(performance.now() - from);
      differing += rows[0]?.broken === undefined ? (rows[0]?.n ?? 0) : rows.length;
    }
    shown[name] = distribution(ms);
  }

  const [size] = sizes;
  const seconds = { loading: loading.wall / 1000, closing: closing.wall / 1000, refreshing: refreshing.wall / 1000 }; // prettier-ignore
  if (options.json) console.log(JSON.stringify({ size, seconds, shown, differing }));
  else {
    const each = (bytes) => Math.round(bytes / size.movements);
    console.log(
      `${size.movements} movements of ${size.lots} lots and ${products} products in ${size.parts} parts; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n` +
        `A movement takes ${each(size.total)} bytes: ${each(size.heap)} itself, ${each(size.indexes)} in indexes. ${size.sums} sums of months: ${(size.totals / 2 ** 20).toFixed(0)} MiB, report: ${(size.figures / 2 ** 20).toFixed(1)} MiB.\n` +
        `Loading ${seconds.loading.toFixed(0)} s, closing all months ${seconds.closing.toFixed(0)} s, making the report ${seconds.refreshing.toFixed(1)} s.\n`,
    );
    for (const [name, { n, p50, p95, max }] of Object.entries(shown)) console.log(`${name.padEnd(48)} p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  max ${max.toFixed(1)} ms of ${n}`); // prettier-ignore
    console.log(`\nLots or sums that differ: ${differing}`);
  }
  if (differing > 0) process.exitCode = 1;
});
