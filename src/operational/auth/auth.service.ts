import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext, type RequestContext } from '../../platform/security/request-context.js';
import { InvalidCredentials } from './auth.errors.js';
import type { Login, MeView } from './auth.schemas.js';
import { CredentialsRepository } from './credentials.repository.js';
import type { Device } from './device.js';
import { LoginThrottle } from './login-throttle.repository.js';
import { InvalidSecondFactor } from './mfa/mfa.errors.js';
import type { PasskeySignIn } from './mfa/mfa.schemas.js';
import { SecondFactorsService } from './mfa/second-factors.service.js';
import { SecurityKeysService } from './mfa/security-keys.service.js';
import { PasswordProofsService } from './password-proofs.service.js';
import { SessionOpenerService, type Opened } from './session-opener.service.js';
import { SessionsRepository } from './sessions.repository.js';

/** Failed passkeys are counted together: nobody says whose they might be. */
const PASSKEY = 'passkey';

/** Signing in and out, and what the caller is told of himself. */
@Injectable()
export class AuthService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly opener: SessionOpenerService,
    private readonly passwords: PasswordProofsService,
    private readonly factors: SecondFactorsService,
    private readonly keys: SecurityKeysService,
    private readonly throttle: LoginThrottle,
  ) {}

  /**
   * By password, and the second factor of who has one. A wrong factor counts as a wrong password does.
   * Throws InvalidCredentials, TooManyAttempts, SecondFactorRequired, InvalidSecondFactor, OtpNotEnrolled.
   */
  async login(input: z.output<typeof Login>, device: Device): Promise<Opened> {
    const attempt = await this.passwords.attemptOf(input.username, device);
    const user = await this.passwords.judge(attempt, input.password);
    if (!user) throw new InvalidCredentials();
    const secondFactor = await this.factors
      .atSignIn(user.userId, input, device)
      .catch(async (error: unknown) => {
        if (error instanceof InvalidSecondFactor) await this.throttle.failed(attempt);
        throw error;
      });
    // Codes guessed all at once gain nothing either.
    await this.throttle.check(attempt);
    await this.throttle.succeeded(attempt);
    return this.opener.open(user, { openedBy: 'password', secondFactor }, device);
  }

  /** What a browser needs to sign in by passkey. Throws SecurityKeysUnavailable, TooManyAttempts. */
  async passkeyOptions(device: Device): Promise<object> {
    await this.throttle.check({ username: PASSKEY, address: device.address });
    return this.keys.askForPasskey(device);
  }

  /** By passkey alone: the device has verified who holds it. Throws InvalidSecondFactor, TooManyAttempts. */
  async passkeySignIn({ assertion }: z.output<typeof PasskeySignIn>, device: Device): Promise<Opened> {
    const attempt = { username: PASSKEY, address: device.address };
    await this.throttle.check(attempt);
    const key = await this.keys.judgePasskey(assertion, device);
    const user =
      key && (await this.uow.read(systemContext(), (tx) => this.credentials.find(tx, key.username)));
    if (user?.status !== 'active') {
      await this.throttle.failed(attempt);
      throw new InvalidSecondFactor();
    }
    return this.opener.open(user, { openedBy: 'passkey', secondFactor: 'webauthn' }, device);
  }

  /** Ends the session of the request: its cookie and its bearer token are the same and die together. */
  async logout(ctx: RequestContext): Promise<void> {
    await this.uow.run(ctx, (tx) => this.sessions.revoke(tx, ctx.actor.sessionId));
  }

  /** The caller with his rights and branches. */
  async me(ctx: RequestContext): Promise<z.input<typeof MeView>> {
    const profile = await this.uow.read(ctx, (tx) => this.credentials.profile(tx, ctx.actor.userId));
    return {
      ...profile,
      permissions: [...ctx.actor.permissions].sort(),
      branchId: ctx.branchId > 0 ? ctx.branchId : null,
      due: ctx.actor.due ?? null,
      factorDaysLeft: ctx.actor.factorDaysLeft ?? null,
    };
  }
}
