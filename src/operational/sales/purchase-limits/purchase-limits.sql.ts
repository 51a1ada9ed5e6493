/** Products ($2) that a limit of the branch is on. Index: purchase_limits_drug_key, purchase_limits_ingredient_key. */
export const FIND_LIMITED = `
select /* purchaseLimits.limited */ distinct u.drug_id as "drugId"
from operational.purchase_limits l join unnest($2::integer[]) as u (drug_id) on operational.is_limited(u.drug_id, l.drug_id, l.ingredient_id)
where l.branch_id = $1 and l.ended_at is null`;

/** Digest of a document ($1 kind, $2 number; null where no number was taken), and the day of birth of a patient ($3). */
export const FIND_BUYER = `
select /* purchaseLimits.buyer */ operational.identity_key($1, $2) as "identityKey",
  (select p.birth_date from operational.patients p where p.patient_id = operational.surviving_patient($3)) as "birthDate"`;

/** Locks who buys, before what he bought is read. */
export const LOCK_PURCHASER = `
select /* purchaseLimits.lockPurchaser */ operational.lock_purchaser($1, $2)`;

const LIMIT_COLUMNS = `
  l.limit_id as "limitId", l.drug_id as "drugId", l.ingredient_id as "ingredientId", coalesce(d.name, i.name) as name, coalesce(d.name_ar, i.name_ar) as "nameAr",
  coalesce(d.base_unit, 'mg') as unit, trim_scale(l.max_per_sale)::text as "maxPerSale", trim_scale(l.max_per_period)::text as "maxPerPeriod",
  l.period_days as "periodDays", l.minimum_age as "minimumAge", l.id_required as "idRequired", l.reason`;

const LIMIT_SUBJECT = `
left join reference.drugs d on d.drug_id = l.drug_id
left join reference.ingredients i on i.ingredient_id = l.ingredient_id`;

/** Limits on products ($2, $3 base units) with what is bought and was bought before by a patient ($4) or a document ($5). */
export const FIND_USAGE = `
select /* purchaseLimits.usage */ ${LIMIT_COLUMNS}, trim_scale(round(u.in_sale, 3))::text as "inSale", trim_scale(round(u.bought_before, 3))::text as "boughtBefore"
from operational.limit_usage($1, $2::integer[], $3::numeric[], $4, $5, $6::date, null) u
join operational.purchase_limits l using (limit_id) ${LIMIT_SUBJECT}
order by l.limit_id`;

export const INSERT_CHECK = `
insert /* purchaseLimits.insertCheck */ into operational.sale_identity_checks (sale_id, branch_id, document_kind, age_years, identity_key, checked_by)
values ($1, $2, $3, $4, $5, $6)`;

export const INSERT_OVERRIDES = `
insert /* purchaseLimits.insertOverrides */ into operational.sale_limit_overrides (sale_id, limit_id, branch_id, reason, user_id)
select $1, u.limit_id, $2, u.reason, $3 from unnest($4::integer[], $5::text[]) as u (limit_id, reason) order by u.limit_id`;

const KEPT_COLUMNS = `${LIMIT_COLUMNS}, l.ended_at as "endedAt", l.version`;

/** Limits of the branch, those in force first. Index: purchase_limits_branch_key. */
export const FIND_PAGE = `
select /* purchaseLimits.page */ ${KEPT_COLUMNS}, count(*) over ()::integer as "rowTotal"
from operational.purchase_limits l ${LIMIT_SUBJECT}
where l.branch_id = $1 and ($2::boolean or l.ended_at is null)
order by l.ended_at is not null, name, l.limit_id
limit $3 offset $4`;

export const FIND_ONE = `
select /* purchaseLimits.one */ ${KEPT_COLUMNS} from operational.purchase_limits l ${LIMIT_SUBJECT} where l.branch_id = $1 and l.limit_id = $2`;

export const INSERT = `
insert /* purchaseLimits.insert */ into operational.purchase_limits
  (branch_id, drug_id, ingredient_id, max_per_sale, max_per_period, period_days, minimum_age, id_required, reason, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning limit_id as "limitId"`;

/** No row: it has another version, or has ended. */
export const UPDATE = `
update /* purchaseLimits.update */ operational.purchase_limits
set max_per_sale = $4, max_per_period = $5, period_days = $6, minimum_age = $7, id_required = $8, reason = $9, version = version + 1
where branch_id = $1 and limit_id = $2 and version = $3 and ended_at is null`;

export const END = `
update /* purchaseLimits.end */ operational.purchase_limits set ended_at = now(), ended_by = $4, version = version + 1
where branch_id = $1 and limit_id = $2 and version = $3 and ended_at is null`;
