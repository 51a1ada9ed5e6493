const TODAY = '(now() at time zone b.time_zone)::date';

/** An account as it stands, points that have expired today left out. */
const ACCOUNT = `
  a.account_id as "accountId", a.account_number as "accountNumber", a.kind, a.name, a.name_ar as "nameAr", a.phone, a.patient_id as "patientId",
  a.credit_limit as "creditLimit", a.status, a.balance, a.points - operational.points_expired(a.account_id, ${TODAY}) as points,
  a.points_due as "pointsDue", a.opened_at as "openedAt", a.version, r.point_value as "pointValue", r.minimum_points as "minimumPoints"
from operational.customer_accounts a join operational.branches b using (branch_id)
left join operational.loyalty_rules r on r.branch_id = a.branch_id and r.is_active`;

export const FIND = `select /* accounts.find */ ${ACCOUNT} where a.account_id = $1 and a.branch_id = $2`;

/** Locks an account: what is decided of it stands until the end. */
export const LOCK = `
select /* accounts.lock */ a.status, a.credit_limit as "creditLimit", a.balance,
  a.points - operational.points_expired(a.account_id, ${TODAY}) as points
from operational.customer_accounts a join operational.branches b using (branch_id)
where a.account_id = $1 and a.branch_id = $2
for no key update of a`;

/**
 * Accounts of the branch by name; $2 a folded part of a name or null, $3 a part of a number or telephone or null. Index:
 * customer_accounts_name_idx.
 */
export const FIND_PAGE = `
select /* accounts.page */ count(*) over ()::integer as "rowTotal", ${ACCOUNT}
where a.branch_id = $1 and (($2::text is null and $3::text is null) or a.name_folded like $2 or a.account_number ilike $3 or a.phone ilike $3)
  and ($4::text is null or a.status = $4) and ($5::integer is null or a.patient_id in (select operational.patient_family($5)))
  and ($6::text is null or case $6 when 'owing' then a.balance > 0 else a.balance < 0 end)
order by a.name_folded, a.account_id
limit $7 offset $8`;

export const INSERT = `
insert /* accounts.insert */ into operational.customer_accounts (branch_id, kind, name, name_ar, name_folded, phone, patient_id)
values ($1, $2, $3, $4, $5, $6, $7)
returning account_id as "accountId"`;

/** Changes an account that still has the version. */
export const UPDATE = `
update /* accounts.update */ operational.customer_accounts
set kind = $4, name = $5, name_ar = $6, name_folded = $7, phone = $8, patient_id = $9, credit_limit = $10, status = $11, version = version + 1
where account_id = $1 and branch_id = $2 and version = $3`;

/**
 * Posts what is paid at the till ($3 'payment', amount below zero) or given back ('payout') in the actor's open shift. Without one
 * there is no shift 0, and the trigger says so.
 */
export const POST_AT_TILL = `
insert /* accounts.postAtTill */ into operational.account_entries (branch_id, account_id, kind, amount, method, reference, reason, settles, shift_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce((select s.shift_id from operational.till_shifts s
  where s.branch_id = $1 and s.user_id = $9 and s.status = 'open'), 0))
returning entry_id as "entryId"`;

export const POST_CORRECTION = `
insert /* accounts.postCorrection */ into operational.account_entries (branch_id, account_id, kind, amount, reason)
values ($1, $2, 'correction', $3, $4)
returning entry_id as "entryId"`;

const ENTRY = `
  e.entry_id as "entryId", e.kind, e.amount, e.balance_after as "balanceAfter", e.method, e.sale_id as "saleId", s.sale_number as "saleNumber",
  e.reference, e.reason, e.business_date as "businessDate", e.entered_at as "enteredAt", u.full_name as "enteredByName",
  coalesce(i.open_amount, 0) as "openAmount"
from operational.account_entries e
left join operational.sales s on s.sale_id = e.sale_id
left join operational.users u on u.user_id = e.entered_by
left join operational.account_open_items i on i.entry_id = e.entry_id`;

/** Entries of an account, newest first; with $3 those that something is owed of, oldest first. Index: account_entries_account_idx. */
export const FIND_ENTRIES = `
select /* accounts.entries */ count(*) over ()::integer as "rowTotal", ${ENTRY}
where e.account_id = $1 and e.branch_id = $2 and (not $3::boolean or coalesce(i.is_debit, false))
order by case when $3 then e.entry_id else - e.entry_id end
limit $4 offset $5`;

/** Entries of the days of a statement in their order. */
export const FIND_STATEMENT = `
select /* accounts.statement */ ${ENTRY}
where e.account_id = $1 and e.branch_id = $2 and e.business_date between $3 and $4
order by e.entry_id
limit $5`;

/** What was owed before a day. */
export const FIND_OPENING = `
select /* accounts.opening */ coalesce(sum(e.amount), 0) as balance
from operational.account_entries e where e.account_id = $1 and e.branch_id = $2 and e.business_date < $3`;

/** Which open entries settled each other with an entry. */
export const FIND_SETTLED = `
select /* accounts.settled */ case when l.debit_entry_id = $1 then l.credit_entry_id else l.debit_entry_id end as "entryId", l.amount
from operational.account_allocations l where l.debit_entry_id = $1 or l.credit_entry_id = $1
order by l.allocation_id`;

/** What is owed of accounts by its age in days, those who owe most first; $2 narrows it to one. Index: account_open_items_account_idx. */
export const FIND_AGES = `
with /* accounts.ages */ open as (
  select i.account_id, i.open_amount, i.is_debit, ${TODAY} - e.business_date as days
  from operational.account_open_items i join operational.account_entries e using (entry_id) join operational.branches b on b.branch_id = i.branch_id
  where i.branch_id = $1 and ($2::integer is null or i.account_id = $2)
), aged as (
  select o.account_id,
    coalesce(sum(o.open_amount) filter (where o.is_debit and o.days <= 30), 0) as days0to30,
    coalesce(sum(o.open_amount) filter (where o.is_debit and o.days between 31 and 60), 0) as days31to60,
    coalesce(sum(o.open_amount) filter (where o.is_debit and o.days between 61 and 90), 0) as days61to90,
    coalesce(sum(o.open_amount) filter (where o.is_debit and o.days > 90), 0) as over90,
    coalesce(sum(o.open_amount) filter (where not o.is_debit), 0) as ahead
  from open o group by o.account_id
)
select a.account_id as "accountId", a.account_number as "accountNumber", a.name, a.name_ar as "nameAr", a.phone, a.status,
  g.days0to30 as "days0to30", g.days31to60 as "days31to60", g.days61to90 as "days61to90", g.over90 as "daysOver90", g.ahead as "paidAhead", a.balance as total,
  count(*) over ()::integer as "rowTotal",
  sum(g.days0to30) over () as "sum0to30", sum(g.days31to60) over () as "sum31to60", sum(g.days61to90) over () as "sum61to90", sum(g.over90) over () as "sumOver90",
  sum(g.ahead) over () as "sumAhead", sum(a.balance) over () as "sumTotal"
from aged g join operational.customer_accounts a using (account_id)
order by a.balance desc, a.account_id
limit $3 offset $4`;

/** The account a sale is charged to or has points of; none: no row. */
export const FIND_OF_SALE = `
select /* accounts.ofSale */ x.account_id as "accountId"
from (select p.account_id from operational.payments p where p.sale_id = $1 and p.account_id is not null
  union select e.account_id from operational.points_entries e where e.sale_id = $1) x
limit 1`;
