const ORDER = `
select /* orders.shown */ o.purchase_order_id as "purchaseOrderId", o.order_number as "orderNumber", o.supplier_id as "supplierId", s.name as "supplierName",
  s.name_ar as "supplierNameAr", o.status, o.needs_approval as "needsApproval", o.approval_limit::text as "approvalLimit", o.discount::text as discount,
  o.landed_cost::text as "landedCost", o.net_total::text as "netTotal", o.tax_total::text as "taxTotal", o.total::text as total,
  trim_scale(o.over_receipt_tolerance)::text as "overReceiptTolerance", coalesce(i.lines, 0)::integer as "lineCount", coalesce(i.percent, 0)::integer as "receivedPercent",
  o.expected_on as "expectedOn", o.notes, o.created_by as "createdById", c.full_name as "createdBy", o.created_at as "createdAt", u.full_name as "submittedBy",
  o.ordered_at as "orderedAt", a.full_name as "approvedBy", o.approved_at as "approvedAt", o.version
from operational.purchase_orders o
join operational.suppliers s using (supplier_id)
left join operational.users c on c.user_id = o.created_by
left join operational.users u on u.user_id = o.submitted_by
left join operational.users a on a.user_id = o.approved_by
left join lateral (select count(*) as lines, floor(100 * avg(least(l.quantity_received / l.quantity_ordered, 1))) as percent
  from operational.purchase_order_items l where l.purchase_order_id = o.purchase_order_id) i on true`;

const FILTER = `
where o.branch_id = $1 and ($2::text is null or o.status = $2) and ($3::integer is null or o.supplier_id = $3)
  and ($4::integer is null or exists (select from operational.purchase_order_items l where l.purchase_order_id = o.purchase_order_id and l.drug_id = $4))
  and ($5::text is null or o.order_number ilike $5 or s.name ilike $5 or s.name_ar ilike $5)
  and ($6::boolean is null or $6 = (o.status in ('approved', 'partially_received') or o.status = 'submitted' and not o.needs_approval))`;

/** Newest first. Index: purchase_orders_branch_idx. */
export const FIND_PAGE = `${ORDER} ${FILTER} order by o.purchase_order_id desc limit $7 offset $8`;

export const COUNT = `
select /* orders.count */ count(*)::integer as total from operational.purchase_orders o join operational.suppliers s using (supplier_id) ${FILTER}`;

export const FIND_ONE = `${ORDER} where o.branch_id = $1 and o.purchase_order_id = $2`;

export const LINES = `
select /* orders.lines */ i.purchase_order_item_id as "purchaseOrderItemId", i.line_no as "lineNo", i.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr",
  d.base_unit as "baseUnit", i.level, trim_scale(i.unit_base_units)::text as "unitBaseUnits", p.pack_id as "packId", trim_scale(i.quantity)::text as quantity, trim_scale(i.bonus)::text as bonus,
  i.price::text as price, i.gross::text as gross, i.discount::text as discount, i.header_discount::text as "headerDiscount", i.net::text as net,
  i.landed_cost::text as "landedCost", trim_scale(i.tax_rate)::text as "taxRate", i.tax::text as tax, trim_scale(i.unit_cost)::text as "unitCost",
  trim_scale(i.quantity_ordered)::text as "quantityOrdered", trim_scale(i.quantity_bonus)::text as "quantityBonus", trim_scale(i.quantity_received)::text as "quantityReceived",
  trim_scale(i.quantity_bonus_received)::text as "quantityBonusReceived", trim_scale(greatest(i.quantity_ordered - i.quantity_received, 0))::text as "quantityOpen"
from operational.purchase_order_items i join reference.drugs d using (drug_id)
left join lateral (select min(z.pack_id) as pack_id from reference.drug_pack_sizes z
  where z.drug_id = i.drug_id and z.level = i.level and z.base_units = i.unit_base_units) p on i.level <> 'unit'
where i.purchase_order_id = $1 order by i.line_no`;

export const EVENTS = `
select /* orders.events */ e.from_status as "fromStatus", e.to_status as "toStatus", e.reason, u.full_name as "userName", e.occurred_at as "occurredAt"
from operational.purchase_order_events e left join operational.users u using (user_id)
where e.purchase_order_id = $1 order by e.event_id desc limit 200`;

export const LOCK = `
select /* orders.lock */ o.purchase_order_id as "purchaseOrderId", o.status, o.needs_approval as "needsApproval", o.version, o.supplier_id as "supplierId",
  o.created_by as "createdById", o.submitted_by as "submittedById"
from operational.purchase_orders o where o.branch_id = $1 and o.purchase_order_id = $2 for update`;

export const SUPPLIER = `
select /* orders.supplier */ s.active, s.email, s.min_shelf_life_days as "minShelfLifeDays" from operational.suppliers s where s.supplier_id = $1`;

/** Base units in what each line is ordered in: of the size named, else of the default one, else of the only one; null: nobody can tell. */
export const UNITS = `
select /* orders.units */ u.n::integer as "lineNo", d.status, trim_scale(p.base_units)::text as "baseUnits"
from unnest($1::integer[], $2::text[], $3::integer[]) with ordinality as u (drug_id, level, pack_id, n)
left join reference.drugs d using (drug_id)
left join lateral (
  select case when u.level = 'unit' then 1 when bool_or(z.is_default) and u.pack_id is null then max(z.base_units) filter (where z.is_default)
    when count(distinct z.base_units) = 1 then min(z.base_units) end as base_units
  from reference.drug_pack_sizes z where z.drug_id = u.drug_id and z.level = u.level and (u.pack_id is null or z.pack_id = u.pack_id)) p on true
order by u.n`;

export const INSERT = `
insert /* orders.insert */ into operational.purchase_orders (branch_id, supplier_id, expected_on, notes, discount, landed_cost, net_total, tax_total, total)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning purchase_order_id as "purchaseOrderId"`;

export const UPDATE = `
update /* orders.update */ operational.purchase_orders set supplier_id = coalesce($2, supplier_id), expected_on = case when $3 then $4 else expected_on end,
  notes = case when $5 then $6 else notes end, version = version + 1 where purchase_order_id = $1`;

export const UPDATE_TOTALS = `
update /* orders.updateTotals */ operational.purchase_orders set discount = $2, landed_cost = $3, net_total = $4, tax_total = $5, total = $6
where purchase_order_id = $1`;

export const DELETE_LINES = `delete /* orders.deleteLines */ from operational.purchase_order_items where purchase_order_id = $1`;

export const INSERT_LINES = `
insert /* orders.insertLines */ into operational.purchase_order_items (branch_id, purchase_order_id, line_no, drug_id, level, unit_base_units, quantity, bonus, price, tax_rate,
  quantity_ordered, quantity_bonus, gross, discount, header_discount, net, landed_cost, tax, unit_cost)
select $1, $2, u.n, u.drug_id, u.level, u.unit_base_units, u.quantity, u.bonus, u.price, u.tax_rate, u.quantity_ordered, u.quantity_bonus, u.gross, u.discount,
  u.header_discount, u.net, u.landed_cost, u.tax, u.unit_cost
from unnest($3::integer[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[],
  $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[]) with ordinality
  as u (drug_id, level, unit_base_units, quantity, bonus, price, tax_rate, quantity_ordered, quantity_bonus, gross, discount, header_discount, net, landed_cost, tax, unit_cost, n)`;

export const STEP = `
update /* orders.step */ operational.purchase_orders set status = $2, status_reason = $3, version = version + 1 where purchase_order_id = $1`;
