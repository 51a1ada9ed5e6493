import type { Invariant } from './invariant.types.js';

/** What must be true of credit notes and exchanges. */
export const CREDIT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'credit-notes-balance',
    rule: 'What is left of a credit note is what it was given for less what was redeemed, and never below zero.',
    sql: `
select 'credit note ' || n.credit_note_id || ': ' || n.amount || ' given, ' || n.balance || ' left, payments ' || coalesce(p.net, 0) as broken
from operational.credit_notes n
left join (select credit_note_id, sum(amount) as net, sum(amount) filter (where amount < 0) as given from operational.payments
  where credit_note_id is not null group by credit_note_id) p using (credit_note_id)
where n.balance + coalesce(p.net, 0) <> 0 or n.amount + coalesce(p.given, 0) <> 0 or n.balance < 0 order by n.credit_note_id`,
  },
  {
    code: 'exchanges-cancel-out',
    rule: 'What an exchange takes from its return it gives to its sale, and nothing else is paid by exchange.',
    sql: `
select 'sale ' || p.sale_id || ': ' || sum(p.amount) || ' by exchange without its other side' as broken
from operational.payments p left join operational.exchanges x on p.sale_id in (x.return_sale_id, x.sale_id)
where p.method = 'exchange' and (x.exchange_id is null or (select sum(o.amount) from operational.payments o
  where o.sale_id in (x.return_sale_id, x.sale_id) and o.method = 'exchange') <> 0)
group by p.sale_id order by p.sale_id`,
  },
];
