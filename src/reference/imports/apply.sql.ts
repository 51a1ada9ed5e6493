/**
 * The statements that bring a staged release ($1) of a source ($2) into the catalogue, in the order they are run.
 * Each is set-based; `drugs` is joined by its key (source, source_id). Rows are some 25,000 for Egypt; half a million
 * must do. A staged row that is refused for its price is skipped by every statement through the same condition.
 */

/** Manufacturers and marketers that are new, by folded name. */
export const ADD_COMPANIES = `
insert /* imports.addCompanies */ into reference.companies (name, name_folded)
select distinct on (c.folded) c.name, c.folded
from (
  select company as name, company_folded as folded, line_number from reference.drug_staging where release_id = $1
  union all
  select marketer, marketer_folded, line_number from reference.drug_staging where release_id = $1
) c
where c.folded is not null and not exists (select from reference.companies k where k.name_folded = c.folded)
order by c.folded, c.line_number
on conflict (name_folded) do nothing`;

/** Categories of one depth: $1 names, $2 folded names, $3 folded names of the wider ones. */
export const ADD_CATEGORIES = `
insert /* imports.addCategories */ into reference.therapeutic_categories (name, name_folded, parent_category_id)
select g.name, g.folded, p.category_id
from unnest($1::text[], $2::text[], $3::text[]) as g (name, folded, parent_folded)
left join reference.therapeutic_categories p on p.name_folded = g.parent_folded
where not exists (select from reference.therapeutic_categories k where k.name_folded = g.folded)
on conflict (name_folded) do nothing`;

/** $1 names, $2 Arabic names, $3 families. */
export const ADD_FORMS = `
insert /* imports.addForms */ into reference.dosage_forms (name, name_ar, form_family)
select g.name, g.name_ar, g.family
from unnest($1::text[], $2::text[], $3::text[]) as g (name, name_ar, family)
where not exists (select from reference.dosage_forms f where f.name = g.name)
on conflict (name) do nothing`;

/** Tells the family and Arabic name of forms that somebody entered by name alone; an edited one is left as it is. */
export const COMPLETE_FORMS = `
update /* imports.completeForms */ reference.dosage_forms f
set form_family = g.family, name_ar = coalesce(f.name_ar, g.name_ar), version = f.version + 1
from unnest($1::text[], $2::text[], $3::text[]) as g (name, name_ar, family)
where f.name = g.name and f.version = 1 and f.form_family = 'other' and g.family <> 'other'`;

/** $1 names, $2 Arabic names. */
export const ADD_ROUTES = `
insert /* imports.addRoutes */ into reference.routes (name, name_ar)
select g.name, g.name_ar
from unnest($1::text[], $2::text[]) as g (name, name_ar)
where not exists (select from reference.routes r where r.name = g.name)
on conflict (name) do nothing`;

/** Tells the Arabic name of routes that were entered by name alone. */
export const COMPLETE_ROUTES = `
update /* imports.completeRoutes */ reference.routes r
set name_ar = g.name_ar, version = r.version + 1
from unnest($1::text[], $2::text[]) as g (name, name_ar)
where r.name = g.name and r.version = 1 and r.name_ar is null and g.name_ar is not null`;

/**
 * Unknown ingredient names as unverified ingredients. A name somebody already uses, as a standard name or a synonym,
 * is not added: the parser did not dare to link it, so it stays on the worklist.
 */
export const ADD_INGREDIENTS = `
insert /* imports.addIngredients */ into reference.ingredients (name, name_folded, verified, source)
select distinct n.name, n.name, false, $2
from reference.drug_staging s
cross join lateral (select part ->> 'name' as name from jsonb_array_elements(s.ingredients) part) n
where s.release_id = $1 and n.name is not null
  and not exists (select from reference.ingredients i where i.name_folded = n.name)
  and not exists (select from reference.ingredient_synonyms y where y.synonym_folded = n.name)
on conflict (name_folded) do nothing`;

/** How many of them there would be. */
export const COUNT_NEW_INGREDIENTS = `
select /* imports.countNewIngredients */ count(distinct n.name)::integer as count
from reference.drug_staging s
cross join lateral (select part ->> 'name' as name from jsonb_array_elements(s.ingredients) part) n
where s.release_id = $1 and n.name is not null
  and not exists (select from reference.ingredients i where i.name_folded = n.name)
  and not exists (select from reference.ingredient_synonyms y where y.synonym_folded = n.name)`;

/** A price above the ceiling kept for the product: the row is refused and the product stays as it is. */
export const REJECT_ABOVE_CEILING = `
insert /* imports.rejectAboveCeiling */ into reference.import_rejects (release_id, line_number, column_name, reason, raw_value)
select $1, s.line_number % 100000000, $3, 'is above the ceiling of ' || trim_scale(d.price_ceiling) || ' kept for this product', s.price::text
from reference.drug_staging s
join reference.drugs d on d.source = $2 and d.source_id = s.source_id
where s.release_id = $1 and d.content_hash is distinct from s.content_hash and s.price > d.price_ceiling
order by s.line_number
returning line_number as line, reason, raw_value as value`;

/** Drops the compositions of changed products whose composition is another one now; they are written anew below. */
export const DROP_CHANGED_COMPOSITIONS = `
with changed as materialized (
  select d.drug_id, s.ingredients
  from reference.drug_staging s
  join reference.drugs d on d.source = $2 and d.source_id = s.source_id
  where s.release_id = $1 and d.content_hash is distinct from s.content_hash
    and not coalesce(s.price > d.price_ceiling, false)
), parts as materialized (
  select c.drug_id, p.position, p.part
  from changed c cross join lateral jsonb_array_elements(c.ingredients) with ordinality as p (part, position)
), staged as (
  select p.drug_id, jsonb_agg(jsonb_build_array(p.position, coalesce((p.part ->> 'ingredientId')::integer, i.ingredient_id), p.part ->> 'rawText',
    (p.part ->> 'amount')::numeric, p.part ->> 'unit', (p.part ->> 'perAmount')::numeric, p.part ->> 'perUnit') order by p.position) as lines
  from parts p
  left join reference.ingredients i on i.name_folded = p.part ->> 'name' and not i.verified
  group by p.drug_id
), present as (
  select c.drug_id, jsonb_agg(jsonb_build_array(l.position, l.ingredient_id, l.raw_text, l.amount, l.unit, l.per_amount, l.per_unit) order by l.position) as lines
  from changed c join reference.drug_ingredients l on l.drug_id = c.drug_id
  group by c.drug_id
)
delete /* imports.dropChangedCompositions */ from reference.drug_ingredients l
using present p left join staged s on s.drug_id = p.drug_id
where l.drug_id = p.drug_id and p.lines is distinct from s.lines`;

/**
 * Writes changed products. What people correct by hand and the source does not state stays theirs: the pack unless the
 * name it is read from changed, a recall, a withdrawal from sale while the source still lists the product, and the
 * prescription flag, which is raised when the composition changed and otherwise kept ($3: the source states it itself).
 */
export const UPDATE_DRUGS = `
update /* imports.updateDrugs */ reference.drugs d
set name = s.name, name_folded = s.name_folded, name_ar = s.name_ar, active_raw = s.active_raw, strength = s.strength,
  dosage_form = s.dosage_form, route = s.route, company_id = c.company_id, marketer_company_id = m.company_id, category_id = t.category_id,
  old_price = case when d.price <> s.price then d.price else d.old_price end,
  price_effective_from = case when d.price <> s.price then current_date else d.price_effective_from end,
  price = s.price,
  base_unit = case when d.name <> s.name then s.base_unit else d.base_unit end,
  units_per_strip = case when d.name <> s.name then s.units_per_strip else d.units_per_strip end,
  units_per_pack = case when d.name <> s.name then s.units_per_pack else d.units_per_pack end,
  rx_only = case
    when $3 then s.rx_only
    when d.active_raw is distinct from s.active_raw or d.route is distinct from s.route
      or (s.ingredients <> '[]' and not exists (select from reference.drug_ingredients l where l.drug_id = d.drug_id)) then d.rx_only or s.rx_only
    else d.rx_only end,
  status = case
    when d.status = 'recalled' then d.status
    when s.status = 'discontinued' or d.content_hash is null or d.name <> s.name then s.status
    else d.status end,
  ingredient_status = s.ingredient_status, release_id = $1, content_hash = s.content_hash, version = d.version + 1, updated_at = now()
from reference.drug_staging s
left join reference.companies c on c.name_folded = s.company_folded
left join reference.companies m on m.name_folded = s.marketer_folded
left join reference.therapeutic_categories t on t.name_folded = s.category_folded
where s.release_id = $1 and d.source = $2 and d.source_id = s.source_id
  and d.content_hash is distinct from s.content_hash and not coalesce(s.price > d.price_ceiling, false)`;

/** Adds products that are new to the catalogue. */
export const INSERT_DRUGS = `
insert /* imports.insertDrugs */ into reference.drugs (name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id, marketer_company_id,
  category_id, price, base_unit, units_per_strip, units_per_pack, rx_only, status, ingredient_status, source, source_id, release_id, content_hash)
select s.name, s.name_folded, s.name_ar, s.active_raw, s.strength, s.dosage_form, s.route, c.company_id, m.company_id,
  t.category_id, s.price, s.base_unit, s.units_per_strip, s.units_per_pack, s.rx_only, s.status, s.ingredient_status, $2, s.source_id, $1, s.content_hash
from reference.drug_staging s
left join reference.companies c on c.name_folded = s.company_folded
left join reference.companies m on m.name_folded = s.marketer_folded
left join reference.therapeutic_categories t on t.name_folded = s.category_folded
where s.release_id = $1 and not exists (select from reference.drugs d where d.source = $2 and d.source_id = s.source_id)
order by s.line_number`;

/**
 * Writes the compositions of the products this release wrote and that have none (now). The parts are unfolded first:
 * joined where they are unfolded, the ingredients would be read once for each product.
 */
export const INSERT_COMPOSITIONS = `
with parts as materialized (
  select d.drug_id, p.position, p.part
  from reference.drugs d
  join reference.drug_staging s on s.release_id = $1 and s.source_id = d.source_id
  cross join lateral jsonb_array_elements(s.ingredients) with ordinality as p (part, position)
  where d.source = $2 and d.release_id = $1 and not exists (select from reference.drug_ingredients l where l.drug_id = d.drug_id)
)
insert /* imports.insertCompositions */ into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
select p.drug_id, p.position, coalesce((p.part ->> 'ingredientId')::integer, i.ingredient_id), p.part ->> 'rawText',
  (p.part ->> 'amount')::numeric, p.part ->> 'unit', (p.part ->> 'perAmount')::numeric, p.part ->> 'perUnit'
from parts p
left join reference.ingredients i on i.name_folded = p.part ->> 'name' and not i.verified
order by p.drug_id, p.position`;

/** Barcodes of the products this release wrote; a code that stands for another product already is left there. */
export const INSERT_BARCODES = `
insert /* imports.insertBarcodes */ into reference.drug_barcodes (drug_id, code, gtin, kind)
select d.drug_id, s.barcode, lpad(s.barcode, 14, '0'), case length(s.barcode) when 8 then 'ean8' when 12 then 'upca' when 13 then 'ean13' else 'gtin14' end
from reference.drugs d
join reference.drug_staging s on s.release_id = $1 and s.source_id = d.source_id
where d.source = $2 and d.release_id = $1 and s.barcode is not null
  and not exists (select from reference.drug_barcodes b where b.gtin = lpad(s.barcode, 14, '0'))
order by d.drug_id
on conflict (gtin) do nothing`;

/**
 * Products of the source that its file no longer lists; $3 are identities of refused rows, which are listed. The hash is
 * forgotten so that a product that comes back is seen as changed. Nothing is deleted.
 */
export const DISCONTINUE_MISSING = `
update /* imports.discontinueMissing */ reference.drugs d
set status = 'discontinued', content_hash = null, release_id = $1, version = d.version + 1, updated_at = now()
where d.source = $2 and d.status = 'active'
  and not exists (select from reference.drug_staging s where s.release_id = $1 and s.source_id = d.source_id)
  and not exists (select from unnest($3::text[]) as refused (source_id) where refused.source_id = d.source_id)`;

/** What the statements above would do, without doing it. */
export const PREVIEW = `
select /* imports.preview */
  count(*) filter (where d.drug_id is null)::integer as inserted,
  count(*) filter (where d.content_hash is distinct from s.content_hash and d.drug_id is not null and not coalesce(s.price > d.price_ceiling, false))::integer as updated,
  (select count(*) from reference.drugs m
   where m.source = $2 and m.status = 'active'
     and not exists (select from reference.drug_staging x where x.release_id = $1 and x.source_id = m.source_id)
     and not exists (select from unnest($3::text[]) as refused (source_id) where refused.source_id = m.source_id))::integer as discontinued
from reference.drug_staging s
left join reference.drugs d on d.source = $2 and d.source_id = s.source_id
where s.release_id = $1`;

/** $1 release, $2 user or null, $3 inserted, $4 updated, $5 unchanged, $6 rejected, $7 discontinued. */
export const FINISH_RELEASE = `
update /* imports.finishRelease */ reference.import_releases
set status = 'applied', applied_at = now(), applied_by = $2, rows_inserted = $3, rows_updated = $4, rows_unchanged = $5, rows_rejected = $6,
  rows_discontinued = $7
where release_id = $1`;
