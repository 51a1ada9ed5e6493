// The sales of a branch over three years: three lines each on average, one in ten with a discount, one in fifty taken back, one line in twenty a fill.
// Past every trigger, in the state they would have left: headers are the sums of their lines, tenders what was to be paid, each line has its
// movement, balances run through, a lot of a product is made for each month and holds what is left of it.

import { monthParts } from './month-parts.mjs';

/** Months sold in, and units a lot is left with. */
const MONTHS = 36;
const LEFT = 5;
const CASHIERS = 8;
const PRESCRIBERS = 300;
/** Prescriptions the fills are under. */
const PRESCRIPTIONS = 20_000;
/** Of so many sales one takes back the first line of the one before it; of so many sales the first line is a fill. */
const RETURN_EVERY = 50;
const FILL_EVERY = 7;
/** Tax of every fourth product, added to its price. */
const TAX_RATE = '0.14';
const ZONE = 'Africa/Cairo';

/** First days of the months up to today, by the calendar of the branch. */
function months(today) {
  const [year, month] = today.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, n) => new Date(Date.UTC(year, month - MONTHS + n, 1)).toISOString().slice(0, 10)); // prettier-ignore
}

const dayAfter = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Statements that make the parts of the ledger; each locks what the next must not wait for. */
export const parts = (today) => monthParts(months(today));

/** Statements that fill a branch with about so many sales of the products made before, in order: [text, values]. For one transaction. */
export function sales({ branchId, userId, sales: wanted, today }) {
  const starts = months(today);
  const ends = [...starts.slice(1), dayAfter(today)];
  const days = starts.map((start, n) => Math.round((Date.parse(ends[n]) - Date.parse(start)) / 86_400_000));
  const all = days.reduce((sum, one) => sum + one, 0);
  let first = 1;
  const batches = starts.flatMap((start, n) => {
    const count = Math.max(1, Math.round((wanted * days[n]) / all));
    const from = first;
    first += count;
    return month({ branchId, userId, start, days: days[n], from, count });
  });
  return [
    ["set local session_replication_role = replica; set local statement_timeout = 0; set local work_mem = '128MB'", []],
    ['create temporary table bench_drugs on commit drop as select row_number() over (order by d.drug_id) - 1 as n, d.drug_id from reference.drugs d where d.source_id like \'bench-%\'', []],
    ['analyze bench_drugs', []],
    ['update reference.drugs d set category_id = c.ids[1 + d.drug_id % cardinality(c.ids)] from (select array_agg(category_id) as ids from reference.therapeutic_categories) c where d.source_id like \'bench-%\' and cardinality(c.ids) > 0', []],
    [
      `with made as (insert into operational.tax_classes (code, name, prices_include_tax) values ('BENCH', 'Bench tax', false) returning tax_class_id)
       insert into operational.tax_rates (tax_class_id, valid_from, rate, set_by) select tax_class_id, '2000-01-01', ${TAX_RATE}, $1::int from made`,
      [userId],
    ],
    [
      `insert into operational.users (username, full_name, password_hash) select 'bench.' || n, 'Bench cashier ' || n, 'x' from generate_series(1, ${CASHIERS}) n`,
      [],
    ],
    [
      `insert into operational.till_shifts (branch_id, user_id, status, opening_float, opened_at, closed_at, closed_by)
       select $1::int, u.user_id, 'closed', 0, now(), now(), $2::int from operational.users u where u.username like 'bench.%'`,
      [branchId, userId],
    ],
    [
      `create temporary table bench_tills on commit drop as
       select row_number() over (order by s.shift_id) - 1 as n, s.shift_id, s.user_id from operational.till_shifts s join operational.users u on u.user_id = s.user_id where u.username like 'bench.%'`,
      [],
    ],
    [
      `insert into operational.prescribers (prescriber_id, first_name, last_name, name_folded, licence_number)
       select 10000000 + n, 'Bench', 'Prescriber ' || n, 'bench prescriber ' || n, 'BENCH-' || n from generate_series(1, ${PRESCRIBERS}) n`,
      [],
    ],
    [
      `insert into operational.prescriptions (prescription_id, branch_id, rx_number, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on, status, created_by)
       select 10000000 + n, $1::int, 'BENCH' || n, p.id, d.id, 10000001 + n % ${PRESCRIBERS}, 1, 10, 'as directed', current_date - 1100, current_date, 'completed', $2::int
       from generate_series(0, ${PRESCRIPTIONS - 1}) n, (select min(patient_id) as id from operational.patients) p, (select min(drug_id) as id from bench_drugs) d`,
      [branchId, userId],
    ],
    ...batches,
    [
      `select setval(pg_get_serial_sequence('operational.sales', 'sale_id'), max(sale_id)) from operational.sales`,
      [],
    ],
    [
      `select setval(pg_get_serial_sequence('operational.sale_items', 'sale_item_id'), max(sale_item_id)) from operational.sale_items`,
      [],
    ],
    [`select setval(pg_get_serial_sequence('operational.fills', 'fill_id'), max(fill_id)) from operational.fills`, []],
  ]; // prettier-ignore
}

/** The sales numbered `from` on, spread over the days of a month, from eight in the morning to ten at night. */
function month({ branchId, userId, start, days, from, count }) {
  const lot = `BENCH${start}`;
  return [
    ['drop table if exists bench_sales, bench_lines', []],
    [
      `create temporary table bench_sales on commit drop as
       select g::int as sale_id, x.day, (x.day + interval '8 hours' + x.part * interval '14 hours') at time zone '${ZONE}' as at, g % ${RETURN_EVERY} = 0 and g > $2::int as is_return,
         t.user_id, t.shift_id
       from generate_series($2::int, $2::int + $3::int - 1) g
       cross join lateral (select (g - $2::int) * $4::float8 / $3::int as days) y
       cross join lateral (select $1::date + floor(y.days)::int as day, y.days - floor(y.days) as part) x
       join bench_tills t on t.n = g % ${CASHIERS}
       where (x.day + interval '8 hours' + x.part * interval '14 hours') at time zone '${ZONE}' < now()`,
      [start, from, count, days],
    ],
    [
      // A return takes the numbers of the line it takes back, turned round.
      `create temporary table bench_lines on commit drop as
       select row_number() over (order by s.sale_id, k)::int + $1::int as sale_item_id, s.sale_id, s.day, s.at, s.is_return, s.user_id, k::int as line_no, o.of as of_sale, d.drug_id,
         1 + (o.of + k) % 3 as units, round((1 + (o.of + k) % 3) * (5.50 + d.n % 95), 2) as amount,
         case when o.of % 10 = 0 then round((1 + (o.of + k) % 3) * (5.50 + d.n % 95) * 0.05, 2) else 0 end as discount, case when d.n % 4 = 0 then ${TAX_RATE} else 0 end as rate,
         o.of % ${FILL_EVERY} = 0 and k = 1 as is_fill, 4.123456 + d.n % 80 as cost
       from bench_sales s
       cross join lateral (select case when s.is_return then s.sale_id - 1 else s.sale_id end as of) o
       cross join lateral generate_series(1, case when s.is_return then 1 else 1 + s.sale_id % 5 end) k
       join bench_drugs d on d.n = floor((select count(*) from bench_drugs) * power(((o.of::bigint * 7919 + k * 104729) % 10007) / 10007.0, 2))::int`,
      [(from - 1) * 5],
    ],
    ['analyze bench_lines', []],
    [
      `insert into operational.fills (fill_id, branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply, status, unit_price, price, filled_by, filled_at, verified_by,
         verified_at, dispensed_by, dispensed_at, dispensed_on, screening)
       select l.sale_item_id + 10000000, $1::int, 10000000 + l.sale_id % ${PRESCRIPTIONS}, (l.sale_id / ${PRESCRIPTIONS}) % 30000, 1 + l.sale_id / ${PRESCRIPTIONS} / 30000, l.drug_id, l.units, 10, 'dispensed',
         round(l.amount / l.units, 6), l.amount, l.user_id, l.at, l.user_id, l.at, l.user_id, l.at, l.day, '{}'
       from bench_lines l where l.is_fill and not l.is_return`,
      [branchId],
    ],
    [
      `insert into operational.sales (sale_id, branch_id, sale_number, sale_type, original_sale_id, shift_id, user_id, sale_date, business_date, subtotal, discount_total, tax_total, total, reason)
       select s.sale_id, $1::int, 'BENCH' || s.sale_id, case when s.is_return then 'return' else 'sale' end, case when s.is_return then s.sale_id - 1 end, s.shift_id, s.user_id, s.at, s.day,
         x.sign * x.amount, x.sign * x.discount, x.sign * x.tax, x.sign * (x.amount - x.discount + x.tax), case when s.is_return then (array['Unopened', 'Wrong strength', 'Recalled'])[1 + s.sale_id % 3] end
       from bench_sales s
       join (select l.sale_id, case when l.is_return then -1 else 1 end as sign, sum(l.amount) as amount, sum(l.discount) as discount, sum(round((l.amount - l.discount) * l.rate, 2)) as tax
             from bench_lines l group by 1, 2) x using (sale_id)`,
      [branchId],
    ],
    [
      `insert into operational.sale_items (sale_item_id, branch_id, sale_id, line_no, drug_id, fill_id, original_sale_item_id, description, quantity, unit, unit_quantity, pack_price, amount, discount,
         tax_rate, tax, tax_class_id, line_total, disposition)
       select l.sale_item_id, $1::int, l.sale_id, l.line_no, l.drug_id, case when l.is_fill and not l.is_return then l.sale_item_id + 10000000 end, o.sale_item_id, 'Bench product', x.sign * l.units, 'unit',
         x.sign * l.units, l.amount, x.sign * l.amount, x.sign * l.discount, l.rate, x.sign * x.tax, case when l.rate > 0 then t.tax_class_id end, x.sign * (l.amount - l.discount + x.tax), case when l.is_return then 'restock' end
       from bench_lines l
       join operational.tax_classes t on t.code = 'BENCH'
       left join bench_lines o on l.is_return and o.sale_id = l.of_sale and o.line_no = 1
       cross join lateral (select case when l.is_return then -1 else 1 end as sign, round((l.amount - l.discount) * l.rate, 2) as tax) x
       order by l.sale_item_id`,
      [branchId],
    ],
    [
      `insert into operational.payments (branch_id, sale_id, shift_id, method, amount, paid_at)
       select $1::int, s.sale_id, b.shift_id, (array['cash', 'cash', 'cash', 'card', 'mobile'])[1 + s.sale_id % 5], s.total, s.sale_date
       from bench_sales b join operational.sales s using (sale_id) where s.total <> 0 order by s.sale_id`,
      [branchId],
    ],
    [
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, unit_cost, received_at)
       select $1::int, l.drug_id, $2::text, current_date + 400, ${LEFT}, min(l.cost), $3::date - interval '1 minute' from bench_lines l group by l.drug_id`,
      [branchId, lot, start],
    ],
    [
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, goods_receipt_item_id, sale_item_id, fill_id, effective_at, recorded_at, user_id, tx_id)
       select $1::int, t.lot_id, m.drug_id, m.what, m.quantity, sum(m.quantity) over (partition by m.drug_id order by m.at, m.id), t.unit_cost, case m.what when 'receipt' then 0 end,
         case when m.what in ('sale', 'return') then m.id end, case m.what when 'dispense' then m.id + 10000000 end, m.at, m.at, $2::int, 'bench'
       from (
         select l.drug_id, 'receipt' as what, ${LEFT} + sum(case when l.is_return then - l.units else l.units end) as quantity, $3::timestamp at time zone '${ZONE}' + interval '3 hours' as at, 0 as id from bench_lines l group by 1
         union all
         select l.drug_id, case when l.is_return then 'return' when l.is_fill then 'dispense' else 'sale' end, case when l.is_return then l.units else - l.units end, l.at, l.sale_item_id from bench_lines l) m
       join operational.inventory_lots t on t.drug_id = m.drug_id and t.branch_id = $1::int and t.lot_number = $4::text
       order by m.at, m.id`,
      [branchId, userId, start, lot],
    ],
  ];
}
