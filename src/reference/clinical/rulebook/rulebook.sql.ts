import {
  ALLERGY_RULE,
  CONTRAINDICATION,
  DOSE_RULE,
  FIND_COMPOSITIONS,
  INTERACTION,
} from '../screening.sql.js';

/** Which feed it is; the database's own number, so that a feed of another database, or of a hub, is not taken for this one. */
const FEED = `'reference.rule_changes'::regclass::oid::text || coalesce((select '@' || linked_at from reference.hub_links), '')`;

/**
 * What the medicines are made of ($1: products not known yet), and how far the feeds of rules and of the catalogue are: in
 * one statement, and so of one moment. `isChanging`: this very transaction has changed rules or products, of which no
 * other can know yet. One row.
 */
export const FIND_MEDICINES = `
select /* rulebook.findMedicines */
  coalesce((select max(place) from reference.rule_changes), 0)::int as place, ${FEED} as feed,
  coalesce((select max(place) from reference.catalogue_changes), 0)::int as "cataloguePlace",
  exists (select from reference.rule_changes where place is null) or exists (select from reference.catalogue_changes where place is null) as "isChanging",
  coalesce((select json_agg(c) from (${FIND_COMPOSITIONS}) c), '[]') as drugs`;

/** Products whose composition may have changed after $1; no keys: any. Index: catalogue_changes_place_idx. */
export const FIND_PRODUCT_CHANGES = `
select /* rulebook.findProductChanges */ coalesce(max(place), 0)::int as place,
  coalesce(bool_or(kind in ('rebuild', 'ingredient', 'form')), false) as "isAny",
  coalesce((select array_agg(distinct k) from reference.catalogue_changes d, unnest(d.keys) k where d.place > $1 and d.kind = 'drug'), '{}') as "drugIds"
from reference.catalogue_changes where place > $1`;

/** How far the feed is. */
export const FIND_PLACE = `
select /* rulebook.findPlace */ coalesce(max(place), 0)::int as place, ${FEED} as feed
from reference.rule_changes`;

/** What changed after $1, in the order of commits. Index: rule_changes_place_idx. */
export const FIND_CHANGES = `
select /* rulebook.findChanges */ place::int as place, kind, keys from reference.rule_changes where place > $1 order by place, change_id`;

/** Current pairs after row $1, at most $2 of them, by id: a book of 200,000 is read in pieces. Index: drug_interactions_pkey. */
export const FIND_PAIRS = `
select /* rulebook.findPairs */ id, subject_a as a, subject_b as b from reference.drug_interactions
where id > $1 and valid_to is null order by id limit $2`;

/** These pairs ($1 ids) as they are now. */
export const FIND_CHANGED_PAIRS = `
select /* rulebook.findChangedPairs */ id, subject_a as a, subject_b as b, valid_to is null as "isCurrent"
from reference.drug_interactions where id = any ($1::int[])`;

/** Interaction rules by row ($1 ids): a version is never changed, so what was read once need not be read again. */
export const FIND_INTERACTIONS = `
select /* rulebook.findInteractions */ coalesce(json_agg(${INTERACTION}), '[]') as rules
from reference.drug_interactions r where r.id = any ($1::int[])`;

/** Current interaction rules after row $1, at most $2 of them, by id. One row. Index: drug_interactions_pkey. */
export const FIND_CURRENT_INTERACTIONS = `
select /* rulebook.findCurrentInteractions */ coalesce(json_agg(${INTERACTION} order by r.id), '[]') as rules
from (select * from reference.drug_interactions where id > $1 and valid_to is null order by id limit $2) r`;

/** Some thousand rows: read as a whole. */
export const FIND_INGREDIENTS = `
select /* rulebook.findIngredients */ i.ingredient_id as "ingredientId", i.name, i.atc_code as "atcCode", i.base_ingredient_id as "baseId",
  coalesce((select array_agg(m.group_id order by m.group_id) from reference.ingredient_group_members m
    where m.ingredient_id = i.ingredient_id), '{}') as "groupIds"
from reference.ingredients i`;

/** Some hundred rows: read as a whole. */
export const FIND_ALL_GROUPS = `
select /* rulebook.findGroups */ group_id as "groupId", name, parent_group_id as "parentGroupId" from reference.ingredient_groups`;

export const FIND_ALLERGY_RULES = `
select /* rulebook.findAllergyRules */ coalesce(json_agg(${ALLERGY_RULE} order by r.id), '[]') as rules
from reference.allergy_rules r where r.valid_to is null`;

export const FIND_CONTRAINDICATIONS = `
select /* rulebook.findContraindications */ coalesce(json_agg(${CONTRAINDICATION} order by r.id), '[]') as rules
from reference.contraindications r where r.valid_to is null`;

export const FIND_DOSE_RULES = `
select /* rulebook.findDoseRules */ coalesce(json_agg(${DOSE_RULE} order by r.id), '[]') as rules
from reference.dosage_guidelines r where r.valid_to is null`;

/** Rules of any day by row: $1 interactions, $2 allergy rules, $3 contraindications, $4 dosage guidelines. One row. */
export const FIND_RULES_OF_DAY = `
select /* rulebook.findRulesOfDay */
  coalesce((select json_agg(${INTERACTION} order by r.id) from reference.drug_interactions r where r.id = any ($1::int[])), '[]') as interactions,
  coalesce((select json_agg(${ALLERGY_RULE} order by r.id) from reference.allergy_rules r where r.id = any ($2::int[])), '[]') as "allergyRules",
  coalesce((select json_agg(${CONTRAINDICATION} order by r.id) from reference.contraindications r where r.id = any ($3::int[])), '[]') as contraindications,
  coalesce((select json_agg(${DOSE_RULE} order by r.id) from reference.dosage_guidelines r where r.id = any ($4::int[])), '[]') as "doseRules"`;
