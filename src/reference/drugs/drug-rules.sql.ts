/**
 * The current clinical rules that concern a product ($1), as screening would look them up: by the product, by each
 * ingredient (the base of a salt, what a merged one became; no mixture), and by every group above those. At most $2 of
 * each sort, gravest first, with how many there are. Index: drug_interactions_current_pair_key and _subject_b_idx; the
 * other tables are some hundred current rows.
 */
export const FIND_RULES = `
with /* drugs.findRules */ recursive lines as (
  select l.raw_text, i.kind, case i.kind when 'mixture' then null else coalesce(i.base_ingredient_id, i.ingredient_id) end as ingredient_id
  from reference.drug_ingredients l left join reference.ingredients i using (ingredient_id)
  where l.drug_id = $1
), contained as (
  select distinct ingredient_id from lines where ingredient_id is not null
), lies_in as (
  select m.group_id from reference.ingredient_group_members m join contained using (ingredient_id)
  union
  select g.parent_group_id from lies_in l join reference.ingredient_groups g using (group_id) where g.parent_group_id is not null
), subjects as materialized (
  select 'drug:' || d.drug_id as key, jsonb_build_object('kind', 'drug', 'id', d.drug_id, 'name', d.name) as subject from reference.drugs d where d.drug_id = $1
  union all
  select 'ingredient:' || i.ingredient_id, jsonb_build_object('kind', 'ingredient', 'id', i.ingredient_id, 'name', i.name)
  from contained join reference.ingredients i using (ingredient_id)
  union all
  select 'group:' || g.group_id, jsonb_build_object('kind', 'group', 'id', g.group_id, 'name', g.name) from lies_in join reference.ingredient_groups g using (group_id)
), graveness (severity, rank) as (values ('contraindicated', 1), ('major', 2), ('moderate', 3), ('minor', 4)),
interactions as (
  select r.*, s.subject as through, r.subject_b as other from reference.drug_interactions r join subjects s on r.subject_a = s.key collate "C" where r.valid_to is null
  union all
  select r.*, s.subject, r.subject_a from reference.drug_interactions r join subjects s on r.subject_b = s.key collate "C" where r.valid_to is null and r.subject_a <> r.subject_b
), allergies as (
  select r.*, s.subject as through from reference.allergy_rules r
  join subjects s on s.key = coalesce('ingredient:' || r.cross_ingredient_id, 'group:' || r.cross_group_id) where r.valid_to is null
), contra as (
  select r.*, s.subject as through from reference.contraindications r
  join subjects s on s.key = coalesce('ingredient:' || r.ingredient_id, 'group:' || r.group_id) where r.valid_to is null
), dosage as (
  select r.*, s.subject as through from reference.dosage_guidelines r
  join subjects s on s.key = 'ingredient:' || r.ingredient_id where r.valid_to is null
)
select
  (select coalesce(jsonb_agg(x.rule order by x.n), '[]') from (
    select row_number() over (order by g.rank, i.code, i.through ->> 'name') as n, jsonb_build_object('id', i.id, 'code', i.code, 'version', i.version, 'source', i.source,
      'severity', i.severity, 'through', i.through, 'description', i.description, 'management', i.management,
      'with', jsonb_build_object('kind', split_part(i.other, ':', 1), 'id', split_part(i.other, ':', 2)::integer, 'name', coalesce(
        (select name from reference.drugs where split_part(i.other, ':', 1) = 'drug' and drug_id = split_part(i.other, ':', 2)::integer),
        (select name from reference.ingredients where split_part(i.other, ':', 1) = 'ingredient' and ingredient_id = split_part(i.other, ':', 2)::integer),
        (select name from reference.ingredient_groups where split_part(i.other, ':', 1) = 'group' and group_id = split_part(i.other, ':', 2)::integer)))) as rule
    from interactions i join graveness g using (severity) order by n limit $2) x) as interactions,
  (select coalesce(jsonb_agg(x.rule order by x.n), '[]') from (
    select row_number() over (order by g.rank, a.code, a.through ->> 'name') as n, jsonb_build_object('id', a.id, 'code', a.code, 'version', a.version, 'source', a.source,
      'severity', a.severity, 'through', a.through, 'message', a.message, 'management', a.management,
      'allergen', jsonb_build_object('kind', case when a.allergen_ingredient_id is null then 'group' else 'ingredient' end,
        'id', coalesce(a.allergen_ingredient_id, a.allergen_group_id), 'name', coalesce(ai.name, ag.name))) as rule
    from allergies a join graveness g using (severity)
    left join reference.ingredients ai on ai.ingredient_id = a.allergen_ingredient_id
    left join reference.ingredient_groups ag on ag.group_id = a.allergen_group_id order by n limit $2) x) as allergies,
  (select coalesce(jsonb_agg(x.rule order by x.n), '[]') from (
    select row_number() over (order by g.rank, c.code, c.through ->> 'name') as n, jsonb_build_object('id', c.id, 'code', c.code, 'version', c.version, 'source', c.source,
      'severity', c.severity, 'through', c.through, 'kind', c.kind, 'icd10', c.icd10, 'conditionName', c.condition_name,
      'message', c.message, 'management', c.management) as rule
    from contra c join graveness g using (severity) order by n limit $2) x) as contraindications,
  (select coalesce(jsonb_agg(x.rule order by x.n), '[]') from (
    select row_number() over (order by d.code) as n, jsonb_build_object('id', d.id, 'code', d.code, 'version', d.version, 'source', d.source, 'through', d.through,
      'route', d.route, 'ageMinMonths', d.age_min_months, 'ageMaxMonths', d.age_max_months, 'maxSingleDose', trim_scale(d.max_single_dose)::text,
      'maxDailyDose', trim_scale(d.max_daily_dose)::text, 'maxDailyPerKg', trim_scale(d.max_daily_per_kg)::text, 'unit', d.unit,
      'maxDurationDays', d.max_duration_days, 'message', d.message) as rule
    from dosage d order by n limit $2) x) as dosage,
  jsonb_build_object('interactions', (select count(*) from interactions), 'allergies', (select count(*) from allergies),
    'contraindications', (select count(*) from contra), 'dosage', (select count(*) from dosage),
    'notCovered', coalesce((select jsonb_agg(distinct raw_text) from lines where ingredient_id is null), '[]')) as meta`;
