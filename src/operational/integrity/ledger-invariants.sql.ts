import type { Invariant } from './invariant.types.js';

/** What must be true of the months of the ledger. These read it whole: `lot-equals-ledger` may trust the sums of closed months because of them. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    code: 'month-totals-equal-ledger',
    rule: 'The sums of closed months are those of their movements, row by row.',
    sql: `
select 'lot ' || lot_id || ', recorded ' || recorded_month || ', effective ' || effective_month || ': summed ' || coalesce(t.quantity::text, 'nothing') || ' of ' || coalesce(t.movements, 0)
  || ' movements, ledger ' || coalesce(m.quantity::text, 'nothing') || ' of ' || coalesce(m.movements, 0) as broken
from operational.stock_month_totals t
full join (
  select m.lot_id, operational.movement_month(m.recorded_at) as recorded_month, operational.movement_month(m.effective_at) as effective_month, min(m.branch_id) as branch_id,
    min(m.drug_id) as drug_id, sum(m.quantity) as quantity, count(*) as movements,
    coalesce(sum(m.quantity) filter (where m.movement_type in ('receipt', 'transfer_in', 'compounding_in')), 0) as received,
    - coalesce(sum(m.quantity) filter (where m.movement_type in ('dispense', 'sale', 'return') or (m.movement_type = 'reversal' and m.fill_id is not null)), 0) as to_patients
  from operational.stock_movements m where m.recorded_at < (select operational.movements_closed_until()) group by 1, 2, 3) m
using (lot_id, recorded_month, effective_month)
where (t.branch_id, t.drug_id, t.quantity, t.movements, t.received, t.to_patients) is distinct from (m.branch_id, m.drug_id, m.quantity, m.movements, m.received, m.to_patients)
order by 1`,
  },
  {
    code: 'ledger-numbers-once',
    rule: 'A number is one movement in all months; what may be once is, and is known as such; what is taken back is there.',
    sql: `
select 'movement ' || m.movement_id || ' is there ' || count(*) || ' times' as broken from operational.stock_movements m group by m.movement_id having count(*) > 1
union all
select kind || ' ' || key_id || ': known as movement ' || coalesce(k.movement_id::text, 'none') || ', is movement ' || coalesce(m.movement_id::text, 'none')
from operational.stock_movement_keys k
full join (
  select x.kind, x.key_id, x.lot_id, m.movement_id from operational.stock_movements m
  cross join lateral (values ('reverses', m.reverses_movement_id, 0), ('count_line', m.count_line_id::bigint, 0), ('adjustment', m.adjustment_id::bigint, 0),
    ('batch_lot', m.compound_batch_id::bigint, m.lot_id)) x (kind, key_id, lot_id)
  where x.key_id is not null and num_nonnulls(m.reverses_movement_id, m.count_line_id, m.adjustment_id, m.compound_batch_id) > 0) m using (kind, key_id, lot_id)
where k.movement_id is distinct from m.movement_id
union all
select 'movement ' || m.movement_id || ' takes back ' || m.reverses_movement_id || ', which is not there' from operational.stock_movements m
where m.reverses_movement_id is not null and not exists (select from operational.stock_movements o where o.movement_id = m.reverses_movement_id)
order by 1`,
  },
];
