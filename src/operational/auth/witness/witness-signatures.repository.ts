import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

const INSERT = `
insert /* witnessSignatures.insert */ into operational.witness_signatures (branch_id, witness_id, session_id, token_hash, expires_at)
values ($1, $2, $3, $4, now() + make_interval(secs => $5)) returning expires_at as "expiresAt"`;

/** Uses a signature once: given in this session, at this branch, by somebody else, in time. */
const USE = `
update /* witnessSignatures.use */ operational.witness_signatures set used_at = now()
where token_hash = $1 and session_id = $2 and branch_id = $3 and witness_id <> $4 and used_at is null and expires_at > now()
returning witness_id as "witnessId"`;

@Injectable()
export class WitnessSignaturesRepository {
  /** Runs as the witness: the database takes a signature from nobody else. */
  async insert(
    tx: Tx,
    signature: {
      readonly branchId: number;
      readonly witnessId: number;
      readonly sessionId: number;
      readonly tokenHash: Buffer;
      readonly seconds: number;
    },
  ): Promise<string> {
    const { branchId, witnessId, sessionId, tokenHash, seconds } = signature;
    return (await tx.one<{ expiresAt: string }>(INSERT, [branchId, witnessId, sessionId, tokenHash, seconds]))
      .expiresAt;
  }

  /** The witness; undefined when the token is not a signature that may still be used here. */
  async use(
    tx: Tx,
    tokenHash: Buffer,
    at: { readonly sessionId: number; readonly branchId: number; readonly userId: number },
  ): Promise<number | undefined> {
    const used = await tx.maybeOne<{ witnessId: number }>(USE, [
      tokenHash,
      at.sessionId,
      at.branchId,
      at.userId,
    ]);
    return used?.witnessId;
  }
}
