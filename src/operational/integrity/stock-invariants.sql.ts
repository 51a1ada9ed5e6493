import type { Invariant } from './invariant.types.js';

/** What must be true of counting and moving stock. */
export const STOCK_INVARIANTS: readonly Invariant[] = [
  {
    code: 'counts-whole',
    rule: 'A count says what the book said when a lot was counted, an approved one was posted once and by somebody who did not count, and no lot is in two open counts.',
    sql: `
select 'count ' || e.count_id || ' line ' || e.count_line_id || ': expected ' || e.expected || ', book ' || l.snapshot_quantity + coalesce(m.moved, 0) as broken
from operational.stock_count_entries e join operational.stock_count_lines l using (count_line_id)
left join lateral (select sum(x.quantity) as moved from operational.stock_movements x
  where x.lot_id = l.lot_id and x.movement_id > l.snapshot_movement_id and x.movement_id <= e.movement_id) m on true
where e.expected <> l.snapshot_quantity + coalesce(m.moved, 0)
union all
select 'count ' || c.count_id || ' (' || c.status || ') line ' || l.count_line_id || ': differs by ' || coalesce(e.counted - e.expected, 0) || ', posted ' || coalesce(m.quantity, 0)
from operational.stock_count_lines l join operational.stock_counts c using (count_id)
left join operational.stock_count_entries e on e.entry_id = l.last_entry_id left join operational.stock_movements m on m.count_line_id = l.count_line_id
where coalesce(m.quantity, 0) <> case when c.status = 'approved' and not l.is_left then coalesce(e.counted - e.expected, 0) else 0 end
union all
select 'count ' || c.count_id || ': approved by user ' || c.closed_by || ', who counted'
from operational.stock_counts c where c.status = 'approved' and exists (
  select from operational.stock_count_entries e where e.count_id = c.count_id and e.counted_by = c.closed_by)
union all
select 'count ' || l.count_id || ' (' || c.status || ') line ' || l.count_line_id || ': open ' || l.is_open
from operational.stock_count_lines l join operational.stock_counts c using (count_id) where l.is_open <> (c.status in ('counting', 'submitted'))
order by 1`,
  },
  {
    code: 'transfers-two-sided',
    rule: 'What was sent of a lot is what arrived, came back, was given up and is in transit; each movement between branches has its other side; nothing of a transfer that ended is in transit or in dispute.',
    sql: `
select 'lot ' || t.transit_lot_id || ' of transfer ' || t.transfer_id || ': in transit ' || t.quantity || ', issued ' || t.issued || ', received ' || t.received || ', returned ' || t.returned
  || ', written off ' || t.written_off || ', ledger ' || coalesce(m.moved, 0) as broken
from operational.stock_transit_lots t
left join (select transit_lot_id, sum(quantity) as moved, sum(quantity) filter (where kind = 'issue') as issued, - sum(quantity) filter (where kind = 'receive') as received,
  - sum(quantity) filter (where kind = 'return') as returned, - sum(quantity) filter (where kind = 'write_off') as written_off
  from operational.stock_transit_movements group by 1) m using (transit_lot_id)
where t.quantity < 0 or (t.quantity, t.issued, t.received, t.returned, t.written_off)
  is distinct from (coalesce(m.moved, 0), coalesce(m.issued, 0), coalesce(m.received, 0), coalesce(m.returned, 0), coalesce(m.written_off, 0))
union all
select 'movement ' || m.movement_id || ' (' || m.movement_type || ' of ' || m.quantity || '): other side ' || coalesce(x.quantity::text, 'none')
from operational.stock_movements m left join operational.stock_transit_movements x on x.movement_id = m.movement_id
where m.movement_type in ('transfer_out', 'transfer_in') and x.quantity is distinct from - m.quantity
union all
select 'transit movement ' || x.transit_movement_id || ' (' || x.kind || '): movement of stock ' || coalesce(m.movement_type, 'none')
from operational.stock_transit_movements x left join operational.stock_movements m on m.movement_id = x.movement_id
where x.kind <> 'write_off' and m.movement_type is distinct from case x.kind when 'issue' then 'transfer_out' else 'transfer_in' end
union all
select 'transfer ' || s.transfer_id || ' (' || s.status || '): in transit ' || coalesce(sum(t.quantity), 0) || ', in dispute ' || count(d.discrepancy_id)
from operational.stock_transfers s left join operational.stock_transit_lots t using (transfer_id)
left join operational.stock_transfer_discrepancies d on d.transit_lot_id = t.transit_lot_id and d.resolution is null
where s.status not in ('in_transit', 'discrepant') group by s.transfer_id having coalesce(sum(t.quantity), 0) <> 0 or count(d.discrepancy_id) > 0
order by 1`,
  },
  {
    code: 'recalls-hold',
    rule: 'At a branch where a recall was applied every lot of it is set aside, and of a closed one nothing is on a shelf or in transit.',
    sql: `
select 'lot ' || l.lot_id || ' of recall ' || r.recall_id || ' is ' || l.status as broken
from operational.stock_recalls r join operational.stock_recall_branches b using (recall_id)
join operational.inventory_lots l on l.branch_id = b.branch_id and l.drug_id = r.drug_id and (r.lot_key is null or upper(btrim(l.lot_number)) = r.lot_key)
where r.status <> 'withdrawn' and l.status <> 'recalled'
union all
select 'recall ' || r.recall_id || ' is closed: ' || l.quantity || ' in lot ' || l.lot_id
from operational.stock_recalls r join operational.inventory_lots l on l.drug_id = r.drug_id and (r.lot_key is null or upper(btrim(l.lot_number)) = r.lot_key)
where r.status = 'closed' and l.quantity > 0
union all
select 'recall ' || r.recall_id || ' is closed: ' || l.quantity || ' in transit'
from operational.stock_recalls r join operational.stock_transit_lots l on l.drug_id = r.drug_id and (r.lot_key is null or upper(btrim(l.lot_number)) = r.lot_key)
where r.status = 'closed' and l.quantity > 0 order by 1`,
  },
  {
    code: 'corrections-approved',
    rule: 'A correction that waited for another person is one movement, as it was asked for, approved by somebody else; what is repacked is neither more nor less.',
    sql: `
select 'correction ' || a.adjustment_id || ' (' || a.status || '): ' || a.quantity || ' of lot ' || a.lot_id || ', movement ' || coalesce(m.quantity::text, 'none') || ' of lot ' || coalesce(m.lot_id::text, 'none') as broken
from operational.stock_adjustments a left join operational.stock_movements m on m.adjustment_id = a.adjustment_id
where (a.status = 'approved') <> (m.movement_id is not null) or a.movement_id is distinct from m.movement_id or a.closed_by = a.requested_by and a.status = 'approved'
  or (m.movement_id is not null and (m.lot_id, m.quantity, m.movement_type) is distinct from (a.lot_id, a.quantity, 'adjustment'))
union all
select 'repacked in transaction ' || m.tx_id || ': drug ' || l.drug_id || ' lot ' || min(l.lot_number) || ' differs by ' || sum(m.quantity)
from operational.stock_movements m join operational.inventory_lots l using (lot_id) where m.movement_type = 'repack'
group by m.tx_id, l.branch_id, l.drug_id, upper(btrim(l.lot_number)), l.unit_cost having sum(m.quantity) <> 0
order by 1`,
  },
  {
    code: 'reservations-kept',
    rule: 'An open reservation keeps exactly its quantity, one that ended nothing.',
    sql: `
select 'reservation ' || c.counter_reservation_id || ' (' || c.status || '): ' || c.quantity || ', kept ' || coalesce(k.kept, 0) as broken
from operational.counter_reservations c left join (
  select counter_reservation_id, sum(quantity) as kept from operational.stock_reservations where status = 'open' group by 1) k using (counter_reservation_id)
where coalesce(k.kept, 0) <> case c.status when 'open' then c.quantity else 0 end order by c.counter_reservation_id`,
  },
];
