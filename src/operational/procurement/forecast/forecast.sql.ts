/**
 * What the ledger says of the demand for every product of a branch, a row a product: base units used and noted as lost by weeks ago (0 ended
 * yesterday), the mean size of a sale, days ago it was first seen, and days without stock as [from, to] days ago. $2: time zone of the branch,
 * $3: its day of today, $4: days looked back. A day without stock is one that began and ended so. The window of the ledger is read once, by
 * stock_movements_effective_brin; what left today has left the stock already and is no week yet.
 */
export const HISTORIES = `
with /* forecast.histories */ daily as (
  select m.drug_id, (m.effective_at at time zone $2::text)::date as day, sum(m.quantity) as net,
    - coalesce(sum(m.quantity) filter (where m.movement_type in ('dispense', 'sale', 'return') or (m.movement_type = 'reversal' and m.fill_id is not null)), 0) as used,
    - coalesce(sum(m.quantity) filter (where m.movement_type in ('dispense', 'sale')), 0) as sold,
    count(*) filter (where m.movement_type in ('dispense', 'sale')) as sales
  from operational.stock_movements m
  where m.branch_id = $1 and m.effective_at >= (($3::date - $4::integer)::timestamp at time zone $2::text)
  group by 1, 2
), stock as (
  select l.drug_id, sum(l.quantity) as quantity from operational.inventory_lots l where l.branch_id = $1 and l.quantity > 0 group by 1
), told as (
  select d.drug_id, d.day, coalesce(s.quantity, 0) - sum(d.net) over (partition by d.drug_id) as opening, sum(d.net) over w as running,
    lead(d.day, 1, $3::date) over w as next_day
  from daily d left join stock s using (drug_id) window w as (partition by d.drug_id order by d.day)
), seen as (
  select t.drug_id, $3::date - case when t.opening > 0 then $3::date - $4::integer else min(t.day) end as first_day,
    coalesce(json_agg(json_build_array($3::date - t.day - 1, $3::date - t.next_day + 1) order by t.day)
      filter (where t.opening + t.running <= 0 and t.next_day > t.day + 1), '[]') as empty
  from told t group by t.drug_id, t.opening
), weeks as (
  select w.drug_id, array_agg(w.week order by w.week) as at, array_agg(w.used order by w.week) as used from (
    select d.drug_id, (($3::date - d.day - 1) / 7)::integer as week, sum(d.used)::float8 as used from daily d where d.day < $3::date and d.used <> 0 group by 1, 2) w
  group by w.drug_id
), sizes as (
  select d.drug_id, (sum(d.sold) / nullif(sum(d.sales), 0))::float8 as size from daily d group by 1
), lost as (
  select x.drug_id, array_agg(x.week order by x.week) as at, array_agg(x.quantity order by x.week) as quantity from (
    select n.drug_id, (($3::date - (n.recorded_at at time zone $2::text)::date - 1) / 7)::integer as week, sum(n.quantity)::float8 as quantity
    from operational.lost_sales n
    where n.branch_id = $1 and n.recorded_at >= (($3::date - $4::integer)::timestamp at time zone $2::text) and n.recorded_at < ($3::date::timestamp at time zone $2::text)
    group by 1, 2) x
  group by x.drug_id
)
select d.drug_id as "drugId", coalesce(left(d.atc_code, 4), 'category ' || d.category_id) as "group", d.units_per_pack::float8 as "packUnits",
  s.size, coalesce(e.first_day, 0)::integer as "firstDay", coalesce(e.empty, '[]') as empty,
  coalesce(w.at, '{}') as "usedAt", coalesce(w.used, '{}') as used, coalesce(l.at, '{}') as "lostAt", coalesce(l.quantity, '{}') as lost
from weeks w full join lost l using (drug_id) join reference.drugs d using (drug_id)
left join seen e using (drug_id) left join sizes s using (drug_id)
order by d.drug_id`;

/** How many sales each weekday had in the days $4 looked back; 0 is the weekday of today. */
export const WEEKDAY_SALES = `
select /* forecast.weekdaySales */ (((m.effective_at at time zone $2::text)::date - $3::date) % 7 + 7) % 7 as day, count(*)::integer as sales
from operational.stock_movements m
where m.branch_id = $1 and m.movement_type in ('dispense', 'sale')
  and m.effective_at >= (($3::date - $4::integer)::timestamp at time zone $2::text) and m.effective_at < ($3::date::timestamp at time zone $2::text)
group by 1`;

export const BRANCH_DAYS = `
select /* forecast.branchDays */ b.branch_id as "branchId", b.time_zone as "timeZone", (now() at time zone b.time_zone)::date::text as today
from operational.branches b order by b.branch_id`;

/** Whether a branch had at least $4 movements in the closed months of the last $3 days and has no histories of its day $2. */
export const IS_DUE = `
select /* forecast.isDue */ (select coalesce(sum(t.movements), 0) from operational.stock_month_totals t
    where t.branch_id = $1 and t.recorded_month >= $2::date - $3::integer) >= $4::bigint
  and not exists (select from operational.demand_histories h where h.branch_id = $1 and h.day = $2::date) as "isDue"`;

/** False: another server is at the histories of this branch. The first number names this kind of lock. */
export const QUEUE_FOR_HISTORIES =
  'select /* forecast.queueForHistories */ pg_try_advisory_xact_lock(7302, $1) as "isMine"';

export const DROP_HISTORIES =
  'delete /* forecast.dropHistories */ from operational.demand_histories where branch_id = $1';

/** Keeps what HISTORIES says today. */
export const KEEP_HISTORIES = `
insert /* forecast.keepHistories */ into operational.demand_histories (branch_id, day, drug_id, season_group, pack_units, sale_size, first_day, empty_days, used_weeks, used, lost_weeks, lost)
select $1, $3::date, h."drugId", h."group", h."packUnits", h.size, h."firstDay", h.empty::jsonb, h."usedAt", h.used, h."lostAt", h.lost from (${HISTORIES}) h`;

/** The same as HISTORIES, where it was kept today; $2: the branch's day of today. */
export const KEPT_HISTORIES = `
select /* forecast.keptHistories */ h.drug_id as "drugId", h.season_group as "group", h.pack_units as "packUnits", h.sale_size as size, h.first_day as "firstDay",
  h.empty_days as empty, h.used_weeks as "usedAt", h.used, h.lost_weeks as "lostAt", h.lost
from operational.demand_histories h where h.branch_id = $1 and h.day = $2::date
order by h.drug_id`;
