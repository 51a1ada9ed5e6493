/** What applying a release needs of the owner: runs of identities, and writing many rows without a check for each. */
export const applySql = (isSuperuser: boolean): string => `
create function reference.lock_catalogue() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  lock table reference.drugs, reference.drug_ingredients, reference.drug_barcodes, reference.drug_packs, reference.ingredients, reference.ingredient_synonyms,
    reference.ingredient_codes, reference.companies, reference.therapeutic_categories, reference.dosage_forms, reference.routes in share row exclusive mode;
end $$;
comment on function reference.lock_catalogue() is 'Keeps others from writing the catalogue until the transaction ends. Readers, and the foreign keys of dispensing and selling, are not kept waiting.';

create function reference.reserve_drug_ids(p_count integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_sequence text := pg_get_serial_sequence('reference.drugs', 'drug_id');
  v_first bigint;
begin
  -- The caller holds the lock on the table that keeps others from taking identities meanwhile.
  v_first := nextval(v_sequence);
  if v_first + p_count - 1 > 2147483647 then
    raise exception 'there are not % identities left for products', p_count;
  end if;
  if p_count > 1 then
    perform setval(v_sequence, v_first + p_count - 1);
  end if;
  return v_first;
end $$;
comment on function reference.reserve_drug_ids(integer) is 'First of an unbroken run of new product identities. Call it under a lock on reference.drugs.';

create function reference.check_references(p_table regclass, p_key text, p_first integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  c record;
  v_found integer;
begin
  for c in
    select k.conname, k.confrelid::regclass as parent,
      string_agg(format('c.%I = p.%I', a.attname, f.attname), ' and ' order by u.n) as matches,
      string_agg(format('c.%I is not null', a.attname), ' and ' order by u.n) as stated,
      string_agg(format('c.%I', a.attname), ', ' order by u.n) as child_columns
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
    where k.contype = 'f' and k.conrelid = p_table
    group by k.oid, k.conname, k.confrelid
  loop
    execute format('select 1 from (select distinct %s from %s c where c.%I >= $1 and %s) c where not exists (select from %s p where %s) limit 1',
      c.child_columns, p_table, p_key, c.stated, c.parent, c.matches) into v_found using p_first;
    if v_found is not null then
      raise exception 'a row of % refers to a row of % that is not there', p_table, c.parent using errcode = '23503', constraint = c.conname;
    end if;
  end loop;
end $$;
comment on function reference.check_references(regclass, text, integer) is 'Checks every foreign key of the rows of a table from a key on, in one statement for each key instead of one for each row. The locks of lock_catalogue keep what they refer to where it is.';

create function reference.insert_release_drugs(p_release integer, p_source text) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp${isSuperuser ? ' set session_replication_role = replica' : ''} as $$
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
comment on function reference.insert_release_drugs(integer, text) is 'Adds the products a release brings. Foreign keys are checked set by set (as superuser: otherwise row by row as always); every other trigger of the table fires.';

create function reference.insert_release_compositions(p_release integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp${isSuperuser ? ' set session_replication_role = replica' : ''} as $$
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
comment on function reference.insert_release_compositions(integer) is 'Adds the compositions of the products a release writes and that have none. Foreign keys as in insert_release_drugs.';

create function reference.insert_release_barcodes(p_release integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp${isSuperuser ? ' set session_replication_role = replica' : ''} as $$
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
comment on function reference.insert_release_barcodes(integer) is 'Adds the codes of the products a release writes; a code that stands for another product is left there. Foreign keys as in insert_release_drugs.';

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

-- Without foreign keys' own triggers the others must fire: they audit, feed the search, keep before-images.
do $$
declare
  t record;
begin
  for t in select tgname, tgrelid::regclass as tab from pg_trigger
    where not tgisinternal and tgrelid in ('reference.drugs'::regclass, 'reference.drug_ingredients'::regclass, 'reference.drug_barcodes'::regclass, 'reference.catalogue_changes'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', t.tab, t.tgname);
  end loop;
end $$;
`;
