import type { BoardColumn } from './work-board.domain.js';

/** Cards of a column that are shown, and that are looked at for the most urgent of them. */
export const MOST_SHOWN = 50;
const MOST_COUNTED = 10_000;
/** Cards that may be in other hands at this very moment before it is said that there is none. */
const MOST_TRIED = 200;
/** Owed rests that are asked whether stock is in, those owed the longest. */
const MOST_OWED = 300;

/** The order work is taken in: what is promised first, of that what somebody waits for, then what has lain the longest. */
const urgency = (card: string): string =>
  ['promised_at nulls last', 'waiting_in_store desc', 'since', 'prescription_id', 'fill_id']
    .map((key) => `${card}.${key}`)
    .join(', ');

/** The branch ($1) with its date of today. */
const TODAY = `
  select x.branch_id, x.clinical_review, x.time_zone, (now() at time zone x.time_zone)::date as today from operational.branches x where x.branch_id = $1`;

const OF_PRESCRIPTION = `p.prescription_id, null::integer as fill_id, p.status, p.drug_id, p.quantity, p.promised_at, p.waiting_in_store,
    p.status_since as since, null::text as bin, null::text as hold_reason, null::integer as filled_by`;
const OF_FILL = `f.prescription_id, f.fill_id, f.status, f.drug_id, f.quantity, f.promised_at, f.waiting_in_store`;

/** Prescriptions that stand so and are valid. Index: prescriptions_board_idx. */
const standing = (status: string): string =>
  `from today b join operational.prescriptions p on p.branch_id = b.branch_id and p.status = '${status}' and p.expires_on >= b.today`;

/** Found one by one: however many open fills are guessed, the closed prescriptions are not read ("offset 0" keeps it apart). */
const ITS_PRESCRIPTION = `
  cross join lateral (select x.status, x.expires_on from operational.prescriptions x where x.prescription_id = f.prescription_id offset 0) p`;

/** Fills that stand so, with their prescription. Index: fills_board_idx. */
const open = (status: string): string => `
  from today b
  join operational.fills f on f.branch_id = b.branch_id and f.status = '${status}' ${ITS_PRESCRIPTION}`;
const LIVE = `p.status <> 'on_hold' and p.expires_on >= b.today`;

const REVIEWED = `
  left join operational.clinical_reviews r on b.clinical_review and r.prescription_id = p.prescription_id and r.fill_number = 0`;

/** A rest whose product is in stock: as owedFills.find, for the rests owed the longest. */
const OWED = `
  select 'owed', o.prescription_id, null, o.status, g.drug_id, o.quantity_owed, null, false, g.since, null, null, null
  from (select p.prescription_id, p.branch_id, p.status, p.quantity, p.quantity_owed from operational.prescriptions p cross join today b
        where p.branch_id = $1 and p.quantity_owed > 0 and p.status = 'filled' and p.expires_on >= b.today
        order by p.prescription_id limit ${MOST_OWED}) o
  cross join lateral (
    select x.fill_number, sum(x.quantity) as given, max(coalesce(x.dispensed_at, x.filled_at)) as since,
      (array_agg(x.drug_id order by x.part_number desc))[1] as drug_id
    from operational.fills x where x.prescription_id = o.prescription_id and x.status not in ('reversed', 'returned_to_stock')
    group by x.fill_number having sum(x.quantity) < o.quantity order by x.fill_number limit 1) g
  where o.quantity - g.given <= (
    select coalesce(sum(h.quantity), 0) from operational.stock_on_hand h where h.branch_id = o.branch_id and h.drug_id = g.drug_id)`;

/**
 * What lies in a column, from the states of prescriptions and fills alone. A prescription that expired is on no column, but its
 * open fills are: they go back to stock.
 */
const CARDS: Readonly<Record<BoardColumn, string>> = {
  entry: `
  select 'draft' as kind, ${OF_PRESCRIPTION} ${standing('draft')}
  union all
  select 'review', ${OF_PRESCRIPTION} ${standing('pending')} ${REVIEWED} where b.clinical_review and r.review_id is null`,
  fill: `
  select 'fill' as kind, p.prescription_id, null::integer as fill_id, p.status, p.drug_id, p.quantity, p.promised_at, p.waiting_in_store,
    coalesce(r.reviewed_at, p.status_since) as since, null::text as bin, null::text as hold_reason, null::integer as filled_by
  ${standing('pending')} ${REVIEWED} where not b.clinical_review or r.review_id is not null`,
  verify: `
  select 'verify' as kind, ${OF_FILL}, f.filled_at as since, null::text as bin, null::text as hold_reason, f.filled_by
  ${open('in_progress')} where ${LIVE}`,
  ready: `
  select 'bag' as kind, ${OF_FILL}, f.verified_at as since, f.bin, null::text as hold_reason, f.filled_by
  ${open('verified')} where ${LIVE}
  union all
  select 'pick_up', ${OF_FILL}, f.ready_at, f.bin, null, f.filled_by
  ${open('ready')} left join operational.will_call_bins w on w.branch_id = f.branch_id and w.code = f.bin
  where ${LIVE} and w.hold_reason is null`,
  problem: `
  select 'on_hold' as kind, ${OF_PRESCRIPTION} ${standing('on_hold')}
  union all
  select 'bin_hold', ${OF_FILL}, f.ready_at, f.bin, w.hold_reason, f.filled_by
  ${open('ready')} join operational.will_call_bins w on w.branch_id = f.branch_id and w.code = f.bin and w.hold_reason is not null
  where ${LIVE}
  union all
  select 'take_back', ${OF_FILL}, (p.expires_on + 1)::timestamp at time zone b.time_zone, f.bin, null, f.filled_by
  from today b
  join operational.fills f on f.branch_id = b.branch_id and f.status in ('in_progress', 'verified', 'ready')
  ${ITS_PRESCRIPTION} where p.expires_on < b.today
  union all (${OWED})`,
};

/** A card as it is shown: one row of each join by primary key, the lease by work_leases_one_holder_key. */
const SHOWN = `
  c.kind, c.prescription_id as "prescriptionId", c.fill_id as "fillId", p.rx_number as "rxNumber", p.patient_id as "patientId",
  t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  c.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength, trim_scale(c.quantity)::text as quantity,
  d.base_unit as "baseUnit", c.promised_at as "promisedAt", c.waiting_in_store as "waitingInStore", c.since, c.bin,
  c.hold_reason as "holdReason", trim_scale(p.quantity_owed)::text as "quantityOwed", d.controlled_schedule as "controlledSchedule",
  d.storage in ('refrigerate', 'freeze') as "isColdChain", p.status in ('pending', 'filled') as "isHoldable",
  (select count(*)::integer from operational.clinical_alerts a
   where a.patient_id = p.patient_id and coalesce(a.prescription_id, 0) = p.prescription_id and a.stops
     and not exists (select from operational.alert_overrides o where o.alert_id = a.alert_id)) as stops,
  case when l.lease_id is not null then jsonb_build_object('leaseId', l.lease_id, 'userId', l.user_id, 'userName', u.full_name,
    'takenAt', l.taken_at, 'expiresAt', l.expires_at) end as lease`;
const JOINED = `
join operational.prescriptions p on p.prescription_id = c.prescription_id
join operational.patients t on t.patient_id = p.patient_id
join reference.drugs d on d.drug_id = c.drug_id
left join operational.work_leases l on l.prescription_id = c.prescription_id and coalesce(l.fill_id, 0) = coalesce(c.fill_id, 0)
  and l.ended_at is null and l.expires_at > now()
left join operational.users u on u.user_id = l.user_id`;

const each = (text: (column: BoardColumn) => string): Readonly<Record<BoardColumn, string>> => ({
  entry: text('entry'),
  fill: text('fill'),
  verify: text('verify'),
  ready: text('ready'),
  problem: text('problem'),
});

/**
 * A column of a branch ($1): its most urgent cards, each with what is true of the whole column. Reads what is open at the branch,
 * never what is closed, and of that MOST_COUNTED at most.
 */
export const COLUMN = each(
  (column) => `
with /* workBoard.${column} */ today as (${TODAY}),
cards as materialized (select * from (${CARDS[column]}) x limit ${MOST_COUNTED}),
c as (
  select x.*, count(*) over ()::integer as count, count(*) filter (where x.promised_at < now()) over ()::integer as overdue,
    min(x.since) over () as oldest, min(x.promised_at) filter (where x.promised_at >= now()) over () as next
  from cards x order by ${urgency('x')} limit ${MOST_SHOWN})
select c.count, c.overdue, c.oldest as "oldestSince", c.next as "nextPromisedAt", ${SHOWN}
from c ${JOINED}
order by ${urgency('c')}`,
);

/**
 * Locks the most urgent card of a branch ($1) that nobody holds, of kinds ($2) the user ($3) may work on, and that he did not pass
 * over within the last minutes ($5). What two people sign ($4) is not offered to who filled it. A card somebody else is
 * just taking, or working on, is locked and left out. The lock is the prescription's, as of every command.
 */
export const LOCK_NEXT = each(
  (column) => `
with /* workBoard.lockNext.${column} */ today as (${TODAY}),
cards as materialized (select * from (${CARDS[column]}) x limit ${MOST_COUNTED})
select c.kind, c.prescription_id as "prescriptionId", c.fill_id as "fillId", c.status
from (
  select x.* from cards x
  where x.kind = any ($2::text[])
    and not ($4::boolean and x.kind = 'verify' and x.filled_by = $3)
    and not exists (select from operational.work_leases l where l.prescription_id = x.prescription_id and coalesce(l.fill_id, 0) = coalesce(x.fill_id, 0)
      and l.ended_at is null and l.expires_at > now())
    and not exists (select from operational.work_leases l where l.user_id = $3 and l.prescription_id = x.prescription_id and coalesce(l.fill_id, 0) = coalesce(x.fill_id, 0)
      and l.outcome = 'skipped' and l.ended_at > now() - make_interval(mins => $5))
  order by ${urgency('x')} limit ${MOST_TRIED}) c
join operational.prescriptions p on p.prescription_id = c.prescription_id
order by ${urgency('c')}
limit 1 for no key update of p skip locked`,
);

/** One card by its prescription ($2) and fill ($3), as its column shows it. */
export const CARD = each(
  (column) => `
with /* workBoard.card.${column} */ today as (${TODAY}),
c as (select * from (${CARDS[column]}) x where x.prescription_id = $2 and x.fill_id is not distinct from $3 limit 1)
select ${SHOWN} from c ${JOINED}`,
);

/** A lease that ran out is ended before the card is taken anew. */
export const END_EXPIRED = `
update /* workBoard.endExpired */ operational.work_leases set ended_at = expires_at, outcome = 'expired'
where prescription_id = $1 and coalesce(fill_id, 0) = coalesce($2::integer, 0) and ended_at is null and expires_at <= now()`;

/** No row where somebody holds it, or it is no longer in the state ($5) it was chosen in. $7: minutes. */
export const INSERT_LEASE = `
insert /* workBoard.insertLease */ into operational.work_leases (branch_id, board_column, prescription_id, fill_id, card_status, user_id, expires_at)
select $1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7)
from operational.prescriptions p left join operational.fills f on f.fill_id = $4 and f.prescription_id = p.prescription_id
where p.prescription_id = $3 and coalesce(f.status, p.status) = $5 and ($4::integer is null or f.fill_id is not null)
on conflict do nothing
returning lease_id as "leaseId"`;

const LEASE = `
select /* workBoard.leases */ l.lease_id as "leaseId", l.board_column as "column", l.prescription_id as "prescriptionId", l.fill_id as "fillId",
  l.user_id as "userId", u.full_name as "userName", l.card_status as "cardStatus", l.taken_at as "takenAt", l.expires_at as "expiresAt",
  l.ended_at as "endedAt", l.outcome, l.ended_at is null and l.expires_at > now() as "isHeld",
  coalesce(l.ended_at > now() - make_interval(secs => 60), false) as "isResumable"
from operational.work_leases l join operational.users u using (user_id)`;

/** Index: work_leases_user_idx. A user holds one card of a column; the few leases of the last hours are looked at. */
export const HELD_BY = `${LEASE}
where l.branch_id = $1 and l.user_id = $2 and l.board_column = $3 and l.ended_at is null and l.expires_at > now() order by l.lease_id desc limit 1`;

export const LEASE_BY_ID = `${LEASE} where l.lease_id = $1 and l.branch_id = $2`;

/** Who holds a prescription or its fills. Index: work_leases_one_holder_key. */
export const HELD_OF = `${LEASE}
where l.prescription_id = $1 and l.branch_id = $2 and l.ended_at is null and l.expires_at > now() order by l.lease_id limit 50`;

export const EXTEND = `
update /* workBoard.extend */ operational.work_leases set expires_at = now() + make_interval(mins => $2)
where lease_id = $1 and ended_at is null and expires_at > now()`;

/** Ends a lease ($2: released or skipped, $3 why) unless it has ended. */
export const END = `
update /* workBoard.end */ operational.work_leases set ended_at = now(), outcome = $2, reason = $3
where lease_id = $1 and ended_at is null and expires_at > now()`;

/** One taking at a time of a user ($1): pressed twice, the key takes one card. Until the end of the transaction. */
export const LOCK_USER = `select /* workBoard.lockUser */ pg_advisory_xact_lock(hashtext('work-board'), $1) is null as locked`;

/** The lock every command on the prescription queues on. */
export const LOCK_PRESCRIPTION = `
select /* workBoard.lockPrescription */ p.prescription_id as "prescriptionId" from operational.prescriptions p
where p.prescription_id = $1 and p.branch_id = $2 for no key update`;
