import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { SentToken } from '../../../platform/security/session-credential.js';
import { AccessRepository } from '../access.repository.js';
import { WrongPassword } from '../auth.errors.js';
import type { StepUp, StepUpView, WitnessSign, WitnessSigned } from '../auth.schemas.js';
import type { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.repository.js';
import { WrongSecondFactor } from '../mfa/mfa.errors.js';
import { SecondFactorsService } from '../mfa/second-factors.service.js';
import { SecurityKeysService } from '../mfa/security-keys.service.js';
import { PasswordProofsService } from '../password-proofs.service.js';
import { QuickProofsService } from '../quick-unlock/quick-proofs.service.js';
import { contextOf } from '../session-opener.service.js';
import { hashSessionToken, newSessionToken } from '../session-token.js';
import { SessionsRepository } from '../sessions.repository.js';
import { StepUpsRepository, type Proof } from '../step-up/step-up.repository.js';
import { STEP_UP_SECONDS } from '../step-up/step-up.service.js';
import { WitnessRefused } from '../witness/witness.errors.js';
import { WitnessSignaturesRepository } from '../witness/witness-signatures.repository.js';

type Sent = z.output<typeof StepUp>;

/** A confirmation; `sessionToken` is what the browser's session goes by from now on. */
export type Confirmed = z.output<typeof StepUpView> & { readonly sessionToken: string | undefined };

/** Proving again who one is, in a session that is going on: for oneself, and as somebody's second person. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: AccessRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordProofsService,
    private readonly factors: SecondFactorsService,
    private readonly keys: SecurityKeysService,
    private readonly quick: QuickProofsService,
    private readonly throttle: LoginThrottle,
    private readonly stepUps: StepUpsRepository,
    private readonly signatures: WitnessSignaturesRepository,
  ) {}

  /**
   * Confirms the caller: his session counts as proven for five minutes, and the token confirms one grave command in it. A session
   * that goes by a cookie gets another one. A PIN or badge counts at the counter alone.
   * Throws WrongPassword, WrongSecondFactor, PinLocked, TooManyAttempts.
   */
  async stepUp(ctx: RequestContext, sent: Sent, by: SentToken['by'], device: Device): Promise<Confirmed> {
    const { userId, sessionId } = ctx.actor;
    const proof = await this.prove(ctx, sent, device);
    const token = newSessionToken();
    const sessionToken = by === 'cookie' ? newSessionToken() : undefined;
    const expiresAt = await this.uow.run(ctx, async (tx) => {
      if (sessionToken !== undefined)
        await this.sessions.rotate(tx, sessionId, hashSessionToken(sessionToken));
      return this.stepUps.insert(tx, {
        userId,
        sessionId,
        tokenHash: hashSessionToken(token),
        seconds: STEP_UP_SECONDS,
        proof,
      });
    });
    return { token, expiresAt, sessionToken };
  }

  /** What the caller's browser needs to let a security key confirm him; null: he has none that works here. */
  async keyOptions(ctx: RequestContext, device: Device): Promise<object | null> {
    return (await this.keys.ask(ctx.actor.userId, 'step-up', device)) ?? null;
  }

  /**
   * Another user signs as second person by his password, in the session of the caller, for one movement within five minutes.
   * Throws WrongPassword, TooManyAttempts; WitnessRefused for the caller himself, and for who may not witness at the branch.
   */
  async witness(
    ctx: RequestContext,
    input: z.output<typeof WitnessSign>,
    device: Device,
  ): Promise<z.output<typeof WitnessSigned>> {
    const user = await this.passwords.verify(input.username, input.password, device);
    if (!user) throw new WrongPassword('password');
    if (user.userId === ctx.actor.userId) throw new WitnessRefused('same-person');
    const token = newSessionToken();
    const { actor, ...context } = contextOf(user, ctx.requestId);
    const { branchId } = ctx;
    const asWitness = { ...context, branchId, actor: { ...actor, branchIds: [branchId] } };
    const expiresAt = await this.uow.run(asWitness, async (tx) => {
      const held = await this.access.holdingsOf(tx, user.userId);
      if (!held?.permissions.has('WitnessStock') || !held.branchIds.includes(ctx.branchId))
        throw new WitnessRefused('no-right');
      return this.signatures.insert(tx, {
        branchId: ctx.branchId,
        witnessId: user.userId,
        sessionId: ctx.actor.sessionId,
        tokenHash: hashSessionToken(token),
        seconds: STEP_UP_SECONDS,
      });
    });
    return { token, expiresAt, witnessId: user.userId, witnessName: user.fullName };
  }

  private async prove(ctx: RequestContext, sent: Sent, device: Device): Promise<Proof> {
    const { userId, username } = ctx.actor;
    if ('password' in sent) {
      if (!(await this.passwords.verify(username, sent.password, device)))
        throw new WrongPassword('password');
      return 'password';
    }
    if ('pin' in sent) {
      if ((await this.quick.byPin(username, sent.pin, device))?.userId !== userId)
        throw new WrongPassword('pin');
      return 'pin';
    }
    if ('badge' in sent) {
      if ((await this.quick.byBadge(sent.badge, device))?.userId !== userId) throw new WrongPassword('badge');
      return 'badge';
    }
    const attempt = await this.passwords.attemptOf(username, device);
    await this.throttle.check(attempt);
    const used = await this.factors.judge(userId, sent, 'step-up', device);
    if (!used) {
      await this.throttle.failed(attempt);
      throw new WrongSecondFactor('otp' in sent ? 'otp' : 'assertion');
    }
    return used;
  }
}
