import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** Key of the lock under which a first start runs. Any constant does; this spells "FRST". */
const FIRST_START_LOCK = 0x46525354;

const LOCK = 'select /* firstStart.lock */ pg_advisory_xact_lock($1)';

const SYNC_PERMISSIONS = `
insert /* firstStart.syncPermissions */ into operational.permissions as p (name, description)
select name, description from jsonb_to_recordset($1::jsonb) as given (name text, description text)
on conflict (name) do update set description = excluded.description where p.description <> excluded.description`;

/** A role that is there already keeps what the pharmacy made of it. */
const SEED_ROLES = `
with /* firstStart.seedRoles */ given as (
  select name, description, permissions from jsonb_to_recordset($1::jsonb) as g (name text, description text, permissions text[])
), made as (
  insert into operational.roles (name, description, is_system)
  select name, description, true from given on conflict (name) do nothing
  returning role_id, name
)
insert into operational.role_permissions (role_id, permission_id)
select m.role_id, p.permission_id
from made m join given g on g.name = m.name join operational.permissions p on p.name = any (g.permissions)`;

const COMPLETE_ADMINISTRATOR = `
insert /* firstStart.completeAdministrator */ into operational.role_permissions (role_id, permission_id)
select r.role_id, p.permission_id from operational.roles r cross join operational.permissions p
where r.name = 'administrator' and r.is_system on conflict do nothing`;

const HAS_USERS = `
select /* firstStart.hasUsers */ exists (select from operational.users where not is_sample) as present`;

const MAKE_BRANCH = `
insert /* firstStart.makeBranch */ into operational.branches (code, name, name_ar)
select 'MAIN', 'Main branch', 'الفرع الرئيسي' where not exists (select from operational.branches)`;

const MAKE_ADMINISTRATOR = `
with /* firstStart.makeAdministrator */ person as (
  insert into operational.users (username, full_name, password_hash) values ($1, 'Administrator', $2) returning user_id
), branches as (
  insert into operational.user_branches (user_id, branch_id)
  select p.user_id, b.branch_id from person p cross join operational.branches b
)
insert into operational.user_roles (user_id, role_id)
select p.user_id, r.role_id from person p cross join operational.roles r where r.name = 'administrator' and r.is_system`;

/** What an installation needs before anybody can sign in. */
@Injectable()
export class FirstStartRepository {
  /** Lets one process at a time do first-start work; the others wait here and then find it done. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute(LOCK, [FIRST_START_LOCK]);
  }

  async syncPermissions(
    tx: Tx,
    permissions: readonly { name: string; description: string }[],
  ): Promise<void> {
    await tx.execute(SYNC_PERMISSIONS, [JSON.stringify(permissions)]);
  }

  async seedRoles(
    tx: Tx,
    roles: readonly { name: string; description: string; permissions: readonly string[] }[],
  ): Promise<void> {
    await tx.execute(SEED_ROLES, [JSON.stringify(roles)]);
    await tx.execute(COMPLETE_ADMINISTRATOR);
  }

  /** True when somebody other than sample staff can sign in, or could. */
  async hasUsers(tx: Tx): Promise<boolean> {
    return (await tx.one<{ present: boolean }>(HAS_USERS)).present;
  }

  /** Makes a first branch when there is none. */
  async makeBranch(tx: Tx): Promise<void> {
    await tx.execute(MAKE_BRANCH);
  }

  /** Makes a first branch when there is none, and a user who runs the installation, at every branch. */
  async makeAdministrator(tx: Tx, username: string, passwordHash: string): Promise<void> {
    await this.makeBranch(tx);
    const given = await tx.execute(MAKE_ADMINISTRATOR, [username, passwordHash]);
    if (given !== 1)
      throw new Error('there is no administrator role: bring the schema up to date first (npm run migrate)');
  }
}
