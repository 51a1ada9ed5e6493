import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { StepUpRequired } from '../../../platform/security/step-up-required.js';
import { hashSessionToken } from '../session-token.js';
import { StepUpsRepository } from './step-up.repository.js';

/** How long a password that was given counts, in seconds: enough to read the alert once more and to write why. */
export const STEP_UP_SECONDS = 300;

/** Confirmations for one grave command each. ConfirmationsService makes them; here they are used. */
@Injectable()
export class StepUpService {
  constructor(private readonly stepUps: StepUpsRepository) {}

  /**
   * Asks that the password was given lately: by a confirmation, used in the transaction of what it confirms (if that is
   * refused, the confirmation is still good), or, where none is sent, by signing in within the last STEP_UP_SECONDS.
   * Throws StepUpRequired otherwise, and for one that was used, is too old, or is another user's or session's.
   */
  async use(tx: Tx, ctx: RequestContext, token: string | undefined): Promise<void> {
    const { userId, sessionId } = ctx.actor;
    const isGood =
      token === undefined
        ? await this.stepUps.isFresh(tx, userId, sessionId, STEP_UP_SECONDS)
        : await this.stepUps.use(tx, hashSessionToken(token), userId, sessionId);
    if (!isGood) throw new StepUpRequired('full', true);
  }
}
