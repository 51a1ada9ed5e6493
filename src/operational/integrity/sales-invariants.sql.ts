import type { Invariant } from './invariant.types.js';

/** The sums of closed days, each beside the sales it is made of: what is the same in both, and what is added up. */
const SUMS = [
  // The hour is left out: it is the clock's of the day it was summed on, and a branch may change its time zone.
  ['counters', ['user_id', 'sale_type'], ['sales', 'discounted', 'amount', 'discount', 'tax', 'rounding', 'cost']],
  ['products', ['drug_id', 'tax_rate', 'is_return'], ['lines', 'quantity', 'amount', 'discount', 'tax', 'cost']],
  ['prescribers', ['prescriber_id', 'is_return'], ['lines', 'amount', 'discount', 'tax', 'cost']],
  ['tenders', ['user_id', 'method', 'payer_id', 'is_return'], ['payments', 'amount']],
] as const; // prettier-ignore

const IN_USE =
  'exists (select from operational.sales_closed_days c where c.branch_id = x.branch_id and c.business_date = x.business_date)';

const differing = ([name, keys, figures]: (typeof SUMS)[number]): string => {
  const side = (table: string): string => `
    select x.branch_id, x.business_date, row(${keys.map((key) => `x.${key}`).join(', ')})::text as of, row(${figures.map((figure) => `trim_scale(sum(x.${figure})::numeric)`).join(', ')})::text as sums
    from operational.${table} x where ${IN_USE} group by x.branch_id, x.business_date, ${keys.map((key) => `x.${key}`).join(', ')}`;
  return `
select '${name} of branch ' || branch_id || ' on ' || business_date || ', ' || of || ': summed ' || coalesce(s.sums, 'nothing') || ', sold ' || coalesce(l.sums, 'nothing') as broken
from (${side(`sales_day_${name}`)}) s full join (${side(`live_sales_${name}`)}) l using (branch_id, business_date, of)
where s.sums is distinct from l.sums`;
};

const MONTH_SUMS = `sum(lines), sum(quantity), sum(amount), sum(discount), sum(tax), sum(cost)`;

/** What must be true of the sums reports are made of. These read all sales: reports may trust the sums because of them. */
export const SALES_INVARIANTS: readonly Invariant[] = [
  {
    code: 'day-sums-equal-sales',
    rule: 'The sums of closed business days are those of their sales, lines, payments and movements.',
    sql: `${SUMS.map(differing).join('\nunion all')}
order by 1`,
  },
  {
    code: 'month-products-equal-days',
    rule: 'The sums of closed months are those of their days, and all their days are closed.',
    sql: `
select 'branch ' || m.branch_id || ', ' || m.month || ': ' || count(c.business_date) || ' days are closed' as broken
from operational.sales_closed_months m left join operational.sales_closed_days c
  on c.branch_id = m.branch_id and c.business_date >= m.month and c.business_date < (m.month + interval '1 month')::date
group by m.branch_id, m.month having count(c.business_date) <> (m.month + interval '1 month')::date - m.month
union all
select 'product ' || drug_id || ' at branch ' || branch_id || ' in ' || month || ': month ' || coalesce(s.sums, 'nothing') || ', days ' || coalesce(d.sums, 'nothing')
from (select p.branch_id, p.month, p.drug_id, p.tax_rate, p.is_return, row(${MONTH_SUMS})::text as sums
      from operational.sales_month_products p join operational.sales_closed_months m using (branch_id, month) group by 1, 2, 3, 4, 5) s
full join (select p.branch_id, m.month, p.drug_id, p.tax_rate, p.is_return, row(${MONTH_SUMS})::text as sums
      from operational.sales_day_products p join operational.sales_closed_months m on m.branch_id = p.branch_id and m.month = date_trunc('month', p.business_date)::date
      group by 1, 2, 3, 4, 5) d
using (branch_id, month, drug_id, tax_rate, is_return)
where s.sums is distinct from d.sums
order by 1`,
  },
];
