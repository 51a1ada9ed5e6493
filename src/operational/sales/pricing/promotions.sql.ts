const PROMOTION_COLUMNS = `
  p.promotion_id as "promotionId", p.name, p.name_ar as "nameAr", p.kind, trim_scale(p.percent)::text as percent, p.amount_off as "amountOff",
  p.buy_packs as "buyPacks", p.pay_packs as "payPacks", p.bundle_price as "bundlePrice", p.starts_on as "startsOn", p.ends_on as "endsOn",
  p.on_prescriptions as "onPrescriptions", p.version, s.status, operational.is_promotion_used(p.promotion_id) as "isUsed",
  coalesce((select sum(u.amount) from operational.sale_item_promotions u where u.promotion_id = p.promotion_id), 0) as "takenOff",
  (select jsonb_agg(jsonb_build_object('drugId', t.drug_id, 'categoryId', t.category_id, 'companyId', t.company_id, 'packs', t.packs,
      'name', coalesce(d.name, c.name, m.name), 'nameAr', coalesce(d.name_ar, c.name_ar)) order by t.promotion_target_id)
    from operational.promotion_targets t left join reference.drugs d using (drug_id) left join reference.therapeutic_categories c on c.category_id = t.category_id
    left join reference.companies m on m.company_id = t.company_id where t.promotion_id = p.promotion_id) as targets
from operational.promotions p
join operational.branches b using (branch_id)
cross join lateral (select case when p.ended_at is not null or p.ends_on < (now() at time zone b.time_zone)::date then 'ended'
  when p.starts_on > (now() at time zone b.time_zone)::date then 'scheduled' else 'active' end as status) s
where p.branch_id = $1`;

/** Promotions of the branch, the last begun first. Index: promotions_branch_idx. */
export const FIND_PAGE = `
select /* promotions.page */ count(*) over ()::integer as "rowTotal", ${PROMOTION_COLUMNS} and ($2::text is null or s.status = $2)
order by p.starts_on desc, p.promotion_id desc limit $3 offset $4`;

export const FIND_ONE = `
select /* promotions.one */ ${PROMOTION_COLUMNS} and p.promotion_id = $2`;

export const INSERT = `
insert /* promotions.insert */ into operational.promotions
  (branch_id, name, name_ar, kind, percent, amount_off, buy_packs, pay_packs, bundle_price, starts_on, ends_on, on_prescriptions, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning promotion_id as "promotionId"`;

/** No row: it has another version. One that was used or has ended is refused by the database (promotions_guard). */
export const UPDATE = `
update /* promotions.update */ operational.promotions set name = $4, name_ar = $5, kind = $6, percent = $7, amount_off = $8, buy_packs = $9, pay_packs = $10,
  bundle_price = $11, starts_on = $12, ends_on = $13, on_prescriptions = $14, version = version + 1
where branch_id = $1 and promotion_id = $2 and version = $3`;

export const END = `
update /* promotions.end */ operational.promotions set ended_at = now(), ended_by = $4, version = version + 1
where branch_id = $1 and promotion_id = $2 and version = $3`;

export const DELETE_TARGETS = `
delete /* promotions.deleteTargets */ from operational.promotion_targets where promotion_id = $1`;

export const INSERT_TARGETS = `
insert /* promotions.insertTargets */ into operational.promotion_targets (branch_id, promotion_id, drug_id, category_id, company_id, packs)
select $1, $2, u.drug_id, u.category_id, u.company_id, u.packs
from unnest($3::integer[], $4::integer[], $5::integer[], $6::integer[]) with ordinality as u (drug_id, category_id, company_id, packs, n) order by u.n`;
