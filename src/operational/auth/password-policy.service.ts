import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { isCommonPassword } from './common-passwords.js';
import { CredentialsRepository } from './credentials.repository.js';
import { checkNewPassword, MIN_PASSWORD_ALONE, MIN_PASSWORD_WITH_FACTOR } from './password.domain.js';

/** Whose password it is to be, and where it was given. */
interface NewPassword {
  readonly password: string;
  readonly username: string;
  readonly fullName: string;
  readonly pointer: string;
  /**
   * `alone`: all that protects the account; `with-factor`: there is a second factor; `first`: somebody else gives it, and its
   * user changes it first of all.
   */
  readonly stands: 'alone' | 'with-factor' | 'first';
}

/** Which passwords are taken, with what the installation knows of itself. */
@Injectable()
export class PasswordPolicyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialsRepository,
  ) {}

  /** Throws PasswordRefused. */
  async check({ password, username, fullName, pointer, stands }: NewPassword): Promise<void> {
    const branches = await this.uow.read(systemContext(), (tx) => this.credentials.branchWords(tx));
    checkNewPassword(password, {
      pointer,
      minimum: stands === 'alone' ? MIN_PASSWORD_ALONE : MIN_PASSWORD_WITH_FACTOR,
      username,
      words: ['meditory', fullName, ...branches],
      isCommon: isCommonPassword,
    });
  }
}
