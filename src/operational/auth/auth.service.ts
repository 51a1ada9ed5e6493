import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext, type RequestContext } from '../../platform/security/request-context.js';
import { InvalidCredentials, OtpNotEnrolled, WrongPassword } from './auth.errors.js';
import type {
  ChangePassword,
  Login,
  LoginView,
  MeView,
  StepUp,
  StepUpView,
  WitnessSign,
  WitnessSigned,
} from './auth.schemas.js';
import { AccessRepository } from './access.repository.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { Device } from './device.js';
import { LoginThrottle } from './login-throttle.repository.js';
import { checkNewPassword } from './password.domain.js';
import { PasswordService } from './password.service.js';
import { hashSessionToken, newSessionToken } from './session-token.js';
import { SessionsRepository } from './sessions.repository.js';
import { StepUpsRepository } from './step-up/step-up.repository.js';
import { STEP_UP_SECONDS } from './step-up/step-up.service.js';
import { WitnessRefused } from './witness/witness.errors.js';
import { WitnessSignaturesRepository } from './witness/witness-signatures.repository.js';

/** Signing in and out, and what concerns the caller himself. */
@Injectable()
export class AuthService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly throttle: LoginThrottle,
    private readonly passwords: PasswordService,
    private readonly stepUps: StepUpsRepository,
    private readonly access: AccessRepository,
    private readonly signatures: WitnessSignaturesRepository,
  ) {}

  /**
   * Opens a session of its own for each sign-in: a token the browser brought along is never taken over.
   * Throws InvalidCredentials, TooManyAttempts, OtpNotEnrolled.
   */
  async login(input: z.output<typeof Login>, device: Device): Promise<z.input<typeof LoginView>> {
    const user = await this.verify(input.username, input.password, device.address);
    if (!user) throw new InvalidCredentials();
    if (input.otp) throw new OtpNotEnrolled();
    const token = newSessionToken();
    const opened = await this.uow.run(contextOf(user, device.requestId), (tx) =>
      this.sessions.open(tx, {
        userId: user.userId,
        passwordHash: user.passwordHash,
        tokenHash: hashSessionToken(token),
        userAgent: device.userAgent?.slice(0, 300) ?? null,
        ipAddress: device.address,
        openedBy: 'password',
        inPlaceOf: null,
      }),
    );
    if (!opened) throw new InvalidCredentials();
    const { userId, username, fullName, mustChangePassword } = user;
    return { token, user: { userId, username, fullName }, mustChangePassword };
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
    };
  }

  /** Changes the caller's password and ends his other sessions. Throws WrongPassword, PasswordRefused, TooManyAttempts. */
  async changePassword(
    ctx: RequestContext,
    input: z.output<typeof ChangePassword>,
    device: Device,
  ): Promise<void> {
    const { userId, username, sessionId } = ctx.actor;
    checkNewPassword(input.newPassword, username, '/newPassword');
    const user = await this.verify(username, input.currentPassword, device.address);
    if (!user) throw new WrongPassword('currentPassword');
    const passwordHash = await this.passwords.hash(input.newPassword);
    await this.uow.run(ctx, async (tx) => {
      if (!(await this.credentials.replacePassword(tx, userId, user.passwordHash, passwordHash)))
        throw new WrongPassword('currentPassword');
      await this.sessions.revokeOfUser(tx, userId, sessionId);
    });
  }

  /**
   * Confirms the caller by his password, for one grave command in this session within five minutes.
   * Throws WrongPassword, TooManyAttempts.
   */
  async stepUp(
    ctx: RequestContext,
    input: z.output<typeof StepUp>,
    device: Device,
  ): Promise<z.output<typeof StepUpView>> {
    const { userId, username, sessionId } = ctx.actor;
    if (!(await this.verify(username, input.password, device.address))) throw new WrongPassword('password');
    const token = newSessionToken();
    const expiresAt = await this.uow.run(ctx, (tx) =>
      this.stepUps.insert(tx, {
        userId,
        sessionId,
        tokenHash: hashSessionToken(token),
        seconds: STEP_UP_SECONDS,
      }),
    );
    return { token, expiresAt };
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
    const user = await this.verify(input.username, input.password, device.address);
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

  /** The active user whose password this is; undefined, after the same work, for everybody else. */
  async verify(username: string, password: string, address: string): Promise<Credentials | undefined> {
    await this.throttle.check(username, address);
    const user = await this.uow.read(systemContext(), (tx) => this.credentials.find(tx, username));
    const right = await this.passwords.verify(user?.passwordHash, password);
    if (!user || !right || user.status !== 'active') {
      await this.throttle.failed(username, address);
      return undefined;
    }
    await this.throttle.check(username, address);
    await this.throttle.succeeded(username);
    return user;
  }
}

/** The sign-in itself is done by the user signing in: that is what its audit row says. */
export function contextOf(user: Credentials, requestId: string): RequestContext {
  return {
    actor: {
      userId: user.userId,
      username: user.username,
      permissions: new Set(),
      branchIds: [],
      sessionId: 0,
    },
    branchId: 0,
    requestId,
  };
}
