import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import { User } from './user.entity.js';

/** A user as the API shows him. */
export interface UserRow {
  readonly userId: number;
  readonly username: string;
  readonly fullName: string;
  readonly licenceNumber: string | null;
  readonly status: 'active' | 'disabled';
  readonly mustChangePassword: boolean;
  readonly isSample: boolean;
  readonly roles: { readonly roleId: number; readonly name: string }[];
  readonly branches: { readonly branchId: number; readonly code: string; readonly name: string }[];
  readonly createdAt: Date;
  readonly version: number;
}

/** Whom a manager sees: those he shares a branch with, and those who have none yet. $1: his branches. */
const FIND = `
select /* users.find */ u.user_id as "userId", u.username, u.full_name as "fullName",
  u.licence_number as "licenceNumber", u.status, u.must_change_password as "mustChangePassword",
  u.is_sample as "isSample", u.created_at as "createdAt", u.version,
  coalesce((select json_agg(json_build_object('roleId', r.role_id, 'name', r.name) order by r.name)
    from operational.user_roles ur join operational.roles r using (role_id) where ur.user_id = u.user_id), '[]') as roles,
  coalesce((select json_agg(json_build_object('branchId', b.branch_id, 'code', b.code, 'name', b.name) order by b.branch_id)
    from operational.user_branches ub join operational.branches b using (branch_id) where ub.user_id = u.user_id), '[]') as branches
from operational.users u
where ($2::integer is null or u.user_id = $2)
  and ($3::text is null or u.username ilike $3 or u.full_name ilike $3) and ($4::text is null or u.status = $4)
  and (not exists (select from operational.user_branches ub where ub.user_id = u.user_id)
    or exists (select from operational.user_branches ub where ub.user_id = u.user_id and ub.branch_id = any ($1::integer[])))
order by u.username limit $5 offset $6`;

const COUNT = `
select /* users.count */ count(*) as total
from operational.users u
where ($2::text is null or u.username ilike $2 or u.full_name ilike $2) and ($3::text is null or u.status = $3)
  and (not exists (select from operational.user_branches ub where ub.user_id = u.user_id)
    or exists (select from operational.user_branches ub where ub.user_id = u.user_id and ub.branch_id = any ($1::integer[])))`;

const REMOVE_ROLES = `
delete /* users.removeRoles */ from operational.user_roles where user_id = $1 and role_id <> all ($2::integer[])`;

const ADD_ROLES = `
insert /* users.addRoles */ into operational.user_roles (user_id, role_id)
select $1, unnest($2::integer[]) on conflict do nothing`;

const REMOVE_BRANCHES = `
delete /* users.removeBranches */ from operational.user_branches where user_id = $1 and branch_id <> all ($2::integer[])`;

const ADD_BRANCHES = `
insert /* users.addBranches */ into operational.user_branches (user_id, branch_id)
select $1, unnest($2::integer[]) on conflict do nothing`;

const SET_ONE_TIME_PASSWORD = `
update /* users.setOneTimePassword */ operational.users
set password_hash = $2, must_change_password = true, one_time_password_until = now() + interval '72 hours', version = version + 1
where user_id = $1 returning one_time_password_until as "expiresAt"`;

@Injectable()
export class UsersRepository {
  /** A page by user name, with the number of all, of those visible from the branches given. */
  async findPage(
    tx: Tx,
    visibleFrom: readonly number[],
    filter: { q?: string; status?: string; page: number; limit: number },
  ): Promise<[UserRow[], number]> {
    const q = filter.q === undefined ? null : `%${escapeLike(filter.q)}%`;
    const status = filter.status ?? null;
    const { total } = await tx.one<{ total: number }>(COUNT, [visibleFrom, q, status]);
    const offset = (filter.page - 1) * filter.limit;
    return [await tx.query<UserRow>(FIND, [visibleFrom, null, q, status, filter.limit, offset]), total];
  }

  async find(tx: Tx, visibleFrom: readonly number[], userId: number): Promise<UserRow | undefined> {
    return tx.maybeOne<UserRow>(FIND, [visibleFrom, userId, null, null, 1, 0]);
  }

  async insert(tx: Tx, values: Partial<User>): Promise<number> {
    const { identifiers } = await tx.manager.insert(User, values);
    return Number(identifiers[0]?.userId);
  }

  /** Changes the row when it still has the version; false when it does not. */
  async update(tx: Tx, userId: number, version: number, values: Partial<User>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      User,
      { userId, version },
      { ...values, version: version + 1 },
    );
    return affected === 1;
  }

  /** Answers until when it is good. */
  async setOneTimePassword(tx: Tx, userId: number, passwordHash: string): Promise<Date> {
    return (await tx.one<{ expiresAt: Date }>(SET_ONE_TIME_PASSWORD, [userId, passwordHash])).expiresAt;
  }

  /** Makes these the user's roles; only what differs is written, and audited. */
  async setRoles(tx: Tx, userId: number, roleIds: readonly number[]): Promise<void> {
    await tx.execute(REMOVE_ROLES, [userId, roleIds]);
    await tx.execute(ADD_ROLES, [userId, roleIds]);
  }

  /** Makes these the user's branches; only what differs is written, and audited. */
  async setBranches(tx: Tx, userId: number, branchIds: readonly number[]): Promise<void> {
    await tx.execute(REMOVE_BRANCHES, [userId, branchIds]);
    await tx.execute(ADD_BRANCHES, [userId, branchIds]);
  }
}
