import type { Invariant } from './invariant.types.js';

/** Sales that were made while the server was out of reach. */
export const OFFLINE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'offline-sales-once',
    rule: 'An offline sale is posted for what the customer was charged, or rejected, or waits as a conflict: one of the three, and never none.',
    sql: `
select 'offline sale ' || o.offline_sale_id || ' (' || o.receipt_number || '): ' || case
  when p.sale_id is not null and r.step is not null then 'posted and rejected'
  when p.sale_id is not null then 'charged ' || o.total || ', posted for ' || s.total else 'neither posted nor a conflict' end as broken
from operational.offline_sales o
left join operational.offline_sale_posts p on p.offline_sale_id = o.offline_sale_id
left join operational.sales s on s.sale_id = p.sale_id
left join operational.offline_sale_conflicts r on r.offline_sale_id = o.offline_sale_id and r.step = 'rejected'
where case when p.sale_id is not null then r.step is not null or s.total <> o.total
  else not exists (select from operational.offline_sale_conflicts c where c.offline_sale_id = o.offline_sale_id and c.step = 'found') end
order by 1`,
  },
];
