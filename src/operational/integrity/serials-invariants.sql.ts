import type { Invariant } from './invariant.types.js';

/** Packs known by their serials, and the events told of them. */
export const SERIALS_INVARIANTS: readonly Invariant[] = [
  {
    code: 'packs-follow-ledger',
    rule: 'What is left in a pack is the sum of what happened to it; known packs of a lot hold no more than the lot; no pack gives more than its movement of stock takes.',
    sql: `
select 'pack ' || p.pack_serial_id || ': ' || p.remaining || ' left, ' || coalesce(m.delta, 0) || ' by its movements' as broken
from operational.pack_serials p
left join (select x.pack_serial_id, sum(x.delta) as delta from operational.pack_movements x group by 1) m using (pack_serial_id)
where p.remaining <> coalesce(m.delta, 0)
union all
select 'lot ' || l.lot_id || ': ' || l.quantity || ' on hand, ' || sum(p.remaining) || ' in its packs'
from operational.pack_serials p join operational.inventory_lots l using (lot_id) where p.remaining > 0 group by l.lot_id, l.quantity having sum(p.remaining) > l.quantity
union all
select 'movement ' || m.movement_id || ' of ' || m.quantity || ': packs say ' || sum(x.units)
from operational.pack_movements x join operational.stock_movements m using (movement_id) where x.kind <> 'receive' group by m.movement_id, m.quantity having sum(x.units) > abs(m.quantity)
order by 1`,
  },
  {
    code: 'serials-once',
    rule: 'A GTIN and serial name one pack; one that was seen again is set aside, never where it may be sold from.',
    sql: `
select 'pack ' || min(p.pack_serial_id) || ': ' || p.gtin || ' ' || p.serial || ' is there ' || count(*) || ' times' as broken
from operational.pack_serials p where p.duplicate_of is null and p.status <> 'returned' group by p.gtin, p.serial having count(*) > 1
union all
select 'pack ' || p.pack_serial_id || ' was seen twice and lies in lot ' || l.lot_id
from operational.pack_serials p join operational.inventory_lots l using (lot_id) where p.duplicate_of is not null and p.remaining > 0 and l.status = 'available'
order by 1`,
  },
  {
    code: 'trace-outbox-complete',
    rule: 'An event waits until a batch with it is accepted, and is out with one batch at a time.',
    sql: `
select 'event ' || e.trace_event_id || case when o.trace_event_id is null then ' waits nowhere and was not accepted' else ' waits and was accepted' end as broken
from operational.trace_events e left join operational.trace_outbox o using (trace_event_id)
where (o.trace_event_id is null) <> exists (select from operational.trace_batch_events i join operational.trace_batches b using (trace_batch_id)
  where i.trace_event_id = e.trace_event_id and b.status = 'accepted')
union all
select 'event ' || i.trace_event_id || ' is out with ' || count(*) || ' batches'
from operational.trace_batch_events i join operational.trace_batches b using (trace_batch_id) where b.status <> 'rejected' group by i.trace_event_id having count(*) > 1
order by 1`,
  },
];
