/** Order lines with what receipts that stand have taken of their cost. */
export const ORDERED_SO_FAR = `
select /* receipts.orderedSoFar */ i.purchase_order_item_id as "purchaseOrderItemId", i.line_no as "lineNo", i.drug_id as "drugId", trim_scale(i.unit_base_units)::text as "unitBaseUnits",
  (i.net + i.landed_cost)::text as cost, trim_scale(i.quantity_ordered)::text as "quantityOrdered", trim_scale(i.quantity_received)::text as "quantityReceived",
  trim_scale(i.quantity_bonus)::text as "bonusOrdered", trim_scale(i.quantity_bonus_received)::text as "bonusReceived", trim_scale(o.over_receipt_tolerance)::text as tolerance, coalesce(c.cost, 0)::text as "costReceived"
from operational.purchase_order_items i join operational.purchase_orders o using (purchase_order_id)
left join lateral (select sum(g.net_cost) as cost from operational.goods_receipt_items g where g.purchase_order_item_id = i.purchase_order_item_id
  and not exists (select from operational.goods_receipt_reversals r where r.goods_receipt_item_id = g.goods_receipt_item_id)) c on true
where i.purchase_order_id = $1 order by i.line_no`;

const RECEIPT = `
select /* receipts.shown */ r.goods_receipt_id as "goodsReceiptId", r.purchase_order_id as "purchaseOrderId", o.order_number as "orderNumber", r.supplier_id as "supplierId",
  s.name as "supplierName", s.name_ar as "supplierNameAr", r.supplier_document as "supplierDocument", r.landed_cost::text as "landedCost", coalesce(i.value, 0)::text as value,
  coalesce(i.lines, 0)::integer as "lineCount", u.full_name as "receivedBy", r.received_at as "receivedAt"
from operational.goods_receipts r
left join operational.purchase_orders o using (purchase_order_id)
left join operational.suppliers s on s.supplier_id = r.supplier_id
left join operational.users u on u.user_id = r.received_by
left join lateral (select count(*) as lines, sum(coalesce(g.net_cost + g.landed_cost, round(g.quantity * g.unit_cost, 3))) filter (where v.goods_receipt_item_id is null) as value
  from operational.goods_receipt_items g left join operational.goods_receipt_reversals v using (goods_receipt_item_id)
  where g.goods_receipt_id = r.goods_receipt_id) i on true`;

const FILTER = `
where r.branch_id = $1 and ($2::integer is null or r.purchase_order_id = $2) and ($3::integer is null or r.supplier_id = $3)
  and ($4::integer is null or exists (select from operational.goods_receipt_items g where g.goods_receipt_id = r.goods_receipt_id and g.drug_id = $4))
  and ($5::date is null or r.received_at >= ($5::date::timestamp at time zone b.time_zone))
  and ($6::date is null or r.received_at < (($6::date + 1)::timestamp at time zone b.time_zone))`;

/** Newest first. Index: goods_receipts_branch_idx. */
export const FIND_PAGE = `${RECEIPT} join operational.branches b on b.branch_id = r.branch_id ${FILTER} order by r.goods_receipt_id desc limit $7 offset $8`;

/** Counted up to one more than is told. */
export const COUNT = `
select /* receipts.count */ count(*)::integer as total from (select from operational.goods_receipts r join operational.branches b on b.branch_id = r.branch_id ${FILTER} limit $7) x`;

export const FIND_ONE = `${RECEIPT} where r.branch_id = $1 and r.goods_receipt_id = $2`;

export const ITEMS = `
select /* receipts.items */ g.goods_receipt_item_id as "goodsReceiptItemId", g.purchase_order_item_id as "purchaseOrderItemId", g.drug_id as "drugId", d.name as "drugName",
  d.name_ar as "drugNameAr", d.base_unit as "baseUnit", m.lot_id as "lotId", g.lot_number as "lotNumber", g.expiry_date as "expiryDate",
  trim_scale(g.quantity)::text as quantity, trim_scale(g.bonus)::text as bonus, g.bonus_reason as "bonusReason", g.net_cost::text as "netCost", g.landed_cost::text as "landedCost",
  trim_scale(g.unit_cost)::text as "unitCost",
  case when v.goods_receipt_item_id is not null then json_build_object('reason', v.reason, 'userName', u.full_name, 'reversedAt', v.reversed_at) end as reversal
from operational.goods_receipt_items g join reference.drugs d using (drug_id)
join operational.stock_movements m on m.goods_receipt_item_id = g.goods_receipt_item_id and m.movement_type = 'receipt'
left join operational.goods_receipt_reversals v on v.goods_receipt_item_id = g.goods_receipt_item_id
left join operational.users u on u.user_id = v.reversed_by
where g.goods_receipt_id = $1 order by g.goods_receipt_item_id`;

export const REFUSALS = `
select /* receipts.refusals */ x.purchase_order_item_id as "purchaseOrderItemId", x.drug_id as "drugId", d.name as "drugName", trim_scale(x.quantity)::text as quantity,
  x.reason, x.note, x.lot_number as "lotNumber", x.expiry_date as "expiryDate"
from operational.goods_receipt_refusals x join reference.drugs d using (drug_id)
where x.goods_receipt_id = $1 order by x.goods_receipt_refusal_id`;

export const INSERT_REFUSALS = `
insert /* receipts.insertRefusals */ into operational.goods_receipt_refusals
  (branch_id, goods_receipt_id, purchase_order_item_id, drug_id, quantity, reason, note, lot_number, expiry_date)
select $1, $2, u.item, u.drug, u.quantity, u.reason, u.note, u.lot, u.expiry
from unnest($3::integer[], $4::integer[], $5::numeric[], $6::text[], $7::text[], $8::text[], $9::date[]) with ordinality as u (item, drug, quantity, reason, note, lot, expiry, n)
order by u.n`;

/** A receipt line to be reversed, with its movement and the order whose row is locked first. */
export const RECEIPT_ITEM = `
select /* receipts.item */ g.goods_receipt_item_id as "goodsReceiptItemId", m.movement_id as "movementId", m.lot_id as "lotId", trim_scale(g.quantity)::text as quantity,
  i.purchase_order_id as "purchaseOrderId", exists (select from operational.goods_receipt_reversals v where v.goods_receipt_item_id = g.goods_receipt_item_id) as "isReversed"
from operational.goods_receipt_items g
join operational.stock_movements m on m.goods_receipt_item_id = g.goods_receipt_item_id and m.movement_type = 'receipt'
left join operational.purchase_order_items i on i.purchase_order_item_id = g.purchase_order_item_id
where g.branch_id = $1 and g.goods_receipt_id = $2 and g.goods_receipt_item_id = $3`;

export const LOCK_ORDER = `select /* receipts.lockOrder */ 1 as locked from operational.purchase_orders o where o.purchase_order_id = $1 for update`;

/** The trigger takes it out of its lot. */
export const INSERT_REVERSAL_MOVEMENT = `
insert /* receipts.insertReversalMovement */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, reason, reverses_movement_id, balance_after, unit_cost)
select $1, l.lot_id, l.drug_id, 'reversal', - $3::numeric, $4, $5, 0, 0 from operational.inventory_lots l where l.lot_id = $2
returning movement_id as "movementId"`;

export const INSERT_REVERSAL = `
insert /* receipts.insertReversal */ into operational.goods_receipt_reversals (goods_receipt_item_id, branch_id, movement_id, reason) values ($1, $2, $3, $4)`;

/** Which lots are recalled, of so many products and lot numbers; at any branch of the reader. */
export const RECALLED = `
select /* receipts.recalled */ distinct l.drug_id as "drugId", l.lot_number as "lotNumber" from operational.inventory_lots l
where l.status = 'recalled' and l.drug_id = any ($1::integer[])`;

/** How many base units one scan of a code of these products stands for. */
export const CODES = `
select /* receipts.codes */ b.drug_id as "drugId", b.code, b.gtin, b.kind, trim_scale(u.base_units)::text as "baseUnits"
from reference.drug_barcodes b join reference.drug_barcode_units u using (barcode_id)
where b.drug_id = any ($1::integer[])`;
