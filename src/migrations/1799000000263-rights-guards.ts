import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rights, kept a second time: nobody gives what he does not hold, changes his own, or takes the last administrator away. */
export class RightsGuards1799000000263 implements MigrationInterface {
  name = 'RightsGuards1799000000263';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.require_held(p_permissions integer[]) returns void language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select unnest(p_permissions) except
    select rp.permission_id from operational.user_roles ur join operational.role_permissions rp using (role_id) where ur.user_id = operational.current_user_id()
  ) then
    raise exception 'user % does not hold all of what is given', operational.current_user_id() using errcode = 'MD425';
  end if;
end $$;
comment on function operational.require_held(integer[]) is 'Refuses permissions that the user of the transaction does not hold.';

create function operational.guard_user_role() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_row operational.user_roles := case when tg_op = 'DELETE' then old else new end;
begin
  -- A row that is there already is no change.
  if operational.current_user_id() is not null
    and (tg_op = 'DELETE' or not exists (select from operational.user_roles o where o.user_id = new.user_id and o.role_id = new.role_id)) then
    if v_row.user_id = operational.current_user_id() then
      raise exception 'user % does not change his own roles', v_row.user_id using errcode = 'MD424';
    end if;
    if tg_op = 'INSERT' then
      perform operational.require_held(array(select permission_id from operational.role_permissions where role_id = new.role_id));
    end if;
  end if;
  return v_row;
end $$;
comment on function operational.guard_user_role() is 'Nobody changes his own roles, or gives one that holds more than he does.';
create trigger user_roles_guard before insert or delete on operational.user_roles
  for each row execute function operational.guard_user_role();

create function operational.guard_user_branch() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_row operational.user_branches := case when tg_op = 'DELETE' then old else new end;
begin
  -- Whoever opens a branch works there himself: that is the one way to put oneself anywhere.
  if v_row.user_id = operational.current_user_id()
    and (tg_op = 'DELETE' or not exists (select from operational.branches b where b.branch_id = new.branch_id and b.xmin = pg_current_xact_id()::xid)
      and not exists (select from operational.user_branches o where o.user_id = new.user_id and o.branch_id = new.branch_id)) then
    raise exception 'user % does not change his own branches', v_row.user_id using errcode = 'MD424';
  end if;
  return v_row;
end $$;
comment on function operational.guard_user_branch() is 'Nobody puts himself at a branch that another opened, or takes himself away.';
create trigger user_branches_guard before insert or delete on operational.user_branches
  for each row execute function operational.guard_user_branch();

create function operational.guard_role_permission() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if operational.current_user_id() is not null
    and not exists (select from operational.role_permissions o where o.role_id = new.role_id and o.permission_id = new.permission_id) then
    perform operational.require_held(array[new.permission_id]);
  end if;
  return new;
end $$;
comment on function operational.guard_role_permission() is 'Nobody puts into a role what he does not hold.';
create trigger role_permissions_guard before insert on operational.role_permissions
  for each row execute function operational.guard_role_permission();

create function operational.require_administrator() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_user integer := old.user_id;
  v_was boolean;
begin
  if tg_table_name = 'user_roles' then
    v_was := exists (select from operational.roles r where r.role_id = old.role_id and r.name = 'administrator' and r.is_system)
      and exists (select from operational.users u where u.user_id = v_user and not u.is_sample);
  else
    v_was := not old.is_sample and exists (select from operational.user_roles ur join operational.roles r using (role_id)
      where ur.user_id = v_user and r.name = 'administrator' and r.is_system);
  end if;
  if v_was and not exists (select from operational.users u join operational.user_roles ur using (user_id) join operational.roles r using (role_id)
      where u.status = 'active' and not u.is_sample and r.name = 'administrator' and r.is_system) then
    raise exception 'user % is the last administrator', v_user using errcode = 'MD423';
  end if;
  return null;
end $$;
comment on function operational.require_administrator() is 'Somebody who can sign in is administrator at every commit, once there was one.';
create constraint trigger users_require_administrator after update of status on operational.users deferrable initially deferred
  for each row when (old.status = 'active' and new.status <> 'active') execute function operational.require_administrator();
create constraint trigger user_roles_require_administrator after delete on operational.user_roles deferrable initially deferred
  for each row execute function operational.require_administrator();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger users_require_administrator on operational.users;
drop trigger user_roles_require_administrator on operational.user_roles;
drop trigger user_roles_guard on operational.user_roles;
drop trigger user_branches_guard on operational.user_branches;
drop trigger role_permissions_guard on operational.role_permissions;
drop function operational.require_administrator(), operational.guard_role_permission(), operational.guard_user_branch(),
  operational.guard_user_role(), operational.require_held(integer[]);
`);
  }
}
