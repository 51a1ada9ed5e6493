import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

/** What somebody gave to prove that it is still he. */
export type Proof = 'password' | 'totp' | 'webauthn' | 'recovery' | 'pin' | 'badge';

const INSERT = `
insert /* stepUps.insert */ into operational.step_ups (user_id, session_id, token_hash, expires_at, proof)
values ($1, $2, $3, now() + make_interval(secs => $4), $5) returning expires_at as "expiresAt"`;

/** Uses a token once: of this user, in this session, in time, and not one of a PIN or badge. Index: step_ups_token_hash_key. */
const USE = `
update /* stepUps.use */ operational.step_ups set used_at = now()
where token_hash = $1 and user_id = $2 and session_id = $3 and used_at is null and expires_at > now() and proof not in ('pin', 'badge')`;

/** Whether the session began within the last seconds, with a password or passkey. Index: primary key. */
const IS_FRESH = `
select /* stepUps.isFresh */ exists (select from operational.sessions
  where session_id = $1 and user_id = $2 and revoked_at is null and opened_by in ('password', 'passkey') and created_at > now() - make_interval(secs => $3)) as "isFresh"`;

@Injectable()
export class StepUpsRepository {
  async insert(
    tx: Tx,
    stepUp: {
      readonly userId: number;
      readonly sessionId: number;
      readonly tokenHash: Buffer;
      readonly seconds: number;
      readonly proof: Proof;
    },
  ): Promise<string> {
    const { userId, sessionId, tokenHash, seconds, proof } = stepUp;
    return (await tx.one<{ expiresAt: string }>(INSERT, [userId, sessionId, tokenHash, seconds, proof]))
      .expiresAt;
  }

  /** False when the token is not one of this session that may still be used. */
  async use(tx: Tx, tokenHash: Buffer, userId: number, sessionId: number): Promise<boolean> {
    return (await tx.execute(USE, [tokenHash, userId, sessionId])) === 1;
  }

  /** True when the session was signed in to by password within the last `seconds`. */
  async isFresh(tx: Tx, userId: number, sessionId: number, seconds: number): Promise<boolean> {
    return (await tx.one<{ isFresh: boolean }>(IS_FRESH, [sessionId, userId, seconds])).isFresh;
  }
}
