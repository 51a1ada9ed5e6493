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
];
