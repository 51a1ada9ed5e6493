import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Requests that were refused, and patients that lists and searches showed, are rows of the audit trail as well: gathered by the server
 * and handed over some at a time, so that a flood of either is counted and not written out.
 */
export class RefusedRequests1799000000251 implements MigrationInterface {
  name = 'RefusedRequests1799000000251';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.audit_logs drop constraint audit_logs_action_check;
alter table operational.audit_logs add constraint audit_logs_action_check check (action in ('insert', 'update', 'delete', 'read', 'refused')) not valid;
alter table operational.audit_logs validate constraint audit_logs_action_check;
create index audit_logs_refused_idx on operational.audit_logs (audit_log_id) where action = 'refused';

create function operational.log_refusals(p_refusals jsonb) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_array_length(p_refusals) > 1000 then
    raise exception '% refusals at once', jsonb_array_length(p_refusals) using errcode = 'MD403';
  end if;
  -- The transaction has its number before its rows have theirs (see log_read).
  perform pg_current_xact_id();
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
  select operational.current_tx_id(), r.user_id, r.branch_id, r.request_id, 'http', 'requests', r.route, 'refused',
    jsonb_strip_nulls(r.detail || jsonb_build_object('signInAs', (select u.user_id from operational.users u where u.username = lower(btrim(r.sign_in_name)))))
  from jsonb_to_recordset(p_refusals) as r (user_id integer, branch_id integer, request_id text, route text, sign_in_name text, detail jsonb);
end $$;
comment on function operational.log_refusals(jsonb) is 'Writes refused requests to the trail: who, which route, which thing. A name that was typed at the sign-in is kept only as the user it names.';

create function operational.log_shown(p_shown jsonb) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_array_length(p_shown) > 10000 then
    raise exception '% patients at once', jsonb_array_length(p_shown) using errcode = 'MD403';
  end if;
  perform pg_current_xact_id();
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
  select operational.current_tx_id(), s.user_id, s.branch_id, s.request_id, 'operational', case when s.patient_id is null then 'files' else 'patients' end, coalesce(s.patient_id::text, s.route), 'read', jsonb_build_object('route', s.route)
  from jsonb_to_recordset(p_shown) as s (user_id integer, branch_id integer, request_id text, route text, patient_id integer);
end $$;
comment on function operational.log_shown(jsonb) is 'Writes to the trail which patients an answer showed to whom; without a patient, that a file or a page to print was fetched.';
revoke all on function operational.log_refusals(jsonb), operational.log_shown(jsonb) from public;
grant execute on function operational.log_refusals(jsonb), operational.log_shown(jsonb) to pharmacy_app;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(
      "select exists (select from operational.audit_logs where action = 'refused') as held",
    )) as { held: boolean }[];
    const isHeld = rows[0]?.held === true;
    if (isHeld && process.env.MEDITORY_ALLOW_DATA_LOSS !== 'yes')
      throw new Error(
        'operational.audit_logs holds refused requests: back up first, then set MEDITORY_ALLOW_DATA_LOSS=yes to go on.',
      );
    await queryRunner.query(`
drop function operational.log_shown(jsonb);
drop function operational.log_refusals(jsonb);
drop index operational.audit_logs_refused_idx;
alter table operational.audit_logs drop constraint audit_logs_action_check;
alter table operational.audit_logs add constraint audit_logs_action_check check (action in ('insert', 'update', 'delete', 'read')) not valid;
`);
    // Rows of the trail stay, whatever is allowed: then the check is for new ones.
    if (!isHeld)
      await queryRunner.query(
        'alter table operational.audit_logs validate constraint audit_logs_action_check',
      );
  }
}
