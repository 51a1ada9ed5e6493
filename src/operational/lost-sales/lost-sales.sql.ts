/** Notes a wish; a trigger keeps the same one once, and nothing is answered then. Without a quantity it is a pack. */
export const NOTE = `
insert /* lostSales.note */ into operational.lost_sales (branch_id, drug_id, quantity, source)
values ($1, $2, coalesce($3::numeric, (select d.units_per_pack from reference.drugs d where d.drug_id = $2), 1), $4)
returning lost_sale_id as "lostSaleId"`;

/** Wishes by product between two days of the branch ($3, $4), those most often noted first. Index: lost_sales_branch_idx. */
export const FIND_PAGE = `
with /* lostSales.page */ wishes as (
  select l.drug_id, count(*)::integer as times, sum(l.quantity) as quantity, array_agg(distinct l.source order by l.source) as sources, max(l.recorded_at) as last_at
  from operational.lost_sales l join operational.branches b using (branch_id)
  where l.branch_id = $1 and ($2::integer is null or l.drug_id = $2)
    and l.recorded_at >= ($3::date::timestamp at time zone b.time_zone) and l.recorded_at < (($4::date + 1)::timestamp at time zone b.time_zone)
  group by l.drug_id
), paged as (
  select w.*, count(*) over ()::integer as "rowTotal" from wishes w order by w.times desc, w.quantity desc, w.drug_id limit $5 offset $6
)
select p.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.base_unit as "baseUnit", p.times, trim_scale(p.quantity)::text as quantity, p.sources,
  p.last_at as "lastAt", p."rowTotal",
  (select trim_scale(coalesce(sum(s.quantity - s.quantity_reserved), 0))::text from operational.inventory_lots s join operational.branches b using (branch_id)
    where s.branch_id = $1 and s.drug_id = p.drug_id and s.status = 'available' and not operational.is_expired(s.expiry_date, now(), b.time_zone)) as available,
  (select trim_scale(coalesce(sum(greatest(i.quantity_ordered - i.quantity_received, 0)), 0))::text from operational.purchase_orders o join operational.purchase_order_items i using (purchase_order_id)
    where o.branch_id = $1 and o.status in ('submitted', 'approved', 'partially_received') and i.drug_id = p.drug_id) as "onOrder"
from paged p join reference.drugs d using (drug_id)
order by p.times desc, p.quantity desc, p.drug_id`;
