import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Forbidden, RuleViolation, Unauthenticated } from '../../platform/errors/domain-error.js';
import type { Permission } from '../../platform/security/permissions.js';
import type { Actor } from '../../platform/security/request-context.js';
import type { Holdings } from './grants.domain.js';

/** Key of the lock under which rights are changed. Any constant does; this spells "ACCS". */
const ACCESS_LOCK = 0x41434353;

const LOCK = 'select /* access.lock */ pg_advisory_xact_lock($1)';

const HOLDINGS = `
select /* access.holdings */ u.status,
  array(select distinct p.name from operational.user_roles ur
    join operational.role_permissions rp using (role_id) join operational.permissions p using (permission_id)
    where ur.user_id = u.user_id) as permissions,
  array(select branch_id from operational.user_branches ub where ub.user_id = u.user_id) as "branchIds"
from operational.users u where u.user_id = $1`;

const PERMISSIONS_OF_ROLES = `
select /* access.permissionsOfRoles */ r.role_id as "roleId",
  array(select p.name from operational.role_permissions rp join operational.permissions p using (permission_id)
    where rp.role_id = r.role_id) as permissions
from operational.roles r where r.role_id = any ($1::integer[])`;

/** Who holds which rights, as the database has it at this moment. */
@Injectable()
export class AccessRepository {
  /**
   * Lets one change of rights run at a time and answers what the actor holds now, so that two changes at once cannot
   * give what was being taken away. Throws Unauthenticated or Forbidden when he lost his own right meanwhile.
   */
  async lockFor(tx: Tx, actor: Actor, needed: Permission): Promise<Holdings> {
    await tx.execute(LOCK, [ACCESS_LOCK]);
    const own = await this.holdingsOf(tx, actor.userId);
    if (!own?.active) throw new Unauthenticated('Sign in first.');
    if (!own.permissions.has(needed)) throw new Forbidden(`This needs the permission ${needed}.`);
    return own;
  }

  async holdingsOf(tx: Tx, userId: number): Promise<(Holdings & { active: boolean }) | undefined> {
    const row = await tx.maybeOne<{ status: string; permissions: string[]; branchIds: number[] }>(HOLDINGS, [
      userId,
    ]);
    if (!row) return undefined;
    return {
      active: row.status === 'active',
      permissions: new Set(row.permissions),
      branchIds: row.branchIds,
    };
  }

  /** Every permission the roles give together; throws RuleViolation when one of the roles does not exist. */
  async permissionsOfRoles(tx: Tx, roleIds: readonly number[]): Promise<Set<string>> {
    const rows = await tx.query<{ roleId: number; permissions: string[] }>(PERMISSIONS_OF_ROLES, [roleIds]);
    if (rows.length < new Set(roleIds).size)
      throw new RuleViolation('One of the roles does not exist.', {}, [
        { pointer: '/roleIds', detail: 'names a role that does not exist' },
      ]);
    return new Set(rows.flatMap((row) => row.permissions));
  }
}
