import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { CodeMatch } from './totp.js';

export type FactorKind = 'totp' | 'webauthn';

/** A factor as its owner sees it. */
export interface Factor {
  readonly factorId: number;
  readonly kind: FactorKind;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** An app as a code is checked by it. */
export interface TotpFactor {
  readonly factorId: number;
  readonly secret: string;
  /** Seconds the clock of its phone is ahead of ours, as last observed. */
  readonly driftSeconds: number;
}

/** A security key as a signature is checked by it. */
export interface KeyFactor {
  readonly factorId: number;
  readonly userId: number;
  readonly username: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly signCount: number;
  readonly transports: string[] | null;
}

/** How it was made sure who a user is: known by sight, by a document, called back, or by the word of whom the note names. */
export interface IdentityCheckMade {
  readonly method: 'in-person' | 'document' | 'call-back' | 'vouched-for';
  readonly note?: string | undefined;
}

export type ChallengePurpose = 'enrol' | 'sign-in' | 'passkey' | 'step-up';

const LIST = `
select /* mfa.list */ factor_id as "factorId", kind, name, created_at as "createdAt", last_used_at as "lastUsedAt"
from operational.mfa_factors where user_id = $1 and confirmed_at is not null order by factor_id`;

/** What a user has: which kinds count, how many codes are left, whether a role asks for a factor. */
const STATE = `
select /* mfa.state */ array(select distinct kind from operational.mfa_factors where user_id = $1 and confirmed_at is not null) as kinds,
  (select count(*) from operational.recovery_codes where user_id = $1 and used_at is null) as "recoveryCodesLeft",
  operational.needs_mfa($1) as "isRequired"`;

const LOCK_USER = `
select /* mfa.lockUser */ user_id from operational.users where user_id = $1 for no key update`;

const COUNT = `
select /* mfa.count */ count(*) as n from operational.mfa_factors where user_id = $1 and confirmed_at is not null`;

const PRUNE_UNCONFIRMED = `
delete /* mfa.pruneUnconfirmed */ from operational.mfa_factors where user_id = $1 and confirmed_at is null`;

const INSERT_TOTP = `
insert /* mfa.insertTotp */ into operational.mfa_factors (user_id, kind, name, secret) values ($1, 'totp', $2, $3)
returning factor_id as "factorId"`;

const INSERT_KEY = `
insert /* mfa.insertKey */ into operational.mfa_factors (user_id, kind, name, credential_id, public_key, sign_count, transports, confirmed_at)
values ($1, 'webauthn', $2, $3, $4, $5, $6, now()) returning factor_id as "factorId"`;

const TOTPS = `
select /* mfa.totps */ factor_id as "factorId", secret, drift_seconds as "driftSeconds" from operational.mfa_factors
where user_id = $1 and kind = 'totp' and (confirmed_at is not null or factor_id = $2) order by factor_id`;

/** Takes a code once: of two requests with the same one, the second finds its step taken. */
const TAKE_STEP = `
update /* mfa.takeStep */ operational.mfa_factors set last_step = $2, drift_seconds = $3, last_used_at = now(), confirmed_at = coalesce(confirmed_at, now())
where factor_id = $1 and (last_step is null or last_step < $2)`;

/** What a code that came a step early or late tells of its phone; it is used up by it. */
const NOTE_DRIFT = `
update /* mfa.noteDrift */ operational.mfa_factors set last_step = $2, drift_seconds = $3
where factor_id = $1 and (last_step is null or last_step < $2)`;

const KEYS_OF = `
select /* mfa.keysOf */ f.factor_id as "factorId", f.user_id as "userId", u.username, f.credential_id as "credentialId",
  f.public_key as "publicKey", f.sign_count::float8 as "signCount", f.transports
from operational.mfa_factors f join operational.users u using (user_id)
where f.user_id = $1 and f.kind = 'webauthn' order by f.factor_id`;

/** Index: mfa_factors_credential_key. */
const KEY = `
select /* mfa.key */ f.factor_id as "factorId", f.user_id as "userId", u.username, f.credential_id as "credentialId",
  f.public_key as "publicKey", f.sign_count::float8 as "signCount", f.transports
from operational.mfa_factors f join operational.users u using (user_id) where f.credential_id = $1`;

const USE_KEY = `
update /* mfa.useKey */ operational.mfa_factors set sign_count = $3, last_used_at = now()
where factor_id = $1 and sign_count = $2`;

const RENAME = `
update /* mfa.rename */ operational.mfa_factors set name = $3 where factor_id = $1 and user_id = $2 and confirmed_at is not null`;

const REMOVE = `
delete /* mfa.remove */ from operational.mfa_factors where factor_id = $1 and user_id = $2 and confirmed_at is not null`;

const REMOVE_ALL = `
delete /* mfa.removeAll */ from operational.mfa_factors where user_id = $1`;

const INSERT_IDENTITY_CHECK = `
insert /* mfa.insertIdentityCheck */ into operational.identity_checks (user_id, checked_by, method, note) values ($1, $2, $3, $4)`;

const REMOVE_CODES = `
delete /* mfa.removeCodes */ from operational.recovery_codes where user_id = $1`;

const INSERT_CODES = `
insert /* mfa.insertCodes */ into operational.recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])`;

const USE_CODE = `
update /* mfa.useCode */ operational.recovery_codes set used_at = now()
where user_id = $1 and code_hash = $2 and used_at is null`;

const PRUNE_CHALLENGES = `
delete /* mfa.pruneChallenges */ from operational.mfa_challenges where expires_at < now()`;

/** Whoever is not signed in may ask for a challenge: no more than so many are kept at a time. */
const INSERT_CHALLENGE = `
insert /* mfa.insertChallenge */ into operational.mfa_challenges (challenge_hash, user_id, purpose, expires_at)
select $1, $2, $3, now() + interval '5 minutes'
where (select count(*) from operational.mfa_challenges where user_id is not distinct from $2 and purpose = $3) < $4`;

const TAKE_CHALLENGE = `
delete /* mfa.takeChallenge */ from operational.mfa_challenges
where challenge_hash = $1 and user_id is not distinct from $2 and purpose = $3 and expires_at > now()`;

/** Second factors. Like sessions they are looked up before anybody is known. */
@Injectable()
export class MfaRepository {
  list(tx: Tx, userId: number): Promise<Factor[]> {
    return tx.query<Factor>(LIST, [userId]);
  }

  state(
    tx: Tx,
    userId: number,
  ): Promise<{ kinds: FactorKind[]; recoveryCodesLeft: number; isRequired: boolean }> {
    return tx.one(STATE, [userId]);
  }

  /** Lets one change of a user's factors run at a time. */
  async lockUser(tx: Tx, userId: number): Promise<void> {
    await tx.execute(LOCK_USER, [userId]);
  }

  /** How many factors of the user count. */
  async count(tx: Tx, userId: number): Promise<number> {
    return (await tx.one<{ n: number }>(COUNT, [userId])).n;
  }

  /** Forgets enrolments that were begun and not finished. */
  async pruneUnconfirmed(tx: Tx, userId: number): Promise<void> {
    await tx.execute(PRUNE_UNCONFIRMED, [userId]);
  }

  async insertTotp(tx: Tx, factor: { userId: number; name: string; secret: string }): Promise<number> {
    const { userId, name, secret } = factor;
    return (await tx.one<{ factorId: number }>(INSERT_TOTP, [userId, name, secret])).factorId;
  }

  async insertKey(
    tx: Tx,
    key: {
      userId: number;
      name: string;
      credentialId: string;
      publicKey: Buffer;
      signCount: number;
      transports: readonly string[];
    },
  ): Promise<number> {
    const { userId, name, credentialId, publicKey, signCount, transports } = key;
    const row = await tx.one<{ factorId: number }>(INSERT_KEY, [
      userId,
      name,
      credentialId,
      publicKey,
      signCount,
      transports,
    ]);
    return row.factorId;
  }

  /** The apps of a user that count, and `begun`, the one being set up. */
  totps(tx: Tx, userId: number, begun?: number): Promise<TotpFactor[]> {
    return tx.query<TotpFactor>(TOTPS, [userId, begun ?? 0]);
  }

  /** False when a code of this step or a later one was taken before. */
  async takeStep(tx: Tx, factorId: number, { step, driftSeconds }: CodeMatch): Promise<boolean> {
    return (await tx.execute(TAKE_STEP, [factorId, step, driftSeconds])) === 1;
  }

  /** Keeps how far a phone's clock is off; the code that told it opens nothing. */
  async noteDrift(tx: Tx, factorId: number, { step, driftSeconds }: CodeMatch): Promise<void> {
    await tx.execute(NOTE_DRIFT, [factorId, step, driftSeconds]);
  }

  keysOf(tx: Tx, userId: number): Promise<KeyFactor[]> {
    return tx.query<KeyFactor>(KEYS_OF, [userId]);
  }

  key(tx: Tx, credentialId: string): Promise<KeyFactor | undefined> {
    return tx.maybeOne<KeyFactor>(KEY, [credentialId]);
  }

  /** False when the key was used at the same time elsewhere. */
  async useKey(tx: Tx, factorId: number, before: number, after: number): Promise<boolean> {
    return (await tx.execute(USE_KEY, [factorId, before, after])) === 1;
  }

  async rename(tx: Tx, factorId: number, userId: number, name: string): Promise<boolean> {
    return (await tx.execute(RENAME, [factorId, userId, name])) === 1;
  }

  async remove(tx: Tx, factorId: number, userId: number): Promise<boolean> {
    return (await tx.execute(REMOVE, [factorId, userId])) === 1;
  }

  /** Puts on record how it was made sure that a user asked for his factors to be taken away. */
  async insertIdentityCheck(
    tx: Tx,
    userId: number,
    checkedBy: number,
    { method, note }: IdentityCheckMade,
  ): Promise<void> {
    await tx.execute(INSERT_IDENTITY_CHECK, [userId, checkedBy, method, note ?? null]);
  }

  /** Takes all factors and codes of a user away; of another's, behind an identity check of the same transaction. */
  async removeAll(tx: Tx, userId: number): Promise<void> {
    await tx.execute(REMOVE_ALL, [userId]);
    await tx.execute(REMOVE_CODES, [userId]);
  }

  /** Makes these the recovery codes of the user. */
  async replaceCodes(tx: Tx, userId: number, hashes: readonly Buffer[]): Promise<void> {
    await tx.execute(REMOVE_CODES, [userId]);
    await tx.execute(INSERT_CODES, [userId, hashes]);
  }

  async useCode(tx: Tx, userId: number, hash: Buffer): Promise<boolean> {
    return (await tx.execute(USE_CODE, [userId, hash])) === 1;
  }

  /** False when there are too many open ones of this kind. */
  async insertChallenge(
    tx: Tx,
    challenge: { hash: Buffer; userId: number | null; purpose: ChallengePurpose; most: number },
  ): Promise<boolean> {
    await tx.execute(PRUNE_CHALLENGES);
    const { hash, userId, purpose, most } = challenge;
    return (await tx.execute(INSERT_CHALLENGE, [hash, userId, purpose, most])) === 1;
  }

  /** Uses a challenge up; false when it is not one that may still be answered. */
  async takeChallenge(
    tx: Tx,
    hash: Buffer,
    userId: number | null,
    purpose: ChallengePurpose,
  ): Promise<boolean> {
    return (await tx.execute(TAKE_CHALLENGE, [hash, userId, purpose])) === 1;
  }
}
