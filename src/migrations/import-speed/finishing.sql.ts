/** What is done after a release has been applied, in parts that two connections can do side by side. */
export const FINISHING = `
create function reference.search_indexes() returns setof text language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select i.indexrelid::regclass::text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
  where a.amname = 'gin' and i.indrelid in ('reference.drugs'::regclass, 'reference.ingredients'::regclass, 'reference.ingredient_synonyms'::regclass)
  order by pg_relation_size(i.indexrelid) desc, 1
$$;
comment on function reference.search_indexes() is 'The text indexes of the catalogue, the largest first.';

create function reference.tidy_search_index(p_index text) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp set maintenance_work_mem = '256MB' as $$
begin
  if not exists (select from reference.search_indexes() s where s = p_index) then
    raise exception '% is no text index of the catalogue', p_index;
  end if;
  perform gin_clean_pending_list(p_index::regclass);
end $$;
comment on function reference.tidy_search_index(text) is 'Merges what a release left in the pending list of a text index, so that the next search does not walk through it.';
drop function reference.tidy_search_indexes();

create function reference.count_catalogue() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp set work_mem = '128MB' as $$
begin
  refresh materialized view concurrently reference.catalogue_statistics;
end $$;
comment on function reference.count_catalogue() is 'Counts the catalogue anew, readers going on meanwhile.';

create function reference.analyze_catalogue() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.drugs, reference.drug_ingredients, reference.drug_barcodes, reference.drug_packs, reference.ingredients,
    reference.ingredient_synonyms, reference.companies, reference.therapeutic_categories;
end $$;
comment on function reference.analyze_catalogue() is 'Tells the planner what a release changed: without it the first searches are planned for an empty catalogue.';

create or replace function reference.refresh_statistics() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform reference.analyze_catalogue();
  perform reference.count_catalogue();
end $$;
revoke execute on function reference.tidy_search_index(text), reference.count_catalogue(), reference.analyze_catalogue() from public;
grant execute on function reference.search_indexes(), reference.tidy_search_index(text), reference.count_catalogue(), reference.analyze_catalogue() to pharmacy_admin;
`;
