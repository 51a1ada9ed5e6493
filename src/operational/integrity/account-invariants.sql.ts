import type { Invariant } from './invariant.types.js';

/** What must be true of what customers owe, paid ahead and collected. */
export const ACCOUNT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'accounts-equal-ledger',
    rule: 'A customer owes the sum of the entries of his account, as each entry says, and never more than his limit.',
    sql: `
select 'account ' || a.account_id || ': owes ' || a.balance || ', entries ' || coalesce(e.owed, 0) || ', limit ' || a.credit_limit as broken
from operational.customer_accounts a
left join (select account_id, sum(amount) as owed from operational.account_entries group by account_id) e using (account_id)
where a.balance <> coalesce(e.owed, 0) or a.balance > a.credit_limit
union all
select 'account entry ' || r.entry_id || ': balance ' || r.running || ', written ' || r.balance_after
from (select entry_id, balance_after, sum(amount) over (partition by account_id order by entry_id) as running from operational.account_entries) r
where r.running <> r.balance_after
order by 1`,
  },
  {
    code: 'account-items-settle',
    rule: 'What is open of an entry is what was not settled of it; an account has open what is owed or what was paid ahead, never both.',
    sql: `
select 'account entry ' || e.entry_id || ': ' || abs(e.amount) || ', settled ' || coalesce(l.settled, 0) || ', open ' || coalesce(i.open_amount, 0) as broken
from operational.account_entries e
left join lateral (select sum(x.amount) as settled from operational.account_allocations x
  where case when e.amount > 0 then x.debit_entry_id else x.credit_entry_id end = e.entry_id) l on true
left join operational.account_open_items i on i.entry_id = e.entry_id
where abs(e.amount) <> coalesce(l.settled, 0) + coalesce(i.open_amount, 0) or i.is_debit <> (e.amount > 0)
union all
select 'account ' || i.account_id || ': owes and has paid ahead at once'
from operational.account_open_items i group by i.account_id having count(distinct i.is_debit) > 1
order by 1`,
  },
  {
    code: 'account-tenders-posted',
    rule: 'Each tender on account or of a deposit is an entry of its account, of the same amount; what is given back of a sale is no more than was paid.',
    sql: `
select 'payment ' || p.payment_id || ': ' || p.amount || ' to account ' || p.account_id || ', entry ' || coalesce(e.amount::text, 'none') as broken
from operational.payments p left join operational.account_entries e using (payment_id)
where p.method in ('account', 'deposit') and (e.entry_id is null or (e.account_id, e.amount, e.method, e.sale_id) is distinct from (p.account_id, p.amount, p.method, p.sale_id))
union all
select 'sale ' || coalesce(s.original_sale_id, s.sale_id) || ': account ' || p.account_id || ' has ' || - sum(p.amount) || ' more by ' || p.method || ' than it paid'
from operational.payments p join operational.sales s using (sale_id) where p.account_id is not null
group by coalesce(s.original_sale_id, s.sale_id), p.account_id, p.method having sum(p.amount) < 0
order by 1`,
  },
  {
    code: 'points-equal-ledger',
    rule: 'A customer has the points of his entries, never fewer than none; what points paid of a sale is what they were spent for.',
    sql: `
select 'account ' || a.account_id || ': ' || a.points || ' points and ' || a.points_due || ' due, entries ' || coalesce(e.points, 0) || ' and ' || coalesce(e.due, 0) as broken
from operational.customer_accounts a
left join (select account_id, sum(points) as points, sum(missing) as due from operational.points_entries group by account_id) e using (account_id)
where a.points <> coalesce(e.points, 0) or a.points_due <> coalesce(e.due, 0)
union all
select 'points entry ' || r.points_entry_id || ': balance ' || r.running || ', written ' || r.balance_after
from (select points_entry_id, balance_after, sum(points) over (partition by account_id order by points_entry_id) as running from operational.points_entries) r
where r.running <> r.balance_after or r.running < 0
union all
select 'sale ' || x.sale_id || ': points paid ' || sum(x.paid) || ' and were spent for ' || sum(x.spent)
from (select p.sale_id, p.amount as paid, 0 as spent from operational.payments p where p.method = 'points'
  union all select e.sale_id, 0, e.money from operational.points_entries e where e.money is not null) x
group by x.sale_id having sum(x.paid) <> sum(x.spent)
order by 1`,
  },
];
