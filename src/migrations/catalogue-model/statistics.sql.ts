/** How many products there are of each kind: read by lists, the worklist and administration, refreshed after a release. */
export const STATISTICS = `
create materialized view reference.catalogue_statistics as
select g.dimension, g.key, g.products, g.active, g.priced
from (
  select case
      when grouping(company_id) = 0 then 'company' when grouping(category_id) = 0 then 'category' when grouping(dosage_form) = 0 then 'dosage_form'
      when grouping(route) = 0 then 'route' when grouping(source) = 0 then 'source' when grouping(status) = 0 then 'status'
      when grouping(ingredient_status) = 0 then 'ingredient_status' when grouping(release_id) = 0 then 'release' else 'all' end as dimension,
    coalesce(company_id::text, category_id::text, dosage_form, route, source, status, ingredient_status, release_id::text, '') as key,
    count(*)::integer as products, (count(*) filter (where status = 'active'))::integer as active, (count(*) filter (where price > 0))::integer as priced
  from reference.drugs
  group by grouping sets ((company_id), (category_id), (dosage_form), (route), (source), (status), (ingredient_status), (release_id), ())
  union all
  select 'atc', left(d.atc_code, n), count(*)::integer, (count(*) filter (where d.status = 'active'))::integer, (count(*) filter (where d.price > 0))::integer
  from reference.drugs d cross join unnest(array[1, 3, 4, 5, 7]) n
  where length(d.atc_code) >= n
  group by left(d.atc_code, n)
  union all
  select 'ingredient', l.ingredient_id::text, count(distinct l.drug_id)::integer,
    (count(distinct l.drug_id) filter (where d.status = 'active'))::integer, (count(distinct l.drug_id) filter (where d.price > 0))::integer
  from reference.drug_ingredients l join reference.drugs d using (drug_id)
  where l.ingredient_id is not null
  group by l.ingredient_id
) g;
create unique index catalogue_statistics_key on reference.catalogue_statistics (dimension, key);
comment on materialized view reference.catalogue_statistics is 'Products by ingredient, company, category, form, route, source, status, release and ATC class, as of the last release or refresh.';
comment on column reference.catalogue_statistics.dimension is 'What is counted by: ingredient, company, category, dosage_form, route, source, status, ingredient_status, release, atc, all.';
comment on column reference.catalogue_statistics.key is 'Identity or name there; empty: products that have none.';
comment on column reference.catalogue_statistics.products is 'Products.';
comment on column reference.catalogue_statistics.active is 'Of them active.';
comment on column reference.catalogue_statistics.priced is 'Of them with a known price.';

create or replace function reference.refresh_statistics() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.drugs, reference.drug_ingredients, reference.drug_barcodes, reference.drug_packs, reference.ingredients,
    reference.ingredient_synonyms, reference.companies, reference.therapeutic_categories;
  refresh materialized view concurrently reference.catalogue_statistics;
end $$;
comment on function reference.refresh_statistics() is 'After a release: tells the planner what changed (without it the first searches are planned for an empty catalogue) and counts the catalogue anew, readers going on meanwhile.';
`;
