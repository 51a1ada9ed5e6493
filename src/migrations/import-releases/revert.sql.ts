/** Taking a release back, from its before-images. */
export const REVERT = `
create function reference.unreferenced(p_table regclass, p_except regclass[]) returns text language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_agg(format('not exists (select from %s c where %s)', x.child, x.matches), ' and '), 'true')
  from (
    select k.conrelid::regclass as child, string_agg(format('c.%I = t.%I', a.attname, f.attname), ' and ' order by u.n) as matches
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
    where k.contype = 'f' and k.confrelid = p_table and not k.conrelid = any (p_except)
    group by k.oid, k.conrelid
  ) x
$$;
comment on function reference.unreferenced(regclass, regclass[]) is 'A condition that no row of any table, of the pharmacy''s daily work too, points at row t of this table; tables of the second argument aside.';

create function reference.restore_rows(p_release integer, p_table text, p_key text, p_spared integer[], p_drug text) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_columns text;
  v_list text;
  v_versioned boolean := exists (select from pg_attribute where attrelid = format('reference.%I', p_table)::regclass and attname = 'version' and not attisdropped);
  v_dated boolean := exists (select from pg_attribute where attrelid = format('reference.%I', p_table)::regclass and attname = 'updated_at' and not attisdropped);
  v_updated integer;
  v_inserted integer;
begin
  select string_agg(format('%1$I = case when i.before ? %1$L then r.%1$I else t.%1$I end', attname), ', ' order by attnum) filter (where attname not in (p_key, 'version', 'updated_at')),
    string_agg(format('%I', attname), ', ' order by attnum)
  into v_columns, v_list
  from pg_attribute
  where attrelid = format('reference.%I', p_table)::regclass and attnum > 0 and not attisdropped and attgenerated = '';
  execute format('insert into reference.%1$I (%2$s) overriding system value select %3$s
    from reference.release_images i cross join lateral jsonb_populate_record(null::reference.%1$I, i.before) r
    where i.release_id = $1 and i.table_name = %1$L and i.operation = ''delete'' and not coalesce(%4$s = any ($2), false)
    order by i.first_key', p_table, v_list, (select string_agg(format('r.%I', attname), ', ' order by attnum) from pg_attribute
      where attrelid = format('reference.%I', p_table)::regclass and attnum > 0 and not attisdropped and attgenerated = ''),
    case when p_drug = '' then 'null' else format('r.%I', p_drug) end) using p_release, p_spared;
  get diagnostics v_inserted = row_count;
  execute format('update reference.%1$I t set %2$s%3$s%4$s
    from reference.release_images i cross join lateral jsonb_populate_record(null::reference.%1$I, i.before) r
    where i.release_id = $1 and i.table_name = %1$L and i.operation = ''update'' and t.%5$I = i.first_key
      and not coalesce(%6$s = any ($2), false)%7$s',
    p_table, v_columns, case when v_versioned then ', version = t.version + 1' else '' end, case when v_dated then ', updated_at = now()' else '' end, p_key,
    case when p_drug = '' then 'null' else format('t.%I', p_drug) end,
    case when v_versioned and p_drug = '' then ' and t.version = i.after_version' else '' end) using p_release, p_spared;
  get diagnostics v_updated = row_count;
  return v_updated + v_inserted;
end $$;
comment on function reference.restore_rows(integer, text, text, integer[], text) is 'Puts rows back as they were before a release: changed ones and deleted ones. Rows of the products spared, and entries of lists that were edited since, stay as they are.';

create function reference.delete_created(p_release integer, p_table text, p_key text, p_spared integer[], p_drug text, p_except regclass[]) returns integer language plpgsql security definer
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
comment on function reference.delete_created(integer, text, text, integer[], text, regclass[]) is 'Deletes the rows a release brought that nothing points at; rows of the products spared stay.';

create function reference.revert_release(p_release integer, p_force boolean) returns jsonb language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_applied timestamptz := (select applied_at from reference.import_releases where release_id = p_release);
  v_own constant regclass[] := array['reference.drug_ingredients', 'reference.drug_barcodes', 'reference.drug_packs']::regclass[];
  v_edited integer[];
  v_used integer[];
  v_spared integer[];
  v_restored integer := 0;
  v_deleted integer;
begin
  perform reference.lock_catalogue();
  select coalesce(array_agg(e.drug_id order by e.drug_id), '{}') into v_edited
  from reference.drug_edits e
  where e.edited_at > v_applied and exists (
    select from reference.release_images i
    where i.release_id = p_release and i.table_name = 'drugs'
      and (i.operation = 'update' and i.first_key = e.drug_id or i.operation = 'insert' and e.drug_id between i.first_key and i.last_key));
  if cardinality(v_edited) > 0 and not p_force then
    return jsonb_build_object('edited', cardinality(v_edited), 'editedIds', to_jsonb(v_edited[1:1000]));
  end if;
  execute format('select coalesce(array_agg(t.drug_id order by t.drug_id), ''{}'') from reference.drugs t join reference.release_images i
      on i.release_id = $1 and i.table_name = ''drugs'' and i.operation = ''insert'' and t.drug_id between i.first_key and i.last_key
    where not (%s) and not t.drug_id = any ($2)', reference.unreferenced('reference.drugs', v_own)) into v_used using p_release, v_edited;
  v_spared := v_edited || v_used;

  insert into reference.release_changes (release_id, kinds, drug_id, source_id, name, price_after)
  select p_release, array['new'], d.drug_id, d.source_id, d.name, d.price
  from reference.drugs d
  join reference.release_images i on i.release_id = p_release and i.table_name = 'drugs' and i.operation = 'insert' and d.drug_id between i.first_key and i.last_key
  order by d.drug_id;

  perform reference.delete_created(p_release, 'drug_barcodes', 'barcode_id', v_spared, 'drug_id', '{}');
  perform reference.delete_created(p_release, 'drug_packs', 'pack_id', v_spared, 'drug_id', '{}');
  perform reference.delete_created(p_release, 'drug_ingredients', 'drug_ingredient_id', v_spared, 'drug_id', '{}');
  v_restored := reference.restore_rows(p_release, 'drugs', 'drug_id', v_spared, 'drug_id');
  perform reference.restore_rows(p_release, 'drug_packs', 'pack_id', v_spared, 'drug_id');
  perform reference.restore_rows(p_release, 'drug_barcodes', 'barcode_id', v_spared, 'drug_id');
  perform reference.restore_rows(p_release, 'drug_ingredients', 'drug_ingredient_id', v_spared, 'drug_id');
  v_deleted := reference.delete_created(p_release, 'drugs', 'drug_id', v_spared, 'drug_id', '{}');
  update reference.drugs set status = 'discontinued', content_hash = null, version = version + 1, updated_at = now()
  where drug_id = any (v_used) and status = 'active';

  perform reference.restore_rows(p_release, t.name, t.key, '{}', '')
    from (values ('ingredients', 'ingredient_id'), ('ingredient_synonyms', 'synonym_id'), ('companies', 'company_id'), ('therapeutic_categories', 'category_id'),
      ('dosage_forms', 'id'), ('routes', 'id')) as t (name, key);
  delete from reference.ingredient_codes c using reference.release_images i
  where i.release_id = p_release and i.table_name = 'ingredient_codes' and i.operation = 'insert' and c.system = i.before ->> 'system' and c.code = i.before ->> 'code';
  perform reference.delete_created(p_release, t.name, t.key, '{}', '', '{}')
    from (values ('ingredient_synonyms', 'synonym_id'), ('ingredients', 'ingredient_id'), ('therapeutic_categories', 'category_id'), ('companies', 'company_id'),
      ('dosage_forms', 'id'), ('routes', 'id')) as t (name, key);
  return jsonb_build_object('restored', v_restored, 'deleted', v_deleted,
    'discontinued', cardinality(v_used), 'discontinuedIds', to_jsonb(v_used[1:1000]), 'kept', cardinality(v_edited), 'keptIds', to_jsonb(v_edited[1:1000]));
end $$;
comment on function reference.revert_release(integer, boolean) is 'Takes an applied release back: restores what it changed, deletes what it brought unless something points at it (then it is discontinued), leaves products edited since as they are. Without force it does nothing when there are such, and says which.';
`;
