/** Rights, audit and notes of edits around releases. */
export const RIGHTS = `
create trigger scheduled_prices_edit_insert after insert on reference.scheduled_prices referencing new table as new_rows
  for each statement execute function reference.keep_release_image('scheduled_price_id', 'drug_id', '');

-- What a release brings is audited by one row for each statement (how many rows, which keys): the rows themselves and how they
-- came are kept with the release. What it changes or deletes is audited row by row, as everything else.
create or replace function operational.audit_statement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_tx text := operational.current_tx_id();
  v_user integer := operational.current_user_id();
  v_branch integer := nullif(current_setting('app.branch_id', true), '')::integer;
  v_request text := nullif(current_setting('app.request_id', true), '');
  v_keys text[] := string_to_array(tg_argv[0], ',');
  v_release text := nullif(current_setting('app.release_id', true), '');
begin
  if tg_op = 'INSERT' and v_release is not null and current_setting('app.release_mode', true) = 'apply' and cardinality(v_keys) = 1 then
    execute format('insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
      select $1, $2, $3, $4, $5, $6, ''release '' || $7, ''insert'', jsonb_build_object(''releaseId'', $7::integer, ''rows'', count(*), ''firstKey'', min(%1$I), ''lastKey'', max(%1$I))
      from new_rows having count(*) > 0', v_keys[1]) using v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, v_release;
  elsif tg_op = 'INSERT' then
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

grant select on all tables in schema reference to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update, delete on reference.drug_staging, reference.staged_ingredients, reference.staged_barcodes, reference.staged_packs,
  reference.staged_names, reference.staged_targets, reference.import_progress, reference.release_changes to pharmacy_admin;
grant insert, update, delete on reference.import_files to pharmacy_admin;
grant delete on reference.import_releases to pharmacy_admin;
revoke insert, update, delete on reference.release_images, reference.drug_edits from pharmacy_admin;
revoke execute on function reference.lock_catalogue(), reference.reserve_drug_ids(integer), reference.check_references(regclass, text, integer),
  reference.insert_release_drugs(integer, text), reference.insert_release_compositions(integer), reference.insert_release_barcodes(integer),
  reference.tidy_search_indexes(), reference.restore_rows(integer, text, text, integer[], text),
  reference.delete_created(integer, text, text, integer[], text, regclass[]), reference.revert_release(integer, boolean) from public;
grant execute on function reference.lock_catalogue(), reference.reserve_drug_ids(integer), reference.insert_release_drugs(integer, text),
  reference.insert_release_compositions(integer), reference.insert_release_barcodes(integer), reference.tidy_search_indexes(),
  reference.revert_release(integer, boolean), reference.catalogue_hash() to pharmacy_admin;
`;
