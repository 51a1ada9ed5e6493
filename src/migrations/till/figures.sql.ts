/** What a drawer should hold and what its shift did: one rule for X reports, Z reports and the count at the end. */
export const FIGURES = `
create function operational.money_text(p_amount numeric) returns text language sql immutable parallel safe
  return case when p_amount = round(p_amount, 2) then round(p_amount, 2)::text else round(p_amount, 3)::text end;
comment on function operational.money_text(numeric) is 'An amount as the API writes it: two decimals, three where the third is not zero.';

create function operational.instant_text(p_at timestamptz) returns text language sql stable parallel safe
  return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function operational.instant_text(timestamptz) is 'A moment as the API writes it: ISO 8601, UTC, to the millisecond.';

create function operational.till_tenders(p_shift_id integer) returns table (method text, taken numeric, refunded numeric, expected numeric)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select method, coalesce(p.taken, 0), coalesce(p.refunded, 0), coalesce(p.taken, 0) - coalesce(p.refunded, 0) + coalesce(b.beside, 0)
  from (
    select p.method, coalesce(sum(p.amount - p.change_given) filter (where p.amount > 0), 0) as taken, coalesce(- sum(p.amount) filter (where p.amount < 0), 0) as refunded
    from (select x.method, x.amount, x.change_given from operational.payments x where x.shift_id = p_shift_id
      -- Customers who paid on account, or got back what they had paid ahead.
      union all select e.method, - e.amount, 0 from operational.account_entries e where e.shift_id = p_shift_id) p group by p.method) p
  full join (
    select 'cash' as method, s.opening_float + coalesce((select sum(m.amount) from operational.till_cash_movements m where m.shift_id = s.shift_id), 0) as beside
    from operational.till_shifts s where s.shift_id = p_shift_id) b using (method)
$$;
comment on function operational.till_tenders(integer) is 'What each tender took and gave back in a shift, and what should be there of it; cash begins with the float and counts what was put in and taken out beside sales.';

create function operational.is_counted_tender(p_method text) returns boolean language sql immutable parallel safe
  return p_method in ('cash', 'card', 'mobile');
comment on function operational.is_counted_tender(text) is 'True: the tender is in the drawer or on slips and is counted at the end of a shift; others are reported alone.';

create function operational.till_figures(p_shift_id integer) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  with tenders as (
    select t.method, t.taken, t.refunded, t.expected, c.counted, c.over_short
    from operational.till_tenders(p_shift_id) t
    full join (select method, counted, over_short from operational.till_counts where shift_id = p_shift_id) c using (method)
  ), sums as (
    select count(*) filter (where s.sale_type = 'sale') as sales, count(*) filter (where s.sale_type <> 'sale') as returns,
      coalesce(sum(s.total) filter (where s.sale_type = 'sale'), 0) as sold, coalesce(- sum(s.total) filter (where s.sale_type <> 'sale'), 0) as refunded,
      coalesce(sum(s.discount_total), 0) as discount, coalesce(sum(s.tax_total), 0) as tax, coalesce(sum(s.rounding), 0) as rounding,
      min(s.sale_number) as first_number, max(s.sale_number) as last_number
    from operational.sales s where s.shift_id = p_shift_id
  ), beside as (
    select coalesce(sum(m.amount) filter (where m.kind = 'pay_in'), 0) as paid_in, coalesce(- sum(m.amount) filter (where m.kind = 'pay_out'), 0) as paid_out,
      coalesce(- sum(m.amount) filter (where m.kind = 'drop'), 0) as dropped,
      coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'amount', operational.money_text(m.amount), 'reason', m.reason, 'bagNumber', m.bag_number,
        'witnessName', w.full_name, 'occurredAt', operational.instant_text(m.occurred_at)) order by m.till_cash_movement_id), '[]') as movements
    from operational.till_cash_movements m left join operational.users w on w.user_id = m.witness_id where m.shift_id = p_shift_id
  ), last_count as (
    select c.* from operational.till_drawer_counts c where c.shift_id = p_shift_id and c.count_no > 0 order by c.count_no desc limit 1
  )
  select jsonb_build_object(
    'openingFloat', operational.money_text(t.opening_float), 'openedAt', operational.instant_text(t.opened_at), 'cashierName', u.full_name,
    'businessDate', (t.opened_at at time zone b.time_zone)::date, 'currency', b.currency,
    'salesCount', s.sales, 'returnsCount', s.returns, 'salesTotal', operational.money_text(s.sold), 'refundsTotal', operational.money_text(s.refunded),
    'netTotal', operational.money_text(s.sold - s.refunded), 'discountTotal', operational.money_text(s.discount), 'taxTotal', operational.money_text(s.tax),
    'roundingTotal', operational.money_text(s.rounding), 'firstSaleNumber', s.first_number, 'lastSaleNumber', s.last_number,
    'taxes', coalesce((select jsonb_agg(jsonb_build_object('rate', x.tax_rate::text, 'net', operational.money_text(x.net), 'tax', operational.money_text(x.tax)) order by x.tax_rate)
      from (select i.tax_rate, sum(i.line_total - i.tax) as net, sum(i.tax) as tax from operational.sale_items i join operational.sales z using (sale_id)
        where z.shift_id = p_shift_id group by i.tax_rate) x), '[]'),
    'tenders', coalesce((select jsonb_agg(jsonb_build_object('method', n.method, 'taken', operational.money_text(coalesce(n.taken, 0)), 'refunded', operational.money_text(coalesce(n.refunded, 0)),
        'net', operational.money_text(coalesce(n.taken, 0) - coalesce(n.refunded, 0)), 'expected', operational.money_text(coalesce(n.expected, 0)),
        'counted', operational.money_text(n.counted), 'overShort', operational.money_text(n.over_short))
      order by array_position(array['cash', 'card', 'mobile', 'insurance', 'account', 'deposit', 'points'], n.method), n.method) from tenders n), '[]'),
    'paidIn', operational.money_text(d.paid_in), 'paidOut', operational.money_text(d.paid_out), 'dropped', operational.money_text(d.dropped), 'cashMovements', d.movements,
    'expectedCash', operational.money_text(coalesce((select n.expected from tenders n where n.method = 'cash'), 0)),
    'overShort', (select operational.money_text(sum(n.over_short)) from tenders n),
    'recountReason', l.recount_reason,
    'pieces', coalesce((select jsonb_agg(jsonb_build_object('denomination', operational.money_text(p.denomination), 'pieces', p.pieces) order by p.denomination desc)
      from operational.till_drawer_pieces p where p.drawer_count_id = l.drawer_count_id), '[]'))
  from operational.till_shifts t join operational.branches b using (branch_id) join operational.users u on u.user_id = t.user_id
  cross join sums s cross join beside d left join last_count l on true
  where t.shift_id = p_shift_id
$$;
comment on function operational.till_figures(integer) is 'The figures of a shift as its X report shows them now and its Z report keeps them: amounts as text, so that they are the same whenever they are read.';
`;
