/**
 * The audit row as a plain insert: a key of one column is read, not gathered, and what leaves nothing out copies nothing. The name of the
 * transaction becomes a part of the statement that asks for it: its body was bound when it was made, and a search path of its own only kept it
 * from that (as those of policies, migration FillSpeed).
 */
export const AUDIT_ROW = `
alter function operational.current_tx_id() reset search_path;

create or replace function operational.audit_row() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  v_after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  v_row jsonb := coalesce(v_after, v_before);
  v_key text := v_row ->> tg_argv[0];
begin
  -- A key of several columns is no column.
  if v_key is null then
    select string_agg(v_row ->> k, ',' order by n) into v_key from unnest(string_to_array(tg_argv[0], ',')) with ordinality as u (k, n);
  end if;
  if tg_argv[1] <> '' then
    v_before := v_before - string_to_array(tg_argv[1], ',');
    v_after := v_after - string_to_array(tg_argv[1], ',');
  end if;
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
  values (
    operational.current_tx_id(),
    operational.current_user_id(),
    coalesce((v_row ->> 'branch_id')::integer, nullif(current_setting('app.branch_id', true), '')::integer),
    nullif(current_setting('app.request_id', true), ''),
    tg_table_schema, coalesce(tg_argv[2], tg_table_name), v_key, lower(tg_op), v_before, v_after);
  return null;
end $$;
`;
