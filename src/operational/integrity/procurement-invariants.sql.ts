import type { Invariant } from './invariant.types.js';

/** What must be true of orders to suppliers, what came of them and what they are paid. */
export const PROCUREMENT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'received-within-ordered',
    rule: 'Receipt lines that stand add up to what their order line says was received, free goods apart, within the tolerance.',
    sql: `
select 'order line ' || i.purchase_order_item_id || ': noted ' || i.quantity_received || ' and ' || i.quantity_bonus_received || ' free, receipts '
  || coalesce(r.paid, 0) || ' and ' || coalesce(r.bonus, 0) as broken
from operational.purchase_order_items i join operational.purchase_orders o using (purchase_order_id)
left join (select g.purchase_order_item_id, sum(g.quantity - g.bonus) as paid, sum(g.bonus) as bonus from operational.goods_receipt_items g
  where not exists (select from operational.goods_receipt_reversals v where v.goods_receipt_item_id = g.goods_receipt_item_id) group by 1) r using (purchase_order_item_id)
where coalesce(r.paid, 0) <> i.quantity_received or coalesce(r.bonus, 0) <> i.quantity_bonus_received
  or i.quantity_received > i.quantity_ordered * (1 + o.over_receipt_tolerance)
order by i.purchase_order_item_id`,
  },
  {
    code: 'orders-add-up',
    rule: 'The lines of an order add up to it, and the shares of its discount and landed cost to the whole.',
    sql: `
select 'order ' || o.purchase_order_id || ': net ' || o.net_total || ', lines ' || coalesce(i.net, 0) || '; tax ' || o.tax_total || ', lines ' || coalesce(i.tax, 0) as broken
from operational.purchase_orders o
left join (select purchase_order_id, sum(net) as net, sum(tax) as tax, sum(header_discount) as discount, sum(landed_cost) as landed
  from operational.purchase_order_items group by 1) i using (purchase_order_id)
where (o.net_total, o.tax_total, o.discount, o.landed_cost) is distinct from (coalesce(i.net, 0), coalesce(i.tax, 0), coalesce(i.discount, 0), coalesce(i.landed, 0))
order by o.purchase_order_id`,
  },
  {
    code: 'orders-stand-where-received',
    rule: 'An order stands where its receipts put it, its history ends there, and above the limit another than its writer approved it.',
    sql: `
select 'order ' || o.purchase_order_id || ' is ' || o.status || ', history ends at ' || coalesce(e.to_status, 'nothing') || ', received in full: ' || coalesce(i.whole, false) as broken
from operational.purchase_orders o
left join lateral (select bool_and(l.quantity_received >= l.quantity_ordered) as whole, bool_or(l.quantity_received + l.quantity_bonus_received > 0) as begun
  from operational.purchase_order_items l where l.purchase_order_id = o.purchase_order_id) i on true
left join lateral (select x.to_status from operational.purchase_order_events x where x.purchase_order_id = o.purchase_order_id order by x.event_id desc limit 1) e on true
where e.to_status is distinct from o.status
  or (o.status <> 'closed' and (coalesce(i.whole, false) <> (o.status = 'received')
    or (coalesce(i.begun, false) and not coalesce(i.whole, false)) <> (o.status = 'partially_received')))
  or (o.needs_approval and o.status not in ('submitted', 'cancelled') and (o.approved_by is null or o.approved_by in (coalesce(o.created_by, 0), coalesce(o.submitted_by, 0))))
order by o.purchase_order_id`,
  },
  {
    code: 'receipts-cost-what-was-ordered',
    rule: 'The shares of the cost of a delivery add up to it, and its lines, free goods counted, cost what a base unit is said to.',
    sql: `
select 'receipt ' || r.goods_receipt_id || ': landed cost ' || r.landed_cost || ', lines ' || coalesce(sum(g.landed_cost), 0) as broken
from operational.goods_receipts r left join operational.goods_receipt_items g using (goods_receipt_id)
group by r.goods_receipt_id, r.landed_cost having coalesce(sum(g.landed_cost), 0) <> r.landed_cost
union all
select 'receipt line ' || g.goods_receipt_item_id || ': ' || g.quantity || ' at ' || g.unit_cost || ', cost ' || g.net_cost + g.landed_cost
from operational.goods_receipt_items g where abs(g.unit_cost - (g.net_cost + g.landed_cost) / g.quantity) > 0.000001 order by 1`,
  },
  {
    code: 'reversed-receipts-left-stock',
    rule: 'A receipt line that was taken back has left its lot by a reversing movement, and no other reversal is of a receipt.',
    sql: `
select 'receipt line ' || coalesce(v.goods_receipt_item_id, m.goods_receipt_item_id) || ': taken back ' || (v.goods_receipt_item_id is not null) || ', movement ' || coalesce(r.movement_id::text, 'none') as broken
from operational.stock_movements m
join operational.stock_movements r on r.reverses_movement_id = m.movement_id
full join operational.goods_receipt_reversals v on v.movement_id = r.movement_id and v.goods_receipt_item_id = m.goods_receipt_item_id
where v.goods_receipt_item_id is null and m.movement_type = 'receipt' or m.movement_id is null order by 1`,
  },
  {
    code: 'invoices-add-up',
    rule: 'The lines of a supplier’s invoice add up to it, no more is paid or credited than its total, one that differed was approved with a reason, and its history ends where it stands.',
    sql: `
select 'invoice ' || i.supplier_invoice_id || ' (' || i.status || '): net ' || i.net_total || ', lines ' || coalesce(x.net, 0) || '; open ' || operational.open_of_invoice(i.supplier_invoice_id) as broken
from operational.supplier_invoices i
left join (select supplier_invoice_id, sum(net) as net, sum(tax) as tax from operational.supplier_invoice_items group by 1) x using (supplier_invoice_id)
left join lateral (select e.to_status from operational.supplier_invoice_events e where e.supplier_invoice_id = i.supplier_invoice_id order by e.event_id desc limit 1) e on true
where (i.net_total, i.tax_total) is distinct from (coalesce(x.net, 0), coalesce(x.tax, 0)) or operational.open_of_invoice(i.supplier_invoice_id) < 0
  or (i.status = 'approved' and i.differences <> '[]' and coalesce(i.status_reason, '') = '') or (i.needs_approval and i.approved_by = i.entered_by)
  or e.to_status is distinct from i.status
order by i.supplier_invoice_id`,
  },
  {
    code: 'supplier-returns-moved',
    rule: 'What was sent back to a supplier left its lot by exactly one movement of its return, and is there again where the return was cancelled.',
    sql: `
select 'return line ' || i.supplier_return_item_id || ' (' || r.status || '): ' || i.quantity || ' of lot ' || i.lot_id || ', moved ' || coalesce(m.quantity::text, 'nothing')
  || case when v.movement_id is null then '' else ', brought back' end as broken
from operational.supplier_return_items i join operational.supplier_returns r using (supplier_return_id)
left join operational.stock_movements m on m.movement_id = i.movement_id
left join operational.stock_movements v on v.reverses_movement_id = i.movement_id
where (m.movement_id is not null and (m.movement_type, m.lot_id, m.quantity) is distinct from ('supplier_return', i.lot_id, - i.quantity))
  or case when r.status in ('shipped', 'credited') then m.movement_id is null or v.movement_id is not null
    when r.status = 'cancelled' then m.movement_id is not null and v.movement_id is null else m.movement_id is not null end
union all
select 'movement ' || m.movement_id || ' is of no return' from operational.stock_movements m
where m.movement_type = 'supplier_return' and not exists (select from operational.supplier_return_items i where i.movement_id = m.movement_id) order by 1`,
  },
];
