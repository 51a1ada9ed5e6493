import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { hashSessionToken } from '../session-token.js';
import { WitnessRefused } from './witness.errors.js';
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
}
