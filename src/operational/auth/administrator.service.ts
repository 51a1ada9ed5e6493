import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { FirstStartRepository } from './first-start.repository.js';
import { PasswordPolicyService } from './password-policy.service.js';
import { PasswordService } from './password.service.js';
import { randomPassword } from './random-password.js';

/** The administrator just made; `password` only when it was made up here, to be shown once. */
export interface NewAdministrator {
  readonly username: string;
  readonly password: string | undefined;
}

const USERNAME = 'admin';

/** Makes the first user of an installation. There is no default password. */
@Injectable()
export class AdministratorService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly firstStart: FirstStartRepository,
    private readonly policy: PasswordPolicyService,
    private readonly passwords: PasswordService,
  ) {}

  /** Makes a first branch MAIN when there is none. */
  ensureBranch(): Promise<void> {
    return this.uow.run(systemContext(), async (tx) => {
      await this.firstStart.lock(tx);
      await this.firstStart.makeBranch(tx);
    });
  }

  /**
   * Makes the user `admin`, with a first branch MAIN when there is none, if nobody but sample staff exists; undefined
   * when somebody does. Of several processes starting at once one makes him. Throws PasswordRefused when the password
   * given is not acceptable.
   */
  async ensure(password?: string): Promise<NewAdministrator | undefined> {
    const there = await this.uow.read(systemContext(), (tx) => this.firstStart.hasUsers(tx));
    if (there) return undefined;
    // Twelve characters do here: a second factor, or a longer one, is asked for when the server starts.
    if (password !== undefined)
      await this.policy.check({
        password,
        username: USERNAME,
        fullName: 'Administrator',
        pointer: '/password',
        stands: 'first',
      });
    const chosen = password ?? randomPassword();
    const passwordHash = await this.passwords.hash(chosen);
    return this.uow.run(systemContext(), async (tx) => {
      await this.firstStart.lock(tx);
      if (await this.firstStart.hasUsers(tx)) return undefined;
      await this.firstStart.makeAdministrator(tx, USERNAME, passwordHash);
      return { username: USERNAME, password: password === undefined ? chosen : undefined };
    });
  }
}
