import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { SentToken } from '../../../platform/security/session-credential.js';
import { WrongPassword } from '../auth.errors.js';
import type { ChangePassword } from '../auth.schemas.js';
import { CredentialsRepository } from '../credentials.repository.js';
import type { Device } from '../device.js';
import { MfaRepository } from '../mfa/mfa.repository.js';
import { PasswordPolicyService } from '../password-policy.service.js';
import { PasswordProofsService } from '../password-proofs.service.js';
import { PasswordService } from '../password.service.js';
import { hashSessionToken, newSessionToken } from '../session-token.js';
import { SessionsRepository, type OpenSession } from '../sessions.repository.js';

/** A session of the caller. */
export type OwnSession = OpenSession & { readonly isThisOne: boolean };

/** The caller's own password and sessions. */
@Injectable()
export class AccountService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly mfa: MfaRepository,
    private readonly proofs: PasswordProofsService,
    private readonly policy: PasswordPolicyService,
    private readonly passwords: PasswordService,
  ) {}

  /**
   * Changes the caller's password and ends his other sessions; the one he does it in goes by another token, which is answered, where it
   * goes by a cookie. Throws WrongPassword, PasswordRefused, TooManyAttempts.
   */
  async changePassword(
    ctx: RequestContext,
    input: z.output<typeof ChangePassword>,
    by: SentToken['by'],
    device: Device,
  ): Promise<string | undefined> {
    const { userId, username, sessionId } = ctx.actor;
    const { fullName, kinds } = await this.uow.read(ctx, async (tx) => ({
      ...(await this.credentials.profile(tx, userId)),
      ...(await this.mfa.state(tx, userId)),
    }));
    await this.policy.check({
      password: input.newPassword,
      username,
      fullName,
      pointer: '/newPassword',
      stands: kinds.length > 0 ? 'with-factor' : 'alone',
    });
    const user = await this.proofs.verify(username, input.currentPassword, device);
    if (!user) throw new WrongPassword('currentPassword');
    const passwordHash = await this.passwords.hash(input.newPassword);
    const token = by === 'cookie' ? newSessionToken() : undefined;
    await this.uow.run(ctx, async (tx) => {
      if (!(await this.credentials.replacePassword(tx, userId, user.passwordHash, passwordHash)))
        throw new WrongPassword('currentPassword');
      await this.sessions.revokeOfUser(tx, userId, sessionId);
      if (token !== undefined) await this.sessions.rotate(tx, sessionId, hashSessionToken(token));
    });
    return token;
  }

  /** Where the caller is signed in. */
  async openSessions(ctx: RequestContext): Promise<OwnSession[]> {
    const { userId, sessionId } = ctx.actor;
    const open = await this.uow.read(ctx, (tx) => this.sessions.openOf(tx, userId));
    return open.map((session) => ({ ...session, isThisOne: session.sessionId === sessionId }));
  }

  /** Ends one of the caller's sessions. Throws NotFound. */
  async endSession(ctx: RequestContext, sessionId: number): Promise<void> {
    const isEnded = await this.uow.run(ctx, (tx) => this.sessions.revoke(tx, sessionId, ctx.actor.userId));
    if (!isEnded) throw new NotFound('session');
  }

  /** Ends all of the caller's sessions but this one. */
  endOthers(ctx: RequestContext): Promise<void> {
    return this.uow.run(ctx, (tx) => this.sessions.revokeOfUser(tx, ctx.actor.userId, ctx.actor.sessionId));
  }
}
