/** Statements of a legacy move. Inserts take one JSON array with the ids in it. */

/** $1 schema, $2 names. */
export const FIND_TABLES = `
select /* legacy.findTables */ table_name as "tableName", columns, row_count as "rowCount", pages
from reference.legacy_catalogue_tables($1, $2::text[])`;

/** Takes every table of the older catalogue out of use until the end of the transaction; nobody may be reading. */
export const MOVE_TABLES = `
call /* legacy.moveTables */ reference.move_legacy_tables($1::text[], $2, $3)`;

export const FINGERPRINT = `
select /* legacy.fingerprint */ reference.legacy_fingerprint($1, $2) as print`;

/** $1 table in the schema legacy, $2 first page, $3 pages. */
export const READ_PAGE = `
select /* legacy.readPage */ r.row from reference.legacy_page('legacy', $1, $2, $3) as r (row)`;

export const LEFT_IN_PUBLIC = `
select /* legacy.leftInPublic */ c.relname as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'v', 'm') and c.relname not in ('meditory_migrations')
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by 1 limit 200`;

/** Nobody else may write the catalogue meanwhile; reading goes on. */
export const LOCK_CATALOGUE = `
lock table reference.drugs, reference.companies, reference.routes, reference.dosage_forms, reference.therapeutic_categories,
  reference.ingredients, reference.ingredient_synonyms, reference.ingredient_groups in share row exclusive mode`;

export const ONE_MOVE_AT_A_TIME = `select /* legacy.lock */ pg_advisory_xact_lock(hashtext('reference-import'))`;

export const FIND_STANDING = `
select /* legacy.findStanding */ move_id as "moveId", tables, moved_at as "movedAt"
from reference.legacy_moves where undone_at is null`;

export const COUNT_PRODUCTS = `
select /* legacy.countProducts */ count(*)::integer as count from reference.drugs`;

/** $1 ids: those that are taken, with whose they are. */
export const FIND_TAKEN_IDS = `
select /* legacy.findTakenIds */ drug_id as "drugId", name, source from reference.drugs
where drug_id = any ($1::integer[]) order by drug_id limit 5`;

export const HAS_RULES = `
select /* legacy.hasRules */ exists (select from reference.drug_interactions) as loaded`;

/** Key → id of each list, by kind. */
export const FIND_ENTRIES = {
  companies: `select /* legacy.findCompanies */ name_folded as key, company_id as id from reference.companies`,
  dosage_forms: `select /* legacy.findForms */ name as key, id from reference.dosage_forms`,
  routes: `select /* legacy.findRoutes */ name as key, id from reference.routes`,
  therapeutic_categories: `select /* legacy.findCategories */ name_folded as key, category_id as id from reference.therapeutic_categories`,
  ingredient_groups: `select /* legacy.findGroups */ code as key, group_id as id from reference.ingredient_groups`,
  ingredients: `select /* legacy.findIngredients */ name_folded as key, ingredient_id as id from reference.ingredients`,
  ingredient_synonyms: `select /* legacy.findSynonyms */ synonym_folded as key, synonym_id as id from reference.ingredient_synonyms`,
} as const;

/** $1 rows. Entries of each list; ids given are kept. */
export const INSERT_ENTRIES = {
  companies: `
insert /* legacy.insertCompanies */ into reference.companies (company_id, name, name_folded)
select r.id, r.name, r.key from jsonb_to_recordset($1::jsonb) as r (id integer, key text, name text)`,
  dosage_forms: `
insert /* legacy.insertForms */ into reference.dosage_forms (id, name, name_ar, form_family)
select r.id, r.name, r.name_ar, coalesce(r.family, 'other')
from jsonb_to_recordset($1::jsonb) as r (id integer, name text, name_ar text, family text)`,
  routes: `
insert /* legacy.insertRoutes */ into reference.routes (id, name, name_ar)
select r.id, r.name, r.name_ar from jsonb_to_recordset($1::jsonb) as r (id integer, name text, name_ar text)`,
  therapeutic_categories: `
insert /* legacy.insertCategories */ into reference.therapeutic_categories (category_id, name, name_folded, name_ar)
select r.id, r.name, r.key, r.name_ar
from jsonb_to_recordset($1::jsonb) as r (id integer, key text, name text, name_ar text)`,
  ingredient_groups: `
insert /* legacy.insertGroups */ into reference.ingredient_groups (group_id, code, name, name_ar, kind)
select r.id, r.key, r.name, r.name_ar, 'therapeutic'
from jsonb_to_recordset($1::jsonb) as r (id integer, key text, name text, name_ar text)`,
  ingredients: `
insert /* legacy.insertIngredients */ into reference.ingredients (ingredient_id, name, name_folded, name_ar, atc_code, verified, source)
select r.id, r.name, r.key, r.name_ar, r.atc_code, coalesce(r.verified, true), 'legacy'
from jsonb_to_recordset($1::jsonb) as r (id integer, key text, name text, name_ar text, atc_code text, verified boolean)`,
  ingredient_synonyms: `
insert /* legacy.insertSynonyms */ into reference.ingredient_synonyms (synonym_id, ingredient_id, synonym, synonym_folded, kind, confidence, source)
select r.id, r.ingredient_id, r.name, r.key, r.kind, coalesce(r.confidence, 1), 'legacy'
from jsonb_to_recordset($1::jsonb) as r (id integer, ingredient_id integer, key text, name text, kind text, confidence numeric)`,
} as const;

/** $1 [{table, parent of}]: wider groups and categories, once all are there. */
export const SET_GROUP_PARENTS = `
update /* legacy.groupParents */ reference.ingredient_groups g set parent_group_id = r.parent_id
from jsonb_to_recordset($1::jsonb) as r (id integer, parent_id integer)
where g.group_id = r.id and g.parent_group_id is null and r.parent_id <> r.id`;

export const SET_CATEGORY_PARENTS = `
update /* legacy.categoryParents */ reference.therapeutic_categories c set parent_category_id = r.parent_id
from jsonb_to_recordset($1::jsonb) as r (id integer, parent_id integer)
where c.category_id = r.id and c.kind = 'local' and c.parent_category_id is null and r.parent_id <> r.id`;

export const INSERT_MEMBERS = `
insert /* legacy.insertMembers */ into reference.ingredient_group_members (ingredient_id, group_id)
select r.ingredient_id, r.group_id from jsonb_to_recordset($1::jsonb) as r (ingredient_id integer, group_id integer)
on conflict do nothing`;

/**
 * A standard of the older catalogue whose name the clinical rules know as another name of an ingredient of theirs stays
 * under its id and is said to be that one, so that the rules hold for it.
 */
export const LINK_TO_BASE = `
update /* legacy.linkToBase */ reference.ingredients i
set kind = case when s.kind = 'salt' then 'salt' else 'merged' end, base_ingredient_id = s.ingredient_id,
  atc_code = coalesce(i.atc_code, b.atc_code)
from reference.ingredient_synonyms s
join reference.ingredients b on b.ingredient_id = s.ingredient_id
where i.source = 'legacy' and i.kind = 'substance' and s.synonym_folded = i.name_folded and s.ingredient_id <> i.ingredient_id
  and b.kind = 'substance' and not exists (select from reference.ingredients o where o.base_ingredient_id = i.ingredient_id)`;

/** Every name the parser may link to, with the ingredient that stands for it; names before synonyms. */
export const FIND_LEXICON = `
select /* legacy.findLexicon */ n.name, coalesce(i.base_ingredient_id, i.ingredient_id) as "ingredientId", coalesce(b.atc_code, i.atc_code) as "atcCode"
from (
  select ingredient_id, name_folded as name, 0 as rank from reference.ingredients where verified
  union all
  select ingredient_id, synonym_folded, 1 from reference.ingredient_synonyms
) n
join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
where i.verified
order by n.rank, n.name`;

/** $1 rows. */
export const INSERT_DRUGS = `
insert /* legacy.insertDrugs */ into reference.drugs (drug_id, name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id,
  category_id, price, old_price, price_effective_from, base_unit, units_per_strip, units_per_pack, rx_only, ingredient_status, source, source_id, updated_at)
select r.drug_id, r.name, r.name_folded, r.name_ar, r.active_raw, r.strength, r.dosage_form, r.route, r.company_id, r.category_id,
  r.price, r.old_price, coalesce(r.updated_on, current_date), r.base_unit, r.units_per_strip, r.units_per_pack, r.rx_only,
  r.ingredient_status, 'legacy', r.drug_id::text, coalesce(r.updated_on::timestamptz, now())
from jsonb_to_recordset($1::jsonb) as r (drug_id integer, name text, name_folded text, name_ar text, active_raw text, strength text, dosage_form text,
  route text, company_id integer, category_id integer, price numeric, old_price numeric, updated_on date, base_unit text,
  units_per_strip numeric, units_per_pack numeric, rx_only boolean, ingredient_status text)`;

export const INSERT_COMPOSITION = `
insert /* legacy.insertComposition */ into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
select r.drug_id, r.position, r.ingredient_id, r.raw_text, r.amount, r.unit, r.per_amount, r.per_unit
from jsonb_to_recordset($1::jsonb) as r (drug_id integer, position smallint, ingredient_id integer, raw_text text, amount numeric, unit text,
  per_amount numeric, per_unit text)`;

export const INSERT_BARCODES = `
insert /* legacy.insertBarcodes */ into reference.drug_barcodes (drug_id, code, gtin, kind)
select r.drug_id, r.code, r.gtin, r.kind
from jsonb_to_recordset($1::jsonb) as r (drug_id integer, code text, gtin text, kind text)`;

export const FIND_TAKEN_BARCODES = `
select /* legacy.findTakenBarcodes */ gtin from reference.drug_barcodes`;

export const INSERT_TEXTS = `
insert /* legacy.insertTexts */ into reference.drug_texts (drug_id, pharmacology, description, source)
select r.drug_id, r.pharmacology, r.description, 'legacy'
from jsonb_to_recordset($1::jsonb) as r (drug_id integer, pharmacology text, description text)`;

export const INSERT_MOVE = `
insert /* legacy.insertMove */ into reference.legacy_moves (tables, report) values ($1::text[], '{}') returning move_id as "moveId"`;

export const STORE_REPORT = `
update /* legacy.storeReport */ reference.legacy_moves set report = $2::jsonb where move_id = $1`;

export const INSERT_NOTES = `
insert /* legacy.insertNotes */ into reference.legacy_rows (move_id, table_name, legacy_id, target_id, outcome, reason, raw_value)
select $1, r."tableName", r."legacyId", r."targetId", r.outcome, r.reason, left(r."rawValue", 500)
from jsonb_to_recordset($2::jsonb) as r ("tableName" text, "legacyId" text, "targetId" integer, outcome text, reason text, "rawValue" text)`;

/** Products of the move that were edited since, and with them what would be lost by giving the tables back. */
export const COUNT_EDITED = `
select /* legacy.countEdited */ count(*)::integer as count from reference.drugs where source = 'legacy' and version > 1`;

export const DELETE_PRODUCTS: readonly string[] = [
  `delete /* legacy.deleteTexts */ from reference.drug_texts where drug_id in (select drug_id from reference.drugs where source = 'legacy')`,
  `delete /* legacy.deleteBarcodes */ from reference.drug_barcodes where drug_id in (select drug_id from reference.drugs where source = 'legacy')`,
  `delete /* legacy.deleteComposition */ from reference.drug_ingredients where drug_id in (select drug_id from reference.drugs where source = 'legacy')`,
  `delete /* legacy.deleteDrugs */ from reference.drugs where source = 'legacy'`,
];

/** What the move put into a list: $1 move, $2 kind, $3 outcomes. */
export const FIND_MADE = `
select /* legacy.findMade */ array_agg(distinct target_id) as ids
from reference.legacy_rows where move_id = $1 and table_name = $2 and outcome = any ($3::text[]) and target_id is not null`;

export const DELETE_UNUSED = `
select /* legacy.deleteUnused */ reference.delete_unused($1, $2, $3::integer[]) as deleted`;

export const MARK_UNDONE = `
update /* legacy.markUndone */ reference.legacy_moves set undone_at = now() where move_id = $1`;

export const ADVANCE_IDS = `
select /* legacy.advanceIds */ reference.advance_ids($1, $2)`;
