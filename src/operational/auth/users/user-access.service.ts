import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { AccessRepository } from '../access.repository.js';
import { assertMayChange, assertMaySetPassword, OwnAccount } from '../grants.domain.js';
import { LoginThrottle } from '../login-throttle.repository.js';
import { MfaRepository, type FactorKind, type IdentityCheckMade } from '../mfa/mfa.repository.js';
import { PasswordService } from '../password.service.js';
import { randomPassword } from '../random-password.js';
import { SessionsRepository, type OpenSession } from '../sessions.repository.js';
import { UsersRepository, type UserRow } from './users.repository.js';

/** How a user signs in, as far as who looks after users sees it. */
export interface UserAccess {
  readonly secondFactors: FactorKind[];
  readonly isMfaRequired: boolean;
  readonly sessions: OpenSession[];
}

/** Helps users who are locked out, and ends what should not go on. What it gives away is used up or changed at once. */
@Injectable()
export class UserAccessService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly access: AccessRepository,
    private readonly sessions: SessionsRepository,
    private readonly mfa: MfaRepository,
    private readonly passwords: PasswordService,
    private readonly throttle: LoginThrottle,
  ) {}

  /** Throws NotFound. */
  find(ctx: RequestContext, userId: number): Promise<UserAccess> {
    return this.uow.read(ctx, async (tx) => {
      await this.visible(tx, ctx.actor.branchIds, userId);
      const [{ kinds, isRequired }, sessions] = await Promise.all([
        this.mfa.state(tx, userId),
        this.sessions.openOf(tx, userId),
      ]);
      return { secondFactors: kinds, isMfaRequired: isRequired, sessions };
    });
  }

  /** Ends all sessions of a user. Throws NotFound, Forbidden. */
  endSessions(ctx: RequestContext, userId: number): Promise<void> {
    return this.uow.run(ctx, async (tx) => {
      await this.changeable(tx, ctx, userId);
      await this.sessions.revokeOfUser(tx, userId, ctx.actor.sessionId);
    });
  }

  /**
   * Takes the second factors of a user who lost them away, and ends his sessions; `check` says how it was made sure that he asked, and stays on record.
   * Throws NotFound, Forbidden, OwnAccount.
   */
  resetMfa(ctx: RequestContext, userId: number, check: IdentityCheckMade): Promise<void> {
    return this.uow.run(ctx, async (tx) => {
      await this.another(tx, ctx, userId);
      await this.mfa.insertIdentityCheck(tx, userId, ctx.actor.userId, check);
      await this.mfa.removeAll(tx, userId);
      await this.sessions.revokeOfUser(tx, userId);
    });
  }

  /**
   * Makes up a password for a user, to be told to him: it is good for three days, and until he has set his own nothing else is open to
   * him. Ends his sessions, and the count of his failures. Throws NotFound, Forbidden, OwnAccount.
   */
  async setOneTimePassword(
    ctx: RequestContext,
    userId: number,
  ): Promise<{ password: string; expiresAt: Date }> {
    const password = randomPassword();
    const passwordHash = await this.passwords.hash(password);
    const made = await this.uow.run(ctx, async (tx) => {
      const user = await this.another(tx, ctx, userId);
      const expiresAt = await this.users.setOneTimePassword(tx, userId, passwordHash);
      await this.sessions.revokeOfUser(tx, userId);
      return { username: user.username, expiresAt };
    });
    await this.throttle.succeeded({ username: made.username });
    return { password, expiresAt: made.expiresAt };
  }

  /** Somebody else, whose password and factors the actor may replace: he would gain nothing by it. */
  private async another(tx: Tx, ctx: RequestContext, userId: number): Promise<UserRow> {
    if (userId === ctx.actor.userId)
      throw new OwnAccount('Change your own password and second factors under your account.');
    return this.changeable(tx, ctx, userId, true);
  }

  private async changeable(tx: Tx, ctx: RequestContext, userId: number, wholly = false): Promise<UserRow> {
    const own = await this.access.lockFor(tx, ctx.actor, 'ManageUsers');
    const user = await this.visible(tx, own.branchIds, userId);
    const held = await this.access.holdingsOf(tx, userId);
    if (!held) throw new NotFound('user');
    assertMayChange(own, 'user', held.permissions);
    if (wholly) assertMaySetPassword(own, held);
    return user;
  }

  private async visible(tx: Tx, from: readonly number[], userId: number): Promise<UserRow> {
    const user = await this.users.find(tx, from, userId);
    if (!user) throw new NotFound('user');
    return user;
  }
}
