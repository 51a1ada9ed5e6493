import { columnList, columnTypes, RULE_TABLES } from './rule-sets/rule-tables.sql.js';
import { STARTER_SET, type RuleKindName } from './rule-sets/rule-sets.types.js';

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

/** For each rule table: end what the files no longer hold or say otherwise, then add what has no current version. */
export interface RuleStatements {
  readonly closeRemoved: string;
  readonly closeChanged: string;
  readonly addMissing: string;
}

/** The statements of a kind of rules. The names are constants of the program. */
export function statementsFor(kind: RuleKindName): RuleStatements {
  const rule = RULE_TABLES[kind];
  const { table, ownInTheWay } = rule;
  const rows = `jsonb_to_recordset($1::jsonb) as r (code text, ${columnTypes(rule)})`;
  // A pair the pharmacy has a rule of its own for keeps that rule.
  const unlessOwn =
    ownInTheWay === undefined
      ? ''
      : `
  and not exists (select from reference.${table} o where o.rule_set is null and o.valid_to is null and ${ownInTheWay})`;
  return {
    closeRemoved: `
update /* starterRules.closeRemoved_${table} */ reference.${table} t set valid_to = now()
where t.rule_set = '${STARTER_SET}' and t.valid_to is null
  and not exists (select from ${rows} where r.code = t.code)`,
    closeChanged: `
update /* starterRules.close_${table} */ reference.${table} t set valid_to = now()
from ${rows}
where t.code = r.code and t.valid_to is null and (${columnList(rule, 't.')}) is distinct from (${columnList(rule, 'r.')})`,
    addMissing: `
insert /* starterRules.add_${table} */ into reference.${table} (code, version, rule_set, ${columnList(rule, '')})
select r.code, 1 + coalesce((select max(o.version) from reference.${table} o where o.code = r.code), 0), '${STARTER_SET}', ${columnList(rule, 'r.')}
from ${rows}
where not exists (select from reference.${table} o where o.code = r.code and o.valid_to is null)${unlessOwn}`,
  };
}
