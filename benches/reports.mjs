// Reports of sales: `npm run meditory -- bench reports [--sales 5000000] [--products 5000] [--rounds 10] [--only prescribers] [--plans file] [--home folder] [--json]`.
// Makes an installation of its own in a temporary folder with so many sales in three years, closes the days as the job does, and measures over
// HTTP on one connection each report of today, a day, a day that is not summed, a month, a year and all time, and what it costs to close a day. Every total is compared
// with a plain sum over lines, payments and movements. With --only only reports of which that is a part of the name. With --plans the plan of each statement, as the server's role runs it, goes to a file.
// Ends with an error where a total differs. With --home the installation stays there, and a later run measures it again.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { root } from '../tools/build-if-stale.mjs';
import { copiesOfAProduct } from './generate/copies.mjs';
import { distribution, timed } from './lib/distribution.mjs';
import { loadSales, todayOf } from './lib/history.mjs';
import { Connection } from './lib/http-client.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORT = 3982;
const DAYS_AT_ONCE = 7;

const { values: options } = parseArgs({
  options: {
    sales: { type: 'string', default: '5000000' },
    products: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    plans: { type: 'string' },
    home: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);

const REPORTS = [
  ...['day', 'hour', 'user', 'category', 'drug', 'taxRate'].map((by) => [`sales by ${by}`, `/reports/sales?by=${by}`]),
  ...['net', 'slowest'].map((order) => [`top products, ${order}`, `/reports/top-drugs?order=${order}`]),
  ['tenders', '/reports/tenders?by=method'],
  ['returns by reason', '/reports/returns?by=reason'],
  ['prescribers', '/reports/prescribers?'],
].filter(([name]) => name.includes(options.only)); // prettier-ignore

/** Days before today that are not summed. */
const OPEN_DAYS = `
select count(*)::int as id from (select branch_id, min(business_date) as first from operational.sales group by branch_id) f
cross join lateral generate_series(f.first, current_date - 2, interval '1 day') day
where not exists (select from operational.sales_closed_days c where c.branch_id = f.branch_id and c.business_date = day::date)`;

/** The totals of a period by every line, payment and movement, as anybody would add them up. */
const PLAIN = `
with sold as materialized (select s.* from operational.sales s where s.branch_id = $1 and s.business_date between $2 and $3),
line as materialized (select i.* from operational.sale_items i where i.sale_id in (select sale_id from sold)),
cost as (
  select sum(x.cost) as cost from (
    select round(- sum(m.quantity * m.unit_cost), 3) as cost from operational.stock_movements m join line i on i.sale_item_id = m.sale_item_id where i.fill_id is null group by i.sale_item_id
    union all
    select round(- sum(m.quantity * m.unit_cost), 3) from operational.stock_movements m join line i on i.fill_id = m.fill_id group by i.sale_item_id) x
)
select (select count(*)::int from sold where sale_type = 'sale') as sales, (select count(*)::int from sold where sale_type <> 'sale') as returns,
  (select count(*)::int from line where quantity > 0) as lines, (select coalesce(sum(amount - discount), 0)::float8 from line) as net, (select coalesce(sum(tax), 0)::float8 from line) as tax,
  (select coalesce(sum(total), 0)::float8 from sold) as total, (select coalesce(cost, 0)::float8 from cost) as cost,
  (select coalesce(sum(p.amount - p.change_given), 0)::float8 from operational.payments p where p.sale_id in (select sale_id from sold)) as paid,
  (select coalesce(- sum(total), 0)::float8 from sold where sale_type <> 'sale') as back`;

/** What is wrong with the totals of a report beside the plain ones; undefined: nothing. */
function difference(name, totals, plain) {
  const expected = name.startsWith('tenders') ? { net: plain.paid } : name.startsWith('returns') ? { total: plain.back, returns: plain.returns } : name === 'prescribers' ? {} : { net: plain.net, tax: plain.tax, cost: plain.cost, total: plain.total, sales: /day|hour|user/.test(name) ? plain.sales : plain.lines }; // prettier-ignore
  const wrong = Object.entries(expected).filter(([figure, value]) => Math.abs(Number(totals[figure]) - value) > 0.0005); // prettier-ignore
  return wrong.length === 0 ? undefined : wrong.map(([figure, value]) => `${figure} ${totals[figure]}, by every row ${value}`).join('; '); // prettier-ignore
}

await inInstallation(
  PORT,
  async ({ signIn, owner, one, branchId, userId }) => {
    const today = await todayOf(one);
    const yesterday = await one(`select ((now() at time zone 'Africa/Cairo')::date - 1)::text as id`);
    const late = await one(`select ((now() at time zone 'Africa/Cairo')::date - 2)::text as id`);
    const back = (unit, n) => one(`select (date_trunc('${unit}', date '${today}') - interval '${n}')::date::text as id`); // prettier-ignore
    const isMade =
      (await one("select count(*)::int as id from operational.tax_classes where code = 'BENCH'")) > 0;
    const loading = await timed(async () => {
      if (isMade) return;
      await owner.query('set session_replication_role = replica');
      await copiesOfAProduct(owner, Number(options.products));
      await owner.query('set session_replication_role = origin');
      await loadSales({ owner, branchId, userId }, Number(options.sales), today);
    });
    let days = 0;
    const closing = await timed(async () => {
      await owner.query('set statement_timeout = 0');
      // The job of the server closes days as well: what it is at is left out here, so that it is asked for what is left.
      while ((await one(OPEN_DAYS)) > 0) days += await one(`select operational.close_sales_days(${DAYS_AT_ONCE}) as id`); // prettier-ignore
    });
    const months = await timed(() => owner.query('select operational.close_sales_months()'));
    await owner.query('vacuum (analyze) operational.sales_day_products, operational.sales_month_products, operational.sales_day_counters, operational.sales_day_tenders, operational.sales_day_prescribers'); // prettier-ignore
    const { rows: sizes } = await owner.query(`
    select (select count(*)::int from operational.sales) as sales, (select count(*)::int from operational.sale_items) as lines, (select count(*)::int from operational.sales_day_products) as "dayProducts",
      pg_total_relation_size('operational.sales_day_products')::float8 + pg_total_relation_size('operational.sales_month_products') + pg_total_relation_size('operational.sales_day_counters')
        + pg_total_relation_size('operational.sales_day_tenders') + pg_total_relation_size('operational.sales_day_prescribers') as bytes`);

    const periods = {
      today: [today, today],
      'a day': [yesterday, yesterday],
      'a day read live': [late, late],
      'a month': [await back('month', '1 month'), await back('month', '1 day')],
      'a year': [await back('month', '12 months'), today],
      all: ['2020-01-01', today],
    };
    const connection = new Connection(PORT, await signIn());
    const shown = {};
    const wrong = [];
    for (const [period, [from, to]] of Object.entries(periods)) {
      // As a late sale leaves its day.
      if (from === late)
        await owner.query('delete from operational.sales_closed_days where business_date = $1', [late]);
      const plain = (await owner.query(PLAIN, [branchId, from, to])).rows[0];
      for (const [name, path] of REPORTS) {
        const ms = [];
        for (let n = -2; n < rounds; n++) {
          const begin = performance.now();
          const asked = connection.get(`/api${path}&from=${from}&to=${to}`);
          // The server has let its connections go while the sales were made: the first calls may wait for new ones too long.
          const body = await (n < 0 ? asked.catch(() => undefined) : asked);
          if (n >= 0) ms.push(performance.now() - begin);
          if (n === 0) {
            const said = difference(name, JSON.parse(body.toString()).totals, plain);
            if (said) wrong.push(`${name}, ${period}: ${said}`);
          }
        }
        shown[`${name}, ${period}`] = distribution(ms);
      }
    }
    connection.close();
    if (options.plans) writeFileSync(options.plans, await plansOf(owner, branchId, periods));

    const [size] = sizes;
    const seconds = {
      loading: loading.wall / 1000,
      closing: closing.wall / 1000,
      months: months.wall / 1000,
    };
    if (options.json) console.log(JSON.stringify({ size, days, seconds, shown, wrong }));
    else {
      console.log(
        `${size.sales} sales with ${size.lines} lines of ${options.products} products in ${days} days; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n` +
          `Loading ${seconds.loading.toFixed(0)} s. Closing a day ${((seconds.closing * 1000) / Math.max(1, days)).toFixed(0)} ms, all months ${seconds.months.toFixed(1)} s. ` +
          `${size.dayProducts} sums of products by day; all sums ${(size.bytes / 2 ** 20).toFixed(0)} MiB.\n`,
      );
      for (const [name, { n, p50, p95, max }] of Object.entries(shown)) console.log(`${name.padEnd(40)} p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  max ${max.toFixed(1)} ms of ${n}`); // prettier-ignore
      console.log(`\nTotals that differ from a plain sum: ${wrong.length}`);
      for (const line of wrong) console.log(line);
    }
    if (wrong.length > 0) process.exitCode = 1;
  },
  options.home,
);

/** The plan of each statement for each period, as the server's role runs it. */
async function plansOf(owner, branchId, periods) {
  const { COVER, SALES, TOP_DRUGS, TENDERS_BY, RETURNS_BY, BY_PRESCRIBER } = await import(
    pathToFileURL(join(root, 'dist', 'operational', 'sales-reports', 'sales-reports.sql.js')).href
  );
  const statements = { 'sales by day': SALES.day, 'sales by drug': SALES.drug, 'sales by category': SALES.category, slowest: TOP_DRUGS.slowest, tenders: TENDERS_BY.method, returns: RETURNS_BY.reason, prescribers: BY_PRESCRIBER }; // prettier-ignore
  const plans = [];
  await owner.query('begin');
  await owner.query("select set_config('app.branches', $1, true)", [String(branchId)]);
  await owner.query('set local role pharmacy_app');
  for (const [period, [from, to]] of Object.entries(periods)) {
    const { months, days, closed, open } = (await owner.query(COVER, [branchId, from, to])).rows[0];
    for (const [name, text] of Object.entries(statements)) {
      const { rows } = await owner.query(`explain (analyze, buffers, costs off) ${text}`, [branchId, months, days, closed, open, [], [], [], [], 0, 20, 0]); // prettier-ignore
      plans.push(`== ${name}, ${period}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
    }
  }
  await owner.query('rollback');
  return plans.join('\n');
}
