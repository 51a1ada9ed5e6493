/**
 * Set-based loading of the starter rules: each statement takes one JSON array of rows and answers what it changed.
 * A row that is already as the files say is left alone, so a second run writes nothing.
 */

export const UPSERT_GROUPS = `
insert /* starterRules.groups */ into reference.ingredient_groups (code, name, name_ar, kind)
select r.code, r.name, r.name_ar, r.kind
from jsonb_to_recordset($1::jsonb) as r (code text, name text, name_ar text, kind text)
on conflict (code) do update set name = excluded.name, name_ar = coalesce(excluded.name_ar, ingredient_groups.name_ar),
  kind = excluded.kind, version = ingredient_groups.version + 1
where (ingredient_groups.name, ingredient_groups.name_ar, ingredient_groups.kind)
  is distinct from (excluded.name, coalesce(excluded.name_ar, ingredient_groups.name_ar), excluded.kind)`;

export const SET_PARENTS = `
update /* starterRules.parents */ reference.ingredient_groups g
set parent_group_id = p.group_id, version = g.version + 1
from jsonb_to_recordset($1::jsonb) as r (code text, parent_code text)
left join reference.ingredient_groups p on p.code = r.parent_code
where g.code = r.code and g.parent_group_id is distinct from p.group_id`;

/** What a pharmacist found to be a salt of another ingredient, or the same as one, stays so. */
export const UPSERT_INGREDIENTS = `
insert /* starterRules.ingredients */ into reference.ingredients (name, name_folded, name_ar, atc_code, kind, source)
select r.name, r.name_folded, r.name_ar, r.atc_code, r.kind, 'meditory starter rules'
from jsonb_to_recordset($1::jsonb) as r (name text, name_folded text, name_ar text, atc_code text, kind text)
on conflict (name_folded) do update set name_ar = coalesce(excluded.name_ar, ingredients.name_ar),
  atc_code = coalesce(excluded.atc_code, ingredients.atc_code), verified = true, version = ingredients.version + 1,
  kind = case when ingredients.kind in ('salt', 'merged') then ingredients.kind else excluded.kind end
where (ingredients.name_ar, ingredients.atc_code, ingredients.verified, ingredients.kind)
  is distinct from (coalesce(excluded.name_ar, ingredients.name_ar), coalesce(excluded.atc_code, ingredients.atc_code), true,
    case when ingredients.kind in ('salt', 'merged') then ingredients.kind else excluded.kind end)`;

export const UPSERT_SYNONYMS = `
insert /* starterRules.synonyms */ into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, source)
select i.ingredient_id, r.synonym, r.synonym_folded, r.kind, 'meditory starter rules'
from jsonb_to_recordset($1::jsonb) as r (ingredient_folded text, synonym text, synonym_folded text, kind text)
join reference.ingredients i on i.name_folded = r.ingredient_folded
on conflict (synonym_folded) do update set ingredient_id = excluded.ingredient_id, kind = excluded.kind
where (ingredient_synonyms.ingredient_id, ingredient_synonyms.kind) is distinct from (excluded.ingredient_id, excluded.kind)`;

export const ADD_MEMBERS = `
insert /* starterRules.members */ into reference.ingredient_group_members (ingredient_id, group_id)
select i.ingredient_id, g.group_id
from jsonb_to_recordset($1::jsonb) as r (ingredient_folded text, code text)
join reference.ingredients i on i.name_folded = r.ingredient_folded
join reference.ingredient_groups g on g.code = r.code
on conflict do nothing`;

export const ADD_ROUTES = `
insert /* starterRules.routes */ into reference.routes (name)
select distinct r.route from jsonb_to_recordset($1::jsonb) as r (route text)
where r.route is not null
on conflict (name) do nothing`;

/** Every name an ingredient goes by, own names before synonyms, and every group. */
export const FIND_NAMES = `
select /* starterRules.names */ name_folded as folded, ingredient_id as id, 1 as rank from reference.ingredients
union all
select synonym_folded, ingredient_id, 2 from reference.ingredient_synonyms
order by rank desc`;

export const FIND_GROUP_CODES = `
select /* starterRules.groupCodes */ code, group_id as id from reference.ingredient_groups`;

/** Two statements for each rule table: end the current version of what changed, then add what has no current version. */
export interface RuleStatements {
  readonly closeChanged: string;
  readonly addMissing: string;
}

export const INTERACTION_STATEMENTS: RuleStatements = {
  closeChanged: `
update /* starterRules.closeInteractions */ reference.drug_interactions t set valid_to = now()
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_a_id int, group_a_id int, ingredient_b_id int, group_b_id int,
  severity text, mechanism text, description text, management text, evidence text, source text)
where t.code = r.code and t.valid_to is null
  and (t.drug_a_id, t.ingredient_a_id, t.group_a_id, t.drug_b_id, t.ingredient_b_id, t.group_b_id, t.severity, t.mechanism,
    t.description, t.management, t.evidence, t.source)
  is distinct from (null::int, r.ingredient_a_id, r.group_a_id, null::int, r.ingredient_b_id, r.group_b_id, r.severity,
    r.mechanism, r.description, r.management, r.evidence, r.source)`,
  addMissing: `
insert /* starterRules.addInteractions */ into reference.drug_interactions (code, version, ingredient_a_id, group_a_id,
  ingredient_b_id, group_b_id, severity, mechanism, description, management, evidence, source)
select r.code, 1 + coalesce((select max(o.version) from reference.drug_interactions o where o.code = r.code), 0),
  r.ingredient_a_id, r.group_a_id, r.ingredient_b_id, r.group_b_id, r.severity, r.mechanism, r.description, r.management,
  r.evidence, r.source
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_a_id int, group_a_id int, ingredient_b_id int, group_b_id int,
  severity text, mechanism text, description text, management text, evidence text, source text)
where not exists (select from reference.drug_interactions o where o.code = r.code and o.valid_to is null)
-- A pair the pharmacy has a rule of its own for keeps that rule.
on conflict do nothing`,
};

export const ALLERGY_STATEMENTS: RuleStatements = {
  closeChanged: `
update /* starterRules.closeAllergyRules */ reference.allergy_rules t set valid_to = now()
from jsonb_to_recordset($1::jsonb) as r (code text, allergen_ingredient_id int, allergen_group_id int, cross_ingredient_id int,
  cross_group_id int, severity text, evidence text, message text, management text, source text)
where t.code = r.code and t.valid_to is null
  and (t.allergen_ingredient_id, t.allergen_group_id, t.cross_ingredient_id, t.cross_group_id, t.severity, t.evidence,
    t.message, t.management, t.source)
  is distinct from (r.allergen_ingredient_id, r.allergen_group_id, r.cross_ingredient_id, r.cross_group_id, r.severity,
    r.evidence, r.message, r.management, r.source)`,
  addMissing: `
insert /* starterRules.addAllergyRules */ into reference.allergy_rules (code, version, allergen_ingredient_id, allergen_group_id,
  cross_ingredient_id, cross_group_id, severity, evidence, message, management, source)
select r.code, 1 + coalesce((select max(o.version) from reference.allergy_rules o where o.code = r.code), 0),
  r.allergen_ingredient_id, r.allergen_group_id, r.cross_ingredient_id, r.cross_group_id, r.severity, r.evidence, r.message,
  r.management, r.source
from jsonb_to_recordset($1::jsonb) as r (code text, allergen_ingredient_id int, allergen_group_id int, cross_ingredient_id int,
  cross_group_id int, severity text, evidence text, message text, management text, source text)
where not exists (select from reference.allergy_rules o where o.code = r.code and o.valid_to is null)`,
};

export const CONTRAINDICATION_STATEMENTS: RuleStatements = {
  closeChanged: `
update /* starterRules.closeContraindications */ reference.contraindications t set valid_to = now()
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_id int, group_id int, kind text, icd10 text, condition_name text,
  sex text, age_min_months int, age_max_months int, egfr_below numeric, severity text, message text, management text, source text)
where t.code = r.code and t.valid_to is null
  and (t.ingredient_id, t.group_id, t.kind, t.icd10, t.condition_name, t.sex, t.age_min_months, t.age_max_months, t.egfr_below,
    t.severity, t.message, t.management, t.source)
  is distinct from (r.ingredient_id, r.group_id, r.kind, r.icd10, r.condition_name, r.sex, r.age_min_months, r.age_max_months,
    r.egfr_below, r.severity, r.message, r.management, r.source)`,
  addMissing: `
insert /* starterRules.addContraindications */ into reference.contraindications (code, version, ingredient_id, group_id, kind,
  icd10, condition_name, sex, age_min_months, age_max_months, egfr_below, severity, message, management, source)
select r.code, 1 + coalesce((select max(o.version) from reference.contraindications o where o.code = r.code), 0),
  r.ingredient_id, r.group_id, r.kind, r.icd10, r.condition_name, r.sex, r.age_min_months, r.age_max_months, r.egfr_below,
  r.severity, r.message, r.management, r.source
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_id int, group_id int, kind text, icd10 text, condition_name text,
  sex text, age_min_months int, age_max_months int, egfr_below numeric, severity text, message text, management text, source text)
where not exists (select from reference.contraindications o where o.code = r.code and o.valid_to is null)`,
};

export const DOSAGE_STATEMENTS: RuleStatements = {
  closeChanged: `
update /* starterRules.closeDosageGuidelines */ reference.dosage_guidelines t set valid_to = now()
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_id int, route text, age_min_months int, age_max_months int,
  max_single_dose numeric, max_daily_dose numeric, max_daily_per_kg numeric, unit text, max_duration_days int, message text, source text)
where t.code = r.code and t.valid_to is null
  and (t.ingredient_id, t.route, t.age_min_months, t.age_max_months, t.max_single_dose, t.max_daily_dose, t.max_daily_per_kg,
    t.unit, t.max_duration_days, t.message, t.source)
  is distinct from (r.ingredient_id, r.route, r.age_min_months, r.age_max_months, r.max_single_dose, r.max_daily_dose,
    r.max_daily_per_kg, r.unit, r.max_duration_days, r.message, r.source)`,
  addMissing: `
insert /* starterRules.addDosageGuidelines */ into reference.dosage_guidelines (code, version, ingredient_id, route,
  age_min_months, age_max_months, max_single_dose, max_daily_dose, max_daily_per_kg, unit, max_duration_days, message, source)
select r.code, 1 + coalesce((select max(o.version) from reference.dosage_guidelines o where o.code = r.code), 0),
  r.ingredient_id, r.route, r.age_min_months, r.age_max_months, r.max_single_dose, r.max_daily_dose, r.max_daily_per_kg, r.unit,
  r.max_duration_days, r.message, r.source
from jsonb_to_recordset($1::jsonb) as r (code text, ingredient_id int, route text, age_min_months int, age_max_months int,
  max_single_dose numeric, max_daily_dose numeric, max_daily_per_kg numeric, unit text, max_duration_days int, message text, source text)
where not exists (select from reference.dosage_guidelines o where o.code = r.code and o.valid_to is null)`,
};
