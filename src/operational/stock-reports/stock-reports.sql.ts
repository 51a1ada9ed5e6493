/** A lot is worth its quantity at cost, to the hundredth; sums are of these, so that rows, pages and totals agree in every report. */
const VALUE = `round(l.quantity * l.unit_cost, 2)`;

/** Since when the ledger is not summed by month: one value for the whole statement, so that sums and rows are of one moment. */
const CLOSED_UNTIL = `(select operational.movements_closed_until())`;

/** What moved after $2 by what was written then: the rest of its own month, the sums of the months after it, and what is not summed yet. */
const RECORDED_LATER = `
    select m.lot_id, m.quantity from operational.stock_movements m
    where m.branch_id = $1 and ($3::integer is null or m.drug_id = $3) and m.recorded_at > $2 and m.recorded_at >= ${CLOSED_UNTIL}
    union all
    select t.lot_id, t.quantity from operational.stock_month_totals t
    where t.branch_id = $1 and ($3::integer is null or t.drug_id = $3) and t.recorded_month > operational.movement_month($2)
    union all
    select m.lot_id, m.quantity from operational.stock_movements m
    where m.branch_id = $1 and ($3::integer is null or m.drug_id = $3) and m.recorded_at > $2
      and m.recorded_at < operational.movement_month_start((operational.movement_month($2) + interval '1 month')::date) and m.recorded_at < ${CLOSED_UNTIL}`;

/**
 * The same by what counted then. What counts in the month of $2 was nearly all written in it; what was written in another month is found
 * by an index of such rows, in the months the sums name ("offset 0" keeps it so: as a join all months would be read).
 */
const EFFECTIVE_LATER = `
    select m.lot_id, m.quantity from operational.stock_movements m
    where m.branch_id = $1 and ($3::integer is null or m.drug_id = $3) and m.effective_at > $2 and m.recorded_at >= ${CLOSED_UNTIL}
    union all
    select t.lot_id, t.quantity from operational.stock_month_totals t
    where t.branch_id = $1 and ($3::integer is null or t.drug_id = $3) and t.effective_month > operational.movement_month($2)
    union all
    select m.lot_id, m.quantity from operational.stock_movements m
    where m.branch_id = $1 and ($3::integer is null or m.drug_id = $3)
      and m.recorded_at >= operational.movement_month_start(operational.movement_month($2))
      and m.recorded_at < operational.movement_month_start((operational.movement_month($2) + interval '1 month')::date) and m.recorded_at < ${CLOSED_UNTIL}
      and m.effective_at > $2 and m.effective_at < operational.movement_month_start((operational.movement_month($2) + interval '1 month')::date)
    union all
    select m.lot_id, m.quantity from (
      select distinct t.recorded_month as month from operational.stock_month_totals t
      where t.branch_id = $1 and t.effective_month = operational.movement_month($2) and t.recorded_month <> t.effective_month) late
    cross join lateral (select x.lot_id, x.quantity from operational.stock_movements x
      where x.branch_id = $1 and ($3::integer is null or x.drug_id = $3) and x.recorded_at >= operational.movement_month_start(late.month)
        and x.recorded_at < operational.movement_month_start((late.month + interval '1 month')::date)
        and date_trunc('month', x.effective_at at time zone 'UTC') <> date_trunc('month', x.recorded_at at time zone 'UTC')
        and x.effective_at > $2 and x.effective_at < operational.movement_month_start((operational.movement_month($2) + interval '1 month')::date) offset 0) m`;

/**
 * What lots held at a moment: what they hold now less what moved after it. Sums of closed months and the rows of one or two months are
 * read, however long ago it was. Indexes: stock_movements_late_idx, stock_month_totals_late_idx, stock_month_totals_drug_idx, stock_movements_lot_idx.
 */
const asOf = (later: string): string => `
with /* stockReports.asOf */ changed as materialized (
  select x.lot_id, sum(x.quantity) as quantity from (
    select l.lot_id, l.quantity from operational.inventory_lots l where l.branch_id = $1 and ($3::integer is null or l.drug_id = $3)
    union all
    select x.lot_id, - x.quantity from (${later}) x) x
  group by x.lot_id having sum(x.quantity) <> 0
), held as (
  select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.unit_cost, x.quantity
  from changed x join operational.inventory_lots l using (lot_id)
  where l.branch_id = $1 and ($3::integer is null or l.drug_id = $3)
)
select l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", l.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_cost)::text as "unitCost", ${VALUE}::text as value,
  count(*) over ()::integer as "rowTotal", sum(${VALUE}) over ()::text as "totalValue"
from held l join reference.drugs d using (drug_id)
order by d.name, l.drug_id, l.expiry_date nulls last, l.lot_id
limit $4 offset $5`;

export const AS_OF = { effective: asOf(EFFECTIVE_LATER), recorded: asOf(RECORDED_LATER) } as const;

/** $2: by what it is summed. */
export const VALUATION = `
with /* stockReports.valuation */ lot as (
  select case $2::text when 'drug' then l.drug_id::text when 'status' then l.status when 'bin' then l.bin else d.category_id::text end as key,
    case $2 when 'drug' then d.name when 'status' then l.status when 'bin' then l.bin else c.name end as name, l.quantity, ${VALUE} as value,
    case when l.status = 'available' and not operational.is_expired(l.expiry_date, now(), b.time_zone) then ${VALUE} else 0.00 end as available
  from operational.inventory_lots l join operational.branches b on b.branch_id = l.branch_id join reference.drugs d on d.drug_id = l.drug_id
  left join reference.therapeutic_categories c on c.category_id = d.category_id
  where l.branch_id = $1 and l.quantity > 0
)
select l.key, min(l.name) as name, count(*)::integer as lots, case when $2 = 'drug' then trim_scale(sum(l.quantity))::text end as quantity,
  sum(l.value)::text as value, sum(l.available)::text as "availableValue", count(*) over ()::integer as "rowTotal",
  sum(sum(l.value)) over ()::text as "totalValue", sum(sum(l.available)) over ()::text as "totalAvailableValue"
from lot l group by l.key
order by sum(l.value) desc, l.key nulls last
limit $3 offset $4`;

export const IN_TRANSIT_VALUE = `
select /* stockReports.inTransitValue */ coalesce(sum(round(t.quantity * t.unit_cost, 2)), 0)::numeric(18, 2)::text as value
from operational.stock_in_transit t where t.from_branch_id = $1`;

/**
 * Lots with stock of every product that has a lot expiring within 90 days or expired, in the order they are used in, with what was used of the
 * product in 90 days. Index: inventory_lots_fefo_idx, stock_movements_recorded_brin.
 */
export const EXPIRING = `
with /* stockReports.expiring */ here as (
  select b.branch_id, (now() at time zone b.time_zone)::date as today from operational.branches b where b.branch_id = $1
), near as (
  select distinct l.drug_id from operational.inventory_lots l join here h using (branch_id) where l.quantity > 0 and l.expiry_date <= h.today + 90
), used as (
  select m.drug_id, - sum(m.quantity) as quantity from operational.stock_movements m
  where m.branch_id = $1 and m.recorded_at >= now() - interval '90 days' and m.movement_type in ('dispense', 'sale', 'return', 'reversal')
    and m.drug_id in (select n.drug_id from near n)
  group by m.drug_id
)
select l.lot_id as "lotId", l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  l.expiry_date - h.today as "daysToExpiry",
  case when l.expiry_date < h.today then 'expired' when l.expiry_date <= h.today + 30 then '30' when l.expiry_date <= h.today + 60 then '60' when l.expiry_date <= h.today + 90 then '90' end as band,
  l.status, l.bin, s.name as "supplierName", trim_scale(l.quantity)::text as quantity, ${VALUE}::text as value,
  trim_scale(greatest(coalesce(u.quantity, 0), 0))::text as used90
from near n join operational.inventory_lots l on l.drug_id = n.drug_id join here h using (branch_id)
join reference.drugs d on d.drug_id = l.drug_id left join used u on u.drug_id = l.drug_id left join operational.suppliers s on s.supplier_id = l.supplier_id
where l.quantity > 0
order by d.name, l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
limit $2`;

/**
 * Products in stock of which nothing left to a patient or a batch for $2 days, and that have been there as long; those worth most first.
 * Index: stock_movements_effective_brin, stock_movements_drug_idx.
 */
export const DEAD_STOCK = `
with /* stockReports.deadStock */ moved as (
  select distinct m.drug_id from operational.stock_movements m
  where m.branch_id = $1 and m.effective_at >= now() - make_interval(days => $2::integer) and m.movement_type in ('dispense', 'sale', 'compounding_out')
), held as (
  select l.drug_id, count(*)::integer as lots, sum(l.quantity) as quantity, sum(${VALUE}) as value, min(l.received_at) as since, min(l.expiry_date) as expiry
  from operational.inventory_lots l
  where l.branch_id = $1 and l.quantity > 0 and not exists (select from moved v where v.drug_id = l.drug_id)
  group by l.drug_id having min(l.received_at) < now() - make_interval(days => $2::integer)
), paged as (
  select h.*, count(*) over ()::integer as "rowTotal", sum(h.value) over ()::text as "totalValue" from held h order by h.value desc, h.drug_id limit $3 offset $4
)
select p.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.base_unit as "baseUnit", p.lots, trim_scale(p.quantity)::text as quantity, p.value::text as value,
  (p.since at time zone b.time_zone)::date as "inStockSince", p.expiry as "firstExpiry", (o.at at time zone b.time_zone)::date as "lastOutOn",
  (now() at time zone b.time_zone)::date - (coalesce(o.at, p.since) at time zone b.time_zone)::date as days, p."rowTotal", p."totalValue"
from paged p join reference.drugs d using (drug_id) join operational.branches b on b.branch_id = $1
left join lateral (select max(m.effective_at) as at from operational.stock_movements m
  where m.branch_id = $1 and m.drug_id = p.drug_id and m.movement_type in ('dispense', 'sale', 'compounding_out')) o on true
order by p.value desc, p.drug_id`;

/** Lots that expired before a moment by the calendar of their branch become so; those somebody holds are taken at the next look. Index: inventory_lots_expiring_idx. */
export const MARK_EXPIRED = `
with /* stockReports.markExpired */ due as (
  select l.lot_id from operational.inventory_lots l join operational.branches b using (branch_id)
  where l.status = 'available' and operational.is_expired(l.expiry_date, coalesce($1::timestamptz, now()), b.time_zone)
  order by l.drug_id, l.expiry_date, l.received_at, l.lot_id limit $2 for update of l skip locked
)
update operational.inventory_lots l set status = 'expired', status_reason = 'expired after ' || l.expiry_date, version = l.version + 1
from due where l.lot_id = due.lot_id`;

export const BRANCH_IDS = `select /* stockReports.branchIds */ b.branch_id as "branchId" from operational.branches b order by b.branch_id`;

/**
 * What came, left to patients and else moved in a month, and what stock was worth at its end, newest first; $2: of one product, with its
 * base units. As it was when the report was made, exact sums rounded once. Index: stock_month_figures_key.
 */
export const MONTHS = `
with /* stockReports.months */ by_month as (
  select f.month, sum(f.quantity) as quantity, sum(f.received) as received, sum(f.to_patients) as to_patients, sum(f.value) as value,
    sum(f.received_value) as received_value, sum(f.to_patients_value) as to_patients_value
  from operational.stock_months f where f.branch_id = $1 and ($2::integer is null or f.drug_id = $2) group by f.month
), running as (
  select b.*, sum(b.quantity) over w as closing, sum(b.value) over w as closing_value from by_month b window w as (order by b.month)
)
select to_char(r.month, 'YYYY-MM') as month, case when $2 is not null then trim_scale(r.received)::text end as received,
  case when $2 is not null then trim_scale(r.to_patients)::text end as "toPatients", case when $2 is not null then trim_scale(r.closing)::text end as closing,
  round(r.received_value, 2)::text as "receivedValue", round(r.to_patients_value, 2)::text as "toPatientsValue",
  round(r.value - r.received_value + r.to_patients_value, 2)::text as "otherValue", round(r.closing_value, 2)::text as "closingValue",
  count(*) over ()::integer as "rowTotal"
from running r order by r.month desc limit $3 offset $4`;

export const REFRESHED_AT = `
select /* stockReports.refreshedAt */ r.refreshed_at as "refreshedAt" from operational.stock_report_refreshes r where r.report = 'stock_months'`;
