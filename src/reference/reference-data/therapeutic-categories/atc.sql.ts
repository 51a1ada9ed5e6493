/**
 * Adds the classes that are missing, wider ones first. $1 codes, $2 names, $3 Arabic names, $4 folded names. A class
 * that is there keeps its names: they may have been corrected.
 */
export const ADD_CLASSES = `
insert /* atc.addClasses */ into reference.therapeutic_categories (kind, code, name, name_ar, name_folded)
select 'atc', g.code, g.name, nullif(g.name_ar, ''), g.name_folded
from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as g (code, name, name_ar, name_folded)
where not exists (select from reference.therapeutic_categories t where t.code = g.code)
order by length(g.code), g.code
on conflict do nothing`;

/** Moves classes under a nearer wider class that was added after them. The trigger does the work; here it is asked to. */
export const PLACE_UNDER = `
update /* atc.placeUnder */ reference.therapeutic_categories c
set parent_category_id = p.category_id
from reference.therapeutic_categories p
where c.kind = 'atc' and p.kind = 'atc' and p.level < c.level and starts_with(c.code, p.code)
  and c.parent_category_id is distinct from p.category_id
  and not exists (
    select from reference.therapeutic_categories n
    where n.kind = 'atc' and n.level > p.level and n.level < c.level and starts_with(c.code, n.code))`;

/** Products of these classes ($1 codes) and of the classes under them. Index: catalogue_statistics_key. */
export const COUNT_PRODUCTS = `
select /* atc.countProducts */ key as code, products
from reference.catalogue_statistics
where dimension = 'atc' and key = any ($1::text[])`;
