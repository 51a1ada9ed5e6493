import type { Invariant } from './invariant.types.js';

/** What must be true of compounded preparations, their batches and lots. */
export const COMPOUNDING_INVARIANTS: readonly Invariant[] = [
  {
    code: 'preparations-true',
    rule: 'A preparation contains what the ingredients of its formula contain, is as strictly controlled, and is known as far as they are.',
    sql: `
select 'formula ' || f.formula_id || ': product ' || f.drug_id || ' is not what its ingredients say' as broken
from operational.compound_formulas f join reference.drugs d using (drug_id)
where d.source <> 'compounded' or d.controlled_schedule is distinct from (
    select min(p.controlled_schedule collate "C") from operational.compound_formula_items i join reference.drugs p on p.drug_id = i.drug_id
    where i.formula_id = f.formula_id and i.version = f.version)
  or (select coalesce(jsonb_agg(to_jsonb(c) order by c.line), '[]') from operational.composition_of(f.formula_id) c)
    <> (select coalesce(jsonb_agg(jsonb_build_object('line', l.position, 'ingredient_id', l.ingredient_id, 'raw_text', l.raw_text, 'amount', l.amount, 'unit', l.unit,
        'per_amount', l.per_amount, 'per_unit', l.per_unit) order by l.position), '[]') from reference.drug_ingredients l where l.drug_id = f.drug_id)
union all
select 'product ' || d.drug_id || ': compounded without a formula'
from reference.drugs d where d.source = 'compounded' and not exists (select from operational.compound_formulas f where f.drug_id = d.drug_id)
order by 1`,
  },
  {
    code: 'batches-keep-what-they-take',
    rule: 'A batch in work keeps of each lot what is planned, or weighed and wasted; one that ended keeps nothing.',
    sql: `
select 'batch item ' || i.batch_item_id || ' of batch ' || b.batch_id || ' (' || b.status || '): kept ' || coalesce(r.kept, 0) as broken
from operational.compound_batch_items i join operational.compound_batches b using (batch_id)
left join (select compound_batch_item_id, sum(quantity) as kept from operational.stock_reservations where status = 'open' group by 1) r on r.compound_batch_item_id = i.batch_item_id
where coalesce(r.kept, 0) <> case when b.status in ('in_preparation', 'made') then coalesce(i.quantity_used + i.waste, i.quantity_planned) else 0 end
order by i.batch_item_id`,
  },
  {
    code: 'batches-move-what-they-say',
    rule: 'A released batch took of each lot what was weighed and wasted and became a lot of its quantity; no other moved anything but what it wrote off.',
    sql: `
select 'batch ' || b.batch_id || ' (' || b.status || '): of lot ' || coalesce(i.lot_id, m.lot_id) || ' moved ' || coalesce(m.moved, 0) || ', due ' || coalesce(i.due, 0) as broken
from operational.compound_batches b
left join lateral (
  select x.lot_id, case when b.status = 'released' or (b.status = 'discarded' and not b.weighed_back) then - coalesce(x.quantity_used + x.waste, 0)
    when b.status = 'discarded' then - x.waste else 0 end as due
  from operational.compound_batch_items x where x.batch_id = b.batch_id
  union all select b.lot_id, b.quantity where b.lot_id is not null) i on true
full join (select compound_batch_id, lot_id, sum(quantity) as moved from operational.stock_movements where compound_batch_id is not null group by 1, 2) m
  on m.compound_batch_id = b.batch_id and m.lot_id = i.lot_id
where coalesce(m.moved, 0) <> coalesce(i.due, 0) order by 1`,
  },
  {
    code: 'beyond-use-kept',
    rule: 'What was made may be used no longer than its formula and each of its ingredients, was released in that time, and its lot says so.',
    sql: `
select 'batch ' || b.batch_id || ': to ' || b.beyond_use_date || ', formula to ' || (b.made_at at time zone n.time_zone)::date + v.beyond_use_days || ', ingredients to ' || coalesce(e.first::text, '-')
  || ', lot to ' || coalesce(l.expiry_date::text, '-') as broken
from operational.compound_batches b join operational.branches n using (branch_id)
join operational.compound_formula_versions v on v.formula_id = b.formula_id and v.version = b.formula_version
left join operational.inventory_lots l on l.lot_id = b.lot_id
left join lateral (select min(x.expiry_date) as first from operational.compound_batch_items i join operational.inventory_lots x using (lot_id) where i.batch_id = b.batch_id) e on true
where b.made_at is not null and (b.beyond_use_date > (b.made_at at time zone n.time_zone)::date + v.beyond_use_days or b.beyond_use_date > e.first
  or (b.lot_id is not null and l.expiry_date is distinct from b.beyond_use_date) or (b.released_at at time zone n.time_zone)::date > b.beyond_use_date)
order by b.batch_id`,
  },
  {
    code: 'made-for-one',
    rule: 'Nothing of a lot made for a prescription was given under another, or is free; what came back of anything compounded is not on the shelf.',
    sql: `
select 'movement ' || m.movement_id || ' of lot ' || l.lot_id || ': fill ' || coalesce(m.fill_id::text, 'none') || ', made for prescription ' || b.prescription_id as broken
from operational.compound_batches b join operational.inventory_lots l on l.compound_batch_id = b.batch_id
join operational.stock_movements m on m.lot_id = l.lot_id and m.movement_type in ('dispense', 'sale')
left join operational.fills f on f.fill_id = m.fill_id
where b.prescription_id is not null and f.prescription_id is distinct from b.prescription_id
union all
select 'lot ' || l.lot_id || ': made for prescription ' || b.prescription_id || ', ' || l.quantity - l.quantity_reserved || ' are free'
from operational.compound_batches b join operational.inventory_lots l on l.compound_batch_id = b.batch_id
where b.prescription_id is not null and l.status = 'available' and l.quantity > l.quantity_reserved
union all
select 'fill ' || m.fill_id || ': ' || sum(m.quantity) filter (where m.movement_type = 'reversal') || ' came back to lot ' || l.lot_id || ', set aside ' || - coalesce(sum(m.quantity) filter (where m.movement_type = 'adjustment'), 0)
from operational.stock_movements m join operational.inventory_lots l using (lot_id)
where l.compound_batch_id is not null and l.status = 'available' and m.fill_id is not null and m.movement_type in ('reversal', 'adjustment')
group by m.fill_id, l.lot_id having coalesce(sum(m.quantity) filter (where m.movement_type = 'reversal'), 0) > - coalesce(sum(m.quantity) filter (where m.movement_type = 'adjustment'), 0)
order by 1`,
  },
  {
    code: 'batches-checked',
    rule: 'Where two people had to sign a batch, two did, and its history has no gap and ends where it stands.',
    sql: `
select 'batch ' || b.batch_id || ': made and released by user ' || b.made_by as broken from operational.compound_batches b where b.second_person and b.made_by = b.checked_by
union all
select 'batch ' || b.batch_id || ': history ends at ' || coalesce(e.to_status, 'nothing') || ', it is ' || b.status
from operational.compound_batches b left join lateral (select x.to_status from operational.compound_batch_events x where x.batch_id = b.batch_id order by x.event_id desc limit 1) e on true
where e.to_status is distinct from b.status
union all
select 'batch ' || h.batch_id || ': event ' || h.event_id || ' begins at ' || coalesce(h.from_status, 'nothing') || ' after ' || coalesce(h.before, 'nothing')
from (select e.*, lag(e.to_status) over (partition by e.batch_id order by e.event_id) as before from operational.compound_batch_events e) h
where h.from_status is distinct from h.before order by 1`,
  },
];
