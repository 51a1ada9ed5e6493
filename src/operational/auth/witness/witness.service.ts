import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { hashSessionToken } from '../session-token.js';
import { WitnessRefused, WitnessRequired } from './witness.errors.js';
import { WitnessSignaturesRepository } from './witness-signatures.repository.js';

/** Signatures of second persons. AuthService makes them; here they are used. */
@Injectable()
export class WitnessService {
  constructor(private readonly signatures: WitnessSignaturesRepository) {}

  /**
   * The second person who signed in the caller's session: used in the transaction of what he saw (if that is refused, the
   * signature is still good). Throws WitnessRefused for one that was used, is too old, or is another session's.
   */
  async use(tx: Tx, ctx: RequestContext, token: string): Promise<number> {
    const { userId, sessionId } = ctx.actor;
    const at = { sessionId, userId, branchId: ctx.branchId };
    const witnessId = await this.signatures.use(tx, hashSessionToken(token), at);
    if (witnessId === undefined) throw new WitnessRefused('not-signed');
    return witnessId;
  }

  /** Throws WitnessRequired where there are products that a second person must sign for. */
  assertNoneNeeded(drugIds: readonly number[]): void {
    if (drugIds.length > 0) throw new WitnessRequired(drugIds);
  }

  /** Throws WitnessRefused where the caller would be both persons. */
  assertOther(ctx: RequestContext, firstUserId: number): void {
    if (ctx.actor.userId === firstUserId) throw new WitnessRefused('same-person');
  }
}
