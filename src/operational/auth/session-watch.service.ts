import { Injectable } from '@nestjs/common';

import type { Permission } from '../../platform/security/permissions.js';
import { SessionsRepository } from './sessions.repository.js';

/** For what outlives the request that began it: asks whether who was let in may still be. */
@Injectable()
export class SessionWatch {
  constructor(private readonly sessions: SessionsRepository) {}

  /** Which of these sessions are live, at a branch their user works at, with the permission; by their ids. */
  stillAllowed(
    sessions: readonly { readonly sessionId: number; readonly branchId: number }[],
    permission: Permission,
  ): Promise<Set<number>> {
    return this.sessions.stillAllowed(sessions, permission);
  }
}
