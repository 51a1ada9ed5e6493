import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { Device } from './device.js';
import { KnownDevicesRepository } from './known-devices.repository.js';
import { LoginThrottle, type Attempt } from './login-throttle.repository.js';
import { PasswordService } from './password.service.js';
import { hashSessionToken } from './session-token.js';

/** Judges passwords, and counts what fails. */
@Injectable()
export class PasswordProofsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
    private readonly devices: KnownDevicesRepository,
    private readonly throttle: LoginThrottle,
    private readonly passwords: PasswordService,
  ) {}

  /** The try of a user name from a device. */
  async attemptOf(username: string, device: Device): Promise<Attempt> {
    const { address, deviceToken } = device;
    if (deviceToken === undefined) return { username, address };
    const isKnown = await this.uow.read(systemContext(), (tx) =>
      this.devices.isKnown(tx, hashSessionToken(deviceToken), username),
    );
    return isKnown ? { username, address, knownDevice: deviceToken } : { username, address };
  }

  /**
   * The active user whose password this is; undefined, after the same work, for everybody else. Nothing is forgiven yet: what
   * follows may still fail. Throws TooManyAttempts.
   */
  async judge(attempt: Attempt, password: string): Promise<Credentials | undefined> {
    await this.throttle.check(attempt);
    const user = await this.uow.read(systemContext(), (tx) => this.credentials.find(tx, attempt.username));
    const right = await this.passwords.verify(user?.passwordHash, password);
    if (!user || !right || user.status !== 'active' || user.isOneTimeOver) {
      await this.throttle.failed(attempt);
      return undefined;
    }
    await this.throttle.check(attempt);
    return user;
  }

  /**
   * The same where the password is all that is asked. A right one ends the count of failures, but not for who has a second factor: codes
   * could be guessed without end by who knows his password.
   */
  async verify(username: string, password: string, device: Device): Promise<Credentials | undefined> {
    const attempt = await this.attemptOf(username, device);
    const user = await this.judge(attempt, password);
    if (user && !user.hasSecondFactor) await this.throttle.succeeded(attempt);
    return user;
  }
}
