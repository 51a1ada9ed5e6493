import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RelyingParties, type RelyingParty } from '../../../platform/security/relying-party.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { TooManyAttempts } from '../auth.errors.js';
import type { Device } from '../device.js';
import { SecurityKeysUnavailable } from './mfa.errors.js';
import { MfaRepository, type ChallengePurpose, type KeyFactor } from './mfa.repository.js';
import type { Assertion, Attestation } from './mfa.schemas.js';

/** Open questions to a user at a time, and to whoever may come with a passkey. */
const MOST_OF_USER = 20;
const MOST_PASSKEY = 500;

const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest();

/** What the browser signed names the challenge it answers. */
function challengeIn(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    if (
      typeof data === 'object' &&
      data !== null &&
      'challenge' in data &&
      typeof data.challenge === 'string'
    )
      return data.challenge;
  } catch {
    // Not JSON: it answers nothing.
  }
  return '';
}

/** A key that has been registered, as it is stored. */
export interface NewKey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly signCount: number;
  readonly transports: string[];
}

/**
 * Security keys and passkeys (WebAuthn): asks and judges answers. A question is taken when it is answered, right or wrong; it is
 * asked in a transaction of its own, since nothing else depends on it.
 */
@Injectable()
export class SecurityKeysService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mfa: MfaRepository,
    private readonly parties: RelyingParties,
  ) {}

  /** True where keys can be used at the address the browser came by. */
  areUsableAt(device: Device): boolean {
    return this.parties.at(device.host) !== undefined;
  }

  /** What a browser needs to make a new key of this user. Throws SecurityKeysUnavailable, TooManyAttempts. */
  async askToEnrol(
    user: { userId: number; username: string; fullName: string },
    device: Device,
  ): Promise<object> {
    const party = this.partyAt(device);
    const known = await this.uow.read(systemContext(), (tx) => this.mfa.keysOf(tx, user.userId));
    const options = await generateRegistrationOptions({
      rpName: 'Meditory',
      rpID: party.id,
      userID: new Uint8Array(Buffer.from(String(user.userId))),
      userName: user.username,
      userDisplayName: user.fullName,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    await this.keep(options.challenge, user.userId, 'enrol');
    return options;
  }

  /** The key a browser made; undefined where its answer is not right. */
  async judgeEnrolment(
    userId: number,
    answer: z.output<typeof Attestation>,
    device: Device,
  ): Promise<NewKey | undefined> {
    const party = this.partyAt(device);
    const challenge = challengeIn(answer.response.clientDataJSON);
    if (!(await this.take(challenge, userId, 'enrol'))) return undefined;
    const result = await verifyRegistrationResponse({
      response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
    }).catch(notRight);
    if (result?.verified !== true) return undefined;
    const { credential } = result.registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.counter,
      transports: (answer.response.transports ?? []).slice(0, 8),
    };
  }

  /** What a browser needs to let one of the user's keys sign; undefined where he has none, or they cannot be used here. */
  async ask(userId: number, purpose: 'sign-in' | 'step-up', device: Device): Promise<object | undefined> {
    const party = this.parties.at(device.host);
    if (!party) return undefined;
    const keys = await this.uow.read(systemContext(), (tx) => this.mfa.keysOf(tx, userId));
    if (keys.length === 0) return undefined;
    const options = await generateAuthenticationOptions({
      rpID: party.id,
      userVerification: 'preferred',
      allowCredentials: keys.map(({ credentialId }) => ({ id: credentialId })),
    });
    await this.keep(options.challenge, userId, purpose);
    return options;
  }

  /** What a browser needs to find a passkey of whoever sits there. Throws SecurityKeysUnavailable, TooManyAttempts. */
  async askForPasskey(device: Device): Promise<object> {
    const options = await generateAuthenticationOptions({
      rpID: this.partyAt(device).id,
      userVerification: 'required',
    });
    await this.keep(options.challenge, null, 'passkey');
    return options;
  }

  /** The user's key that signed, its count noted; undefined where the answer is not right. */
  async judge(
    userId: number,
    purpose: 'sign-in' | 'step-up',
    answer: z.output<typeof Assertion>,
    device: Device,
  ): Promise<KeyFactor | undefined> {
    const key = await this.signedBy(answer, userId, purpose, device, false);
    return key?.userId === userId ? key : undefined;
  }

  /** The passkey that signed, its user verified by it; undefined where the answer is not right. */
  judgePasskey(answer: z.output<typeof Assertion>, device: Device): Promise<KeyFactor | undefined> {
    return this.signedBy(answer, null, 'passkey', device, true);
  }

  private async signedBy(
    answer: z.output<typeof Assertion>,
    asked: number | null,
    purpose: ChallengePurpose,
    device: Device,
    requireUserVerification: boolean,
  ): Promise<KeyFactor | undefined> {
    const party = this.partyAt(device);
    const challenge = challengeIn(answer.response.clientDataJSON);
    if (!(await this.take(challenge, asked, purpose))) return undefined;
    const key = await this.uow.read(systemContext(), (tx) => this.mfa.key(tx, answer.id));
    if (!key) return undefined;
    const result = await verifyAuthenticationResponse({
      response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.signCount },
      requireUserVerification,
    }).catch(notRight);
    if (result?.verified !== true) return undefined;
    const { newCounter } = result.authenticationInfo;
    const isFirst = await this.uow.run(systemContext(), (tx) =>
      this.mfa.useKey(tx, key.factorId, key.signCount, newCounter),
    );
    return isFirst ? key : undefined;
  }

  private partyAt(device: Device): RelyingParty {
    const party = this.parties.at(device.host);
    if (!party) throw new SecurityKeysUnavailable();
    return party;
  }

  private async keep(challenge: string, userId: number | null, purpose: ChallengePurpose): Promise<void> {
    const most = userId === null ? MOST_PASSKEY : MOST_OF_USER;
    const isKept = await this.uow.run(systemContext(), (tx) =>
      this.mfa.insertChallenge(tx, { hash: hashOf(challenge), userId, purpose, most }),
    );
    if (!isKept) throw new TooManyAttempts(300);
  }

  private take(challenge: string, userId: number | null, purpose: ChallengePurpose): Promise<boolean> {
    return this.uow.run(systemContext(), (tx) =>
      this.mfa.takeChallenge(tx, hashOf(challenge), userId, purpose),
    );
  }
}

/** The library throws for every answer that is not right: what it is told came from outside. */
function notRight(): undefined {
  return undefined;
}
