import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Unauthenticated } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { InvalidCredentials } from './auth.errors.js';
import type { Credentials } from './credentials.repository.js';
import type { Device } from './device.js';
import { KnownDevicesRepository } from './known-devices.repository.js';
import { RegisteredTillsRepository } from './registered-tills/registered-tills.repository.js';
import { hashSessionToken, newSessionToken } from './session-token.js';
import { SessionsRepository, type OpenSession } from './sessions.repository.js';

/** A session just opened. */
export interface Opened {
  readonly token: string;
  /** For the browser to keep, where it is new to this user. */
  readonly deviceToken: string | undefined;
  /** For the browser of a registered till to keep for another while. */
  readonly tillToken: string | undefined;
  readonly user: { readonly userId: number; readonly username: string; readonly fullName: string };
  readonly mustChangePassword: boolean;
}

/** The work of somebody who signs in is done by himself: that is what its audit row says. */
export function contextOf(user: Pick<Credentials, 'userId' | 'username'>, requestId: string): RequestContext {
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

/** Opens sessions. Each has a token of its own: one that a browser brought along is never taken over. */
@Injectable()
export class SessionOpenerService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsRepository,
    private readonly devices: KnownDevicesRepository,
    private readonly tills: RegisteredTillsRepository,
  ) {}

  /**
   * Opens a session for somebody who has proved himself. With `inPlaceOf` it takes the place of that session, which
   * is over then; without, the one its browser was signed in with so far is over. Throws InvalidCredentials when he was disabled or got another password meanwhile, Unauthenticated when the
   * session whose place it takes was over, SecondFactorRequired.
   */
  async open(
    user: Credentials,
    how: Pick<OpenSession, 'openedBy' | 'secondFactor'> & { readonly inPlaceOf?: number },
    device: Device,
  ): Promise<Opened> {
    const token = newSessionToken();
    const kept = await this.uow.run(contextOf(user, device.requestId), async (tx) => {
      // Whoever comes second with the same session finds it ended.
      if (how.inPlaceOf !== undefined && !(await this.sessions.revoke(tx, how.inPlaceOf)))
        throw new Unauthenticated('Sign in first.');
      if (how.inPlaceOf === undefined && device.sessionCookie !== undefined)
        await this.sessions.revokeByToken(tx, hashSessionToken(device.sessionCookie));
      const registeredTillId =
        device.tillToken === undefined
          ? undefined
          : await this.tills.use(tx, hashSessionToken(device.tillToken));
      const isOpened = await this.sessions.open(tx, {
        userId: user.userId,
        passwordHash: user.passwordHash,
        tokenHash: hashSessionToken(token),
        userAgent: device.userAgent?.slice(0, 300) ?? null,
        ipAddress: device.address,
        openedBy: how.openedBy,
        secondFactor: how.secondFactor,
        inPlaceOf: how.inPlaceOf ?? null,
        registeredTillId: registeredTillId ?? null,
      });
      if (!isOpened) throw new InvalidCredentials();
      return {
        deviceToken: await this.keepDevice(tx, user.userId, how.openedBy, device.deviceToken),
        tillToken: registeredTillId === undefined ? undefined : device.tillToken,
      };
    });
    const { userId, username, fullName, mustChangePassword } = user;
    return { token, ...kept, user: { userId, username, fullName }, mustChangePassword };
  }

  /** Notes that the user was let in with his browser; what a new one is to keep. */
  private async keepDevice(
    tx: Tx,
    userId: number,
    openedBy: OpenSession['openedBy'],
    known: string | undefined,
  ): Promise<string | undefined> {
    if (openedBy === 'pin' || openedBy === 'badge') return undefined;
    if (known !== undefined && (await this.devices.use(tx, hashSessionToken(known), userId)))
      return undefined;
    const fresh = newSessionToken();
    await this.devices.insert(tx, userId, hashSessionToken(fresh));
    return fresh;
  }
}
