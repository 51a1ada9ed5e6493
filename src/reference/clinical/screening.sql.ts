/** A rule as screening judges by it, from its row `r`. Numbers of limits travel as text: a JSON number would lose digits. */
export const INTERACTION = `json_build_object('id', r.id, 'code', r.code, 'version', r.version, 'source', r.source,
      'subjectA', r.subject_a, 'subjectB', r.subject_b, 'routesA', r.routes_a, 'routesB', r.routes_b, 'severity', r.severity,
      'evidence', r.evidence, 'mechanism', r.mechanism, 'description', r.description, 'management', r.management)`;

export const ALLERGY_RULE = `json_build_object('id', r.id, 'code', r.code, 'version', r.version, 'source', r.source,
      'allergen', coalesce('ingredient:' || r.allergen_ingredient_id, 'group:' || r.allergen_group_id),
      'cross', coalesce('ingredient:' || r.cross_ingredient_id, 'group:' || r.cross_group_id),
      'severity', r.severity, 'evidence', r.evidence, 'message', r.message, 'management', r.management)`;

export const CONTRAINDICATION = `json_build_object('id', r.id, 'code', r.code, 'version', r.version, 'source', r.source,
      'subject', coalesce('ingredient:' || r.ingredient_id, 'group:' || r.group_id), 'kind', r.kind, 'icd10', r.icd10,
      'conditionName', r.condition_name, 'sex', r.sex, 'ageMinMonths', r.age_min_months, 'ageMaxMonths', r.age_max_months,
      'egfrBelow', r.egfr_below::text, 'childPughFrom', r.child_pugh_from, 'trimesters', r.trimesters,
      'weightMinKg', r.weight_min_kg::text, 'weightMaxKg', r.weight_max_kg::text, 'routes', r.routes, 'forms', r.forms,
      'severity', r.severity, 'evidence', r.evidence, 'message', r.message, 'management', r.management)`;

export const DOSE_RULE = `json_build_object('id', r.id, 'code', r.code, 'version', r.version, 'source', r.source,
      'ingredientId', r.ingredient_id, 'route', r.route, 'form', r.form, 'indicationIcd10', r.indication_icd10,
      'ageMinMonths', r.age_min_months, 'ageMaxMonths', r.age_max_months, 'weightMinKg', r.weight_min_kg::text,
      'weightMaxKg', r.weight_max_kg::text, 'egfrBelow', r.egfr_below::text, 'maxSingleDose', r.max_single_dose::text,
      'maxSinglePerKg', r.max_single_per_kg::text, 'maxDailyDose', r.max_daily_dose::text,
      'maxDailyPerKg', r.max_daily_per_kg::text, 'maxCourseDose', r.max_course_dose::text,
      'maxFrequencyPerDay', r.max_frequency_per_day::text, 'unit', r.unit, 'maxDurationDays', r.max_duration_days,
      'evidence', r.evidence, 'message', r.message, 'management', r.management)`;

/**
 * What the medicines are made of. A salt, and an ingredient merged into another, count as what stands for them (the
 * amount of a salt as that of its base, where the factor is known); a mixture counts as not linked, since no rule can
 * know what is in it. Rests on drugs_pkey and drug_ingredients_position_key; a row for each product asked for,
 * its lines as JSON (amounts as text: a JSON number would lose digits).
 */
export const FIND_COMPOSITIONS = `
select /* clinical.findCompositions */ d.drug_id as "drugId", d.name, d.route, d.dosage_form as "dosageForm",
  (select f.form_family from reference.dosage_forms f where f.name = d.dosage_form) as "formFamily",
  d.base_unit as "baseUnit", d.ingredient_status as "ingredientStatus",
  coalesce((
    select json_agg(json_build_object('ingredientId', case i.kind when 'mixture' then null else coalesce(i.base_ingredient_id, l.ingredient_id) end,
      'isMixture', i.kind is not distinct from 'mixture',
      'amount', round(l.amount * coalesce(i.base_factor, 1), 6)::text, 'unit', l.unit,
      'perAmount', l.per_amount::text, 'perUnit', l.per_unit) order by l.position)
    from reference.drug_ingredients l left join reference.ingredients i using (ingredient_id) where l.drug_id = d.drug_id), '[]') as composition
from reference.drugs d
where d.drug_id = any ($1::int[])`;

/**
 * Everything the rules say about these subjects, in one row. $1 ingredients of the medicines, $2 products, $3 ingredients
 * and $4 groups of the allergies. Groups are followed upwards (union ends a cycle). Interaction pairs are looked up by
 * drug_interactions_current_pair_key with both sides bound, so the size of the rule table does not matter; allergy rules
 * and contraindications are a few hundred current rows. Numbers of limits travel as text; json and not
 * jsonb, which takes twice as long to build.
 */
export const FIND_KNOWLEDGE = `
with /* clinical.findKnowledge */ recursive member_of as (
  select m.ingredient_id, m.group_id
  from reference.ingredient_group_members m
  where m.ingredient_id = any ($1::int[] || $3::int[])
), lies_in as (
  select m.ingredient_id, null::int as allergy_group_id, m.group_id from member_of m
  union
  select null, g, g from unnest($4::int[]) g
  union
  select l.ingredient_id, l.allergy_group_id, g.parent_group_id
  from lies_in l
  join reference.ingredient_groups g on g.group_id = l.group_id
  where g.parent_group_id is not null
), groups as materialized (
  select coalesce(array_agg(distinct group_id) filter (where ingredient_id = any ($1::int[])), '{}') as covering,
    coalesce(array_agg(distinct group_id) filter (where ingredient_id = any ($3::int[]) or allergy_group_id is not null), '{}') as allergen,
    coalesce(array_agg(distinct group_id), '{}') as involved
  from lies_in
), keys as materialized (
  select array(
    select 'drug:' || d from unnest($2::int[]) d
    union all select 'ingredient:' || i from unnest($1::int[]) i
    union all select 'group:' || g from groups, unnest(groups.covering) g
  ) collate "C" as subjects
)
select
  coalesce((select json_agg(json_build_object('ingredientId', i.ingredient_id, 'name', i.name, 'atcCode', i.atc_code,
      'groupIds', array(select m.group_id from member_of m where m.ingredient_id = i.ingredient_id order by 1)))
    from reference.ingredients i where i.ingredient_id = any ($1::int[] || $3::int[])), '[]') as ingredients,
  coalesce((select json_agg(json_build_object('groupId', g.group_id, 'name', g.name, 'parentGroupId', g.parent_group_id))
    from reference.ingredient_groups g where g.group_id = any ((select involved from groups)::int[])), '[]') as groups,
  array(select i from unnest($1::int[]) i where exists (
    select from (select 'ingredient:' || i as key union all select 'group:' || l.group_id from lies_in l where l.ingredient_id = i) s
    where exists (select from reference.drug_interactions r where r.valid_to is null and r.subject_a = s.key collate "C")
      or exists (select from reference.drug_interactions r where r.valid_to is null and r.subject_b = s.key collate "C")) order by 1) as "withInteractions",
  coalesce((select json_agg(${INTERACTION} order by r.id)
    from reference.drug_interactions r
    where r.valid_to is null and r.subject_a = any ((select subjects from keys)::text[])
      and r.subject_b = any ((select subjects from keys)::text[])), '[]') as interactions,
  coalesce((select json_agg(${ALLERGY_RULE} order by r.id)
    from reference.allergy_rules r
    where r.valid_to is null
      and (r.allergen_ingredient_id = any ($3::int[]) or r.allergen_group_id = any ((select allergen from groups)::int[]))
      and (r.cross_ingredient_id = any ($1::int[]) or r.cross_group_id = any ((select covering from groups)::int[]))), '[]') as "allergyRules",
  coalesce((select json_agg(${CONTRAINDICATION} order by r.id)
    from reference.contraindications r
    where r.valid_to is null
      and (r.ingredient_id = any ($1::int[]) or r.group_id = any ((select covering from groups)::int[]))), '[]') as contraindications,
  coalesce((select json_agg(${DOSE_RULE} order by r.id)
    from reference.dosage_guidelines r
    where r.valid_to is null and r.ingredient_id = any ($1::int[])), '[]') as "doseRules"`;

/** Which ingredient a name means: its own name first, then its synonyms, then a group's code or name
 * ("penicillin" means the group penicillins). One row for each name asked. */
export const RESOLVE_NAMES = `
select /* clinical.resolveNames */ asked.name, i.ingredient_id as "ingredientId", g.group_id as "groupId"
from unnest($1::text[], $2::text[]) as asked (name, folded)
left join lateral (
  select n.ingredient_id from (
    select 1 as rank, i.ingredient_id from reference.ingredients i where i.name_folded = asked.folded
    union all
    select 2, s.ingredient_id from reference.ingredient_synonyms s where s.synonym_folded = asked.folded
  ) n order by n.rank, n.ingredient_id limit 1
) i on true
left join lateral (
  select g.group_id from reference.ingredient_groups g
  where i.ingredient_id is null and (g.code in (lower(asked.name), lower(asked.name) || 's') or lower(g.name) = lower(asked.name))
  order by g.group_id limit 1
) g on true`;

/** Which of these ingredients ($1) another one stands for: the base of a salt, or what it was merged into. */
export const FIND_STAND_INS = `
select /* clinical.findStandIns */ ingredient_id as "ingredientId", base_ingredient_id as "standInId"
from reference.ingredients
where ingredient_id = any ($1::int[]) and base_ingredient_id is not null`;

/** Groups by code. */
export const FIND_GROUPS = `
select /* clinical.findGroups */ group_id as "groupId", code from reference.ingredient_groups where code = any ($1::text[])`;

/** The lock of rule_changes_place: see the migration of the rule feed. */
export const HOLD_RULES = `select /* clinical.holdRules */ pg_advisory_xact_lock_shared(1381321797)`;
