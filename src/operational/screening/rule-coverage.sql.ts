/**
 * What the rules say nothing of, among what branch $1 has in stock: each ingredient (a salt counts as its base) with the kinds
 * of rules that speak neither of it nor of a group above it, most products first, $2 rows after $3; and the products whose
 * ingredients are not all known, at most $4. One row. Union ends a cycle of groups. Indexes: inventory_lots of the branch,
 * drug_interactions_current_pair_key and its second side, the keys of groups and members.
 */
export const RULE_COVERAGE = `
with /* screening.ruleCoverage */ recursive stocked as materialized (
  select d.drug_id, d.name, d.ingredient_status
  from reference.drugs d
  where d.drug_id in (select l.drug_id from operational.inventory_lots l where l.branch_id = $1 and l.quantity > 0 and l.status = 'available')
), contained as materialized (
  select coalesce(i.base_ingredient_id, i.ingredient_id) as ingredient_id, count(distinct s.drug_id)::int as products
  from stocked s
  join reference.drug_ingredients c using (drug_id)
  join reference.ingredients i using (ingredient_id)
  where i.kind <> 'mixture'
  group by 1
), lies_in as (
  select c.ingredient_id, m.group_id from contained c join reference.ingredient_group_members m using (ingredient_id)
  union
  select l.ingredient_id, g.parent_group_id
  from lies_in l join reference.ingredient_groups g using (group_id)
  where g.parent_group_id is not null
), subjects as materialized (
  select ingredient_id, ('ingredient:' || ingredient_id) collate "C" as key from contained
  union all
  select ingredient_id, ('group:' || group_id) collate "C" from lies_in
), spoken_of as materialized (
  select 'interaction' as kind, s.ingredient_id from subjects s
  where exists (select from reference.drug_interactions r where r.valid_to is null and r.subject_a = s.key)
    or exists (select from reference.drug_interactions r where r.valid_to is null and r.subject_b = s.key)
  union
  select 'contraindication', s.ingredient_id from subjects s
  join reference.contraindications r on r.valid_to is null and s.key = coalesce('ingredient:' || r.ingredient_id, 'group:' || r.group_id) collate "C"
  union
  select 'dose', c.ingredient_id from contained c
  where exists (select from reference.dosage_guidelines r where r.valid_to is null and r.ingredient_id = c.ingredient_id)
), uncovered as (
  select c.ingredient_id as "ingredientId", i.name, c.products,
    array(select k.kind from unnest(array['interaction', 'contraindication', 'dose']) with ordinality as k (kind, n)
      where not exists (select from spoken_of o where o.kind = k.kind and o.ingredient_id = c.ingredient_id) order by k.n) as missing
  from contained c join reference.ingredients i using (ingredient_id)
)
select
  (select count(*)::int from stocked) as products,
  (select count(*)::int from contained) as ingredients,
  (select count(*)::int from spoken_of where kind = 'interaction') as "withInteractions",
  (select count(*)::int from spoken_of where kind = 'contraindication') as "withContraindications",
  (select count(*)::int from spoken_of where kind = 'dose') as "withDoseLimits",
  (select count(*)::int from uncovered where cardinality(missing) > 0) as total,
  coalesce((select json_agg(u) from (
    select * from uncovered where cardinality(missing) > 0 order by products desc, name, "ingredientId" limit $2 offset $3) u), '[]') as data,
  (select count(*)::int from stocked where ingredient_status in ('partial', 'unlinked')) as "unlinkedProducts",
  coalesce((select json_agg(s) from (
    select drug_id as "drugId", name, ingredient_status as status from stocked
    where ingredient_status in ('partial', 'unlinked') order by name, drug_id limit $4) s), '[]') as unlinked`;
