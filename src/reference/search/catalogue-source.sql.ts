/** What search reads of the catalogue. Rows come as text columns in the order documentOf() reads them. */
const DOCUMENT = `
  d.drug_id::text, d.name, d.name_ar, d.active_raw, i.ids, i.texts, d.strength, d.dosage_form, d.route,
  d.company_id::text, d.marketer_company_id::text, d.category_id::text, d.atc_code, d.rx_only::text,
  (d.status = 'active')::text as is_active, b.codes`;

const COMPOSITION = `
  string_agg(ingredient_id::text, ',' order by position) as ids,
  string_agg(raw_text, chr(31) order by position) filter (where ingredient_id is null) as texts`;

const CODES = `string_agg(code || ',' || gtin, ',' order by barcode_id) as codes`;

/** Every product, streamed; three ordered index scans that are merged. */
export const COPY_DOCUMENTS = `
copy /* search.copyDocuments */ (
  select ${DOCUMENT}
  from reference.drugs d
  left join (select drug_id, ${COMPOSITION} from reference.drug_ingredients group by drug_id) i using (drug_id)
  left join (select drug_id, ${CODES} from reference.drug_barcodes group by drug_id) b using (drug_id)
) to stdout`;

/** Some products. $1 drug ids. Indexes: drugs_pkey, drug_ingredients_position_key, drug_barcodes_drug_idx. */
export const FIND_DOCUMENTS = `
select /* search.findDocuments */ ${DOCUMENT}
from reference.drugs d
left join lateral (select ${COMPOSITION} from reference.drug_ingredients where drug_id = d.drug_id) i on true
left join lateral (select ${CODES} from reference.drug_barcodes where drug_id = d.drug_id) b on true
where d.drug_id = any ($1::integer[])`;

/**
 * $1 ingredient ids; null: all. A salt or a merged name is also found by the names and in the groups of the ingredient
 * that stands for it, so those that have it as their base are read with it.
 * Indexes: ingredients_pkey, ingredients_base_idx, ingredient_synonyms_ingredient_idx, ingredient_group_members_pkey.
 */
export const FIND_INGREDIENTS = `
select /* search.findIngredients */ i.ingredient_id as "ingredientId", i.name, coalesce(i.name_ar, b.name_ar) as "nameAr",
  coalesce(i.atc_code, b.atc_code) as "atcCode",
  array(
    select s.synonym from reference.ingredient_synonyms s where s.ingredient_id in (i.ingredient_id, b.ingredient_id) order by s.synonym_id
  ) || case when b.ingredient_id is null then '{}' else array[b.name] end as synonyms,
  array(
    select distinct m.group_id from reference.ingredient_group_members m where m.ingredient_id in (i.ingredient_id, b.ingredient_id) order by m.group_id
  ) as "groupIds"
from reference.ingredients i
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
where $1::integer[] is null or i.ingredient_id = any ($1) or i.base_ingredient_id = any ($1)`;

/** $1 group ids; null: all. */
export const FIND_GROUPS = `
select /* search.findGroups */ group_id as "groupId", name, name_ar as "nameAr", parent_group_id as "parentGroupId",
  array[replace(code, '-', ' ')] as "otherNames"
from reference.ingredient_groups
where $1::integer[] is null or group_id = any ($1)`;

/** $1 company ids; null: all. */
export const FIND_COMPANIES = `
select /* search.findCompanies */ company_id as "companyId", name
from reference.companies
where $1::integer[] is null or company_id = any ($1)`;

/** $1 category ids; null: all. */
export const FIND_CATEGORIES = `
select /* search.findCategories */ category_id as "categoryId", name, name_ar as "nameAr", atc_code as "atcCode",
  parent_category_id as "parentCategoryId"
from reference.therapeutic_categories
where $1::integer[] is null or category_id = any ($1)`;

/** Some dozens: always read as a whole. */
export const FIND_FORMS = `
select /* search.findForms */ name, name_ar as "nameAr", form_family as family from reference.dosage_forms order by id`;

/** Some dozens: always read as a whole. */
export const FIND_ROUTES = `
select /* search.findRoutes */ name, name_ar as "nameAr" from reference.routes order by id`;

/** How far the feed is; the database's own number, so that a feed of another database, or of a hub, is not taken for this one. */
export const FIND_PLACE = `
select /* search.findPlace */ max(place) as place,
  'reference.catalogue_changes'::regclass::oid::text || coalesce((select '@' || linked_at from reference.hub_links), '') as feed
from reference.catalogue_changes`;

/** What changed after $1, in the order of commits. Index: catalogue_changes_place_idx. */
export const FIND_CHANGES = `
select /* search.findChanges */ place, kind, keys
from reference.catalogue_changes
where place > $1
order by place, change_id`;

export const PRUNE_CHANGES = `select /* search.pruneChanges */ reference.prune_catalogue_changes() as pruned`;
