import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FieldCipher } from '../../../platform/security/field-cipher.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { Clock } from '../../../platform/time/clock.js';
import { OtpNotEnrolled } from '../auth.errors.js';
import type { Device } from '../device.js';
import { InvalidSecondFactor, SecondFactorRequired } from './mfa.errors.js';
import { MfaRepository } from './mfa.repository.js';
import type { Assertion } from './mfa.schemas.js';
import { hashRecoveryCode } from './recovery-code.js';
import { SecurityKeysService } from './security-keys.service.js';
import { matchingCode } from './totp.js';

export type SecondFactor = 'totp' | 'webauthn' | 'recovery';

/** What somebody sends as his second factor. */
export interface SentFactor {
  readonly otp?: string | undefined;
  readonly assertion?: z.output<typeof Assertion> | undefined;
}

/** A secret is bound to its user: put into another's row it opens nothing. */
export const placeOfSecret = (userId: number): string => `mfa_factors of ${userId}`;

/** Judges second factors. Every code is taken once, whoever sends it and however often at once. */
@Injectable()
export class SecondFactorsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mfa: MfaRepository,
    private readonly keys: SecurityKeysService,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * The second factor of somebody whose password was right; null: he has none. Throws SecondFactorRequired where he has
   * and sent none, InvalidSecondFactor, OtpNotEnrolled.
   */
  async atSignIn(userId: number, sent: SentFactor, device: Device): Promise<SecondFactor | null> {
    const { kinds } = await this.uow.read(systemContext(), (tx) => this.mfa.state(tx, userId));
    if (kinds.length === 0) {
      if (sent.otp || sent.assertion) throw new OtpNotEnrolled();
      return null;
    }
    if (!sent.otp && !sent.assertion) {
      const challenge = await this.keys.ask(userId, 'sign-in', device);
      throw new SecondFactorRequired([...kinds, 'recovery'], challenge);
    }
    const used = await this.judge(userId, sent, 'sign-in', device);
    if (!used) throw new InvalidSecondFactor();
    return used;
  }

  /** Which factor was sent, used up; undefined: what was sent is not right. */
  async judge(
    userId: number,
    { otp, assertion }: SentFactor,
    purpose: 'sign-in' | 'step-up',
    device: Device,
  ): Promise<SecondFactor | undefined> {
    if (assertion)
      return (await this.keys.judge(userId, purpose, assertion, device)) ? 'webauthn' : undefined;
    if (!otp) return undefined;
    if (/^\d{6}$/.test(otp)) return (await this.takeCode(userId, otp)) === undefined ? undefined : 'totp';
    const isCode = await this.uow.run(systemContext(), (tx) =>
      this.mfa.useCode(tx, userId, hashRecoveryCode(otp)),
    );
    return isCode ? 'recovery' : undefined;
  }

  /**
   * Takes a code of one of the user's apps, or of `begun`, the one being set up; answers which. Undefined: it is of none, or came a step early or
   * late: then the clock of the phone is learned from it, and the next one is taken. An app that is set up tells its clock by the first.
   */
  async takeCode(userId: number, otp: string, begun?: number): Promise<number | undefined> {
    const apps = await this.uow.read(systemContext(), (tx) => this.mfa.totps(tx, userId, begun));
    const now = this.clock.now();
    for (const { factorId, secret, driftSeconds } of begun === undefined
      ? apps
      : apps.filter((app) => app.factorId === begun)) {
      const key = await this.cipher.decrypt(secret, placeOfSecret(userId));
      const match = matchingCode(key, otp, now, driftSeconds);
      if (match === undefined) continue;
      if (!match.isOfNow && begun === undefined) {
        await this.uow.run(systemContext(), (tx) => this.mfa.noteDrift(tx, factorId, match));
        continue;
      }
      const isFirst = await this.uow.run(systemContext(), (tx) => this.mfa.takeStep(tx, factorId, match));
      if (isFirst) return factorId;
    }
    return undefined;
  }
}
