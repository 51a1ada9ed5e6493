import type { Invariant } from './invariant.types.js';

/** What must be true of claims and of what payers tender. */
export const CLAIM_INVARIANTS: readonly Invariant[] = [
  {
    code: 'shares-add-up',
    rule: 'Each payer of a fill is asked for what the ones before him left, so that his and their shares and the patient’s are its price.',
    sql: `
select 'fill ' || x.fill_id || ': price ' || x.price || ', claim ' || x.claim_id || ' asks for ' || x.amount_claimed || ' of ' || x.due || ', payer ' || coalesce(x.payer_share::text, '-')
  || ', patient ' || coalesce(x.patient_share::text, '-') as broken
from (select c.*, f.price, coalesce(lag(c.patient_share) over (partition by c.fill_id order by c.claim_id), f.price) as due
      from operational.claims c join operational.fills f using (fill_id) where c.status in ('submitted', 'adjudicated', 'paid')) x
where x.amount_claimed <> x.due or x.payer_share + x.patient_share <> x.amount_claimed order by x.fill_id, x.claim_id`,
  },
  {
    code: 'claims-tendered',
    rule: 'A payer tenders exactly the share of its claim while the fill is sold, and nothing otherwise; no sold fill has a claim nobody settled.',
    sql: `
select 'claim ' || c.claim_id || ' (' || c.status || ') of fill ' || c.fill_id || ': bears ' || coalesce(c.payer_share::text, '-') || ', tendered ' || coalesce(p.tendered, 0) as broken
from operational.claims c
left join (select claim_id, sum(amount) as tendered from operational.payments where claim_id is not null group by claim_id) p using (claim_id)
left join (select fill_id, sum(quantity) as sold from operational.sale_items where fill_id is not null group by fill_id) s using (fill_id)
where coalesce(p.tendered, 0) <> case when coalesce(s.sold, 0) > 0 and c.status in ('adjudicated', 'paid') then c.payer_share else 0 end
  or (coalesce(s.sold, 0) > 0 and c.status in ('submitted', 'rejected')) order by c.claim_id`,
  },
  {
    code: 'plan-limits-kept',
    rule: 'No cover was paid more, or bore more of its deductible, than its plan says for a period.',
    sql: `
select 'cover ' || c.insurance_id || ' from ' || c.period_from || ': paid ' || sum(c.payer_share) || ', deductible ' || sum(c.deductible_applied) as broken
from operational.claims c where c.status in ('adjudicated', 'paid') and c.period_from is not null group by c.insurance_id, c.period_from
having sum(c.payer_share) > max(coalesce(c.period_cap, 'infinity')) or sum(c.deductible_applied) > max(c.period_deductible) order by c.insurance_id, c.period_from`,
  },
  {
    code: 'claim-history-whole',
    rule: 'The history of a claim has no gap and ends where it stands.',
    sql: `
select 'claim ' || c.claim_id || ': history ends at ' || coalesce(e.to_status, 'nothing') || ', it is ' || c.status as broken
from operational.claims c left join lateral (select x.to_status from operational.claim_events x where x.claim_id = c.claim_id order by x.event_id desc limit 1) e on true
where e.to_status is distinct from c.status
union all
select 'claim ' || h.claim_id || ': event ' || h.event_id || ' begins at ' || coalesce(h.from_status, 'nothing') || ' after ' || coalesce(h.before, 'nothing')
from (select e.*, lag(e.to_status) over (partition by e.claim_id order by e.event_id) as before from operational.claim_events e) h
where h.from_status is distinct from h.before order by 1`,
  },
];
