import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Body of audit_statement; `$rows` turns a transition table into rows with `j` (the row as JSON) and `k` (its key). */
const audit = (rows: (table: string) => string): string => `
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
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, n.k, 'insert', n.j
    from ${rows('new_rows')} n;
  elsif tg_op = 'DELETE' then
    insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before)
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, o.k, 'delete', o.j
    from ${rows('old_rows')} o;
  else
    insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
    select v_tx, v_user, v_branch, v_request, tg_table_schema, tg_table_name, coalesce(n.k, o.k), 'update', o.j, n.j
    from ${rows('old_rows')} o
    full join ${rows('new_rows')} n on n.k = o.k;
  end if;
  return null;
end $$;
`;

/** "offset 0" keeps the planner from writing the inner expression into every place that reads it. */
const once = (table: string): string => `(
      select r.j, (select string_agg(r.j ->> u.k, ',' order by u.n) from unnest(v_keys) with ordinality as u (k, n)) as k
      from (select to_jsonb(t) as j from ${table} t offset 0) r offset 0)`;

const several = (table: string): string =>
  `(select to_jsonb(t) as j, array_to_string(array(select to_jsonb(t) ->> k from unnest(v_keys) k), ',') as k from ${table} t)`;

/** The audit trail of a changed row makes its JSON once, not once more for each column of the key. */
export class AuditOnce1798000000014 implements MigrationInterface {
  name = 'AuditOnce1798000000014';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(audit(once));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(audit(several));
  }
}
