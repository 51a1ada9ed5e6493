import type { Invariant } from './invariant.types.js';

/** What must be true of taxes and promotions of sales. */
export const PRICING_INVARIANTS: readonly Invariant[] = [
  {
    code: 'taxes-add-up',
    rule: 'The taxes of the lines are those of the sale, and each is that of its price, rate and way.',
    sql: `
select 'sale ' || s.sale_id || ': tax ' || s.tax_total || ' (in prices ' || s.tax_in_prices || '), lines ' || x.tax || ' (' || x.in_prices || '), wrong lines ' || x.wrong as broken
from operational.sales s join operational.branches b using (branch_id)
cross join lateral (select coalesce(sum(i.tax), 0) as tax, coalesce(sum(i.tax) filter (where i.tax_included), 0) as in_prices,
    count(*) filter (where i.quantity > 0 and i.tax <> operational.tax_of(i.amount - i.discount, i.tax_rate, i.tax_included, b.currency_decimals)) as wrong
  from operational.sale_items i where i.sale_id = s.sale_id) x
where s.tax_total <> x.tax or s.tax_in_prices <> x.in_prices or x.wrong > 0 order by s.sale_id`,
  },
  {
    code: 'taxes-returned-within-taken',
    rule: 'No more tax is given back of a line than was taken, and all of it when all of the line came back.',
    sql: `
select 'sale line ' || o.sale_item_id || ': tax ' || o.tax || ', given back ' || - sum(r.tax) as broken
from operational.sale_items o join operational.sale_items r on r.original_sale_item_id = o.sale_item_id
group by o.sale_item_id, o.tax, o.quantity having - sum(r.tax) > o.tax or (- sum(r.quantity) = o.quantity and - sum(r.tax) <> o.tax) order by o.sale_item_id`,
  },
  {
    code: 'promotions-in-discounts',
    rule: 'What promotions took off a line is in its discount, each unit once.',
    sql: `
select 'sale line ' || i.sale_item_id || ': discount ' || i.discount || ', promotions ' || sum(p.amount) as broken
from operational.sale_items i join operational.sale_item_promotions p using (sale_item_id)
group by i.sale_item_id, i.discount, i.quantity having sum(p.amount) > i.discount or sum(p.quantity) > i.quantity order by i.sale_item_id`,
  },
];
