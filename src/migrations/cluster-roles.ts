/**
 * The four database roles. They belong to the whole PostgreSQL cluster, not to one database, so they are made here,
 * idempotently, before the migrations run, and `down` leaves them (another database may use them).
 *
 * - meditory_owner (no login): owns both schemas; migrations run as it. Where a superuser migrates it may switch off the
 *   row-by-row checks of foreign keys inside the functions that apply a release, which check them set by set.
 * - pharmacy_admin (no login): may write `reference`; entered with SET LOCAL ROLE inside one transaction.
 * - pharmacy_app: what the server logs in as. NOINHERIT: being a member of pharmacy_admin gives it nothing by itself.
 * - pharmacy_reporting: reads only.
 */
export const CLUSTER_ROLES_SQL: readonly string[] = [
  `do $$
  begin
    if not exists (select from pg_roles where rolname = 'meditory_owner') then
      create role meditory_owner nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'pharmacy_admin') then
      create role pharmacy_admin nologin;
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
    if not pg_has_role(current_user, 'meditory_owner', 'member') then
      execute format('grant meditory_owner to %I', current_user);
    end if;
    if not pg_has_role(current_user, 'pharmacy_app', 'member') then
      execute format('grant pharmacy_app to %I', current_user);
    end if;
    if current_setting('is_superuser') = 'on' and not has_parameter_privilege('meditory_owner', 'session_replication_role', 'set') then
      grant set on parameter session_replication_role to meditory_owner;
    end if;
    execute format('grant create, temporary on database %I to meditory_owner', current_database());
    execute format('grant connect on database %I to pharmacy_app, pharmacy_admin, pharmacy_reporting', current_database());
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
