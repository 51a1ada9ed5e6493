import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { CredentialsRepository, type Credentials } from '../credentials.repository.js';
import type { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.repository.js';
import { PasswordProofsService } from '../password-proofs.service.js';
import { PasswordService } from '../password.service.js';
import { hashSessionToken } from '../session-token.js';
import { normalizeBadge } from './pin.domain.js';
import { PinLocked } from './quick-unlock.errors.js';
import { QuickUnlockRepository } from './quick-unlock.repository.js';

/** Judges PINs and badges, and counts what fails. */
@Injectable()
export class QuickProofsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
    private readonly attempts: PasswordProofsService,
    private readonly throttle: LoginThrottle,
    private readonly passwords: PasswordService,
    private readonly unlocks: QuickUnlockRepository,
  ) {}

  /** The active user whose badge it is. Throws TooManyAttempts. */
  async byBadge(code: string, device: Device): Promise<Credentials | undefined> {
    // Codes that are tried are counted together, whoever's they might be.
    const attempt = { username: 'badge', address: device.address };
    await this.throttle.check(attempt);
    const badgeHash = hashSessionToken(normalizeBadge(code));
    const user = await this.uow.read(systemContext(), async (tx) => {
      const username = await this.unlocks.findBadge(tx, badgeHash);
      return username === undefined ? undefined : this.credentials.find(tx, username);
    });
    if (user?.status === 'active') return user;
    await this.throttle.failed(attempt);
    return undefined;
  }

  /** The active user, if that is his PIN. Throws PinLocked, TooManyAttempts. */
  async byPin(username: string, pin: string, device: Device): Promise<Credentials | undefined> {
    const attempt = await this.attempts.attemptOf(username, device);
    await this.throttle.check(attempt);
    const found = await this.uow.read(systemContext(), async (tx) => {
      const user = await this.credentials.find(tx, username);
      return user && { user, state: await this.unlocks.state(tx, user.userId) };
    });
    if (found?.state.isPinLocked) throw new PinLocked();
    const pinHash =
      found && (await this.uow.run(systemContext(), (tx) => this.unlocks.tryPin(tx, found.user.userId)));
    const isRight = await this.passwords.verify(pinHash, pin);
    if (!found || pinHash === undefined || !isRight || found.user.status !== 'active') {
      await this.throttle.failed(attempt);
      return undefined;
    }
    await this.uow.run(systemContext(), (tx) => this.unlocks.pinWasRight(tx, found.user.userId, pinHash));
    return found.user;
  }
}
