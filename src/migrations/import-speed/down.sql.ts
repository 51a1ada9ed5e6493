/** Back to what 1763800000014 and 1763800000016 made. */
export const DOWN = `
drop function reference.count_staging(), reference.clear_staging(), reference.tidy_search_index(text), reference.search_indexes(), reference.analyze_catalogue(),
  reference.count_catalogue();
create or replace function reference.refresh_statistics() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.drugs, reference.drug_ingredients, reference.drug_barcodes, reference.drug_packs, reference.ingredients,
    reference.ingredient_synonyms, reference.companies, reference.therapeutic_categories;
  refresh materialized view concurrently reference.catalogue_statistics;
end $$;
create function reference.tidy_search_indexes() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp set maintenance_work_mem = '256MB' as $$
declare
  v_index regclass;
begin
  for v_index in
    select i.indexrelid::regclass from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
    where a.amname = 'gin' and i.indrelid in ('reference.drugs'::regclass, 'reference.ingredients'::regclass, 'reference.ingredient_synonyms'::regclass)
  loop
    perform gin_clean_pending_list(v_index);
  end loop;
end $$;
comment on function reference.tidy_search_indexes() is 'Merges what a release left in the pending lists of the text indexes, so that the next search does not walk through them.';
revoke execute on function reference.tidy_search_indexes() from public;
grant execute on function reference.tidy_search_indexes() to pharmacy_admin;

do $$
declare
  c record;
begin
  for c in
    select a.attrelid::regclass as tab, a.attname from pg_attribute a
    where a.attrelid in ('reference.drug_staging'::regclass, 'reference.staged_ingredients'::regclass, 'reference.staged_barcodes'::regclass,
      'reference.staged_packs'::regclass, 'reference.staged_names'::regclass) and a.attnum > 0 and not a.attisdropped
  loop
    execute format('alter table %s alter column %I set statistics default', c.tab, c.attname);
  end loop;
end $$;
drop table reference.staged_targets;
create unlogged table reference.staged_targets ( -- Which product a staged row is, for the rows that are written.
  release_id integer not null, -- Release.
  row_no integer not null, -- Staged row.
  drug_id integer not null, -- The product.
  is_new boolean not null -- True: this release brings it.
);
grant select on reference.staged_targets to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update, delete on reference.staged_targets to pharmacy_admin;
update reference.import_releases set compared_with = null where status = 'staged';

create or replace function reference.insert_release_drugs(p_release integer, p_source text) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_first integer := (select min(drug_id) from reference.staged_targets where release_id = p_release and is_new);
  v_inserted integer;
begin
  if v_first is null then
    return 0;
  end if;
  perform reference.lock_catalogue();
  insert into reference.drugs (drug_id, name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id, marketer_company_id,
    category_id, atc_code, price, old_price, price_ceiling, price_ceiling_source, base_unit, units_per_strip, units_per_pack, rx_only, controlled_schedule, storage,
    handling_flags, status, ingredient_status, source, source_id, release_id, content_hash)
  select t.drug_id, s.name, s.name_folded, s.name_ar, s.active_raw, s.strength, s.dosage_form, s.route, c.resolved_id, m.resolved_id,
    g.resolved_id, s.atc_code, coalesce(s.price, 0), s.old_price, s.price_ceiling, case when s.price_ceiling is not null then p_source end,
    coalesce(s.base_unit, 'piece'), s.units_per_strip, coalesce(s.units_per_pack, 1), s.rx_only, s.controlled_schedule, coalesce(s.storage, 'room'),
    coalesce(s.handling_flags, '{}'), s.status, s.ingredient_status, p_source, s.source_id, p_release, s.content_hash
  from reference.staged_targets t
  join reference.drug_staging s on s.release_id = p_release and s.row_no = t.row_no
  left join reference.staged_names c on c.release_id = p_release and c.name_key = s.company_key
  left join reference.staged_names m on m.release_id = p_release and m.name_key = s.marketer_key
  left join reference.staged_names g on g.release_id = p_release and g.name_key = s.category_key
  where t.release_id = p_release and t.is_new;
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drugs', 'drug_id', v_first);
  return v_inserted;
end $$;

create or replace function reference.insert_release_compositions(p_release integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_first integer := nextval(pg_get_serial_sequence('reference.drug_ingredients', 'drug_ingredient_id'));
  v_inserted integer;
begin
  perform reference.lock_catalogue();
  insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
  select t.drug_id, p.position, coalesce(p.ingredient_id, n.resolved_id), p.raw_text, p.amount, p.unit, p.per_amount, p.per_unit
  from reference.staged_targets t
  join reference.staged_ingredients p on p.release_id = p_release and p.row_no = t.row_no
  left join reference.staged_names n on n.release_id = p_release and n.name_key = p.name_key
  where t.release_id = p_release and (t.is_new or not exists (select from reference.drug_ingredients l where l.drug_id = t.drug_id));
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drug_ingredients', 'drug_ingredient_id', v_first);
  return v_inserted;
end $$;

create or replace function reference.insert_release_barcodes(p_release integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_first integer := nextval(pg_get_serial_sequence('reference.drug_barcodes', 'barcode_id'));
  v_inserted integer;
begin
  perform reference.lock_catalogue();
  insert into reference.drug_barcodes (drug_id, code, gtin, kind, pack_level, pack_id, base_units)
  select t.drug_id, b.code, b.gtin, b.kind, b.pack_level, k.pack_id, case when k.pack_id is null then b.base_units end
  from reference.staged_targets t
  join reference.staged_barcodes b on b.release_id = p_release and b.row_no = t.row_no
  left join reference.drug_packs k on k.drug_id = t.drug_id and k.level = b.pack_level and k.base_units = b.base_units and k.description = coalesce(b.description, '')
  where t.release_id = p_release
  order by t.drug_id, b.gtin
  on conflict (gtin) do nothing;
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drug_barcodes', 'barcode_id', v_first);
  return v_inserted;
end $$;

create or replace function reference.delete_created(p_release integer, p_table text, p_key text, p_spared integer[], p_drug text, p_except regclass[]) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_deleted integer;
  v_all integer := 0;
begin
  loop
    execute format('delete from reference.%1$I t using reference.release_images i
      where i.release_id = $1 and i.table_name = %1$L and i.operation = ''insert'' and t.%2$I between i.first_key and i.last_key%3$s and %4$s',
      p_table, p_key, case when p_drug = '' then '' else format(' and not t.%I = any ($2)', p_drug) end,
      reference.unreferenced(format('reference.%I', p_table)::regclass, p_except)) using p_release, p_spared;
    get diagnostics v_deleted = row_count;
    v_all := v_all + v_deleted;
    exit when v_deleted = 0 or p_table <> 'therapeutic_categories'; -- a class can go once the classes below it have gone
  end loop;
  return v_all;
end $$;
drop function reference.check_referrers(regclass);
`;
