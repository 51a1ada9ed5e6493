import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Unauthenticated } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { InvalidCredentials, WrongPassword } from '../auth.errors.js';
import type { Credentials } from '../credentials.repository.js';
import type { Device } from '../device.js';
import { LoginThrottle, type Attempt } from '../login-throttle.repository.js';
import { InvalidSecondFactor } from '../mfa/mfa.errors.js';
import { SecondFactorsService } from '../mfa/second-factors.service.js';
import { PasswordProofsService } from '../password-proofs.service.js';
import { PasswordService } from '../password.service.js';
import { SessionOpenerService, type Opened } from '../session-opener.service.js';
import { hashSessionToken } from '../session-token.js';
import { SessionsRepository, type OpenSession } from '../sessions.repository.js';
import { checkNewPin, normalizeBadge } from './pin.domain.js';
import { QuickProofsService } from './quick-proofs.service.js';
import { QuickUnlockRepository, type QuickUnlockState } from './quick-unlock.repository.js';
import type { DeviceView, SetBadge, SetPin, Unlock } from './quick-unlock.schemas.js';

type Proof = z.output<typeof Unlock>;

/** 16 random bytes in characters that every scanner sends alike. */
const newBadgeCode = (): string => `MB-${randomBytes(16).toString('hex').toUpperCase()}`;

/**
 * Locks a screen and opens it again, for the same user or another. A PIN or badge opens a session only in place of one
 * that is there, and the new one ends when the old one would have: without a password nobody works longer than 12 hours.
 */
@Injectable()
export class QuickUnlockService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly opener: SessionOpenerService,
    private readonly proofs: PasswordProofsService,
    private readonly quick: QuickProofsService,
    private readonly factors: SecondFactorsService,
    private readonly sessions: SessionsRepository,
    private readonly throttle: LoginThrottle,
    private readonly passwords: PasswordService,
    private readonly unlocks: QuickUnlockRepository,
  ) {}

  /** Whether the caller has a PIN and a badge. */
  state(ctx: RequestContext): Promise<QuickUnlockState> {
    return this.uow.read(ctx, (tx) => this.unlocks.state(tx, ctx.actor.userId));
  }

  /** Sets the caller's PIN after his password. Throws PinRefused, WrongPassword, TooManyAttempts. */
  async setPin(ctx: RequestContext, input: z.output<typeof SetPin>, device: Device): Promise<void> {
    checkNewPin(input.pin);
    await this.confirm(ctx, input.password, device);
    const pinHash = await this.passwords.hash(input.pin);
    await this.uow.run(ctx, (tx) => this.unlocks.setPin(tx, ctx.actor.userId, pinHash));
  }

  /** Gives the caller a badge after his password; answers its code, which is not kept. Throws WrongPassword, TooManyAttempts, Duplicate. */
  async setBadge(
    ctx: RequestContext,
    input: z.output<typeof SetBadge>,
    device: Device,
  ): Promise<{ code: string }> {
    await this.confirm(ctx, input.password, device);
    const code = normalizeBadge(input.code ?? newBadgeCode());
    await this.uow.run(ctx, (tx) => this.unlocks.setBadge(tx, ctx.actor.userId, hashSessionToken(code)));
    return { code };
  }

  /** Takes PIN and badge of the caller away: a badge was lost. */
  forget(ctx: RequestContext): Promise<void> {
    return this.uow.run(ctx, (tx) => this.unlocks.forget(tx, ctx.actor.userId));
  }

  /** Locks the session of the request: from now on it does nothing. */
  lock(ctx: RequestContext): Promise<void> {
    return this.uow.run(ctx, (tx) => this.sessions.lock(tx, ctx.actor.sessionId));
  }

  /** Whether a session that may be unlocked stands behind the token, and whose it is. */
  async device(token: string | undefined): Promise<z.output<typeof DeviceView>> {
    const found = token === undefined ? undefined : await this.sessions.findDevice(hashSessionToken(token));
    return { isLocked: found?.isLocked ?? false, username: found?.username ?? null };
  }

  /**
   * Opens a session for who proves himself, in place of the one the token is of, locked or not. By password it asks for the second factor
   * of who has one and has not given it within the last 12 hours. Throws Unauthenticated without such a session, InvalidCredentials,
   * PinLocked, TooManyAttempts, SecondFactorRequired.
   */
  async unlock(token: string | undefined, proof: Proof, device: Device): Promise<Opened> {
    const old = token === undefined ? undefined : await this.sessions.findDevice(hashSessionToken(token));
    if (!old) throw new Unauthenticated('Sign in first.');
    const { user, attempt, ...how } = await this.prove(proof, device);
    const opened = await this.opener.open(user, { ...how, inPlaceOf: old.sessionId }, device);
    if (attempt) await this.throttle.succeeded(attempt);
    return opened;
  }

  private async prove(
    proof: Proof,
    device: Device,
  ): Promise<{ user: Credentials; attempt?: Attempt } & Pick<OpenSession, 'openedBy' | 'secondFactor'>> {
    if ('badge' in proof)
      return {
        user: known(await this.quick.byBadge(proof.badge, device)),
        openedBy: 'badge',
        secondFactor: null,
      };
    if ('pin' in proof) {
      const user = known(await this.quick.byPin(proof.username, proof.pin, device));
      return { user, openedBy: 'pin', secondFactor: null };
    }
    const attempt = await this.proofs.attemptOf(proof.username, device);
    const user = known(await this.proofs.judge(attempt, proof.password));
    // Without a code the database has the last word: whether he gave one within the last 12 hours.
    const secondFactor =
      proof.otp === undefined
        ? null
        : await this.factors.atSignIn(user.userId, proof, device).catch(async (error: unknown) => {
            if (error instanceof InvalidSecondFactor) await this.throttle.failed(attempt);
            throw error;
          });
    return { user, attempt, openedBy: 'password', secondFactor };
  }

  private async confirm(ctx: RequestContext, password: string, device: Device): Promise<void> {
    if (!(await this.proofs.verify(ctx.actor.username, password, device)))
      throw new WrongPassword('password');
  }
}

function known(user: Credentials | undefined): Credentials {
  if (!user) throw new InvalidCredentials();
  return user;
}
