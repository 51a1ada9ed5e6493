const RELEASE = `
  r.release_id as "releaseId", r.rule_kind as "ruleKind", r.source, r.title, r.status, r.file_name as "fileName", r.file_sha256 as "fileSha256", r.rows_read as "rowsRead",
  r.rows_inserted as "rowsInserted", r.rows_updated as "rowsUpdated", r.rows_unchanged as "rowsUnchanged", r.rows_rejected as "rowsRejected",
  r.rows_discontinued as "rowsDiscontinued", r.created_at as "createdAt", r.created_by as "createdBy", r.compared_at as "comparedAt",
  r.staged_until as "stagedUntil", r.applied_at as "appliedAt", r.applied_by as "appliedBy", r.reverted_at as "revertedAt", r.reverted_by as "revertedBy",
  r.failure, r.status = 'applied' and r.compared_at is not null
    and not exists (select from reference.import_releases l where l.source = r.source and l.rule_kind is not distinct from r.rule_kind
      and l.status in ('applied', 'reverting') and l.applied_at > r.applied_at
      and (exists (select from reference.release_images i where i.release_id = l.release_id)
        or exists (select from reference.rule_release_changes c where c.release_id = l.release_id))) as "isRevertible"`;

/** Newest first. $1 source or null, $2 limit, $3 offset, $4 whether those of rules or those of the catalogue. */
export const FIND_RELEASES = `
select /* imports.findReleases */ ${RELEASE}, count(*) over ()::integer as total
from reference.import_releases r
where ($1::text is null or r.source = $1) and (r.rule_kind is not null) = $4
order by r.release_id desc limit $2 offset $3`;

/** $1 release. */
export const FIND_RELEASE = `
select /* imports.findRelease */ ${RELEASE}, r.states, r.price_column as "priceColumn", r.discontinue_many as "discontinueMany", r.compared_with as "comparedWith",
  coalesce(r.summary, '{}') as summary, r.impact,
  (select json_build_object('phase', p.phase, 'rows', p.rows_read, 'bytesRead', p.bytes_read, 'bytesTotal', p.bytes_total, 'rowsPerSecond', p.rows_per_second,
    'updatedAt', p.updated_at) from reference.import_progress p where p.release_id = r.release_id) as progress
from reference.import_releases r where r.release_id = $1`;

/** $1 release. */
export const FIND_FILES = `
select /* imports.findFiles */ name, role, bytes, sha256, rows_read as "rowsRead", rows_read - rows_rejected as "rowsApplied", rows_rejected as "rowsRejected"
from reference.import_files where release_id = $1 order by file_index`;

/** Refusals by reason, most frequent first, with the first of each. $1 release, $2 reasons at most, $3 rows of each. */
export const FIND_REJECT_GROUPS = `
with told as materialized (
  select r.column_name, regexp_replace(r.reason, '\\mline \\d+', 'an earlier line') as reason, r.reason as said, r.file_index, r.line_number, r.raw_value, r.reject_id
  from reference.import_rejects r where r.release_id = $1
), groups as (
  select column_name, reason, count(*)::integer as count from told group by 1, 2 order by 3 desc, 2 limit $2
)
select /* imports.findRejectGroups */ g.column_name as "column", g.reason, g.count, f.first
from groups g
cross join lateral (
  select json_agg(json_build_object('file', coalesce(n.name, ''), 'line', t.line_number, 'column', t.column_name, 'reason', t.said, 'value', t.raw_value)) as first
  from (select * from told t where t.column_name is not distinct from g.column_name and t.reason = g.reason order by t.file_index, t.line_number, t.reject_id limit $3) t
  left join reference.import_files n on n.release_id = $1 and n.file_index = t.file_index
) f
order by g.count desc, g.reason`;

/** In the order of the files. $1 release, $2 limit, $3 offset. */
export const FIND_REJECTS = `
select /* imports.findRejects */ coalesce(f.name, '') as file, r.line_number as line, r.column_name as "column", r.reason, r.raw_value as value
from reference.import_rejects r
left join reference.import_files f on f.release_id = r.release_id and f.file_index = r.file_index
where r.release_id = $1
order by r.file_index, r.line_number, r.reject_id limit $2 offset $3`;

export const COUNT_REJECTS = `
select /* imports.countRejects */ count(*)::integer as total from reference.import_rejects where release_id = $1`;

const CHANGE = `
  c.kinds, c.drug_id as "drugId", c.source_id as "sourceId", c.name, trim_scale(c.price_before)::text as "priceBefore", trim_scale(c.price_after)::text as "priceAfter",
  trim_scale(c.price_percent)::text as "pricePercent", c.fields, f.name as file, c.line_number as line`;

/** Changes told, of a kind or of all. $1 release, $2 kind or null, $3 limit, $4 offset. */
export const FIND_CHANGES = `
select /* imports.findChanges */ ${CHANGE}
from (
  select * from reference.release_changes c
  where c.release_id = $1 and case when $2::text is null then not c.kinds = array['new'] else c.kinds @> array[$2::text] end
  order by c.change_id limit $3 offset $4
) c
left join reference.import_files f on f.release_id = c.release_id and f.file_index = c.file_index
order by c.change_id`;

/** $1 release, $2 kind or null. */
export const COUNT_CHANGES_TOLD = `
select /* imports.countChangesTold */ count(*)::integer as total from reference.release_changes c
where c.release_id = $1 and case when $2::text is null then not c.kinds = array['new'] else c.kinds @> array[$2::text] end`;

/** Products a staged release would bring. $1 release, $2 source, $3 limit, $4 offset. */
export const FIND_STAGED_NEW = `
select /* imports.findStagedNew */ array['new'] as kinds, null::integer as "drugId", s.source_id as "sourceId", s.name, null as "priceBefore",
  trim_scale(s.price)::text as "priceAfter", null as "pricePercent",
  jsonb_build_object('activeRaw', jsonb_build_array(null, s.active_raw), 'dosageForm', jsonb_build_array(null, s.dosage_form)) as fields, f.name as file, s.line_number as line
from (
  select * from reference.drug_staging s
  where s.release_id = $1 and not exists (select from reference.drugs d where d.source = $2 and d.source_id = s.source_id)
  order by s.row_no limit $3 offset $4
) s
left join reference.import_files f on f.release_id = s.release_id and f.file_index = s.file_index
order by s.row_no`;

/** Products an applied release brought. $1 release, $2 limit, $3 offset. */
export const FIND_APPLIED_NEW = `
select /* imports.findAppliedNew */ array['new'] as kinds, d.drug_id as "drugId", d.source_id as "sourceId", d.name, null as "priceBefore",
  trim_scale(d.price)::text as "priceAfter", null as "pricePercent",
  jsonb_build_object('activeRaw', jsonb_build_array(null, d.active_raw), 'dosageForm', jsonb_build_array(null, d.dosage_form)) as fields, null as file, null::integer as line
from reference.drugs d
where exists (select from reference.release_images i where i.release_id = $1 and i.table_name = 'drugs' and i.operation = 'insert'
  and d.drug_id between i.first_key and i.last_key)
order by d.drug_id limit $2 offset $3`;

/** $1 release, $2 impact. */
export const KEEP_IMPACT = `
update /* imports.keepImpact */ reference.import_releases set impact = $2::jsonb where release_id = $1`;

/**
 * Products whose ingredients a staged release changes, with the ingredients they would have. $1 release, $2 products
 * asked for.
 */
export const FIND_CHANGED_COMPOSITIONS = `
select /* imports.findChangedCompositions */ c.drug_id as "drugId",
  coalesce((select json_agg(json_build_object('ingredientId', case i.kind when 'mixture' then null else coalesce(i.base_ingredient_id, i.ingredient_id) end,
      'amount', round(p.amount * coalesce(i.base_factor, 1), 6)::text, 'unit', p.unit,
      'perAmount', p.per_amount::text, 'perUnit', p.per_unit) order by p.position)
    from reference.staged_ingredients p
    left join reference.staged_names n on n.release_id = $1 and n.name_key = p.name_key
    left join reference.ingredients i on i.ingredient_id = coalesce(p.ingredient_id, n.resolved_id)
    where p.release_id = $1 and p.row_no = s.row_no), '[]') as composition, s.ingredient_status as "ingredientStatus"
from reference.release_changes c
join reference.drug_staging s on s.release_id = $1 and s.source_id = c.source_id
where c.release_id = $1 and c.kinds @> array['ingredients'] and c.drug_id = any ($2::int[])`;

/** $1 release. */
export const FIND_DRUGS_OF_OTHER_INGREDIENTS = `
select /* imports.findDrugsOfOtherIngredients */ c.drug_id as "drugId" from reference.release_changes c
where c.release_id = $1 and c.kinds @> array['ingredients'] and c.drug_id is not null`;
