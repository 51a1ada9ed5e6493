/** Back to releases that are applied at once or not at all, as 1763800000002 and 1763800000005 made them. */
export const DOWN = `
drop function reference.keep_release_image() cascade;
drop procedure reference.attach_release_images(text, text, text, text);
drop function reference.catalogue_hash();
drop function reference.revert_release(integer, boolean);
drop function reference.delete_created(integer, text, text, integer[], text, regclass[]);
drop function reference.restore_rows(integer, text, text, integer[], text);
drop function reference.unreferenced(regclass, regclass[]);
drop function reference.tidy_search_indexes();
drop function reference.insert_release_barcodes(integer);
drop function reference.insert_release_compositions(integer);
drop function reference.insert_release_drugs(integer, text);
drop function reference.check_references(regclass, text, integer);
drop function reference.reserve_drug_ids(integer);
drop function reference.lock_catalogue();
do $$
declare
  t record;
begin
  for t in select tgname, tgrelid::regclass as tab from pg_trigger
    where not tgisinternal and tgrelid in ('reference.drugs'::regclass, 'reference.drug_ingredients'::regclass, 'reference.drug_barcodes'::regclass, 'reference.catalogue_changes'::regclass)
  loop
    execute format('alter table %s enable trigger %I', t.tab, t.tgname);
  end loop;
end $$;
create or replace function operational.audit_statement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_tx text := operational.current_tx_id();
  v_user integer := operational.current_user_id();
  v_branch integer := nullif(current_setting('app.branch_id', true), '')::integer;
  v_request text := nullif(current_setting('app.request_id', true), '');
  v_keys text[] := string_to_array(tg_argv[0], ',');
begin
  if tg_op = 'INSERT' then
    insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, array_to_string(array(select n.j ->> k from unnest(v_keys) k), ','), 'insert', n.j
    from (select to_jsonb(t) as j from new_rows t) n;
  elsif tg_op = 'DELETE' then
    insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before)
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, array_to_string(array(select o.j ->> k from unnest(v_keys) k), ','), 'delete', o.j
    from (select to_jsonb(t) as j from old_rows t) o;
  else
    insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, coalesce(n.k, o.k), 'update', o.j, n.j
    from (select to_jsonb(t) as j, array_to_string(array(select to_jsonb(t) ->> k from unnest(v_keys) k), ',') as k from old_rows t) o
    full join (select to_jsonb(t) as j, array_to_string(array(select to_jsonb(t) ->> k from unnest(v_keys) k), ',') as k from new_rows t) n on n.k = o.k;
  end if;
  return null;
end $$;
drop table reference.drug_edits, reference.release_images, reference.release_changes, reference.import_progress, reference.staged_targets,
  reference.staged_names, reference.staged_packs, reference.staged_barcodes, reference.staged_ingredients, reference.drug_staging, reference.import_files;
alter table reference.import_rejects drop column file_index, drop column source_id;
update reference.import_releases set status = 'failed' where status in ('reading', 'staged', 'applying', 'reverting', 'dropped');
drop index reference.import_releases_source_idx;
alter table reference.import_releases drop constraint import_releases_status_check;
alter table reference.import_releases
  add constraint import_releases_status_check check (status in ('staged', 'applied', 'failed', 'reverted')),
  drop column title, drop column states, drop column discontinue_many, drop column price_column, drop column compared_at, drop column compared_with, drop column summary,
  drop column impact, drop column staged_until, drop column created_by, drop column reverted_at, drop column reverted_by, drop column failure;
comment on column reference.import_releases.status is 'Where the load stands.';
create unlogged table reference.drug_staging ( -- Rows of a release on their way in; emptied when it is applied or dropped.
  release_id integer not null references reference.import_releases (release_id) on delete cascade, -- Release it belongs to.
  line_number integer not null, -- Line in the source file.
  source_id text not null, -- Identity at the source.
  name text not null, -- Name as on the pack.
  name_folded text not null, -- Name folded.
  name_ar text, -- Name in Arabic.
  active_raw text, -- Ingredients as written.
  strength text, -- Strength as shown.
  dosage_form text, -- Form, by name.
  route text, -- Route, by name.
  company text, -- Manufacturer, as shown.
  company_folded text, -- Manufacturer folded.
  marketer text, -- Marketing company, as shown.
  marketer_folded text, -- Marketing company folded.
  category text, -- Category, as shown.
  category_folded text, -- Category folded.
  price numeric(14, 3) not null, -- Price of one pack.
  base_unit text not null, -- Smallest unit counted.
  units_per_strip numeric(14, 3), -- Base units in a strip.
  units_per_pack numeric(14, 3) not null, -- Base units in a pack.
  rx_only boolean not null, -- Prescription only.
  status text not null, -- active or discontinued.
  ingredients jsonb not null, -- Parsed composition: [{rawText, ingredientId | name, amount, unit, perAmount, perUnit}].
  ingredient_status text not null, -- linked, partial or unlinked.
  barcode text, -- Barcode, where the source has one.
  content_hash text not null, -- Hash of the row's content.
  primary key (release_id, line_number)
);
grant select on reference.drug_staging to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update, delete on reference.drug_staging to pharmacy_admin;
`;
