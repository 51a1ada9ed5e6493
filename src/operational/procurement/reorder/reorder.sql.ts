/** Products that have a rule. */
export const RULED = `
select /* reorder.ruled */ r.drug_id as "drugId" from operational.reorder_rules r where r.branch_id = $1`;

/**
 * Of products ($2): lots that may be sold on the day $4, what is on order, the rule, from whom it comes at what cost, how long that takes, how
 * long a delivery keeps, and who else delivered it in a year. Receipts of a year are read once for all of them. Without an order a supplier's own word counts, else two days.
 */
export const PRODUCTS = `
with /* reorder.products */ received as materialized (
  select i.drug_id, g.supplier_id, i.unit_cost, g.received_at, i.expiry_date - (g.received_at at time zone $3::text)::date as life,
    row_number() over (partition by i.drug_id order by g.received_at desc, i.goods_receipt_item_id desc) as nth,
    row_number() over (partition by i.drug_id, g.supplier_id order by g.received_at desc, i.goods_receipt_item_id desc) as nth_of_supplier
  from operational.goods_receipt_items i join operational.goods_receipts g using (goods_receipt_id)
  left join operational.goods_receipt_reversals v using (goods_receipt_item_id)
  where i.branch_id = $1 and i.drug_id = any ($2::integer[]) and v.goods_receipt_item_id is null and g.received_at > now() - interval '365 days'
), rules as materialized (
  select r.drug_id, r.min_quantity, r.max_quantity, r.supplier_id, r.service_level, r.version from operational.reorder_rules r where r.branch_id = $1 and r.drug_id = any ($2::integer[])
), offers as (
  select o.drug_id, o.supplier_id, o.unit_cost, o.received_at from received o left join rules r using (drug_id)
  where o.nth_of_supplier = 1 and o.supplier_id is not null and (r.supplier_id is null or r.supplier_id = o.supplier_id)
  union all select r.drug_id, r.supplier_id, null, null from rules r where r.supplier_id is not null
), chosen as materialized (
  select distinct on (o.drug_id) o.drug_id, s.supplier_id, s.name, s.lead_time_days, o.unit_cost
  from offers o join operational.suppliers s on s.supplier_id = o.supplier_id and s.active
  order by o.drug_id, o.unit_cost nulls last, o.received_at desc nulls last, s.supplier_id
), choice as materialized (
  select y.drug_id, json_agg(json_build_object('supplierId', y.supplier_id, 'supplierName', y.name, 'price', round(y.unit_cost * d.units_per_pack, $5::integer)::text)
    order by y.unit_cost nulls last, y.name) as offers
  from (select distinct on (o.drug_id, s.supplier_id) o.drug_id, s.supplier_id, s.name, o.unit_cost
    from (select v.drug_id, v.supplier_id, v.unit_cost from received v where v.nth_of_supplier = 1
      union all select r.drug_id, r.supplier_id, null from rules r) o join operational.suppliers s on s.supplier_id = o.supplier_id and s.active
    order by o.drug_id, s.supplier_id, o.unit_cost nulls last) y join reference.drugs d using (drug_id)
  group by y.drug_id
), leads as materialized (
  select z.supplier_id, ceil(avg(z.days))::integer as days, stddev_samp(z.days)::float8 as deviation, count(*)::integer as orders from (
    select o.supplier_id, extract(epoch from min(g.received_at) - o.ordered_at) / 86400 as days,
      row_number() over (partition by o.supplier_id order by o.purchase_order_id desc) as nth
    from operational.purchase_orders o join operational.goods_receipts g using (purchase_order_id)
    where o.branch_id = $1 and o.ordered_at > now() - interval '365 days' group by o.purchase_order_id) z
  where z.nth <= 10 group by z.supplier_id
), lives as materialized (
  select x.drug_id, percentile_disc(0.5) within group (order by x.life) as days from received x where x.nth <= 10 and x.life is not null group by x.drug_id
), shelf as materialized (
  select l.drug_id, json_agg(json_build_object('quantity', trim_scale(l.quantity - l.quantity_reserved)::text, 'days', l.expiry_date - $4::date)) as lots
  from operational.inventory_lots l where l.branch_id = $1 and l.drug_id = any ($2::integer[]) and l.status = 'available' and l.quantity > l.quantity_reserved
    and (l.expiry_date is null or l.expiry_date >= $4::date) group by l.drug_id
), coming as materialized (
  select i.drug_id, sum(greatest(i.quantity_ordered - i.quantity_received, 0)) as quantity
  from operational.purchase_orders o join operational.purchase_order_items i using (purchase_order_id)
  where o.branch_id = $1 and o.status in ('submitted', 'approved', 'partially_received') and i.drug_id = any ($2::integer[]) group by i.drug_id
)
select d.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.base_unit as "baseUnit", trim_scale(d.units_per_pack)::text as "packUnits",
  coalesce(l.lots, '[]') as lots, trim_scale(coalesce(q.quantity, 0))::text as "onOrder", trim_scale(r.min_quantity)::text as min, trim_scale(r.max_quantity)::text as max,
  c.supplier_id as "supplierId", c.name as "supplierName", coalesce(f.offers, '[]') as offers, round(c.unit_cost * d.units_per_pack, $5::integer)::text as price, n.supplier_id as "lastSupplierId",
  coalesce(t.days, c.lead_time_days, 2)::integer as "leadDays", t.deviation as "leadSeen", coalesce(t.orders, 0) as "leadOrders", k.days::integer as "shelfLifeDays",
  r.service_level::float8 as "ruleService", r.version as "ruleVersion"
from reference.drugs d
left join rules r on r.drug_id = d.drug_id
left join shelf l on l.drug_id = d.drug_id
left join coming q on q.drug_id = d.drug_id
left join chosen c on c.drug_id = d.drug_id
left join choice f on f.drug_id = d.drug_id
left join leads t on t.supplier_id = c.supplier_id
left join lives k on k.drug_id = d.drug_id
left join received n on n.drug_id = d.drug_id and n.nth = 1
where d.drug_id = any ($2::integer[]) and d.status = 'active'`;

export const FIND_RULES = `
select /* reorder.rules */ r.drug_id as "drugId", d.name as "drugName", trim_scale(r.min_quantity)::text as min, trim_scale(r.max_quantity)::text as max,
  r.supplier_id as "supplierId", s.name as "supplierName", trim_scale(r.service_level)::text as "serviceLevel", r.version, count(*) over ()::integer as "rowTotal"
from operational.reorder_rules r join reference.drugs d using (drug_id) left join operational.suppliers s using (supplier_id)
where r.branch_id = $1 and ($2::integer is null or r.drug_id = $2) order by d.name, r.drug_id limit $3 offset $4`;

/** Writes a rule that is not there. */
export const SET_RULE = `
insert /* reorder.setRule */ into operational.reorder_rules (branch_id, drug_id, min_quantity, max_quantity, supplier_id, service_level)
values ($1, $2, $3, $4, $5, $6)
on conflict (branch_id, drug_id) do nothing`;

export const UPDATE_RULE = `
update /* reorder.updateRule */ operational.reorder_rules set min_quantity = $3, max_quantity = $4, supplier_id = $5, service_level = $6, version = version + 1
where branch_id = $1 and drug_id = $2 and version = $7`;
