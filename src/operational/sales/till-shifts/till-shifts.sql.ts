const SHIFT_COLUMNS = `
  s.shift_id as "shiftId", s.user_id as "userId", u.full_name as "cashierName", s.status, operational.money_text(s.opening_float) as "openingFloat",
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

/** The database writes the Z report with it. The moment is this one, not when the command began: it may have waited for sales that came after that. */
export const CLOSE_SHIFT = `
update /* tillShifts.close */ operational.till_shifts set status = 'closed', closed_at = clock_timestamp(), closed_by = $2
where shift_id = $1`;

export const INSERT_CASH_MOVEMENT = `
insert /* tillShifts.insertCashMovement */ into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id, bag_number, witness_id)
values ($1, $2, $3, $4, $5, $6, $7)
returning till_cash_movement_id as "movementId"`;

/** Number and the entries it has seen are the database's to say. $3 is 0 for the float. */
export const INSERT_DRAWER_COUNT = `
insert /* tillShifts.insertDrawerCount */ into operational.till_drawer_counts (branch_id, shift_id, count_no, cash, card, mobile, recount_reason)
values ($1, $2, $3, coalesce($4::numeric, (select sum(x.denomination * x.pieces) from unnest($8::numeric[], $9::integer[]) as x (denomination, pieces)), 0), $5, $6, $7)
returning drawer_count_id as "drawerCountId"`;

export const INSERT_PIECES = `
insert /* tillShifts.insertPieces */ into operational.till_drawer_pieces (branch_id, drawer_count_id, denomination, pieces)
select $1, $2, x.denomination, x.pieces from unnest($3::numeric[], $4::integer[]) as x (denomination, pieces) where x.pieces > 0`;

/** Counts of the shift as it is now, the last first; what was counted before something was posted does not stand. */
export const FIND_STANDING_COUNTS = `
select /* tillShifts.findStandingCounts */ c.count_no as "countNo", operational.money_text(c.cash) as cash, operational.money_text(c.card) as card,
  operational.money_text(c.mobile) as mobile, c.recount_reason as "recountReason", c.counted_at as "countedAt",
  coalesce((select json_agg(json_build_object('denomination', operational.money_text(p.denomination), 'pieces', p.pieces) order by p.denomination desc)
    from operational.till_drawer_pieces p where p.drawer_count_id = c.drawer_count_id), '[]') as pieces
from operational.till_drawer_counts c
where c.shift_id = $1 and c.count_no > 0 and c.entries_seen = operational.till_entries($1)
order by c.count_no desc`;

/** Writes down what was counted last beside what is expected: for each tender that is counted and was expected or counted. */
export const INSERT_COUNTS = `
insert /* tillShifts.insertCounts */ into operational.till_counts (branch_id, shift_id, method, counted, expected)
select $1, $2, method, coalesce(c.counted, 0), coalesce(t.expected, 0)
from operational.till_tenders($2) t
full join (select x.method, x.counted from operational.till_drawer_counts d cross join lateral (values ('cash', d.cash), ('card', d.card), ('mobile', d.mobile)) x (method, counted)
  where d.shift_id = $2 and d.count_no = $3 and x.counted is not null) c using (method)
where operational.is_counted_tender(method) and (method = 'cash' or t.expected <> 0 or c.counted is not null)`;

export const FIND_CASH_MOVEMENTS = `
select /* tillShifts.findCashMovements */ m.kind, operational.money_text(m.amount) as amount, m.reason, m.bag_number as "bagNumber", w.full_name as "witnessName",
  operational.instant_text(m.occurred_at) as "occurredAt"
from operational.till_cash_movements m left join operational.users w on w.user_id = m.witness_id
where m.shift_id = $1
order by m.till_cash_movement_id`;

/** The figures of a closed shift as they were posted, of an open one as they are. Index: z_reports_shift_key. */
export const FIND_REPORT = `
select /* tillShifts.findReport */ s.shift_id as "shiftId", s.user_id as "userId", s.status, operational.instant_text(s.closed_at) as "closedAt",
  z.z_number as "zNumber", c.full_name as "closedByName", encode(z.hash, 'hex') as hash, encode(z.previous_hash, 'hex') as "previousHash",
  z.audit_seal_no as "auditSealNo", encode(z.audit_seal_hash, 'hex') as "auditSealHash",
  coalesce(z.content, operational.till_figures(s.shift_id)) as figures
from operational.till_shifts s
left join operational.z_reports z on z.shift_id = s.shift_id
left join operational.users c on c.user_id = z.issued_by
where s.branch_id = $1 and s.shift_id = $2`;

/** Shifts of the branch by the day they were opened, the newest first. */
export const FIND_PAGE = `
select /* tillShifts.findPage */ ${SHIFT_COLUMNS}, z.z_number as "zNumber", (s.opened_at at time zone b.time_zone)::date as "businessDate",
  z.content ->> 'netTotal' as "netTotal", z.content ->> 'overShort' as "overShort", count(*) over ()::integer as "rowTotal"
from operational.till_shifts s
join operational.branches b using (branch_id)
join operational.users u on u.user_id = s.user_id
left join operational.z_reports z on z.shift_id = s.shift_id
where s.branch_id = $1 and ($2::text is null or s.status = $2)
  and ($3::date is null or (s.opened_at at time zone b.time_zone)::date >= $3) and ($4::date is null or (s.opened_at at time zone b.time_zone)::date <= $4)
order by s.shift_id desc
limit $5 offset $6`;

/** Notes and coins of the currency of the branch, the largest first. */
export const FIND_DENOMINATIONS = `
select /* tillShifts.findDenominations */ operational.money_text(d.denomination) as denomination, d.kind
from operational.cash_denominations d join operational.branches b using (currency)
where b.branch_id = $1
order by d.denomination desc`;

export const DELETE_DENOMINATIONS = `
delete /* tillShifts.deleteDenominations */ from operational.cash_denominations d using operational.branches b
where b.branch_id = $1 and d.currency = b.currency`;

export const INSERT_DENOMINATIONS = `
insert /* tillShifts.insertDenominations */ into operational.cash_denominations (currency, denomination, kind)
select b.currency, x.denomination, x.kind
from operational.branches b cross join unnest($2::numeric[], $3::text[]) as x (denomination, kind)
where b.branch_id = $1`;
