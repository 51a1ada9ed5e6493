/**
 * Comparing a staged release with the catalogue. $1 release, $2 what the source states (jsonb), unless said otherwise. Every statement is set-based; half a million rows must do.
 */

/** Entries of lists the release names and the catalogue has. Ingredients by the name of an unverified one, or of a source's own. */
export const RESOLVE_NAMES = `
update /* imports.resolveNames */ reference.staged_names n
set resolved_id = case n.kind
  when 'company' then (select c.company_id from reference.companies c where c.name_folded = n.folded)
  when 'category' then (select c.category_id from reference.therapeutic_categories c where c.name_folded = n.folded)
  when 'form' then (select f.id from reference.dosage_forms f where f.name = n.name)
  when 'route' then (select r.id from reference.routes r where r.name = n.name)
  else (select coalesce(i.base_ingredient_id, i.ingredient_id) from reference.ingredients i where i.name_folded = n.folded and (n.detail is not null or not i.verified)) end
where n.release_id = $1 and n.resolved_id is null`;

/** The condition that a staged price (s) is above the ceiling kept for the product (d). */
const ABOVE_CEILING = '(s.price is not null and s.price > coalesce(s.price_ceiling, d.price_ceiling))';

/**
 * Products whose price is above the ceiling kept for them: the rows are refused, with the rows that are part of them, and
 * the products stay as they are. $1 release, $2 price column. Answers each row refused.
 */
export const REJECT_ABOVE_CEILING = `
with over as materialized (
  select s.row_no, s.file_index, s.line_number, s.side_rows, s.source_id, s.price, coalesce(s.price_ceiling, d.price_ceiling) as ceiling
  from reference.staged_targets t
  join reference.drug_staging s on s.release_id = $1 and s.row_no = t.row_no
  join reference.drugs d on d.drug_id = t.drug_id
  where t.release_id = $1 and t.kind = 'changed' and ${ABOVE_CEILING}
), gone as (
  delete from reference.drug_staging s using over o where s.release_id = $1 and s.row_no = o.row_no
), gone_targets as (
  delete from reference.staged_targets t using over o where t.release_id = $1 and t.row_no = o.row_no
), gone_parts as (
  delete from reference.staged_ingredients p using over o where p.release_id = $1 and p.row_no = o.row_no
), gone_codes as (
  delete from reference.staged_barcodes p using over o where p.release_id = $1 and p.row_no = o.row_no
), gone_packs as (
  delete from reference.staged_packs p using over o where p.release_id = $1 and p.row_no = o.row_no
)
insert /* imports.rejectAboveCeiling */ into reference.import_rejects (release_id, file_index, line_number, column_name, reason, raw_value, source_id)
select $1, o.file_index, o.line_number, $2::text, 'is above the ceiling of ' || trim_scale(o.ceiling) || ' kept for this product', o.price::text, o.source_id
from over o
union all
select $1, o.side_rows[n], o.side_rows[n + 1], null, 'belongs to line ' || o.line_number || ', which is refused', o.source_id, o.source_id
from over o cross join lateral generate_series(1, coalesce(cardinality(o.side_rows), 0), 2) n
order by 2, 3
returning file_index as "fileIndex"`;

/**
 * Codes that stand for another product, of the catalogue or earlier in the release. Where the code has a row of its own,
 * that row is refused; otherwise the product is taken without it and the diff says so. Answers each row refused.
 */
export const REJECT_TAKEN_CODES = `
with owned as materialized (
  select b.ctid as at, b.row_no, b.gtin, b.code, b.file_index, b.line_number, s.source_id,
    coalesce('stands for another product: ' || o.name,
      case when row_number() over (partition by b.gtin order by b.row_no) > 1 then 'stands for a product earlier in the release' end) as reason
  from reference.staged_barcodes b
  join reference.drug_staging s on s.release_id = $1 and s.row_no = b.row_no
  left join reference.drug_barcodes k on k.gtin = b.gtin
  left join reference.drugs o on o.drug_id = k.drug_id and not (o.source = $2 and o.source_id is not distinct from s.source_id)
  where b.release_id = $1
), taken as materialized (
  select * from owned where reason is not null
), told as (
  insert into reference.release_changes (release_id, kinds, source_id, name, fields, file_index, line_number)
  select $1, array['barcode_reused'], t.source_id, s.name, jsonb_build_object('barcode', jsonb_build_array(null, t.code), 'why', jsonb_build_array(null, t.reason)),
    coalesce(t.file_index, s.file_index), coalesce(t.line_number, s.line_number)
  from taken t join reference.drug_staging s on s.release_id = $1 and s.row_no = t.row_no
  order by t.row_no
), gone as (
  delete from reference.staged_barcodes b using taken t where b.ctid = t.at
)
insert /* imports.rejectTakenCodes */ into reference.import_rejects (release_id, file_index, line_number, column_name, reason, raw_value)
select $1, t.file_index, t.line_number, 'barcode', t.reason, t.code from taken t where t.file_index is not null
order by 2, 3
returning file_index as "fileIndex"`;

/** $1 release, $2 files, $3 rows refused in each besides those counted. */
export const ADD_REJECTED = `
update /* imports.addRejected */ reference.import_files f set rows_rejected = f.rows_rejected + a.n
from unnest($2::int[], $3::int[]) as a (file_index, n) where f.release_id = $1 and f.file_index = a.file_index`;

/**
 * What each changed product becomes. What people correct by hand and the source does not state stays theirs: the pack
 * unless the name it is read from changed, a recall, a withdrawal from sale while the source still lists the product, and the
 * prescription flag, which is raised when the composition changed and otherwise kept.
 */
export const EFFECTIVE = `
effective as materialized (
  select s.row_no, s.file_index, s.line_number, s.source_id, s.content_hash, d.drug_id, s.name, s.name_folded,
    case when ($2::jsonb ->> 'nameAr')::boolean then s.name_ar else d.name_ar end as name_ar,
    s.active_raw, s.strength, s.dosage_form, s.route, s.company_key, c.resolved_id as company_id, s.marketer_key, m.resolved_id as marketer_company_id,
    case when ($2::jsonb ->> 'category')::boolean then s.category_key end as category_key,
    case when ($2::jsonb ->> 'category')::boolean then g.resolved_id else d.category_id end as category_id,
    case when ($2::jsonb ->> 'atcCode')::boolean then coalesce(s.atc_code, d.atc_code) else d.atc_code end as atc_code,
    case when ($2::jsonb ->> 'price')::boolean then coalesce(s.price, d.price) else d.price end as price,
    coalesce(s.old_price, d.old_price) as old_price,
    coalesce(s.price_ceiling, d.price_ceiling) as price_ceiling,
    case when u.pack then coalesce(s.base_unit, 'piece') else d.base_unit end as base_unit,
    case when u.pack then s.units_per_strip else d.units_per_strip end as units_per_strip,
    case when u.pack then coalesce(s.units_per_pack, 1) else d.units_per_pack end as units_per_pack,
    case
      when s.rx_stated then s.rx_only
      when d.active_raw is distinct from s.active_raw or d.route is distinct from s.route
        or s.ingredient_status <> 'unlinked' and not exists (select from reference.drug_ingredients l where l.drug_id = d.drug_id) then d.rx_only or s.rx_only
      else d.rx_only end as rx_only,
    case when ($2::jsonb ->> 'controlledSchedule')::boolean then s.controlled_schedule else d.controlled_schedule end as controlled_schedule,
    case when ($2::jsonb ->> 'storage')::boolean then coalesce(s.storage, d.storage) else d.storage end as storage,
    case when ($2::jsonb ->> 'handlingFlags')::boolean then coalesce(s.handling_flags, d.handling_flags) else d.handling_flags end as handling_flags,
    case
      when d.status = 'recalled' then d.status
      when s.status = 'discontinued' or d.content_hash is null or d.name <> s.name then s.status
      else d.status end as status,
    s.ingredient_status
  from reference.staged_targets t
  join reference.drug_staging s on s.release_id = $1 and s.row_no = t.row_no
  join reference.drugs d on d.drug_id = t.drug_id
  left join reference.staged_names c on c.release_id = $1 and c.name_key = s.company_key
  left join reference.staged_names m on m.release_id = $1 and m.name_key = s.marketer_key
  left join reference.staged_names g on g.release_id = $1 and g.name_key = s.category_key
  cross join lateral (select case when ($2::jsonb ->> 'pack')::boolean then s.units_per_pack is not null else d.name <> s.name end as pack) u
  where t.release_id = $1 and t.kind = 'changed'
)`;

/** Forgets the changes told before, when the catalogue has moved. $1 release. */
export const FORGET_CHANGES = `
delete /* imports.forgetChanges */ from reference.release_changes where release_id = $1 and not kinds = array['barcode_reused']`;

/** $1 release. */
export const FORGET_TARGETS = `
delete /* imports.forgetTargets */ from reference.staged_targets where release_id = $1`;

/**
 * Matches what is staged with the products of the source, once for everything that follows: which are new, changed, or
 * listed no more. A refused row is listed. $1 release, $2 source.
 */
export const FIND_TARGETS = `
insert /* imports.findTargets */ into reference.staged_targets (release_id, row_no, drug_id, kind)
select $1, m.row_no, coalesce(m.drug_id, row_number() over (partition by m.drug_id is null order by m.row_no)), m.kind
from (
  select s.row_no, d.drug_id, case when d.drug_id is null then 'new' when s.row_no is null then 'missing' else 'changed' end as kind
  from (select row_no, source_id, content_hash from reference.drug_staging where release_id = $1) s
  full join (select drug_id, source_id, content_hash, status from reference.drugs where source = $2) d on d.source_id = s.source_id
  where d.drug_id is null
    or s.row_no is null and d.status = 'active'
      and not exists (select from reference.import_rejects r where r.release_id = $1 and r.source_id = d.source_id)
    or s.row_no is not null and d.content_hash is distinct from s.content_hash
) m`;

/** Lets the planner know how much is staged. */
export const COUNT_STAGING = `
select /* imports.countStaging */ reference.count_staging()`;

/** The diff, product by product, of those that change. */
export const TELL_CHANGES = `
with ${EFFECTIVE}, before as materialized (
  select l.drug_id, string_agg(concat_ws(' ', coalesce(i.name, l.raw_text), trim_scale(l.amount)::text, l.unit,
    case when l.per_unit is not null then '/ ' || concat_ws(' ', nullif(trim_scale(l.per_amount), 1)::text, l.per_unit) end), ' + ' order by l.position) as text
  from effective e
  join reference.drug_ingredients l on l.drug_id = e.drug_id
  left join reference.ingredients i on i.ingredient_id = l.ingredient_id
  group by l.drug_id
), after as materialized (
  select l.row_no, string_agg(concat_ws(' ', coalesce(i.name, n.name, l.raw_text), trim_scale(l.amount)::text, l.unit,
    case when l.per_unit is not null then '/ ' || concat_ws(' ', nullif(trim_scale(l.per_amount), 1)::text, l.per_unit) end), ' + ' order by l.position) as text
  from effective e
  join reference.staged_ingredients l on l.release_id = $1 and l.row_no = e.row_no
  left join reference.staged_names n on n.release_id = $1 and n.name_key = l.name_key
  left join reference.ingredients i on i.ingredient_id = coalesce(l.ingredient_id, n.resolved_id)
  group by l.row_no
), codes as materialized (
  select b.row_no, jsonb_agg(b.code order by b.gtin) as added
  from effective e
  join reference.staged_barcodes b on b.release_id = $1 and b.row_no = e.row_no
  where not exists (select from reference.drug_barcodes k where k.gtin = b.gtin)
  group by b.row_no
), compared as (
  select e.*, d.name as name_before, d.price as price_before, d.status as status_before, codes.added, f.fields,
    before.text is distinct from after.text as other_ingredients
  from effective e
  join reference.drugs d on d.drug_id = e.drug_id
  left join before on before.drug_id = e.drug_id
  left join after on after.row_no = e.row_no
  left join codes on codes.row_no = e.row_no
  left join reference.companies c on c.company_id = d.company_id
  left join reference.companies m on m.company_id = d.marketer_company_id
  left join reference.therapeutic_categories g on g.category_id = d.category_id
  left join reference.staged_names cn on cn.release_id = $1 and cn.name_key = e.company_key
  left join reference.staged_names mn on mn.release_id = $1 and mn.name_key = e.marketer_key
  left join reference.staged_names gn on gn.release_id = $1 and gn.name_key = e.category_key
  cross join lateral (
    select coalesce(jsonb_object_agg(v.field, jsonb_build_array(v.was, v.becomes)), '{}') as fields
    from (values ('name', d.name, e.name), ('nameAr', d.name_ar, e.name_ar), ('activeRaw', d.active_raw, e.active_raw), ('ingredients', before.text, after.text),
      ('strength', d.strength, e.strength), ('dosageForm', d.dosage_form, e.dosage_form), ('route', d.route, e.route),
      ('company', c.name, case when e.company_id = d.company_id then c.name else cn.name end),
      ('marketer', m.name, case when e.marketer_company_id = d.marketer_company_id then m.name else mn.name end),
      ('category', g.name, case when e.category_id = d.category_id then g.name else gn.name end),
      ('atcCode', d.atc_code, e.atc_code), ('price', trim_scale(d.price)::text, trim_scale(e.price)::text),
      ('priceCeiling', trim_scale(d.price_ceiling)::text, trim_scale(e.price_ceiling)::text), ('baseUnit', d.base_unit, e.base_unit),
      ('unitsPerStrip', trim_scale(d.units_per_strip)::text, trim_scale(e.units_per_strip)::text),
      ('unitsPerPack', trim_scale(d.units_per_pack)::text, trim_scale(e.units_per_pack)::text), ('rxOnly', d.rx_only::text, e.rx_only::text),
      ('controlledSchedule', d.controlled_schedule, e.controlled_schedule), ('storage', d.storage, e.storage),
      ('handlingFlags', array_to_string(d.handling_flags, ', '), array_to_string(e.handling_flags, ', ')), ('status', d.status, e.status),
      ('barcodes', null, codes.added::text)) as v (field, was, becomes)
    where v.was is distinct from v.becomes
  ) f
)
insert /* imports.tellChanges */ into reference.release_changes (release_id, kinds, drug_id, source_id, name, price_before, price_after, price_percent, fields, file_index, line_number)
select $1,
  case when cardinality(k.kinds) = 0 then array['details'] else k.kinds end, e.drug_id, e.source_id, e.name,
  case when e.price <> e.price_before then e.price_before end, case when e.price <> e.price_before then e.price end,
  case when e.price <> e.price_before and e.price_before > 0 then least(round((e.price - e.price_before) * 100 / e.price_before, 2), 9999999999) end,
  e.fields, e.file_index, e.line_number
from compared e
cross join lateral (
  select array_remove(array[
    case when e.status = 'discontinued' and e.status_before = 'active' then 'discontinued' end,
    case when e.status = 'active' and e.status_before = 'discontinued' then 'returned' end,
    case when e.price = e.price_before then null when e.price_before = 0 then 'price_set' when e.price > e.price_before then 'price_up' else 'price_down' end,
    case when e.fields ? 'name' then 'name' end,
    case when e.other_ingredients then 'ingredients' end,
    case when e.fields ?| array['dosageForm', 'route', 'strength'] then 'form' end,
    case when e.fields ?| array['baseUnit', 'unitsPerStrip', 'unitsPerPack'] then 'pack' end,
    case when e.added is not null then 'barcode_added' end,
    case when e.fields ?| array['nameAr', 'activeRaw', 'company', 'marketer', 'category', 'atcCode', 'priceCeiling', 'rxOnly', 'controlledSchedule', 'storage', 'handlingFlags'] then 'details' end
  ], null) as kinds
) k
order by e.row_no`;

/** The products of the source its files no longer list. $1 release. */
export const TELL_MISSING = `
insert /* imports.tellMissing */ into reference.release_changes (release_id, kinds, drug_id, source_id, name, fields)
select $1, array['discontinued'], d.drug_id, d.source_id, d.name, jsonb_build_object('status', jsonb_build_array(d.status, 'discontinued'))
from reference.staged_targets t join reference.drugs d on d.drug_id = t.drug_id
where t.release_id = $1 and t.kind = 'missing' order by d.drug_id`;

/**
 * Discontinues them. The hash is forgotten so that a product that comes back is seen as changed. Nothing is deleted. $1
 * release.
 */
export const DISCONTINUE_MISSING = `
update /* imports.discontinueMissing */ reference.drugs d
set status = 'discontinued', content_hash = null, release_id = $1, version = d.version + 1, updated_at = now()
from reference.staged_targets t
where t.release_id = $1 and t.kind = 'missing' and d.drug_id = t.drug_id and d.status = 'active'`;

/** Counts of the comparison. $1 release. */
export const COUNT_CHANGES = `
select /* imports.countChanges */ t.inserted, t.updated, (s.staged - t.inserted - t.updated)::integer as unchanged, t.discontinued,
  (select count(*) from reference.staged_names n where n.release_id = $1 and n.kind = 'ingredient' and n.detail is null and n.resolved_id is null
   and not exists (select from reference.ingredients i where i.name_folded = n.folded)
   and not exists (select from reference.ingredient_synonyms y where y.synonym_folded = n.folded))::integer as "newIngredients",
  coalesce((select jsonb_object_agg(k.kind, k.n) from (
    select kind, count(*) as n from reference.release_changes c cross join lateral unnest(c.kinds) kind where c.release_id = $1 group by kind) k), '{}') as kinds
from (
  select (count(*) filter (where kind = 'new'))::integer as inserted, (count(*) filter (where kind = 'changed'))::integer as updated,
    (count(*) filter (where kind = 'missing'))::integer as discontinued
  from reference.staged_targets where release_id = $1
) t cross join (select count(*)::integer as staged from reference.drug_staging where release_id = $1) s`;

/** $1 release. */
export const COUNT_REJECTED = `
select /* imports.countRejected */ coalesce(sum(rows_rejected), 0)::integer as rejected from reference.import_files where release_id = $1`;

/** $1 release. */
export const COUNT_STAGED = `
select /* imports.countStaged */ count(*)::integer as count from reference.drug_staging where release_id = $1`;

/** $1 release. */
export const COUNTS_AS_COMPARED = `
select /* imports.countsAsCompared */ rows_inserted as inserted, rows_updated as updated, rows_unchanged as unchanged, rows_discontinued as discontinued,
  0 as "newIngredients", compared_with as "comparedWith", coalesce(summary, '{}') as summary
from reference.import_releases where release_id = $1`;

/** A mark of everything a comparison rests on. Equal marks: what was compared is what there is. */
export const CATALOGUE_MARK = `
select /* imports.catalogueMark */ md5(concat_ws('|',
  (select count(*) || '.' || max(greatest(applied_at, reverted_at)) from reference.import_releases where status in ('applied', 'reverted') and rule_kind is null),
  (select max(edited_at) from reference.drug_edits), (select max(drug_id) from reference.drugs),
  (select count(*) || '.' || sum(version) from reference.ingredients), (select count(*) || '.' || max(synonym_id) from reference.ingredient_synonyms),
  (select count(*) || '.' || sum(version) from reference.companies), (select count(*) || '.' || sum(version) from reference.therapeutic_categories))) as mark`;

/** $1 release, $2 mark, $3 hours it is kept, $4 rows refused in all, then inserted, updated, unchanged, discontinued, summary. */
export const FINISH_COMPARISON = `
update /* imports.finishComparison */ reference.import_releases
set compared_at = clock_timestamp(), compared_with = $2, staged_until = clock_timestamp() + make_interval(hours => $3),
  rows_rejected = $4, rows_inserted = $5, rows_updated = $6, rows_unchanged = $7, rows_discontinued = $8, summary = $9::jsonb
where release_id = $1`;
