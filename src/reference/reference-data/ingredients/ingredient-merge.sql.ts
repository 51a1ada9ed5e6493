/**
 * Clinical rules of an ingredient ($1) that would no longer concern its products if another one ($2) stood for it:
 * current rules that name it (of a dose rule too), and groups it lies in, at any height, that the other does not.
 */
export const FIND_LOST_RULES = `
with /* ingredientMerge.findLostRules */ recursive above as (
  select m.ingredient_id, m.group_id from reference.ingredient_group_members m where m.ingredient_id in ($1, $2)
  union
  select a.ingredient_id, g.parent_group_id from above a join reference.ingredient_groups g using (group_id) where g.parent_group_id is not null
)
select
  coalesce((select jsonb_agg(jsonb_build_object('table', r.name, 'code', r.code) order by r.name, r.code) from (
    select 'drug_interactions' as name, code from reference.drug_interactions where valid_to is null and (ingredient_a_id = $1 or ingredient_b_id = $1)
    union all
    select 'allergy_rules', code from reference.allergy_rules where valid_to is null and (allergen_ingredient_id = $1 or cross_ingredient_id = $1)
    union all
    select 'contraindications', code from reference.contraindications where valid_to is null and ingredient_id = $1
    union all
    select 'dosage_guidelines', code from reference.dosage_guidelines where valid_to is null and ingredient_id = $1
    limit 50
  ) r), '[]') as rules,
  coalesce((select jsonb_agg(g.code order by g.code)
    from reference.ingredient_group_members m join reference.ingredient_groups g using (group_id)
    where m.ingredient_id = $1 and not exists (select from above a where a.ingredient_id = $2 and a.group_id = m.group_id)), '[]') as "groupCodes"`;

/** Turns the composition lines of one ingredient ($1) to another ($2). Index: drug_ingredients_ingredient_idx. */
export const MOVE_LINES = `
update /* ingredientMerge.moveLines */ reference.drug_ingredients set ingredient_id = $2
where ingredient_id = $1
returning drug_ingredient_id as "lineId", drug_id as "drugId"`;

/** Gives the synonyms of one ingredient ($1) to another ($2). */
export const MOVE_SYNONYMS = `
update /* ingredientMerge.moveSynonyms */ reference.ingredient_synonyms set ingredient_id = $2
where ingredient_id = $1 returning synonym_id as id`;

/** Gives the codes of one ingredient ($1) to another ($2). */
export const MOVE_CODES = `
update /* ingredientMerge.moveCodes */ reference.ingredient_codes set ingredient_id = $2
where ingredient_id = $1 returning system, code`;

/** Gives the salts, and what was merged before, of one ingredient ($1) to another ($2). */
export const MOVE_SALTS = `
update /* ingredientMerge.moveSalts */ reference.ingredients set base_ingredient_id = $2, version = version + 1
where base_ingredient_id = $1 returning ingredient_id as id`;

/** Puts an ingredient ($2) into the groups another ($1) is a member of; answers the groups that are new to it. */
export const TAKE_GROUPS = `
insert /* ingredientMerge.takeGroups */ into reference.ingredient_group_members (ingredient_id, group_id)
select $2, m.group_id from reference.ingredient_group_members m where m.ingredient_id = $1
on conflict do nothing
returning group_id as id`;

/** Marks an ingredient ($1) as merged into another ($2) under a name nobody looks for ($3, folded $4), its own being free now. */
export const MARK_MERGED = `
update /* ingredientMerge.markMerged */ reference.ingredients
set kind = 'merged', base_ingredient_id = $2, base_factor = null, name = $3, name_folded = $4, verified = true, version = version + 1
where ingredient_id = $1`;

/** Remembers a decision. $1 kind, $2 text, $3 ingredient, $4 merged ingredient, $5 what moved, $6 synonym, $7 user. */
export const REMEMBER = `
insert /* ingredientMerge.remember */ into reference.ingredient_links (kind, raw_text, ingredient_id, merged_ingredient_id, moved, synonym_id, made_by)
values ($1, $2, $3, $4, $5::jsonb, $6, $7)
returning link_id as "linkId"`;

/** The new synonym, or nothing where the ingredient ($1) has it already. $2 text, $3 folded, $4 kind, $5 confidence. */
export const REMEMBER_SYNONYM = `
insert /* ingredientMerge.rememberSynonym */ into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, confidence, source)
values ($1, $2, $3, $4, $5, 'pharmacist')
on conflict (synonym_folded) do nothing
returning synonym_id as id`;

/** One decision, locked. $1 its identity. */
export const LOCK_LINK = `
select /* ingredientMerge.lockLink */ link_id as "linkId", kind, raw_text as "rawText", ingredient_id as "ingredientId",
  merged_ingredient_id as "mergedIngredientId", moved, synonym_id as "synonymId", made_by as "madeBy", made_at as "madeAt",
  undone_by as "undoneBy", undone_at as "undoneAt"
from reference.ingredient_links
where link_id = $1
for no key update`;

/** Decisions, newest first. $1 offset, $2 limit. */
export const FIND_LINKS = `
select /* ingredientMerge.findLinks */ l.link_id as "linkId", l.kind, l.raw_text as "rawText", l.ingredient_id as "ingredientId",
  i.name as "ingredientName", jsonb_array_length(coalesce(l.moved -> 'lines', '[]')) as lines, l.made_by as "madeBy", l.made_at as "madeAt",
  l.undone_by as "undoneBy", l.undone_at as "undoneAt", count(*) over ()::integer as total
from reference.ingredient_links l
join reference.ingredients i using (ingredient_id)
order by l.link_id desc
offset $1 limit $2`;

/**
 * Turns lines back to what they were, those that are still there and still mean what was decided. $1 line identities,
 * $2 former ingredients (null: none), $3 the ingredient decided for.
 */
export const RESTORE_LINES = `
update /* ingredientMerge.restoreLines */ reference.drug_ingredients l set ingredient_id = f.ingredient_id
from unnest($1::integer[], $2::integer[]) as f (line_id, ingredient_id)
where l.drug_ingredient_id = f.line_id and l.ingredient_id = $3
returning l.drug_ingredient_id as "lineId", l.drug_id as "drugId"`;

/** Gives synonyms ($1), codes ($2 systems, $3 codes) and salts ($4) back to an ingredient ($5) from another ($6). */
export const RESTORE_SYNONYMS = `
update /* ingredientMerge.restoreSynonyms */ reference.ingredient_synonyms set ingredient_id = $2
where synonym_id = any ($1::integer[]) and ingredient_id = $3`;

export const RESTORE_CODES = `
update /* ingredientMerge.restoreCodes */ reference.ingredient_codes c set ingredient_id = $3
from unnest($1::text[], $2::text[]) as f (system, code)
where c.system = f.system and c.code = f.code and c.ingredient_id = $4`;

export const RESTORE_SALTS = `
update /* ingredientMerge.restoreSalts */ reference.ingredients set base_ingredient_id = $2, version = version + 1
where ingredient_id = any ($1::integer[]) and base_ingredient_id = $3`;

/** Takes an ingredient ($1) out of groups ($2) again. */
export const LEAVE_GROUPS = `
delete /* ingredientMerge.leaveGroups */ from reference.ingredient_group_members where ingredient_id = $1 and group_id = any ($2::integer[])`;

/** Makes a merged ingredient ($1) what it was: $2 name, $3 folded, $4 kind, $5 base, $6 factor, $7 verified. */
export const UNMERGE = `
update /* ingredientMerge.unmerge */ reference.ingredients
set name = $2, name_folded = $3, kind = $4, base_ingredient_id = $5, base_factor = $6, verified = $7, version = version + 1
where ingredient_id = $1 and kind = 'merged'`;

/** Notes that a decision ($1) was taken back by a user ($2). */
export const MARK_UNDONE = `
update /* ingredientMerge.markUndone */ reference.ingredient_links set undone_at = now(), undone_by = $2 where link_id = $1`;

/** Drops the synonym ($1) a decision added, where it still belongs to that ingredient ($2). */
export const FORGET_SYNONYM = `
delete /* ingredientMerge.forgetSynonym */ from reference.ingredient_synonyms where synonym_id = $1 and ingredient_id = $2`;

/** Turns every line of this text ($1) that is linked to nothing to an ingredient ($2). Index: drug_ingredients_unlinked_idx. */
export const LINK_TEXT = `
update /* ingredientMerge.linkText */ reference.drug_ingredients set ingredient_id = $2
where ingredient_id is null and lower(raw_text) = lower($1)
returning drug_ingredient_id as "lineId", drug_id as "drugId"`;

/** Judges the compositions of these products ($1) anew. */
export const RECOMPUTE_STATUS = `
with judged as (
  select l.drug_id, case count(*) filter (where i.verified) when 0 then 'unlinked' when count(*) then 'linked' else 'partial' end as status
  from reference.drug_ingredients l
  left join reference.ingredients i using (ingredient_id)
  where l.drug_id = any ($1::integer[])
  group by l.drug_id
)
update /* ingredientMerge.recomputeStatus */ reference.drugs d
set ingredient_status = j.status, version = d.version + 1, updated_at = now()
from judged j
where d.drug_id = j.drug_id and d.ingredient_status <> j.status`;
