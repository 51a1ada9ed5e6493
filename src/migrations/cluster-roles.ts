/**
 * The database roles. They belong to the whole PostgreSQL cluster, not to one database, so they are made here,
 * idempotently, before the migrations run, and `down` leaves them (another database may use them).
 *
 * - meditory_owner (no login): owns both schemas; migrations run as it. Where a superuser migrates it may switch off the
 *   row-by-row checks of foreign keys inside the functions that apply a release, which check them set by set.
 * - meditory_definer (no login): owns the functions that see the rows of all branches, and nothing else. meditory_owner may become it, but
 *   has none of its rights by itself (NOINHERIT).
 * - pharmacy_admin (no login): may write `reference`; entered with SET LOCAL ROLE inside one transaction.
 * - pharmacy_app: what the server logs in as. NOINHERIT: being a member of pharmacy_admin gives it nothing by itself.
 * - pharmacy_sealer (no login): reads the audit trail of all branches and adds its seals; entered like pharmacy_admin.
 * - pharmacy_reporting: reads only, all branches; for programs of others beside Meditory, which reads reports as pharmacy_app.
 *
 * Limits on time are set on the roles too, so that whoever logs in as one is bounded, whatever program he uses.
 */
export const CLUSTER_ROLES_SQL: readonly string[] = [
  `do $$
  begin
    if not exists (select from pg_roles where rolname = 'meditory_owner') then
      create role meditory_owner nologin noinherit;
    elsif (select rolinherit from pg_roles where rolname = 'meditory_owner') then
      alter role meditory_owner noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'meditory_definer') then
      create role meditory_definer nologin nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'pharmacy_admin') then
      create role pharmacy_admin nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'pharmacy_sealer') then
      create role pharmacy_sealer nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'pharmacy_app') then
      create role pharmacy_app login noinherit nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'pharmacy_reporting') then
      create role pharmacy_reporting login nobypassrls;
    end if;
    if not pg_has_role('pharmacy_app', 'pharmacy_admin', 'member') then
      grant pharmacy_admin to pharmacy_app;
    end if;
    if not pg_has_role('meditory_owner', 'meditory_definer', 'member') then
      grant meditory_definer to meditory_owner;
    end if;
    if not pg_has_role(current_user, 'meditory_definer', 'member') then
      execute format('grant meditory_definer to %I', current_user);
    end if;
    if not pg_has_role('pharmacy_app', 'pharmacy_sealer', 'member') then
      grant pharmacy_sealer to pharmacy_app;
    end if;
    if not pg_has_role(current_user, 'meditory_owner', 'member') then
      execute format('grant meditory_owner to %I', current_user);
    end if;
    if not pg_has_role(current_user, 'pharmacy_app', 'member') then
      execute format('grant pharmacy_app to %I', current_user);
    end if;
    if current_setting('is_superuser') = 'on' and not has_parameter_privilege('meditory_owner', 'session_replication_role', 'set') then
      grant set on parameter session_replication_role to meditory_owner;
    end if;
    if current_setting('is_superuser') = 'on' and not has_parameter_privilege('meditory_definer', 'session_replication_role', 'set') then
      grant set on parameter session_replication_role to meditory_definer;
    end if;
    execute format('grant create, temporary on database %I to meditory_owner', current_database());
    -- A materialized view is refreshed by way of a temporary table of its owner.
    execute format('grant temporary on database %I to meditory_definer', current_database());
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect on database %I to pharmacy_app, pharmacy_admin, pharmacy_reporting', current_database());
  end $$`,
  `do $$
  declare
    s record;
  begin
    for s in select * from (values
      ('pharmacy_app', 'search_path', 'pg_catalog, public, pg_temp'),
      ('pharmacy_app', 'statement_timeout', '10s'),
      ('pharmacy_app', 'lock_timeout', '3s'),
      ('pharmacy_app', 'idle_in_transaction_session_timeout', '15s'),
      ('pharmacy_reporting', 'search_path', 'pg_catalog, public, pg_temp'),
      ('pharmacy_reporting', 'statement_timeout', '60s'),
      ('pharmacy_reporting', 'lock_timeout', '3s'),
      ('pharmacy_reporting', 'idle_in_transaction_session_timeout', '60s'),
      ('pharmacy_reporting', 'default_transaction_read_only', 'on')) v (role, name, setting)
      -- One who set something else meant it.
      where not exists (select from pg_db_role_setting d cross join lateral unnest(d.setconfig) c (entry)
        where d.setrole = v.role::regrole and d.setdatabase = 0 and c.entry like v.name || '=%')
    loop
      execute format('alter role %I set %s = %s', s.role, s.name, case s.name when 'search_path' then s.setting else quote_literal(s.setting) end);
    end loop;
  end $$`,
  'revoke create on schema public from public',
  'create extension if not exists pg_trgm with schema public',
  // What costs time, and how large the log is: only a superuser can arrange it, and the program works without. The server sees the
  // text of its own statements alone.
  `do $$
  begin
    if current_setting('is_superuser') = 'on' then
      if exists (select from pg_available_extensions where name = 'pg_stat_statements') then
        create extension if not exists pg_stat_statements with schema public;
        grant execute on function public.pg_stat_statements_reset(oid, oid, bigint, boolean) to pharmacy_app;
      end if;
      grant execute on function pg_catalog.pg_ls_waldir() to pharmacy_app;
    end if;
  end $$`,
];
