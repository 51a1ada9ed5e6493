/**
 * The journal: every posted document as lines that add up to zero, derived and nowhere stored. A day is the branch's calendar day; moments are
 * narrowed by the index first, a day to each side, and judged by the calendar then, so that a day is never cut where its clocks change.
 */
export const JOURNAL_LINES = `
create index sales_journal_idx on operational.sales (branch_id, business_date);
create index till_cash_movements_journal_idx on operational.till_cash_movements (branch_id, occurred_at);
create index till_shifts_journal_idx on operational.till_shifts (branch_id, opened_at);
create index supplier_invoices_journal_idx on operational.supplier_invoices (branch_id, approved_at) where status = 'approved';
create index account_entries_journal_idx on operational.account_entries (branch_id, business_date);
create index supplier_payments_journal_idx on operational.supplier_payments (branch_id, paid_on);

create function operational.movement_account(p_type text) returns text language sql immutable parallel safe
  return case
    when p_type = 'receipt' then 'goods_received'
    when p_type in ('dispense', 'sale', 'return') then 'cost_of_goods_sold'
    when p_type in ('adjustment', 'count') then 'stock_differences'
    when p_type in ('expiry', 'destruction', 'recall') then 'stock_written_off'
    when p_type in ('transfer_out', 'transfer_in') then 'stock_in_transit'
    when p_type = 'supplier_return' then 'goods_returned'
    when p_type in ('compounding_out', 'compounding_in') then 'compounding'
    when p_type = 'repack' then 'stock_repacked'
    else 'suspense' end;
comment on function operational.movement_account(text) is 'The account that stands against stock for a kind of movement.';

create function operational.journal_lines(p_branch_id integer, p_from date, p_to date)
  returns table (posted_on date, posted_at timestamptz, entry_id text, document text, document_number text, line_no integer, account_key text, amount numeric, memo text)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  with at_branch as materialized (
    select b.time_zone, p_from::timestamp at time zone 'UTC' - interval '2 days' as low, p_to::timestamp at time zone 'UTC' + interval '3 days' as high
    from operational.branches b where b.branch_id = p_branch_id
  ), lines as (
    -- Sales, returns and voids: what was tendered against what was sold.
    select s.business_date as posted_on, s.sale_date as posted_at, 'sale:' || s.sale_id as entry_id, s.sale_type as document, s.sale_number as document_number, x.line_no, x.account_key, x.amount, x.memo
    from operational.sales s
    cross join lateral (
      select row_number() over (order by p.payment_id)::integer as line_no, coalesce(a.account_key, 'other_tenders') as account_key, p.amount - p.change_given as amount, p.method as memo
      from operational.payments p left join operational.journal_accounts a on a.tender = case p.method when 'deposit' then 'account' else p.method end where p.sale_id = s.sale_id
      union all select 1001, 'sales', s.tax_in_prices - s.subtotal, null
      union all select 1002, 'discounts', s.discount_total, null
      union all select 1003, 'vat_output', - s.tax_total, null
      union all select 1004, 'cash_rounding', - s.rounding, null) x
    where s.branch_id = p_branch_id and s.business_date between p_from and p_to
    union all
    -- Stock: the change of what its lot is worth, so that the sum over a lot is what it is worth, to the thousandth.
    select m.day, m.recorded_at, 'stock:' || m.movement_id, 'stock_' || m.movement_type, m.movement_id::text, x.line_no, x.account_key, x.amount, m.name
    from (
      select (m.recorded_at at time zone b.time_zone)::date as day, m.recorded_at, m.movement_id, m.movement_type, d.name,
        operational.movement_account(coalesce(o.movement_type, m.movement_type)) as contra,
        round(m.balance_after * m.unit_cost, 3) - round((m.balance_after - m.quantity) * m.unit_cost, 3) as worth
      from at_branch b cross join operational.stock_movements m
      join reference.drugs d on d.drug_id = m.drug_id
      left join operational.stock_movements o on o.movement_id = m.reverses_movement_id
      where m.branch_id = p_branch_id and m.recorded_at >= (select low from at_branch) and m.recorded_at < (select high from at_branch)) m
    cross join lateral (values (1, 'inventory', m.worth), (2, m.contra, - m.worth)) x (line_no, account_key, amount)
    where m.day between p_from and p_to
    union all
    -- The drawer: its float comes from the safe, what is counted goes back, and what is over or short is said.
    select (s.opened_at at time zone b.time_zone)::date, s.opened_at, 'shift:' || s.shift_id || ':open', 'shift_open', s.shift_id::text, x.line_no, x.account_key, x.amount, null
    from at_branch b cross join operational.till_shifts s
    cross join lateral (values (1, 'cash_drawer', s.opening_float), (2, 'safe', - s.opening_float)) x (line_no, account_key, amount)
    where s.branch_id = p_branch_id and s.opened_at >= b.low and s.opened_at < b.high and (s.opened_at at time zone b.time_zone)::date between p_from and p_to
    union all
    select (m.occurred_at at time zone b.time_zone)::date, m.occurred_at, 'cash:' || m.till_cash_movement_id, 'cash_' || m.kind, coalesce(m.bag_number, m.shift_id::text), x.line_no, x.account_key, x.amount, m.reason
    from at_branch b cross join operational.till_cash_movements m
    cross join lateral (values (1, 'cash_drawer', m.amount), (2, case m.kind when 'drop' then 'safe' else 'petty_cash' end, - m.amount)) x (line_no, account_key, amount)
    where m.branch_id = p_branch_id and m.occurred_at >= b.low and m.occurred_at < b.high and (m.occurred_at at time zone b.time_zone)::date between p_from and p_to
    union all
    select (z.issued_at at time zone b.time_zone)::date, z.issued_at, 'shift:' || z.shift_id || ':close', 'shift_close', z.z_number::text, x.line_no, x.account_key, x.amount, c.method
    from at_branch b cross join operational.z_reports z
    join operational.till_counts c using (shift_id)
    left join operational.journal_accounts a on a.tender = c.method
    cross join lateral (
      select 1, 'safe', c.counted where c.method = 'cash'
      union all select 2, 'cash_drawer', - c.expected where c.method = 'cash'
      union all select 3, coalesce(a.account_key, 'other_tenders'), c.over_short where c.method <> 'cash'
      union all select 4, 'over_short', - c.over_short) x (line_no, account_key, amount)
    where z.branch_id = p_branch_id and z.issued_at >= b.low and z.issued_at < b.high and (z.issued_at at time zone b.time_zone)::date between p_from and p_to
    union all
    -- Customers: what they paid on account or got back, and what was put right; what they buy on it is a tender of the sale.
    select e.business_date, e.entered_at, 'account:' || e.entry_id, 'account_' || e.kind, e.account_id::text, x.line_no, x.account_key, x.amount, coalesce(e.reason, e.reference)
    from operational.account_entries e left join operational.journal_accounts a on a.tender = e.method
    cross join lateral (values (1, case e.kind when 'correction' then 'account_corrections' else coalesce(a.account_key, 'other_tenders') end, - e.amount), (2, 'customers', e.amount)) x (line_no, account_key, amount)
    where e.branch_id = p_branch_id and e.kind in ('payment', 'payout', 'correction') and e.business_date between p_from and p_to
    union all
    -- Suppliers: approved invoices and credit notes, and what was paid of them.
    select (i.approved_at at time zone b.time_zone)::date, i.approved_at, 'supplier-invoice:' || i.supplier_invoice_id, 'supplier_' || i.kind, i.number, x.line_no, x.account_key, x.amount, s.name
    from at_branch b cross join operational.supplier_invoices i
    join operational.suppliers s using (supplier_id)
    cross join lateral (select case i.kind when 'invoice' then 1 else -1 end as sign,
      coalesce((select sum(l.net) from operational.supplier_invoice_items l where l.supplier_invoice_id = i.supplier_invoice_id and l.drug_id is null), 0) as other,
      exists (select from operational.supplier_returns r where r.credit_note_id = i.supplier_invoice_id) as of_return) n
    cross join lateral (values (1, case when n.of_return then 'goods_returned' else 'goods_received' end, n.sign * (i.net_total - n.other)), (2, 'purchase_costs', n.sign * n.other),
      (3, 'vat_input', n.sign * i.tax_total), (4, 'payables', - n.sign * i.total)) x (line_no, account_key, amount)
    where i.branch_id = p_branch_id and i.status = 'approved' and i.approved_at >= b.low and i.approved_at < b.high and (i.approved_at at time zone b.time_zone)::date between p_from and p_to
    union all
    select p.paid_on, p.recorded_at, 'supplier-payment:' || p.supplier_payment_id, 'supplier_payment', coalesce(p.reference, p.supplier_payment_id::text), x.line_no, x.account_key, x.amount, i.number
    from operational.supplier_payments p join operational.supplier_invoices i using (supplier_invoice_id)
    cross join lateral (values (1, 'payables', p.amount), (2, 'bank', - p.amount)) x (line_no, account_key, amount)
    where p.branch_id = p_branch_id and p.paid_on between p_from and p_to
    union all
    -- Payers: a claim that is paid, and one that is not paid any more.
    select (e.occurred_at at time zone b.time_zone)::date, e.occurred_at, 'claim:' || e.event_id, 'claim_payment', c.claim_number, x.line_no, x.account_key, x.amount, null
    from at_branch b cross join operational.claim_events e
    join operational.claims c using (claim_id)
    cross join lateral (select case when e.to_status = 'paid' then c.payer_share else - c.payer_share end as paid) n
    cross join lateral (values (1, 'bank', n.paid), (2, 'insurance_receivable', - n.paid)) x (line_no, account_key, amount)
    where e.branch_id = p_branch_id and (e.to_status = 'paid') <> (e.from_status is not distinct from 'paid')
      and e.occurred_at >= b.low and e.occurred_at < b.high and (e.occurred_at at time zone b.time_zone)::date between p_from and p_to
  )
  select l.posted_on, l.posted_at, l.entry_id, l.document, l.document_number, l.line_no, l.account_key, l.amount, l.memo
  from lines l where l.amount <> 0
$$;
comment on function operational.journal_lines(integer, date, date) is 'Lines of the journal of a branch between two of its days, debit positive, credit negative: derived from posted documents, each entry adding up to zero, the same whenever it is read.';
revoke all on function operational.journal_lines(integer, date, date), operational.movement_account(text) from public;
grant execute on function operational.journal_lines(integer, date, date), operational.movement_account(text) to pharmacy_app, pharmacy_admin, pharmacy_reporting;
`;
