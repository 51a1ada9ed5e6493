import { Injectable } from '@nestjs/common';

import { FactorGrace } from '../../platform/security/factor-grace.js';
import { GRAVE_PERMISSIONS, PERMISSIONS, type Permission } from '../../platform/security/permissions.js';
import type { Actor } from '../../platform/security/request-context.js';
import type { SessionReader } from '../../platform/security/session-reader.js';
import { factorDaysLeft } from './factor-due.domain.js';
import { hashSessionToken } from './session-token.js';
import { SessionsRepository } from './sessions.repository.js';

const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name);

/** Reads sessions from the database at each request: a right taken away is gone with the next request. */
@Injectable()
export class DatabaseSessionReader implements SessionReader {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly grace: FactorGrace,
  ) {}

  async findActor(token: string): Promise<Actor | undefined> {
    const live = await this.sessions.findLive(hashSessionToken(token));
    if (!live) return undefined;
    const { sessionId, userId, username, branchIds, proven } = live;
    const daysLeft = factorDaysLeft(live, this.grace.days, GRAVE_PERMISSIONS);
    return {
      sessionId,
      userId,
      username,
      branchIds,
      proven: proven ?? undefined,
      due: live.isPasswordDue ? 'password' : daysLeft === 0 ? 'second-factor' : undefined,
      factorDaysLeft: daysLeft,
      permissions: new Set(live.permissions.filter(isPermission)),
    };
  }
}
