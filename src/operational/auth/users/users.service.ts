import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { FactorGrace } from '../../../platform/security/factor-grace.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { Clock } from '../../../platform/time/clock.js';
import { AccessRepository } from '../access.repository.js';
import {
  assertMayAssignBranches,
  assertMayChange,
  assertMayGrant,
  OwnAccount,
  sameSet,
  type Holdings,
} from '../grants.domain.js';
import { PasswordPolicyService } from '../password-policy.service.js';
import { PasswordService } from '../password.service.js';
import { randomPassword } from '../random-password.js';
import { SessionsRepository } from '../sessions.repository.js';
import { UsersRepository, type UserRow } from './users.repository.js';
import type { CreateUser, UpdateUser, UserQuery } from './users.schemas.js';

const DAY_MS = 24 * 3600 * 1000;

type Changes = z.output<typeof UpdateUser>;

/** The staff: who signs in, with which roles, at which branches. Nobody gives what he does not hold himself. */
@Injectable()
export class UsersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly access: AccessRepository,
    private readonly sessions: SessionsRepository,
    private readonly policy: PasswordPolicyService,
    private readonly passwords: PasswordService,
    private readonly grace: FactorGrace,
    private readonly clock: Clock,
  ) {}

  /** Those the actor shares a branch with, and those who have none yet. */
  findPage(ctx: RequestContext, query: z.output<typeof UserQuery>): Promise<Page<UserRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.users.findPage(tx, ctx.actor.branchIds, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  findOne(ctx: RequestContext, userId: number): Promise<UserRow> {
    return this.uow.read(ctx, (tx) => this.visible(tx, ctx.actor.branchIds, userId));
  }

  /**
   * Makes a user. Without a password nobody knows one; one that was chosen for him is to be changed, at once where that is said, else within the
   * time of a new account. Throws CannotGrant, PasswordRefused, Duplicate.
   */
  async create(ctx: RequestContext, input: z.output<typeof CreateUser>): Promise<UserRow> {
    const { roleIds, branchIds, password, mustChangePassword, ...values } = input;
    const isToBeChanged = password === undefined || mustChangePassword !== false;
    if (password !== undefined)
      await this.policy.check({
        password,
        username: input.username,
        fullName: input.fullName,
        pointer: '/password',
        stands: isToBeChanged ? 'first' : 'alone',
      });
    const passwordHash = await this.passwords.hash(password ?? randomPassword());
    const hasGrace = password !== undefined && mustChangePassword === undefined;
    return this.uow.run(ctx, async (tx) => {
      const own = await this.access.lockFor(tx, ctx.actor, 'ManageUsers');
      assertMayGrant(own, await this.access.permissionsOfRoles(tx, roleIds));
      assertMayAssignBranches(own, [], branchIds);
      const userId = await this.users.insert(tx, {
        ...values,
        passwordHash,
        mustChangePassword: isToBeChanged,
        passwordGraceUntil: hasGrace ? new Date(this.clock.now().getTime() + this.grace.days * DAY_MS) : null,
      });
      await this.users.setRoles(tx, userId, roleIds);
      await this.users.setBranches(tx, userId, branchIds);
      return this.visible(tx, own.branchIds, userId);
    });
  }

  /**
   * Changes a user. Disabling him ends all his sessions at once.
   * Throws NotFound, StaleVersion, CannotGrant, Forbidden, OwnAccount.
   */
  async update(ctx: RequestContext, userId: number, input: Changes): Promise<UserRow> {
    const { version, roleIds, branchIds, password: _, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const own = await this.access.lockFor(tx, ctx.actor, 'ManageUsers');
      const before = await this.visible(tx, own.branchIds, userId);
      await this.assertMayUpdate(tx, own, ctx.actor.userId, before, input);
      const updated = await this.users.update(tx, userId, version, {
        ...values,
        // What is asked for now is asked for at once.
        ...(values.mustChangePassword === true ? { passwordGraceUntil: null } : {}),
      });
      if (!updated) throw new StaleVersion('user');
      if (roleIds) await this.users.setRoles(tx, userId, roleIds);
      if (branchIds) await this.users.setBranches(tx, userId, branchIds);
      if (values.status === 'disabled') await this.sessions.revokeOfUser(tx, userId);
      return this.visible(tx, [...own.branchIds, ...before.branches.map((b) => b.branchId)], userId);
    });
  }

  private async assertMayUpdate(
    tx: Tx,
    own: Holdings,
    actorId: number,
    before: UserRow,
    input: Changes,
  ): Promise<void> {
    const held = await this.access.holdingsOf(tx, before.userId);
    if (!held) throw new NotFound('user');
    assertMayChange(own, 'user', held.permissions);
    if (input.roleIds) assertMayGrant(own, await this.access.permissionsOfRoles(tx, input.roleIds));
    if (input.branchIds) assertMayAssignBranches(own, held.branchIds, input.branchIds);
    if (before.userId === actorId) assertLeavesOwnAccount(before, input);
  }

  private async visible(tx: Tx, from: readonly number[], userId: number): Promise<UserRow> {
    const user = await this.users.find(tx, from, userId);
    if (!user) throw new NotFound('user');
    return user;
  }
}

/** His own name one may change; rights, branches and status of oneself are for others. */
function assertLeavesOwnAccount(before: UserRow, input: Changes): void {
  if (input.status === 'disabled') throw new OwnAccount('You cannot disable yourself. Somebody else has to.');
  const roleIds = before.roles.map((role) => role.roleId);
  const branchIds = before.branches.map((branch) => branch.branchId);
  if (!sameSet(input.roleIds ?? roleIds, roleIds) || !sameSet(input.branchIds ?? branchIds, branchIds))
    throw new OwnAccount('You cannot change your own roles or branches. Somebody else has to.');
}
