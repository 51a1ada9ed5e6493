// The ledger of a branch after years of work: each product has a new lot every two months, which is sold to nearly nothing; one product in a
// hundred is busy. Past every trigger, in the state they would have left: numbers rise with time, balances run through, a lot holds the sum
// of its movements. Sales and fills themselves are not made: movements name lines there are none of.

import { monthParts } from './month-parts.mjs';

/** Months the ledger reaches back, and how long a lot lasts. */
const MONTHS = 30;
const LOT_MONTHS = 2;
/** Of so many products one is busy, and sells as much as so many others. */
const BUSY_EVERY = 100;
const BUSY_AS = 20;
/** One movement in so many was written down a month after it counted. */
const LATE_EVERY = 200;
/** Units a lot is left with. */
const LEFT = 5;

/** Moments a ledger that ends at `until` is cut at: where it begins, and where each month of UTC does. */
function cuts(until) {
  const at = (month) => new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth() + month, 1));
  const months = Array.from({ length: MONTHS }, (_, n) => at(n - MONTHS + 1));
  return [...months, until];
}

/** Statements that fill a branch with about so many movements, in order: [text, values]. The first product made is busy. */
export function ledger({ branchId, userId, movements, products, until = new Date(Date.now() - 60_000) }) {
  const times = cuts(until);
  const lots = MONTHS / LOT_MONTHS;
  const perLot = Math.max(1, Math.round(movements / (products * lots * (1 + (BUSY_AS - 1) / BUSY_EVERY))));
  const months = times.slice(0, -1).flatMap((from, n) => [
    [
      // A month at a time, in the order of time: what is written later has the greater number.
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason, goods_receipt_item_id,
         sale_item_id, fill_id, effective_at, recorded_at, user_id, tx_id)
       select $1::int, b.lot_id, b.drug_id, x.what, case when j = 0 then b.n + ${LEFT} else -1 end, b.n + ${LEFT} - j, 1.25,
         case x.what when 'adjustment' then 'broken' end, case x.what when 'receipt' then b.lot_id end, case x.what when 'sale' then b.first + j end,
         case x.what when 'dispense' then b.first + j end,
         case when j > 0 and (b.first + j) % ${LATE_EVERY} = 0 then greatest(b.starts, x.at - interval '31 days') else x.at end, x.at, $2::int, gen_random_uuid()::text
       from bench_lots b cross join generate_series(0, b.n) j
       cross join lateral (select b.starts + (b.ends - b.starts) * (j::float8 / (b.n + 1)) as at,
         case when j = 0 then 'receipt' when (b.first + j) % 100 < 70 then 'sale' when (b.first + j) % 100 < 97 then 'dispense' else 'adjustment' end as what) x
       where b.starts < $4::timestamptz and b.ends > $3::timestamptz and x.at >= $3::timestamptz and x.at < $4::timestamptz
       order by x.at`,
      [branchId, userId, from, times[n + 1]],
    ],
  ]);
  return [
    ['set session_replication_role = replica', []],
    ["set statement_timeout = 0; set synchronous_commit = off; set work_mem = '128MB'", []],
    ...monthParts(times.slice(0, -1).map((from) => from.toISOString().slice(0, 10))),
    [
      `create temporary table bench_drugs as
       select row_number() over (order by d.drug_id) - 1 as n, d.drug_id from reference.drugs d where d.source_id like 'bench-%' order by d.drug_id limit $1::int`,
      [products],
    ],
    [
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, unit_cost, received_at)
       select $1::int, d.drug_id, 'LEDGER' || k, current_date + 30 + (k * 37) % 700, ${LEFT}, 1.25,
         $2::timestamptz + ($3::timestamptz - $2::timestamptz) * ((k + 0.5 * (d.n % 97) / 97) / ${lots})
       from bench_drugs d, generate_series(0, ${lots - 1}) k`,
      [branchId, times[0], until],
    ],
    [
      `create temporary table bench_lots as
       select l.lot_id, l.drug_id, l.received_at as starts, least(l.received_at + ($1::timestamptz - $2::timestamptz) / ${lots}, $1::timestamptz) as ends, x.n,
         sum(x.n + 1) over (order by l.lot_id) as first
       from operational.inventory_lots l join bench_drugs d using (drug_id)
       cross join lateral (select case when d.n % ${BUSY_EVERY} = 0 then ${perLot * BUSY_AS} else ${perLot} end as n) x
       where l.lot_number like 'LEDGER%'`,
      [until, times[0]],
    ],
    ['analyze bench_lots', []],
    ...months,
    ['drop table bench_lots, bench_drugs', []],
    ['set session_replication_role = origin', []],
    ['vacuum (analyze) operational.stock_movements, operational.inventory_lots', []],
  ];
}
