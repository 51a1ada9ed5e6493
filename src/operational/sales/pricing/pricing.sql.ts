/** Products of a basket, counted over the counter ($2) or in fills ($3). */
const BASKET = `
basket as (
  select u.drug_id from unnest($2::integer[]) as u (drug_id)
  union select f.drug_id from operational.fills f where f.fill_id = any ($3::integer[])
)`;

/** Tax of the products of a basket today; one that is not taxed is missing. */
export const FIND_TAXES = `
with /* pricing.taxes */ ${BASKET}
select u.drug_id as "drugId", c.tax_class_id as "taxClassId", c.code, c.prices_include_tax as "isIncluded",
  trim_scale(operational.tax_rate(c.tax_class_id, coalesce($4::date, (now() at time zone b.time_zone)::date)))::text as rate
from operational.branches b cross join basket u
join operational.tax_classes c on c.tax_class_id = operational.tax_class_of(b.branch_id, u.drug_id)
where b.branch_id = $1`;

/** Promotions of the branch that hold today and are on a product of the basket, its category or one above it, or its company. Index: promotions_branch_idx. */
export const FIND_PROMOTIONS = `
with recursive /* pricing.promotions */ ${BASKET}, wider (drug_id, category_id) as (
  select u.drug_id, d.category_id from basket u join reference.drugs d using (drug_id) where d.category_id is not null
  union select w.drug_id, c.parent_category_id from wider w join reference.therapeutic_categories c using (category_id) where c.parent_category_id is not null
)
select p.promotion_id as "promotionId", p.version, p.name, p.name_ar as "nameAr", p.kind, trim_scale(p.percent)::text as percent,
  trim_scale(p.amount_off)::text as "amountOff", p.buy_packs as "buyPacks", p.pay_packs as "payPacks", trim_scale(p.bundle_price)::text as "bundlePrice",
  p.on_prescriptions as "onPrescriptions", array_agg(distinct d.drug_id) as "drugIds",
  case when p.kind = 'bundle' then (select jsonb_object_agg(x.drug_id, x.packs) from operational.promotion_targets x where x.promotion_id = p.promotion_id) end as packs
from operational.promotions p
join operational.branches b using (branch_id)
join operational.promotion_targets t using (promotion_id)
join basket u on true
join reference.drugs d on d.drug_id = u.drug_id
where p.branch_id = $1 and p.ended_at is null and p.starts_on <= (now() at time zone b.time_zone)::date
  and coalesce(p.ends_on >= (now() at time zone b.time_zone)::date, true)
  and (t.drug_id = d.drug_id or t.company_id in (d.company_id, d.marketer_company_id)
    or exists (select from wider w where w.drug_id = d.drug_id and w.category_id = t.category_id))
group by p.promotion_id
order by p.promotion_id`;
