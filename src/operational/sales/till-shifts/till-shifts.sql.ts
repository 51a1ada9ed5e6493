const SHIFT_COLUMNS = `
  s.shift_id as "shiftId", s.user_id as "userId", u.full_name as "cashierName", s.status, s.opening_float as "openingFloat",
  s.opened_at as "openedAt", s.closed_at as "closedAt"`;

export const INSERT_SHIFT = `
insert /* tillShifts.insert */ into operational.till_shifts (branch_id, user_id, opening_float)
values ($1, $2, $3)
returning shift_id as "shiftId"`;

/** The user's open shift at the branch. Index: till_shifts_one_open_key. */
export const FIND_OPEN_SHIFT = `
select /* tillShifts.findOpen */ ${SHIFT_COLUMNS}
from operational.till_shifts s join operational.users u on u.user_id = s.user_id
where s.branch_id = $1 and s.user_id = $2 and s.status = 'open'`;

/** A shift of the branch; $3 narrows it to one user's, null does not. */
export const FIND_SHIFT = `
select /* tillShifts.find */ ${SHIFT_COLUMNS}
from operational.till_shifts s join operational.users u on u.user_id = s.user_id
where s.branch_id = $1 and s.shift_id = $2 and ($3::integer is null or s.user_id = $3)`;

/** Locks the shift: sales in it that are under way are waited for, later ones wait and then find it closed. */
export const LOCK_SHIFT = `
select /* tillShifts.lock */ s.shift_id as "shiftId", s.status
from operational.till_shifts s
where s.branch_id = $1 and s.shift_id = $2 and ($3::integer is null or s.user_id = $3)
for update`;

export const CLOSE_SHIFT = `
update /* tillShifts.close */ operational.till_shifts set status = 'closed', closed_at = now(), closed_by = $2
where shift_id = $1`;

export const INSERT_CASH_MOVEMENT = `
insert /* tillShifts.insertCashMovement */ into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id)
values ($1, $2, $3, $4, $5)
returning till_cash_movement_id as "movementId"`;

export const INSERT_COUNTS = `
insert /* tillShifts.insertCounts */ into operational.till_counts (branch_id, shift_id, method, counted, expected)
select $1, $2, u.method, u.counted, u.expected
from unnest($3::text[], $4::numeric[], $5::numeric[]) as u (method, counted, expected)`;

/** What each tender took and gave back in the shift. Index: payments_shift_idx. */
export const FIND_TENDERS = `
select /* tillShifts.findTenders */ p.method,
  coalesce(sum(p.amount - p.change_given) filter (where p.amount > 0), 0) as taken,
  coalesce(- sum(p.amount) filter (where p.amount < 0), 0) as refunded
from operational.payments p
where p.shift_id = $1
group by p.method
order by p.method`;

export const FIND_CASH_MOVEMENTS = `
select /* tillShifts.findCashMovements */ m.amount, m.reason, m.occurred_at as "occurredAt"
from operational.till_cash_movements m
where m.shift_id = $1
order by m.till_cash_movement_id`;

export const FIND_COUNTS = `
select /* tillShifts.findCounts */ c.method, c.counted, c.expected
from operational.till_counts c
where c.shift_id = $1`;

/** Sales and returns of the shift. Index: sales_shift_idx. */
export const COUNT_SALES = `
select /* tillShifts.countSales */ (t.opened_at at time zone b.time_zone)::date as "businessDate",
  count(s.sale_id) filter (where s.sale_type = 'sale') as "salesCount",
  count(s.sale_id) filter (where s.sale_type <> 'sale') as "returnsCount",
  coalesce(sum(s.total) filter (where s.sale_type = 'sale'), 0) as "salesTotal",
  coalesce(- sum(s.total) filter (where s.sale_type <> 'sale'), 0) as "refundsTotal"
from operational.till_shifts t
join operational.branches b on b.branch_id = t.branch_id
left join operational.sales s on s.shift_id = t.shift_id
where t.shift_id = $1
group by t.shift_id, b.branch_id`;
