import { EFFECTIVE } from './compare.sql.js';

/** The statements that bring a staged release ($1) of a source ($2) into the catalogue, in the order they are run. */

/** While these hold, triggers keep before-images, and a release's new rows are audited by statement. $1 release, $2 apply or revert. */
export const BEGIN_RELEASE = `
select /* imports.beginRelease */ set_config('app.release_id', $1, true), set_config('app.release_mode', $2, true), reference.lock_catalogue()`;

/** Manufacturers and marketers that are new, by folded name. $1 release. */
export const ADD_COMPANIES = `
insert /* imports.addCompanies */ into reference.companies (name, name_folded)
select distinct on (n.folded) n.name, n.folded
from reference.staged_names n
where n.release_id = $1 and n.kind = 'company' and n.resolved_id is null
order by n.folded, n.name_key
on conflict (name_folded) do nothing`;

/** Categories of one depth ($2) that are new. $1 release. */
export const ADD_CATEGORIES = `
insert /* imports.addCategories */ into reference.therapeutic_categories (name, name_folded, parent_category_id)
select distinct on (n.folded) n.name, n.folded, p.category_id
from reference.staged_names n
left join reference.therapeutic_categories p on p.name_folded = n.detail ->> 'parent'
where n.release_id = $1 and n.kind = 'category' and n.resolved_id is null and (n.detail ->> 'depth')::integer = $2
order by n.folded, n.name_key
on conflict (name_folded) do nothing`;

export const DEEPEST_CATEGORY = `
select /* imports.deepestCategory */ coalesce(max((detail ->> 'depth')::integer), -1) as depth
from reference.staged_names where release_id = $1 and kind = 'category' and resolved_id is null`;

export const ADD_FORMS = `
insert /* imports.addForms */ into reference.dosage_forms (name, name_ar, form_family)
select distinct on (n.name) n.name, n.name_ar, n.detail ->> 'family'
from reference.staged_names n where n.release_id = $1 and n.kind = 'form' and n.resolved_id is null
order by n.name, n.name_key
on conflict (name) do nothing`;

/** Tells the family and Arabic name of forms that somebody entered by name alone; an edited one is left as it is. */
export const COMPLETE_FORMS = `
update /* imports.completeForms */ reference.dosage_forms f
set form_family = n.detail ->> 'family', name_ar = coalesce(f.name_ar, n.name_ar), version = f.version + 1
from reference.staged_names n
where n.release_id = $1 and n.kind = 'form' and n.resolved_id = f.id and f.version = 1 and f.form_family = 'other' and n.detail ->> 'family' <> 'other'`;

export const ADD_ROUTES = `
insert /* imports.addRoutes */ into reference.routes (name, name_ar)
select distinct on (n.name) n.name, n.name_ar
from reference.staged_names n where n.release_id = $1 and n.kind = 'route' and n.resolved_id is null
order by n.name, n.name_key
on conflict (name) do nothing`;

/** Tells the Arabic name of routes that were entered by name alone. */
export const COMPLETE_ROUTES = `
update /* imports.completeRoutes */ reference.routes r
set name_ar = n.name_ar, version = r.version + 1
from reference.staged_names n
where n.release_id = $1 and n.kind = 'route' and n.resolved_id = r.id and r.version = 1 and r.name_ar is null and n.name_ar is not null`;

/**
 * Unknown ingredient names: unverified where a composition names them, verified where the source brings the substance
 * itself. A name somebody already uses as a synonym is not added: the parser did not dare to link it, so it stays on the
 * worklist. $2 source.
 */
export const ADD_INGREDIENTS = `
insert /* imports.addIngredients */ into reference.ingredients (name, name_folded, atc_code, verified, source)
select distinct on (n.folded) n.name, n.folded,
  case when n.detail ->> 'atc' ~ '^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$' then n.detail ->> 'atc' end, n.detail is not null, $2
from reference.staged_names n
where n.release_id = $1 and n.kind = 'ingredient' and n.resolved_id is null and n.detail ->> 'saltOf' is null
  and not exists (select from reference.ingredient_synonyms y where y.synonym_folded = n.folded)
order by n.folded, n.detail is null, n.name_key
on conflict (name_folded) do nothing`;

/** Unverified ingredients that a source now brings as substances of its own. */
export const VERIFY_INGREDIENTS = `
update /* imports.verifyIngredients */ reference.ingredients i set verified = true, version = i.version + 1
from reference.staged_names n
where n.release_id = $1 and n.kind = 'ingredient' and (n.detail ->> 'verified')::boolean and n.folded = i.name_folded and not i.verified`;

/** A salt is a name of its base, which is an entry of the release or of the catalogue. */
export const RESOLVE_SALTS = `
update /* imports.resolveSalts */ reference.staged_names n set resolved_id = b.resolved_id
from reference.staged_names b
where n.release_id = $1 and n.kind = 'ingredient' and n.resolved_id is null and b.release_id = $1 and b.name_key = (n.detail ->> 'saltOf')::integer`;

/** Codes of other systems, where they stand for nothing else yet. $2 source. */
export const ADD_CODES = `
insert /* imports.addCodes */ into reference.ingredient_codes (system, code, ingredient_id, source)
select distinct on (c.code ->> 0, c.code ->> 1) c.code ->> 0, c.code ->> 1, n.resolved_id, $2
from reference.staged_names n cross join lateral jsonb_array_elements(n.detail -> 'codes') as c (code)
where n.release_id = $1 and n.kind = 'ingredient' and n.resolved_id is not null and n.detail is not null
  and not exists (select from reference.ingredient_codes k where k.system = c.code ->> 0 and k.code = c.code ->> 1)
order by c.code ->> 0, c.code ->> 1, n.name_key
on conflict do nothing`;

/** Other names, where they name nothing else yet. $2 source. */
export const ADD_SYNONYMS = `
insert /* imports.addSynonyms */ into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, source)
select distinct on (y.name ->> 1) n.resolved_id, y.name ->> 0, y.name ->> 1, y.name ->> 2, $2
from reference.staged_names n cross join lateral jsonb_array_elements(n.detail -> 'synonyms') as y (name)
where n.release_id = $1 and n.kind = 'ingredient' and n.resolved_id is not null and n.detail is not null
  and not exists (select from reference.ingredients i where i.name_folded = y.name ->> 1)
  and not exists (select from reference.ingredient_synonyms k where k.synonym_folded = y.name ->> 1)
order by y.name ->> 1, n.name_key
on conflict (synonym_folded) do nothing`;

/** Gives new products their identities, in the order of the file. $1 release, $2 first of their run. */
export const NUMBER_NEW = `
update /* imports.numberNew */ reference.staged_targets set drug_id = $2::integer - 1 + drug_id
where release_id = $1 and kind = 'new'`;

export const RESERVE_IDS = `
select /* imports.reserveIds */ reference.reserve_drug_ids($1) as first`;

/** Drops the compositions of changed products whose composition is another one now; they are written anew. */
export const DROP_CHANGED_COMPOSITIONS = `
with changed as materialized (
  select t.drug_id, t.row_no from reference.staged_targets t where t.release_id = $1 and t.kind = 'changed'
), staged as (
  select c.drug_id, jsonb_agg(jsonb_build_array(p.position, coalesce(p.ingredient_id, n.resolved_id), p.raw_text, p.amount, p.unit, p.per_amount, p.per_unit) order by p.position) as lines
  from changed c
  join reference.staged_ingredients p on p.release_id = $1 and p.row_no = c.row_no
  left join reference.staged_names n on n.release_id = $1 and n.name_key = p.name_key
  group by c.drug_id
), present as (
  select c.drug_id, jsonb_agg(jsonb_build_array(l.position, l.ingredient_id, l.raw_text, l.amount, l.unit, l.per_amount, l.per_unit) order by l.position) as lines
  from changed c join reference.drug_ingredients l on l.drug_id = c.drug_id
  group by c.drug_id
)
delete /* imports.dropChangedCompositions */ from reference.drug_ingredients l
using present p left join staged s on s.drug_id = p.drug_id
where l.drug_id = p.drug_id and p.lines is distinct from s.lines`;

/** Writes changed products. $1 release, $2 what the source states, $3 source. */
export const UPDATE_DRUGS = `
with ${EFFECTIVE}
update /* imports.updateDrugs */ reference.drugs d
set name = e.name, name_folded = e.name_folded, name_ar = e.name_ar, active_raw = e.active_raw, strength = e.strength, dosage_form = e.dosage_form,
  route = e.route, company_id = e.company_id, marketer_company_id = e.marketer_company_id, category_id = e.category_id, atc_code = e.atc_code,
  old_price = case when d.price <> e.price then d.price else e.old_price end,
  price_effective_from = case when d.price <> e.price then current_date else d.price_effective_from end,
  price = e.price,
  price_ceiling = e.price_ceiling, price_ceiling_source = case when d.price_ceiling is distinct from e.price_ceiling then $3 else d.price_ceiling_source end,
  base_unit = e.base_unit, units_per_strip = e.units_per_strip, units_per_pack = e.units_per_pack, rx_only = e.rx_only,
  controlled_schedule = e.controlled_schedule, storage = e.storage, handling_flags = e.handling_flags, status = e.status,
  ingredient_status = e.ingredient_status, release_id = $1, content_hash = e.content_hash, version = d.version + 1, updated_at = now()
from effective e
where d.drug_id = e.drug_id`;

export const INSERT_DRUGS = `
select /* imports.insertDrugs */ reference.insert_release_drugs($1, $2) as count`;

export const INSERT_COMPOSITIONS = `
select /* imports.insertCompositions */ reference.insert_release_compositions($1)`;

export const INSERT_BARCODES = `
select /* imports.insertBarcodes */ reference.insert_release_barcodes($1)`;

/** Packs the source listed before and lists no more, where nothing is printed on them. $1 release, $2 source. */
export const DROP_STALE_PACKS = `
delete /* imports.dropStalePacks */ from reference.drug_packs k
using reference.staged_targets t
where t.release_id = $1 and t.kind = 'changed' and k.drug_id = t.drug_id and k.source = $2 and not k.is_default
  and not exists (select from reference.drug_barcodes b where b.pack_id = k.pack_id)
  and not exists (select from reference.staged_packs p where p.release_id = $1 and p.row_no = t.row_no
    and p.level = k.level and p.base_units = k.base_units and p.description = k.description)`;

/** Packs of the products this release writes. $1 release, $2 source. */
export const INSERT_PACKS = `
insert /* imports.insertPacks */ into reference.drug_packs (drug_id, level, description, base_units, source, release_id)
select distinct t.drug_id, p.level, p.description, p.base_units, $2, $1::integer
from reference.staged_targets t join reference.staged_packs p on p.release_id = $1 and p.row_no = t.row_no
where t.release_id = $1 and (p.level <> 'unit' or p.base_units = 1)
on conflict (drug_id, level, base_units, description) do nothing`;

/** $1 release, $2 user or null, $3 inserted, $4 updated, $5 unchanged, $6 discontinued, $7 further summary. The time is the end, not the beginning. */
export const FINISH_RELEASE = `
update /* imports.finishRelease */ reference.import_releases
set status = 'applied', failure = null, applied_at = clock_timestamp(), applied_by = $2, rows_inserted = $3, rows_updated = $4, rows_unchanged = $5,
  rows_discontinued = $6, staged_until = null, summary = coalesce(summary, '{}') || $7::jsonb
where release_id = $1`;

/** $1 release, $2 whether products edited since are no obstacle. */
export const REVERT_RELEASE = `
select /* imports.revertRelease */ reference.revert_release($1, $2) as outcome`;

/** $1 release, $2 user or null, $3 what came of it. */
export const FINISH_REVERT = `
update /* imports.finishRevert */ reference.import_releases
set status = 'reverted', failure = null, reverted_at = clock_timestamp(), reverted_by = $2, summary = coalesce(summary, '{}') || jsonb_build_object('revert', $3::jsonb)
where release_id = $1`;
