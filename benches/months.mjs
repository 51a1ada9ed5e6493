// Tables in months: `npm run meditory -- bench months [--part audit|sales|all] [--months 36] [--rows 360000] [--sales 300000] [--rounds 5] [--plans file] [--json]`.
// Makes an installation of its own in a temporary folder. Audit: fills the trail and, beside it, a table such as it was before (whole, with the
// indexes it had) with the same rows, writes to both in turns as triggers do, and asks both what GET /audit-logs asks. Sales: the keys that name a
// sale; two models of a sale with lines and tenders, whole and in ranges of its number, written to and asked of in turns. With
// --plans the plan of each question to the trail goes to a file.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { root } from '../tools/build-if-stale.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORT = 3987;
/** Times a round writes: fills of ten rows of the trail, sales of three lines. */
const WRITES = 1500;

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    months: { type: 'string', default: '36' },
    rows: { type: 'string', default: '360000' },
    sales: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '5' },
    plans: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [months, rows, sales, rounds] = ['months', 'rows', 'sales', 'rounds'].map((name) =>
  Number(options[name]),
);
const is = (part) => options.part === 'all' || options.part === part;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const rounded = (value) => Math.round(value * 1000) / 1000;

/** Runs each of `turns` so many times, one after the other; the median of what each took in ms, and of the second over the first, round by round. */
async function inTurns(turns) {
  const times = turns.map(() => []);
  for (const run of turns) await run();
  for (let n = 0; n < rounds; n++)
    for (const at of n % 2 === 0 ? [0, 1] : [1, 0]) {
      const from = performance.now();
      await turns[at]();
      times[at].push(performance.now() - from);
    }
  const ratios = times[0].map((time, n) => times[1][n] / time).toSorted((a, b) => a - b);
  return {
    whole: rounded(median(times[0])),
    inMonths: rounded(median(times[1])),
    ratio: rounded(median(ratios)),
    ratios: ratios.map(rounded),
  };
}

/** The plan of a statement, as it ran. */
async function planOf(client, text, values) {
  const { rows: lines } = await client.query(
    `explain (analyze, buffers, costs off, summary on) ${text}`,
    values,
  );
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

/** A trail such as it was before it was in months. */
const WHOLE_TRAIL = `
create table public.audit_whole (like operational.audit_logs including defaults including constraints including storage);
alter table public.audit_whole alter column audit_log_id add generated always as identity, add primary key (audit_log_id);
create index on public.audit_whole (table_name, row_key, audit_log_id);
create index on public.audit_whole (user_id, audit_log_id);
create index on public.audit_whole (occurred_at);
create index on public.audit_whole (tx_id);
create index on public.audit_whole (audit_log_id) where action = 'refused'`;

/** Rows of the trail over so many months, as sales leave them. */
const TRAIL_ROWS = `
insert into operational.audit_logs (occurred_at, tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
select now() - make_interval(months => $1::int) + (n::float8 / $2::int) * (now() - (now() - make_interval(months => $1::int))),
  md5((n / 10)::text), 1 + n % 9, 1, md5((n / 10)::text), 'operational', (array['sales', 'sale_items', 'payments', 'stock_movements', 'fills'])[1 + n % 5], (n / 5)::text, 'insert',
  jsonb_build_object('sale_id', n, 'branch_id', 1, 'drug_id', n % 5000, 'quantity', 1.000, 'unit', 'pack', 'price', 12.50, 'created_at', now(), 'status', 'completed', 'tax', 1.75)
from generate_series(1, $2::int) n order by n`;

/** What the triggers of a fill write: ten rows, each by a statement of its own. */
const fills = (name, table) => `
create function public.${name}(p_fills integer) returns void language plpgsql as $$
declare
  v_after jsonb := jsonb_build_object('sale_id', 1, 'branch_id', 1, 'drug_id', 77, 'quantity', 1.000, 'unit', 'pack', 'price', 12.50, 'created_at', now(), 'status', 'completed', 'tax', 1.75);
begin
  for n in 1..p_fills loop
    for k in 1..10 loop
      insert into ${table} (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
      values (md5(n::text), 3, 1, md5(n::text), 'operational', 'fills', (n * 10 + k)::text, 'insert', null, v_after);
    end loop;
  end loop;
end $$`;

async function audit({ owner: client }, findPage) {
  {
    await client.query('set statement_timeout = 0');
    await client.query(WHOLE_TRAIL);
    await client.query(TRAIL_ROWS, [months, rows]);
    await client.query(`set role meditory_owner; select operational.ensure_month_parts(); reset role`);
    await client.query(
      `insert into public.audit_whole overriding system value select * from operational.audit_logs order by audit_log_id`,
    );
    await client.query(
      `select setval('public.audit_whole_audit_log_id_seq', (select max(audit_log_id) from public.audit_whole))`,
    );
    await client.query('vacuum (analyze) public.audit_whole, operational.audit_logs');
    await client.query(fills('fill_whole', 'public.audit_whole'));
    await client.query(fills('fill_months', 'operational.audit_logs'));
    const insert = await inTurns([
      () => client.query('select public.fill_whole($1)', [WRITES]),
      () => client.query('select public.fill_months($1)', [WRITES]),
    ]);
    await client.query('vacuum (analyze) public.audit_whole, operational.audit_logs');
    const whole = findPage.replace('operational.audit_logs', 'public.audit_whole');
    const day = (n) => new Date(Date.now() - n * 30 * 86_400_000);
    const [from, to] = [day(months / 2), new Date(day(months / 2).getTime() + 86_400_000)];
    const middle = Math.floor(rows / 2);
    const none = null;
    // As the parameters of GET /audit-logs: table, key, user, action, from, to, cursor, limit, user name.
    const cases = {
      'newest page': [none, none, none, none, none, none, none, 50, none],
      'a page in the middle': [none, none, none, none, none, none, middle, 50, none],
      'a day half way back': [none, none, none, none, from, to, none, 50, none],
      'a day, one table': ['fills', none, none, none, from, to, none, 50, none],
      'a month, one user': [none, none, 3, none, from, new Date(from.getTime() + 30 * 86_400_000), none, 50, none], // prettier-ignore
      'one record, of any time': ['sales', String(Math.floor(rows / 10)), none, none, none, none, none, 50, none], // prettier-ignore
      'one record, in a month': ['sales', String(Math.floor(rows / 10)), none, none, from, new Date(from.getTime() + 30 * 86_400_000), none, 50, none], // prettier-ignore
      'one user': [none, none, 3, none, none, none, none, 50, none],
      'refused, of which there is none': [none, none, none, 'refused', none, none, none, 50, none],
    };
    const queries = {};
    for (const [name, values] of Object.entries(cases)) {
      const many = (text, label) => async () => {
        for (let n = 0; n < 20; n++) await client.query({ name: label, text, values });
      };
      queries[name] = await inTurns([many(whole, 'whole'), many(findPage, 'months')]);
      for (const at of ['whole', 'inMonths']) queries[name][at] = rounded(queries[name][at] / 20);
    }
    const plans = {};
    for (const [name, values] of Object.entries(cases)) plans[name] = await planOf(client, findPage, values);
    const { rows: sizes } = await client.query(
      `select pg_total_relation_size('public.audit_whole')::float8 / 1048576 as whole, sum(pg_total_relation_size(i.inhrelid))::float8 / 1048576 as "inMonths", count(*)::int as parts
       from pg_inherits i where i.inhparent = 'operational.audit_logs'::regclass`,
    );
    return { rows, insert, queries, megabytes: sizes[0], plans };
  }
}

/** What would have to be another key if a sale were found by its number and the range it is in. */
const KEYS = `
select count(*) filter (where c.contype = 'f' and c.confrelid = 'operational.sales'::regclass)::int as "namesSales",
  count(*) filter (where c.contype = 'f' and c.confrelid = 'operational.sale_items'::regclass)::int as "namesLines",
  count(*) filter (where c.contype = 'f' and c.confrelid = 'operational.payments'::regclass)::int as "namesTenders",
  (select count(*)::int from pg_index i where i.indisunique and i.indrelid = any (array['operational.sales', 'operational.sale_items', 'operational.payments']::regclass[])
    and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'sale_id' and a.attnum = any (i.indkey))) as "uniqueWithoutSale"
from pg_constraint c`;

/** A sale with its lines and tenders, as much of it as keys and indexes are about. */
const modelOf = (schema, ranges) => `
create schema ${schema};
create table ${schema}.sales (sale_id integer generated always as identity, branch_id integer not null, shift_id integer not null, user_id integer not null, sale_date timestamptz not null,
  status text not null, total numeric(12,3) not null, tax numeric(12,3) not null, primary key (sale_id)) ${ranges === 0 ? '' : 'partition by range (sale_id)'};
${Array.from({ length: ranges }, (_, n) => `create table ${schema}.sales_${n} partition of ${schema}.sales for values from (${n === 0 ? 'minvalue' : Math.round((sales * n) / months) + 1}) to (${n === ranges - 1 ? 'maxvalue' : Math.round((sales * (n + 1)) / months) + 1});`).join('\n')}
create index on ${schema}.sales (branch_id, sale_date);
create index on ${schema}.sales (shift_id);
create table ${schema}.lines (line_id integer generated always as identity primary key, sale_id integer not null references ${schema}.sales, drug_id integer not null, quantity numeric(12,3) not null, amount numeric(12,3) not null);
create index on ${schema}.lines (sale_id);
create index on ${schema}.lines (drug_id, sale_id);
create table ${schema}.tenders (tender_id integer generated always as identity primary key, sale_id integer not null references ${schema}.sales, method text not null, amount numeric(12,3) not null);
create index on ${schema}.tenders (sale_id);
insert into ${schema}.sales (branch_id, shift_id, user_id, sale_date, status, total, tax)
select 1, n / 100, 1 + n % 9, now() - make_interval(months => ${months}) + (n::float8 / ${sales}) * (now() - (now() - make_interval(months => ${months}))), 'completed', 10 + n % 90, 1 from generate_series(1, ${sales}) n;
insert into ${schema}.lines (sale_id, drug_id, quantity, amount) select 1 + (n - 1) / 3, 1 + n % 5000, 1, 5 from generate_series(1, ${sales * 3}) n;
insert into ${schema}.tenders (sale_id, method, amount) select n, 'cash', 10 from generate_series(1, ${sales}) n;
create function ${schema}.sell(p_sales integer) returns void language plpgsql as $$
declare
  v_sale integer;
begin
  for n in 1..p_sales loop
    insert into ${schema}.sales (branch_id, shift_id, user_id, sale_date, status, total, tax) values (1, 9999, 3, clock_timestamp(), 'completed', 25, 1) returning sale_id into v_sale;
    for k in 1..3 loop
      insert into ${schema}.lines (sale_id, drug_id, quantity, amount) values (v_sale, 1 + (n * k) % 5000, 1, 8);
    end loop;
    insert into ${schema}.tenders (sale_id, method, amount) values (v_sale, 'cash', 25);
    set constraints all immediate;
  end loop;
end $$;`;

async function keysOfSales({ owner: client }) {
  {
    await client.query('set statement_timeout = 0');
    const { rows: keys } = await client.query(KEYS);
    await client.query(modelOf('whole', 0));
    await client.query(modelOf('ranges', months));
    await client.query('vacuum (analyze)');
    const sell = (schema) => () => client.query(`select ${schema}.sell($1)`, [WRITES]);
    const checkout = await inTurns([sell('whole'), sell('ranges')]);
    const month = `date_trunc('month', now() - make_interval(months => ${Math.floor(months / 2)}))`;
    const time = `s.sale_date >= ${month} and s.sale_date < ${month} + interval '1 month'`;
    const queries = {};
    const ask = async (name, text, ranged = text) => {
      const many = (statement) => async () => {
        for (let n = 0; n < 5; n++) await client.query(statement);
      };
      queries[name] = await inTurns([
        many(text.replaceAll('$', 'whole')),
        many(ranged.replaceAll('$', 'ranges')),
      ]);
      for (const at of ['whole', 'inMonths']) queries[name][at] = rounded(queries[name][at] / 5);
    };
    const sums = 'select s.user_id, count(*), sum(s.total) from $.sales s';
    const lines = 'select l.drug_id, sum(l.amount) from $.sales s join $.lines l on l.sale_id = s.sale_id';
    // The numbers a month has, as somebody who asks would have to know them.
    const { rows: known } = await client.query(`select min(sale_id) as low, max(sale_id) as high from (select sale_id, sale_date from whole.sales offset 0) s where ${time}`); // prettier-ignore
    const numbers = `s.sale_id between ${known[0].low} and ${known[0].high}`;
    await ask('sums of a month, by time', `${sums} where s.branch_id = 1 and ${time} group by 1`);
    await ask(
      'sums of a month, by number',
      `${sums} where s.branch_id = 1 and ${time} group by 1`,
      `${sums} where s.branch_id = 1 and ${numbers} group by 1`,
    );
    await ask('products of a month, by time', `${lines} where s.branch_id = 1 and ${time} group by 1`);
    await ask('one sale', `select * from $.sales s where s.sale_id = ${Math.floor(sales / 2)}`);
    return { sales, keys: keys[0], checkout, queries };
  }
}

await inInstallation(PORT, async (installation) => {
  const dist = async (...path) => import(pathToFileURL(join(root, 'dist', 'operational', ...path)).href);
  const { FIND_PAGE } = await dist('audit-log', 'audit-log.sql.js');
  const result = {
    ...(is('audit') ? { audit: await audit(installation, FIND_PAGE) } : {}),
    ...(is('sales') ? { sales: await keysOfSales(installation) } : {}),
  };
  const figures = result;
  if (options.plans !== undefined && result.audit)
    writeFileSync(options.plans, `${Object.entries(result.audit.plans).map(([name, plan]) => `-- ${name}\n${plan}`).join('\n\n')}\n`); // prettier-ignore
  if (options.json) console.log(JSON.stringify(figures));
  else {
    console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}; medians of ${rounds} rounds in turns, ms`); // prettier-ignore
    const line = (name, { whole, inMonths, ratio }) =>
      console.log(`${name.padEnd(34)} whole ${String(whole).padStart(10)}   in months ${String(inMonths).padStart(10)}   ratio ${ratio}`); // prettier-ignore
    if (figures.audit) {
      line(`${WRITES} fills of 10 rows of the trail`, figures.audit.insert);
      for (const [name, figure] of Object.entries(figures.audit.queries)) line(name, figure);
      const { whole, inMonths, parts } = figures.audit.megabytes;
      console.log(`${figures.audit.rows} rows: ${whole.toFixed(0)} MB whole, ${inMonths.toFixed(0)} MB in ${parts} parts`); // prettier-ignore
    }
    if (figures.sales) {
      const { keys } = figures.sales;
      console.log(`keys that name a sale ${keys.namesSales}, a line ${keys.namesLines}, a tender ${keys.namesTenders}; unique without the number of the sale: ${keys.uniqueWithoutSale}`); // prettier-ignore
      line(`${WRITES} sales of three lines`, figures.sales.checkout);
      for (const [name, figure] of Object.entries(figures.sales.queries)) line(name, figure);
    }
  }
});
