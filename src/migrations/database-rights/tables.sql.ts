/** What a table with row-level security asks of its owner, over whatever tables there are. Parts of the ledger have no rights at all. */
export const FORCE = `
create function operational.is_maintenance() returns boolean language sql stable parallel safe
  return coalesce(current_setting('role') = 'meditory_owner' and current_setting('app.maintenance', true) = 'on', false);
comment on function operational.is_maintenance() is 'Whether this is a migration, or a person who became meditory_owner and said app.maintenance = on. The role cannot be pretended inside a function of its owner.';

grant usage on schema operational, reference to meditory_definer;
grant select, insert, update, delete on all tables in schema operational, reference to meditory_definer;
grant usage, select on all sequences in schema operational, reference to meditory_definer;
alter default privileges for role meditory_owner in schema operational, reference grant select, insert, update, delete on tables to meditory_definer;
alter default privileges for role meditory_owner in schema operational, reference grant usage, select on sequences to meditory_definer;

do $$
declare
  t record;
  p record;
begin
  for t in select c.oid::regclass as name from pg_class c where c.relnamespace = 'operational'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition loop
    -- The owner's functions stand under the policy of who calls them; it is written once.
    for p in select polname from pg_policy where polrelid = t.name and polroles = array['pharmacy_app'::regrole::oid] loop
      execute format('alter policy %I on %s to pharmacy_app, meditory_owner', p.polname, t.name);
    end loop;
    execute format('create policy maintenance on %s to meditory_owner using ((select operational.is_maintenance())) with check ((select operational.is_maintenance()))', t.name);
    execute format('create policy all_branches on %s to meditory_definer using (true) with check (true)', t.name);
    execute format('alter table %s force row level security', t.name);
  end loop;
  -- Parts of the ledger are reached through it alone.
  for t in select i.inhrelid::regclass as name from pg_inherits i where i.inhparent = 'operational.stock_movements'::regclass loop
    execute format('revoke all on %s from public, pharmacy_app, pharmacy_admin, pharmacy_reporting, meditory_definer', t.name);
  end loop;
end $$;


-- Reading that somebody read is the auditors'; that somebody read is written for whatever branch it was.
create policy owner_writes on operational.audit_logs for insert to meditory_owner with check (true);
-- Closing a month is the work of who owns its part of the ledger: it adds up what it cannot read elsewhere.
create policy owner_closes on operational.stock_month_totals for insert to meditory_owner with check (true);
create policy owner_counts on operational.stock_month_totals for select to meditory_owner using (true);
`;

export const UNFORCE = `
drop policy owner_counts on operational.stock_month_totals;
drop policy owner_closes on operational.stock_month_totals;
drop policy owner_writes on operational.audit_logs;
do $$
declare
  t record;
  p record;
begin
  for t in select c.oid::regclass as name from pg_class c where c.relnamespace = 'operational'::regnamespace and c.relkind in ('r', 'p') and c.relforcerowsecurity loop
    execute format('alter table %s no force row level security', t.name);
    execute format('drop policy all_branches on %s', t.name);
    execute format('drop policy maintenance on %s', t.name);
    for p in select polname from pg_policy where polrelid = t.name and 'meditory_owner'::regrole::oid = any (polroles) loop
      execute format('alter policy %I on %s to pharmacy_app', p.polname, t.name);
    end loop;
  end loop;
end $$;
alter default privileges for role meditory_owner in schema operational, reference revoke usage, select on sequences from meditory_definer;
alter default privileges for role meditory_owner in schema operational, reference revoke select, insert, update, delete on tables from meditory_definer;
revoke all on all tables in schema operational, reference from meditory_definer;
revoke all on all sequences in schema operational, reference from meditory_definer;
revoke all on schema operational, reference from meditory_definer;
drop function operational.is_maintenance();
`;
