/** A difference over the limit that was counted once, or what somebody asked for, is counted again. */
const MUST_RECOUNT = `
(not l.is_left and (l.recount_asked or (l.entries = 1 and operational.needs_recount(e.counted, e.expected, o.unit_cost, c.recount_share, c.recount_value))))`;

const COUNT_COLUMNS = `
  c.count_id as "countId", c.scope, c.bin, c.abc_class as "abcClass", c.status, trim_scale(c.recount_share)::text as "recountShare",
  trim_scale(c.recount_value)::text as "recountValue", c.note, su.full_name as "startedBy", c.started_at as "startedAt", hu.full_name as "submittedBy",
  c.submitted_at as "submittedAt", cu.full_name as "closedBy", c.closed_at as "closedAt", c.close_note as "closeNote",
  n.lines, n.counted, n."left", n."toRecount", n.found,
  case when $2 and c.status in ('submitted', 'approved') then n.differing end as differing,
  case when $2 and c.status in ('submitted', 'approved') then n.value::text end as "differenceValue"`;

const COUNT_TABLES = `
from operational.stock_counts c
join operational.users su on su.user_id = c.started_by
left join operational.users hu on hu.user_id = c.submitted_by
left join operational.users cu on cu.user_id = c.closed_by
left join lateral (
  select count(*)::integer as lines, count(e.entry_id)::integer as counted, count(*) filter (where l.is_left)::integer as "left",
    count(*) filter (where ${MUST_RECOUNT})::integer as "toRecount", count(*) filter (where l.is_found)::integer as found,
    count(*) filter (where not l.is_left and e.counted <> e.expected)::integer as differing,
    coalesce(round(sum((e.counted - e.expected) * o.unit_cost) filter (where not l.is_left), 2), 0) as value
  from operational.stock_count_lines l join operational.inventory_lots o on o.lot_id = l.lot_id
  left join operational.stock_count_entries e on e.entry_id = l.last_entry_id
  where l.count_id = c.count_id) n on true`;

/** Newest first; $2: what differs is told. Index: stock_counts_branch_idx. */
export const FIND_PAGE = `
select /* stockCounts.findPage */ ${COUNT_COLUMNS}, (select count(*)::integer from operational.stock_counts x where x.branch_id = $1 and ($3::text is null or x.status = $3)) as "rowTotal"
${COUNT_TABLES}
where c.branch_id = $1 and ($3::text is null or c.status = $3)
order by c.count_id desc limit $4 offset $5`;

export const FIND_ONE = `
select /* stockCounts.findOne */ ${COUNT_COLUMNS}
${COUNT_TABLES}
where c.branch_id = $1 and c.count_id = $3`;

export const LOCK = `
select /* stockCounts.lock */ c.status from operational.stock_counts c where c.branch_id = $1 and c.count_id = $2 for update`;

export const INSERT = `
insert /* stockCounts.insert */ into operational.stock_counts (branch_id, scope, bin, abc_class, note, recount_share, recount_value, started_by)
values ($1, $2, $3, $4, $5, $6, $7, $8) returning count_id as "countId"`;

/** The lots with stock at the branch, of a shelf ($3) or of products ($4); the trigger writes down where their ledger stands. */
export const INSERT_LINES = `
insert /* stockCounts.insertLines */ into operational.stock_count_lines (branch_id, count_id, lot_id, drug_id, snapshot_movement_id, snapshot_quantity)
select l.branch_id, $2, l.lot_id, l.drug_id, 0, 0
from operational.inventory_lots l
where l.branch_id = $1 and l.quantity > 0 and ($3::text is null or l.bin = $3) and ($4::integer[] is null or l.drug_id = any ($4::integer[]))
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
limit $5`;

/** Open counts that hold a lot of the same scope. Index: stock_count_lines_one_open_key. */
export const FIND_OPEN_COUNTS = `
select /* stockCounts.findOpenCounts */ distinct x.count_id as "countId"
from operational.stock_count_lines x join operational.inventory_lots l using (lot_id)
where x.is_open and l.branch_id = $1 and l.quantity > 0 and ($2::text is null or l.bin = $2) and ($3::integer[] is null or l.drug_id = any ($3::integer[]))
order by 1 limit 20`;

/**
 * The lines of a count in the order of the shelves. $3: what is expected is told; $4 state, $5 product.
 */
export const FIND_LINES = `
select /* stockCounts.findLines */ l.count_line_id as "countLineId", l.lot_id as "lotId", l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit",
  o.lot_number as "lotNumber", o.expiry_date as "expiryDate", o.status as "lotStatus", o.bin, l.is_found as "isFound", l.is_left as "isLeft", l.entries,
  trim_scale(e.counted)::text as counted, u.full_name as "countedBy", e.counted_at as "countedAt", coalesce(${MUST_RECOUNT}, false) as "mustRecount",
  case when $3 then trim_scale(e.expected)::text end as expected, case when $3 then trim_scale(e.counted - e.expected)::text end as difference,
  case when $3 then round((e.counted - e.expected) * o.unit_cost, 2)::text end as "differenceValue", m.movement_id as "movementId",
  count(*) over ()::integer as "rowTotal"
from operational.stock_count_lines l
join operational.stock_counts c on c.count_id = l.count_id
join operational.inventory_lots o on o.lot_id = l.lot_id
join reference.drugs d on d.drug_id = l.drug_id
left join operational.stock_count_entries e on e.entry_id = l.last_entry_id
left join operational.users u on u.user_id = e.counted_by
left join operational.stock_movements m on m.count_line_id = l.count_line_id
where l.branch_id = $1 and l.count_id = $2 and ($5::integer is null or l.drug_id = $5)
  and case $4::text when 'open' then e.entry_id is null and not l.is_left when 'counted' then e.entry_id is not null when 'recount' then ${MUST_RECOUNT}
    when 'found' then l.is_found when 'left' then l.is_left when 'difference' then not l.is_left and e.counted <> e.expected else true end
order by o.bin nulls last, d.name, l.drug_id, o.expiry_date nulls last, l.lot_id
limit $6 offset $7`;

/** Lots with this number, whatever their status or cost; $5: expiry is stated, as $4 or as none. */
export const FIND_NAMED_LOTS = `
select /* stockCounts.findNamedLots */ o.lot_id as "lotId", l.count_line_id as "countLineId"
from operational.inventory_lots o
left join operational.stock_count_lines l on l.lot_id = o.lot_id and l.count_id = $6
where o.branch_id = $1 and o.drug_id = $2 and o.lot_number = $3 and (not $5::boolean or o.expiry_date is not distinct from $4::date)
order by o.lot_id limit 20`;

export const FIND_LINE_OF_LOT = `
select /* stockCounts.findLineOfLot */ o.lot_id as "lotId", l.count_line_id as "countLineId"
from operational.inventory_lots o left join operational.stock_count_lines l on l.lot_id = o.lot_id and l.count_id = $3
where o.branch_id = $1 and o.lot_id = $2`;

/** What a base unit of the product cost when it came last. */
export const LAST_COST = `
select /* stockCounts.lastCost */ l.unit_cost::text as cost from operational.inventory_lots l
where l.branch_id = $1 and l.drug_id = $2 order by l.received_at desc, l.lot_id desc limit 1`;

/** Nobody knows where it comes from: it is set aside until somebody has judged it. */
export const INSERT_FOUND_LOT = `
insert /* stockCounts.insertFoundLot */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, status, status_reason)
values ($1, $2, $3, $4, $5, 'quarantined', $6) returning lot_id as "lotId"`;

export const INSERT_FOUND_LINE = `
insert /* stockCounts.insertFoundLine */ into operational.stock_count_lines (branch_id, count_id, lot_id, drug_id, snapshot_movement_id, snapshot_quantity, is_found)
select l.branch_id, $2, l.lot_id, l.drug_id, 0, 0, true from operational.inventory_lots l where l.branch_id = $1 and l.lot_id = $3
returning count_line_id as "countLineId"`;

/** In the order of all stock locks, since each entry waits for what moves its lot. */
export const INSERT_ENTRIES = `
insert /* stockCounts.insertEntries */ into operational.stock_count_entries (branch_id, count_id, count_line_id, entry_no, counted, movement_id, expected, counted_by)
select $1, $2, u.line_id, 0, u.counted, 0, 0, $5
from unnest($3::integer[], $4::numeric[]) as u (line_id, counted)
left join operational.stock_count_lines l on l.count_line_id = u.line_id and l.count_id = $2
left join operational.inventory_lots o on o.lot_id = l.lot_id
order by o.drug_id, o.expiry_date nulls last, o.received_at, o.lot_id`;

export const FIND_ENTERED = `
select /* stockCounts.findEntered */ l.count_line_id as "countLineId", l.lot_id as "lotId", e.entry_no as "entryNo", trim_scale(e.counted)::text as counted,
  ${MUST_RECOUNT} as "mustRecount"
from operational.stock_count_lines l join operational.stock_counts c on c.count_id = l.count_id join operational.inventory_lots o on o.lot_id = l.lot_id
join operational.stock_count_entries e on e.entry_id = l.last_entry_id
where l.branch_id = $1 and l.count_line_id = any ($2::integer[]) order by l.count_line_id`;

/** Asks for lines to be counted once more: those given, or all that differ by more than the limit. */
export const ASK_RECOUNT = `
update /* stockCounts.askRecount */ operational.stock_count_lines l set recount_asked = true
from operational.stock_counts c, operational.stock_count_entries e, operational.inventory_lots o
where c.count_id = l.count_id and e.entry_id = l.last_entry_id and o.lot_id = l.lot_id and l.branch_id = $1 and l.count_id = $2
  and case when $3::integer[] is null then operational.needs_recount(e.counted, e.expected, o.unit_cost, c.recount_share, c.recount_value)
    else l.count_line_id = any ($3::integer[]) end`;

export const LEAVE_UNCOUNTED = `
update /* stockCounts.leaveUncounted */ operational.stock_count_lines l set is_left = true, recount_asked = false
where l.branch_id = $1 and l.count_id = $2 and l.entries = 0 and not l.is_left`;

export const SET_STATUS = `
update /* stockCounts.setStatus */ operational.stock_counts c
set status = $2, submitted_by = case $2 when 'submitted' then $3::integer when 'counting' then null else c.submitted_by end,
  submitted_at = case $2 when 'submitted' then now() when 'counting' then null else c.submitted_at end,
  closed_by = case when $2 in ('approved', 'cancelled') then $3::integer end, closed_at = case when $2 in ('approved', 'cancelled') then now() end,
  close_note = case when $2 in ('approved', 'cancelled') then $4::text end
where c.count_id = $1`;

export const HAS_COUNTED = `
select /* stockCounts.hasCounted */ exists (select from operational.stock_count_entries e where e.count_id = $1 and e.counted_by = $2) as "hasCounted"`;

/** Locks the lots that differ and names those that cannot give what is missing. */
export const LOCK_DIFFERING = `
select /* stockCounts.lockDiffering */ o.lot_id as "lotId", o.quantity + e.counted - e.expected < o.quantity_reserved as "isBelow"
from operational.stock_count_lines l join operational.stock_count_entries e on e.entry_id = l.last_entry_id
join operational.inventory_lots o on o.lot_id = l.lot_id
where l.branch_id = $1 and l.count_id = $2 and not l.is_left and e.counted <> e.expected
order by o.drug_id, o.expiry_date nulls last, o.received_at, o.lot_id
for update of o`;

export const POST = `
insert /* stockCounts.post */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, count_line_id, balance_after, unit_cost)
select l.branch_id, l.lot_id, l.drug_id, 'count', e.counted - e.expected, 'count ' || l.count_id, l.count_line_id, 0, 0
from operational.stock_count_lines l join operational.stock_count_entries e on e.entry_id = l.last_entry_id
join operational.inventory_lots o on o.lot_id = l.lot_id
where l.branch_id = $1 and l.count_id = $2 and not l.is_left and e.counted <> e.expected
order by o.drug_id, o.expiry_date nulls last, o.received_at, o.lot_id`;

/**
 * What left to patients in the last year at cost, by product in stock or used, in thousandths, and when it was counted last.
 * Index: stock_movements_recorded_brin.
 */
export const FIND_CONSUMPTION = `
with /* stockCounts.findConsumption */ used as (
  select m.drug_id, sum(- m.quantity * m.unit_cost) as value
  from operational.stock_movements m
  where m.branch_id = $1 and m.movement_type in ('dispense', 'sale', 'return') and m.recorded_at >= now() - interval '365 days'
  group by m.drug_id
), held as (
  select l.drug_id, count(*)::integer as lots from operational.inventory_lots l where l.branch_id = $1 and l.quantity > 0 group by l.drug_id
), counted as (
  select l.drug_id, max((e.counted_at at time zone b.time_zone)::date) as "on"
  from operational.stock_count_lines l join operational.stock_counts c using (count_id) join operational.branches b on b.branch_id = c.branch_id
  join operational.stock_count_entries e on e.entry_id = l.last_entry_id
  where l.branch_id = $1 and c.status = 'approved' and not l.is_left group by l.drug_id
)
select d.drug_id as "drugId", d.name as "drugName", round(coalesce(u.value, 0) * 1000)::bigint::text as value, round(greatest(coalesce(u.value, 0), 0), 2)::text as "consumptionValue",
  coalesce(h.lots, 0) as lots, c."on" as "lastCountedOn", (now() at time zone b.time_zone)::date - c."on" as "daysSince"
from (select drug_id from used union select drug_id from held) p
join reference.drugs d using (drug_id) join operational.branches b on b.branch_id = $1
left join used u using (drug_id) left join held h using (drug_id) left join counted c using (drug_id)
order by u.value desc nulls last, d.drug_id`;

export const FIND_POLICY = `
select /* stockCounts.findPolicy */ p.cycle_days_a as "cycleDaysA", p.cycle_days_b as "cycleDaysB", p.cycle_days_c as "cycleDaysC",
  trim_scale(p.recount_share)::text as "recountShare", trim_scale(p.recount_value)::text as "recountValue",
  trim_scale(p.adjustment_limit)::text as "adjustmentLimit", p.version
from operational.stock_policies p where p.branch_id = $1`;

/** Sets what is given; the version says what was read, 0 for none. */
export const SAVE_POLICY = `
insert /* stockCounts.savePolicy */ into operational.stock_policies as p (branch_id, cycle_days_a, cycle_days_b, cycle_days_c, recount_share, recount_value, adjustment_limit)
values ($1, $3, $4, $5, $6, $7, $8)
on conflict (branch_id) do update set cycle_days_a = $3, cycle_days_b = $4, cycle_days_c = $5, recount_share = $6, recount_value = $7, adjustment_limit = $8, version = p.version + 1
where p.version = $2
returning version`;
