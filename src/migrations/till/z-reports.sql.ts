import { appendOnly, branchScope } from '../support/branch-scope.js';

/** Z reports: the figures of a closed shift, numbered by branch without a gap, each chained to the one before. */
export const Z_REPORTS = `
create table operational.z_reports ( -- The figures of each closed shift as they were at its end; written by the close itself, append-only.
  z_report_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null, -- Branch of the shift.
  shift_id integer not null constraint z_reports_shift_key unique, -- The shift.
  z_number integer not null check (z_number > 0), -- Number of the report at the branch: 1, 2, 3 … without a gap.
  business_date date not null, -- Day of the branch on which the shift was opened.
  issued_at timestamptz not null, -- When the shift was closed.
  issued_by integer references operational.users (user_id), -- Who closed it.
  content jsonb not null, -- The figures; amounts as text.
  previous_hash bytea, -- Hash of the report before; null: the first of the branch.
  hash bytea not null, -- SHA-256 of the hash before and of what is above.
  constraint z_reports_number_key unique (branch_id, z_number),
  constraint z_reports_first_check check ((z_number = 1) = (previous_hash is null)),
  constraint z_reports_shift_fkey foreign key (shift_id, branch_id) references operational.till_shifts (shift_id, branch_id)
);
create index z_reports_day_idx on operational.z_reports (branch_id, business_date desc);

create function operational.z_report_hash(p_z operational.z_reports) returns bytea language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select sha256(coalesce(p_z.previous_hash, '') || convert_to(jsonb_build_array(p_z.branch_id, p_z.z_number, p_z.shift_id, p_z.business_date,
    extract(epoch from p_z.issued_at)::text, p_z.issued_by, p_z.content)::text, 'UTF8'))
$$;
comment on function operational.z_report_hash(operational.z_reports) is 'SHA-256 of the hash of the report before and the canonical text of this one.';

create function operational.issue_z_report(p_shift_id integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_shift operational.till_shifts%rowtype;
  v_last operational.z_reports%rowtype;
  v_z operational.z_reports%rowtype;
begin
  select * into strict v_shift from operational.till_shifts where shift_id = p_shift_id;
  -- The last lock of a close: two tills of a branch wait here for each other's number, and hold nothing the other asks for.
  perform pg_advisory_xact_lock(hashtextextended('operational.z_reports ' || v_shift.branch_id, 0));
  select * into v_last from operational.z_reports where branch_id = v_shift.branch_id order by z_number desc limit 1;
  v_z.branch_id := v_shift.branch_id;
  v_z.shift_id := p_shift_id;
  v_z.z_number := coalesce(v_last.z_number, 0) + 1;
  v_z.content := operational.till_figures(p_shift_id);
  v_z.business_date := (v_z.content ->> 'businessDate')::date;
  v_z.issued_at := v_shift.closed_at;
  v_z.issued_by := v_shift.closed_by;
  v_z.previous_hash := v_last.hash;
  insert into operational.z_reports (branch_id, shift_id, z_number, business_date, issued_at, issued_by, content, previous_hash, hash)
  values (v_z.branch_id, v_z.shift_id, v_z.z_number, v_z.business_date, v_z.issued_at, v_z.issued_by, v_z.content, v_z.previous_hash, operational.z_report_hash(v_z));
end $$;
comment on function operational.issue_z_report(integer) is 'Writes the Z report of a shift that was just closed.';
revoke all on function operational.issue_z_report(integer) from public;

create function operational.close_till_shift() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform operational.issue_z_report(new.shift_id);
  return null;
end $$;
comment on function operational.close_till_shift() is 'A closed shift has its Z report in the same transaction, whoever closes it.';
create trigger till_shifts_z after update of status on operational.till_shifts
  for each row when (new.status = 'closed' and old.status = 'open') execute function operational.close_till_shift();

create function operational.guard_shift_close() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if old.status = 'closed' then
    raise exception 'shift % is closed and stays so', old.shift_id using errcode = 'MD004';
  end if;
  if new.status = 'closed' and not exists (select from operational.till_counts c where c.shift_id = new.shift_id and c.method = 'cash') then
    raise exception 'the drawer of shift % was not counted', new.shift_id using errcode = 'MD230';
  end if;
  return new;
end $$;
comment on function operational.guard_shift_close() is 'A shift is closed once, on a count.';
create trigger till_shifts_close_guard before update on operational.till_shifts
  for each row when (current_user in ('pharmacy_app', 'pharmacy_admin')) execute function operational.guard_shift_close();

create function operational.check_till_count() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- What is expected is written down when the shift is closed and not before: nobody reads it while he still counts.
  if (select s.status from operational.till_shifts s where s.shift_id = new.shift_id) <> 'closed'
    or new.expected <> coalesce((select t.expected from operational.till_tenders(new.shift_id) t where t.method = new.method), 0) then
    raise exception 'count of % in shift %: it is open, or % is not expected', new.method, new.shift_id, new.expected using errcode = 'MD230';
  end if;
  return null;
end $$;
comment on function operational.check_till_count() is 'At commit: the shift is closed and what is expected is what its payments say.';
create constraint trigger till_counts_check after insert on operational.till_counts deferrable initially deferred
  for each row execute function operational.check_till_count();

do $$
declare
  v_shift integer;
begin
  -- Shifts closed before have their reports too, in the order they were closed.
  for v_shift in select shift_id from operational.till_shifts where status = 'closed' order by closed_at, shift_id loop
    perform operational.issue_z_report(v_shift);
  end loop;
end $$;

call operational.attach_row_audit('z_reports', 'z_report_id', 'content');
${appendOnly('z_reports')}
${branchScope('z_reports')}
grant select on operational.z_reports to pharmacy_app;
`;
