/**
 * Makes the audit trail anew, in months or whole, and puts back what belongs to it as it stands: indexes, guards, policies, rights, those of
 * its numbers too. Rows go over month by month.
 */
const rebuild = (inMonths: boolean): string => `
do $rebuild$
declare
  v_trail constant oid := 'operational.audit_logs'::regclass;
  v_numbers constant oid := 'operational.audit_logs_audit_log_id_seq'::regclass;
  v_months date[];
  v_month date;
  v_after text[];
  v_statement text;
begin
  lock table operational.audit_logs in access exclusive mode;
  select array_agg(x.text order by x.n, x.text) into v_after from (
    select 1 as n, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as text
    from pg_index i where i.indrelid = v_trail and not i.indisprimary
    union all
    select 2, pg_get_triggerdef(t.oid) from pg_trigger t where t.tgrelid = v_trail and not t.tgisinternal
    union all
    select 3, format('create policy %I on operational.audit_logs as %s for %s to %s%s%s', p.policyname, p.permissive, p.cmd, array_to_string(p.roles, ', '),
      ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
    from pg_policies p where p.schemaname = 'operational' and p.tablename = 'audit_logs'
    union all
    select 4, format('grant %s on %s %s to %s', a.privilege_type, case when c.oid = v_numbers then 'sequence' else 'table' end, c.oid::regclass, a.grantee::regrole)
    from pg_class c cross join aclexplode(c.relacl) a where c.oid in (v_trail, v_numbers) and a.grantee <> c.relowner) x;
  select array(select m::date from generate_series(date_trunc('month', min(l.occurred_at) at time zone 'UTC'), max(l.occurred_at) at time zone 'UTC', interval '1 month') m)
    into v_months from operational.audit_logs l;

  alter table operational.audit_logs rename to audit_logs_before;
  alter sequence operational.audit_logs_audit_log_id_seq rename to audit_logs_before_seq;
  create table operational.audit_logs (like operational.audit_logs_before including defaults including constraints including storage including comments)${inMonths ? ' partition by range (occurred_at)' : ''};
  execute format('comment on table operational.audit_logs is %L', obj_description(v_trail, 'pg_class'));
  alter table operational.audit_logs alter column audit_log_id add generated always as identity;
  perform setval('operational.audit_logs_audit_log_id_seq', s.last_value, s.is_called) from operational.audit_logs_before_seq s;
  ${
    inMonths
      ? `create table operational.audit_logs_default partition of operational.audit_logs default;
  comment on table operational.audit_logs_default is 'Rows of the audit trail of a month that has no part yet; empty once the months are made.';
  perform operational.seal_month_part('audit_logs_default');
  foreach v_month in array array(select distinct m from (
      select unnest(v_months) union all select (operational.movement_month(now()) + make_interval(months => n))::date from generate_series(0, 3) n) x (m)
    where m >= operational.movement_month(now()) or exists (select from operational.audit_logs_before l
      where l.occurred_at >= operational.movement_month_start(m) and l.occurred_at < operational.movement_month_start((m + interval '1 month')::date))
    order by m)
  loop
    perform operational.make_month_part('operational.audit_logs', v_month);
  end loop;`
      : ''
  }
  foreach v_month in array v_months loop
    insert into operational.audit_logs overriding system value select * from operational.audit_logs_before l
    where l.occurred_at >= operational.movement_month_start(v_month) and l.occurred_at < operational.movement_month_start((v_month + interval '1 month')::date)
    order by l.audit_log_id;
  end loop;
  if (select count(*) from operational.audit_logs) <> (select count(*) from operational.audit_logs_before) then
    raise exception 'the audit trail was not taken over whole';
  end if;
  drop table operational.audit_logs_before;

  alter table operational.audit_logs add constraint audit_logs_pkey primary key (audit_log_id${inMonths ? ', occurred_at' : ''});
  foreach v_statement in array v_after loop execute v_statement; end loop;
  alter table operational.audit_logs enable row level security, force row level security;
end $rebuild$;
`;

/**
 * A month is read by its part, so within it blocks tell times apart well enough, at the price of a page; nothing asks the trail for a
 * transaction.
 */
export const AUDIT_IN_MONTHS = `${rebuild(true)}
drop index operational.audit_logs_tx_idx;
drop index operational.audit_logs_time_idx;
create index audit_logs_time_idx on operational.audit_logs using brin (occurred_at) with (pages_per_range = 32, autosummarize = on);
`;

export const AUDIT_IN_ONE = `
drop index operational.audit_logs_time_idx;
${rebuild(false)}
create index audit_logs_time_idx on operational.audit_logs (occurred_at);
create index audit_logs_tx_idx on operational.audit_logs (tx_id);
`;
