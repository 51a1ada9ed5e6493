/** Before-images by trigger, so that no statement of a release, nor a trigger it sets off, can be forgotten. */
export const IMAGES = `
create function reference.keep_release_image() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_release integer := nullif(current_setting('app.release_id', true), '')::integer;
  v_key text := tg_argv[0];
  v_drug text := tg_argv[1];
begin
  if v_release is null then
    if v_drug <> '' and not (tg_table_name = 'drugs' and tg_op <> 'UPDATE') then
      execute format('insert into reference.drug_edits (drug_id, edited_at) select e.id, clock_timestamp() from (select distinct %1$I as id from %2$I) e on conflict (drug_id) do update set edited_at = excluded.edited_at',
        v_drug, case tg_op when 'DELETE' then 'old_rows' else 'new_rows' end);
    end if;
  elsif current_setting('app.release_mode', true) = 'revert' then
    null;
  elsif tg_op = 'INSERT' and v_key = '' then
    insert into reference.release_images (release_id, table_name, operation, before)
    select v_release, tg_table_name, 'insert', to_jsonb(n) from new_rows n;
  elsif tg_op = 'INSERT' then
    execute format('insert into reference.release_images (release_id, table_name, operation, first_key, last_key)
      select $1, $2, ''insert'', min(k), max(k) from (select %1$I as k, %1$I - row_number() over (order by %1$I) as run from new_rows) r group by run', v_key)
      using v_release, tg_table_name;
  elsif tg_op = 'DELETE' then
    execute format('insert into reference.release_images (release_id, table_name, operation, first_key, before)
      select $1, $2, ''delete'', %1$I, to_jsonb(o) from old_rows o on conflict do nothing', v_key) using v_release, tg_table_name;
  else
    execute format('insert into reference.release_images (release_id, table_name, operation, first_key, before, after_version)
      select $1, $2, ''update'', o.%1$I, to_jsonb(o), %2$s from old_rows o %3$s
      on conflict (release_id, table_name, first_key) where operation <> ''insert'' do update set after_version = excluded.after_version',
      v_key,
      case when tg_argv[2] = 'versioned' then 'n.version' else 'null' end,
      case when tg_argv[2] = 'versioned' then format('join new_rows n using (%I)', v_key) else '' end) using v_release, tg_table_name;
  end if;
  return null;
end $$;
comment on function reference.keep_release_image() is 'Statement trigger: while a release is applied it keeps what is needed to take it back; otherwise it notes that somebody changed the product. Arguments: key column (empty: a wider key), drug column (empty: none), versioned.';

create procedure reference.attach_release_images(p_table text, p_key text, p_drug text, p_versioned text) language plpgsql as $$
begin
  execute format('create trigger %I after insert on reference.%I referencing new table as new_rows for each statement execute function reference.keep_release_image(%L, %L, %L)', p_table || '_image_insert', p_table, p_key, p_drug, p_versioned);
  execute format('create trigger %I after update on reference.%I referencing old table as old_rows new table as new_rows for each statement execute function reference.keep_release_image(%L, %L, %L)', p_table || '_image_update', p_table, p_key, p_drug, p_versioned);
  execute format('create trigger %I after delete on reference.%I referencing old table as old_rows for each statement execute function reference.keep_release_image(%L, %L, %L)', p_table || '_image_delete', p_table, p_key, p_drug, p_versioned);
end $$;
comment on procedure reference.attach_release_images(text, text, text, text) is 'Puts the before-image triggers on a table a release may write.';
call reference.attach_release_images('drugs', 'drug_id', 'drug_id', 'versioned');
call reference.attach_release_images('drug_ingredients', 'drug_ingredient_id', 'drug_id', '');
call reference.attach_release_images('drug_barcodes', 'barcode_id', 'drug_id', '');
call reference.attach_release_images('drug_packs', 'pack_id', 'drug_id', '');
call reference.attach_release_images('ingredients', 'ingredient_id', '', 'versioned');
call reference.attach_release_images('ingredient_synonyms', 'synonym_id', '', '');
call reference.attach_release_images('ingredient_codes', '', '', '');
call reference.attach_release_images('companies', 'company_id', '', 'versioned');
call reference.attach_release_images('therapeutic_categories', 'category_id', '', 'versioned');
call reference.attach_release_images('dosage_forms', 'id', '', 'versioned');
call reference.attach_release_images('routes', 'id', '', 'versioned');

create function reference.catalogue_hash() returns text language plpgsql stable
  set search_path = pg_catalog, pg_temp as $$
declare
  v_all text := '';
  v_one text;
  t text[];
begin
  foreach t slice 1 in array array[['drugs', 'drug_id'], ['drug_ingredients', 'drug_ingredient_id'], ['drug_barcodes', 'barcode_id'], ['drug_packs', 'pack_id'],
    ['ingredients', 'ingredient_id'], ['ingredient_synonyms', 'synonym_id'], ['ingredient_codes', 'system, code'], ['companies', 'company_id'],
    ['therapeutic_categories', 'category_id'], ['dosage_forms', 'id'], ['routes', 'id']]
  loop
    execute format('select count(*) || '':'' || coalesce(md5(string_agg(md5((to_jsonb(t) - ''version'' - ''updated_at'')::text), '''' order by %s)), '''') from reference.%I t', t[2], t[1]) into v_one;
    v_all := v_all || t[1] || '=' || v_one || ';';
  end loop;
  return md5(v_all);
end $$;
comment on function reference.catalogue_hash() is 'One hash over every row of the eleven tables a release may write, in the order of their keys: every column but version and updated_at, which only ever go forward. Equal before a release and after its revert.';
`;
