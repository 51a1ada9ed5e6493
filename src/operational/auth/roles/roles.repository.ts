import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import { PermissionEntry } from './permission.entity.js';
import { Role } from './role.entity.js';

/** A role as the API shows it. */
export interface RoleRow {
  readonly roleId: number;
  readonly name: string;
  readonly description: string;
  readonly isSystem: boolean;
  /** Who has it and no second factor can, once his time for it is over, do nothing but set one up. */
  readonly requiresMfa: boolean;
  readonly permissions: string[];
  readonly version: number;
}

const FIND = `
select /* roles.find */ r.role_id as "roleId", r.name, r.description, r.is_system as "isSystem", r.requires_mfa as "requiresMfa",
  array(select p.name from operational.role_permissions rp join operational.permissions p using (permission_id)
    where rp.role_id = r.role_id order by p.name) as permissions, r.version
from operational.roles r
where ($1::integer is null or r.role_id = $1) and ($2::text is null or r.name ilike $2)
order by r.name, r.role_id limit $3 offset $4`;

const COUNT = `
select /* roles.count */ count(*) as total from operational.roles r where ($1::text is null or r.name ilike $1)`;

const REMOVE_PERMISSIONS = `
delete /* roles.removePermissions */ from operational.role_permissions rp using operational.permissions p
where rp.permission_id = p.permission_id and rp.role_id = $1 and p.name <> all ($2::text[])`;

const ADD_PERMISSIONS = `
insert /* roles.addPermissions */ into operational.role_permissions (role_id, permission_id)
select $1, permission_id from operational.permissions where name = any ($2::text[]) on conflict do nothing`;

@Injectable()
export class RolesRepository {
  async findPage(tx: Tx, filter: { q?: string; page: number; limit: number }): Promise<[RoleRow[], number]> {
    const q = filter.q === undefined ? null : `%${escapeLike(filter.q)}%`;
    const { total } = await tx.one<{ total: number }>(COUNT, [q]);
    const offset = (filter.page - 1) * filter.limit;
    return [await tx.query<RoleRow>(FIND, [null, q, filter.limit, offset]), total];
  }

  async find(tx: Tx, roleId: number): Promise<RoleRow | undefined> {
    return tx.maybeOne<RoleRow>(FIND, [roleId, null, 1, 0]);
  }

  async insert(tx: Tx, values: Partial<Role>): Promise<number> {
    const { identifiers } = await tx.manager.insert(Role, values);
    return Number(identifiers[0]?.roleId);
  }

  /** Changes the row when it still has the version; false when it does not. */
  async update(tx: Tx, roleId: number, version: number, values: Partial<Role>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      Role,
      { roleId, version },
      { ...values, version: version + 1 },
    );
    return affected === 1;
  }

  /** Makes these the role's permissions; only what differs is written, and audited. */
  async setPermissions(tx: Tx, roleId: number, names: readonly string[]): Promise<void> {
    await tx.execute(REMOVE_PERMISSIONS, [roleId, names]);
    await tx.execute(ADD_PERMISSIONS, [roleId, names]);
  }

  async findPermissions(tx: Tx, page: number, limit: number): Promise<[PermissionEntry[], number]> {
    return tx.manager.findAndCount(PermissionEntry, {
      order: { name: 'ASC' },
      skip: (page - 1) * limit,
      take: limit,
    });
  }
}
