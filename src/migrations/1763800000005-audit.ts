import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * The audit trail and the triggers that write it, in the transaction of the change, whoever makes it.
 * Row triggers serve operational tables (few rows a statement); statement triggers serve reference tables,
 * where an import changes tens of thousands of rows at once.
 */
export class Audit1763800000005 implements MigrationInterface {
  name = 'Audit1763800000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.audit_logs ( -- Who changed or read what, when; written by triggers, append-only.
  audit_log_id bigint generated always as identity primary key, -- Identity; rises with time but may have gaps.
  occurred_at timestamptz not null default clock_timestamp(), -- When it happened.
  tx_id text not null, -- Transaction it happened in; the same on ledger rows.
  user_id integer, -- User of the application; null: not through the application.
  db_user text not null default session_user, -- Database login.
  branch_id integer, -- Branch concerned, where there is one.
  request_id text, -- HTTP request, as in the answer and the log.
  table_schema text not null, -- Schema of the table.
  table_name text not null, -- Table.
  row_key text not null, -- Primary key of the row, parts separated by a comma.
  action text not null check (action in ('insert', 'update', 'delete', 'read')), -- What was done.
  before jsonb, -- Row before the change, secrets left out.
  after jsonb -- Row after the change, secrets left out.
);
create index audit_logs_row_idx on operational.audit_logs (table_name, row_key, audit_log_id);
create index audit_logs_user_idx on operational.audit_logs (user_id, audit_log_id);
create index audit_logs_time_idx on operational.audit_logs (occurred_at);
create index audit_logs_tx_idx on operational.audit_logs (tx_id);

create function operational.audit_row() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  redacted text[] := string_to_array(coalesce(tg_argv[1], ''), ',');
  v_before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - redacted end;
  v_after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - redacted end;
  v_row jsonb := coalesce(v_after, v_before);
begin
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
  values (
    operational.current_tx_id(),
    operational.current_user_id(),
    coalesce((v_row ->> 'branch_id')::integer, nullif(current_setting('app.branch_id', true), '')::integer),
    nullif(current_setting('app.request_id', true), ''),
    tg_table_schema, tg_table_name,
    (select string_agg(v_row ->> k, ',' order by n) from unnest(string_to_array(tg_argv[0], ',')) with ordinality as u (k, n)),
    lower(tg_op), v_before, v_after);
  return null;
end $$;
comment on function operational.audit_row() is 'Row trigger: writes the audit row. Arguments: key columns, columns left out.';

create function operational.audit_statement() returns trigger language plpgsql security definer
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
comment on function operational.audit_statement() is 'Statement trigger for bulk-written tables: one audit row for each changed row. Argument: key columns.';

create function operational.log_read(p_table text, p_key text, p_branch integer) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action)
  values (operational.current_tx_id(), operational.current_user_id(), p_branch,
    nullif(current_setting('app.request_id', true), ''), 'operational', p_table, p_key, 'read')
$$;
comment on function operational.log_read(text, text, integer) is 'Records that a person''s record was read.';

create function operational.refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD004';
end $$;
comment on function operational.refuse_change() is 'Trigger of append-only tables: refuses UPDATE, DELETE and TRUNCATE, the owner''s too.';

create trigger audit_logs_append_only before update or delete on operational.audit_logs
  for each row execute function operational.refuse_change();
create trigger audit_logs_no_truncate before truncate on operational.audit_logs
  for each statement execute function operational.refuse_change();

create procedure operational.attach_row_audit(p_table text, p_keys text, p_redacted text default '') language plpgsql as $$
begin
  execute format('create trigger %I after insert or update or delete on operational.%I for each row execute function operational.audit_row(%L, %L)',
    p_table || '_audit', p_table, p_keys, p_redacted);
end $$;
comment on procedure operational.attach_row_audit(text, text, text) is 'Puts the row audit trigger on an operational table.';

create procedure operational.attach_statement_audit(p_table text, p_keys text) language plpgsql as $$
begin
  execute format('create trigger %I after insert on reference.%I referencing new table as new_rows for each statement execute function operational.audit_statement(%L)', p_table || '_audit_insert', p_table, p_keys);
  execute format('create trigger %I after update on reference.%I referencing old table as old_rows new table as new_rows for each statement execute function operational.audit_statement(%L)', p_table || '_audit_update', p_table, p_keys);
  execute format('create trigger %I after delete on reference.%I referencing old table as old_rows for each statement execute function operational.audit_statement(%L)', p_table || '_audit_delete', p_table, p_keys);
end $$;
comment on procedure operational.attach_statement_audit(text, text) is 'Puts the statement audit triggers on a reference table.';

call operational.attach_row_audit('branches', 'branch_id');
call operational.attach_row_audit('users', 'user_id', 'password_hash');
call operational.attach_row_audit('roles', 'role_id');
call operational.attach_row_audit('permissions', 'permission_id');
call operational.attach_row_audit('role_permissions', 'role_id,permission_id');
call operational.attach_row_audit('user_roles', 'user_id,role_id');
call operational.attach_row_audit('user_branches', 'user_id,branch_id');
create trigger sessions_audit after insert or delete or update of revoked_at on operational.sessions
  for each row execute function operational.audit_row('session_id', 'token_hash');

call operational.attach_statement_audit('import_releases', 'release_id');
call operational.attach_statement_audit('companies', 'company_id');
call operational.attach_statement_audit('dosage_forms', 'id');
call operational.attach_statement_audit('routes', 'id');
call operational.attach_statement_audit('therapeutic_categories', 'category_id');
call operational.attach_statement_audit('ingredient_groups', 'group_id');
call operational.attach_statement_audit('ingredients', 'ingredient_id');
call operational.attach_statement_audit('ingredient_synonyms', 'synonym_id');
call operational.attach_statement_audit('ingredient_group_members', 'ingredient_id,group_id');
call operational.attach_statement_audit('drugs', 'drug_id');
call operational.attach_statement_audit('drug_ingredients', 'drug_ingredient_id');
call operational.attach_statement_audit('drug_barcodes', 'barcode_id');
call operational.attach_statement_audit('drug_interactions', 'id');
call operational.attach_statement_audit('allergy_rules', 'id');
call operational.attach_statement_audit('contraindications', 'id');
call operational.attach_statement_audit('dosage_guidelines', 'id');
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.audit_logs']);
    await queryRunner.query(`
drop procedure operational.attach_statement_audit(text, text);
drop procedure operational.attach_row_audit(text, text, text);
drop table operational.audit_logs;
drop function operational.refuse_change() cascade;
drop function operational.log_read(text, text, integer);
drop function operational.audit_statement() cascade;
drop function operational.audit_row() cascade;
`);
  }
}
