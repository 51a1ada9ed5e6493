import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Unauthenticated } from '../../../platform/errors/domain-error.js';
import { systemContext, type RequestContext } from '../../../platform/security/request-context.js';
import { InvalidCredentials, WrongPassword } from '../auth.errors.js';
import type { LoginView } from '../auth.schemas.js';
import { AuthService, contextOf } from '../auth.service.js';
import { CredentialsRepository, type Credentials } from '../credentials.repository.js';
import type { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.repository.js';
import { PasswordService } from '../password.service.js';
import { hashSessionToken, newSessionToken } from '../session-token.js';
import { SessionsRepository } from '../sessions.repository.js';
import { checkNewPin, normalizeBadge } from './pin.domain.js';
import { PinLocked } from './quick-unlock.errors.js';
import { QuickUnlockRepository, type QuickUnlockState } from './quick-unlock.repository.js';
import type { DeviceView, SetBadge, SetPin, Unlock } from './quick-unlock.schemas.js';

type Proof = z.output<typeof Unlock>;
type OpenedBy = 'password' | 'pin' | 'badge';

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
    private readonly auth: AuthService,
    private readonly credentials: CredentialsRepository,
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
   * Opens a session for who proves himself, in place of the one the token is of, locked or not. Throws Unauthenticated
   * without such a session, InvalidCredentials, PinLocked, TooManyAttempts.
   */
  async unlock(token: string | undefined, proof: Proof, device: Device): Promise<z.input<typeof LoginView>> {
    const old = token === undefined ? undefined : await this.sessions.findDevice(hashSessionToken(token));
    if (!old) throw new Unauthenticated('Sign in first.');
    const { user, openedBy } = await this.prove(proof, device);
    const fresh = newSessionToken();
    const isOpened = await this.uow.run(contextOf(user, device.requestId), async (tx) => {
      // Whoever comes second with the same session finds it ended.
      if (!(await this.sessions.revoke(tx, old.sessionId))) throw new Unauthenticated('Sign in first.');
      return this.sessions.open(tx, {
        userId: user.userId,
        passwordHash: user.passwordHash,
        tokenHash: hashSessionToken(fresh),
        userAgent: device.userAgent?.slice(0, 300) ?? null,
        ipAddress: device.address,
        openedBy,
        inPlaceOf: openedBy === 'password' ? null : old.sessionId,
      });
    });
    if (!isOpened) throw new InvalidCredentials();
    const { userId, username, fullName, mustChangePassword } = user;
    return { token: fresh, user: { userId, username, fullName }, mustChangePassword };
  }

  private async prove(proof: Proof, device: Device): Promise<{ user: Credentials; openedBy: OpenedBy }> {
    if ('badge' in proof) return { user: await this.byBadge(proof.badge, device), openedBy: 'badge' };
    if ('pin' in proof) return { user: await this.byPin(proof, device), openedBy: 'pin' };
    const user = await this.auth.verify(proof.username, proof.password, device.address);
    if (!user) throw new InvalidCredentials();
    return { user, openedBy: 'password' };
  }

  private async byBadge(code: string, device: Device): Promise<Credentials> {
    // Codes that are tried are counted together, whoever's they might be.
    await this.throttle.check('badge', device.address);
    const badgeHash = hashSessionToken(normalizeBadge(code));
    const user = await this.uow.read(systemContext(), async (tx) => {
      const username = await this.unlocks.findBadge(tx, badgeHash);
      return username === undefined ? undefined : this.credentials.find(tx, username);
    });
    if (user?.status === 'active') return user;
    await this.throttle.failed('badge', device.address);
    throw new InvalidCredentials();
  }

  private async byPin(proof: { username: string; pin: string }, device: Device): Promise<Credentials> {
    await this.throttle.check(proof.username, device.address);
    const found = await this.uow.read(systemContext(), async (tx) => {
      const user = await this.credentials.find(tx, proof.username);
      return user && { user, state: await this.unlocks.state(tx, user.userId) };
    });
    if (found?.state.isPinLocked) throw new PinLocked();
    const pinHash =
      found && (await this.uow.run(systemContext(), (tx) => this.unlocks.tryPin(tx, found.user.userId)));
    const isRight = await this.passwords.verify(pinHash, proof.pin);
    if (!found || pinHash === undefined || !isRight || found.user.status !== 'active') {
      await this.throttle.failed(proof.username, device.address);
      throw new InvalidCredentials();
    }
    await this.uow.run(systemContext(), (tx) => this.unlocks.pinWasRight(tx, found.user.userId, pinHash));
    return found.user;
  }

  private async confirm(ctx: RequestContext, password: string, device: Device): Promise<void> {
    if (!(await this.auth.verify(ctx.actor.username, password, device.address)))
      throw new WrongPassword('password');
  }
}
