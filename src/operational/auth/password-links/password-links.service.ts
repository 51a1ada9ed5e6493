import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { PasswordLinkUsed } from '../auth.errors.js';
import type { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.repository.js';
import { MfaRepository } from '../mfa/mfa.repository.js';
import { PasswordPolicyService } from '../password-policy.service.js';
import { PasswordService } from '../password.service.js';
import { contextOf } from '../session-opener.service.js';
import { hashSessionToken, newSessionToken } from '../session-token.js';
import { SessionsRepository } from '../sessions.repository.js';
import type { SetPasswordByLink } from './password-links.schemas.js';
import { PasswordLinksRepository } from './password-links.repository.js';

/** Links by which somebody sets his password before he can sign in. Each is good once and for a day. */
@Injectable()
export class PasswordLinksService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly links: PasswordLinksRepository,
    private readonly mfa: MfaRepository,
    private readonly sessions: SessionsRepository,
    private readonly policy: PasswordPolicyService,
    private readonly passwords: PasswordService,
    private readonly throttle: LoginThrottle,
  ) {}

  /** The token of a new link; undefined: there is no active user of this name. */
  async make(username: string): Promise<string | undefined> {
    const token = newSessionToken();
    const isMade = await this.uow.run(systemContext(), (tx) =>
      this.links.insert(tx, username, hashSessionToken(token)),
    );
    return isMade ? token : undefined;
  }

  /**
   * For who has the machine in hand: takes the second factors of a user away, ends his sessions and the count of his failures, and
   * answers the token of a link by which he sets a password. Undefined: there is no active user of this name.
   */
  async recover(username: string): Promise<string | undefined> {
    const token = newSessionToken();
    const isMade = await this.uow.run(systemContext(), async (tx) => {
      if (!(await this.links.insert(tx, username, hashSessionToken(token)))) return false;
      const user = await this.links.find(tx, hashSessionToken(token));
      if (!user) return false;
      await this.mfa.removeAll(tx, user.userId);
      await this.sessions.revokeOfUser(tx, user.userId);
      return true;
    });
    if (!isMade) return undefined;
    await this.throttle.succeeded({ username });
    return token;
  }

  /** Sets the password a link is for, and ends all sessions of its user. Throws PasswordLinkUsed, PasswordRefused, TooManyAttempts. */
  async use({ token, newPassword }: z.output<typeof SetPasswordByLink>, device: Device): Promise<void> {
    const attempt = { username: 'password-link', address: device.address };
    await this.throttle.check(attempt);
    const tokenHash = hashSessionToken(token);
    const user = await this.uow.read(systemContext(), (tx) => this.links.find(tx, tokenHash));
    if (!user) {
      await this.throttle.failed(attempt);
      throw new PasswordLinkUsed();
    }
    const { kinds } = await this.uow.read(systemContext(), (tx) => this.mfa.state(tx, user.userId));
    await this.policy.check({
      password: newPassword,
      username: user.username,
      fullName: user.fullName,
      pointer: '/newPassword',
      stands: kinds.length > 0 ? 'with-factor' : 'alone',
    });
    const passwordHash = await this.passwords.hash(newPassword);
    await this.uow.run(contextOf(user, device.requestId), async (tx) => {
      if (!(await this.links.use(tx, tokenHash))) throw new PasswordLinkUsed();
      await this.links.setPassword(tx, user.userId, passwordHash);
      await this.sessions.revokeOfUser(tx, user.userId);
    });
    await this.throttle.succeeded({ username: user.username });
  }
}
