import type { Invariant } from './invariant.types.js';

/** What must be true of shifts, their Z reports and the journal. */
export const MONEY_INVARIANTS: readonly Invariant[] = [
  {
    code: 'z-chain-whole',
    rule: 'Z reports of a branch are numbered without a gap, each carries the hash of the one before, and each is as it was written.',
    sql: `
select 'Z ' || x.z_number || ' at branch ' || x.branch_id || case when x.z_number <> x.n then ': should be number ' || x.n
  when x.previous_hash is distinct from x.before then ': does not follow the report before' else ': is not as it was written' end as broken
from (select z.*, operational.z_report_hash(z) as reckoned, row_number() over w as n, lag(z.hash) over w as before
      from operational.z_reports z window w as (partition by z.branch_id order by z.z_number)) x
where x.z_number <> x.n or x.previous_hash is distinct from x.before or x.hash <> x.reckoned
order by x.branch_id, x.z_number`,
  },
  {
    code: 'z-names-seal',
    rule: 'The seal of the audit trail that a Z report names is the one that has its number.',
    sql: `
select 'Z ' || z.z_number || ' at branch ' || z.branch_id || ': names seal ' || z.audit_seal_no || case when s.seal_no is null then ', which is not there' else ', which is another one now' end as broken
from operational.z_reports z left join operational.audit_seals s on s.seal_no = z.audit_seal_no
where z.audit_seal_no is not null and z.audit_seal_hash is distinct from s.hash
order by z.branch_id, z.z_number`,
  },
  {
    code: 'z-report-true',
    rule: 'Every closed shift, and none that is open, has its Z report, and its figures are those of its documents.',
    sql: `
select 'shift ' || coalesce(s.shift_id, z.shift_id) || ' (' || coalesce(s.status, 'none') || '): Z ' || coalesce(z.z_number::text, 'none') as broken
from operational.till_shifts s full join operational.z_reports z using (shift_id)
where (s.status is not distinct from 'closed') <> (z.shift_id is not null)
union all
select 'Z ' || z.z_number || ' at branch ' || z.branch_id || ': its figures are not those of its documents'
from operational.z_reports z
where z.content - '{cashierName,cashMovements,currency,businessDate}'::text[] <> operational.till_figures(z.shift_id) - '{cashierName,cashMovements,currency,businessDate}'::text[]
union all
select 'shift ' || c.shift_id || ': counted ' || c.method || ' with ' || c.expected || ' expected while it is open'
from operational.till_counts c join operational.till_shifts s using (shift_id) where s.status = 'open' order by 1`,
  },
  {
    code: 'journal-balances',
    rule: 'Every entry of the journal adds up to zero, and posts to accounts that exist.',
    sql: `
select 'entry ' || l.entry_id || ' at branch ' || b.branch_id || ': off by ' || sum(l.amount) || coalesce(', no account ' || min(l.account_key) filter (where a.account_key is null), '') as broken
from operational.branches b cross join lateral operational.journal_lines(b.branch_id, '-infinity', 'infinity') l
left join operational.journal_accounts a on a.account_key = l.account_key
group by b.branch_id, l.entry_id having sum(l.amount) <> 0 or count(*) <> count(a.account_key) order by 1`,
  },
  {
    code: 'journal-equals-documents',
    rule: 'By the journal stock is worth what the ledger says, drawers hold what open shifts expect, and tax on sales is that of their lines.',
    sql: `
with journal as (
  select b.branch_id, coalesce(sum(l.amount) filter (where l.account_key = 'inventory'), 0) as inventory, coalesce(sum(l.amount) filter (where l.account_key = 'cash_drawer'), 0) as drawer,
    coalesce(- sum(l.amount) filter (where l.account_key = 'vat_output'), 0) as tax
  from operational.branches b left join lateral operational.journal_lines(b.branch_id, '-infinity', 'infinity') l on true group by b.branch_id
), documents as (
  select b.branch_id, coalesce((select sum(round(m.quantity * l.unit_cost, 3)) from (select lot_id, sum(quantity) as quantity from operational.stock_movements group by lot_id) m
      join operational.inventory_lots l using (lot_id) where l.branch_id = b.branch_id), 0) as inventory,
    coalesce((select sum(t.expected) from operational.till_shifts s cross join lateral operational.till_tenders(s.shift_id) t where s.branch_id = b.branch_id and s.status = 'open' and t.method = 'cash'), 0) as drawer,
    coalesce((select sum(i.tax) from operational.sale_items i where i.branch_id = b.branch_id), 0) as tax
  from operational.branches b
)
select 'branch ' || branch_id || ': stock ' || j.inventory || ' by the journal, ' || d.inventory || ' by the ledger; drawers ' || j.drawer || ', ' || d.drawer || ' by their shifts; tax '
  || j.tax || ', ' || d.tax || ' by its lines' as broken
from journal j join documents d using (branch_id)
where (j.inventory, j.drawer, j.tax) is distinct from (d.inventory, d.drawer, d.tax) order by branch_id`,
  },
];
