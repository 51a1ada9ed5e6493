import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { symbolSvg } from '../../../platform/barcode/symbols.js';
import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import { FieldCipher } from '../../../platform/security/field-cipher.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { CredentialsRepository } from '../credentials.repository.js';
import type { Device } from '../device.js';
import { TooManyFactors, WrongSecondFactor } from './mfa.errors.js';
import { MfaRepository, type Factor } from './mfa.repository.js';
import type { AddKey, TotpBegun } from './mfa.schemas.js';
import { FEW_RECOVERY_CODES, hashRecoveryCode, newRecoveryCode, RECOVERY_CODES } from './recovery-code.js';
import { placeOfSecret, SecondFactorsService } from './second-factors.service.js';
import { SecurityKeysService } from './security-keys.service.js';
import { base32, newTotpSecret, otpauthUri } from './totp.js';

const MOST_FACTORS = 10;

/** What the caller has, and what is asked of him. */
export interface MfaState {
  readonly factors: Factor[];
  readonly recoveryCodesLeft: number;
  readonly fewRecoveryCodes: boolean;
  readonly isRequired: boolean;
  readonly canUseKeys: boolean;
}

/** The caller's own second factors. Recovery codes come with the first one and are shown once. */
@Injectable()
export class MfaService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mfa: MfaRepository,
    private readonly credentials: CredentialsRepository,
    private readonly factors: SecondFactorsService,
    private readonly keys: SecurityKeysService,
    private readonly cipher: FieldCipher,
  ) {}

  state(ctx: RequestContext, device: Device): Promise<MfaState> {
    return this.uow.read(ctx, async (tx) => {
      const [factors, { recoveryCodesLeft, isRequired }] = await Promise.all([
        this.mfa.list(tx, ctx.actor.userId),
        this.mfa.state(tx, ctx.actor.userId),
      ]);
      const fewRecoveryCodes = factors.length > 0 && recoveryCodesLeft < FEW_RECOVERY_CODES;
      const canUseKeys = this.keys.areUsableAt(device);
      return { factors, recoveryCodesLeft, fewRecoveryCodes, isRequired, canUseKeys };
    });
  }

  /** Begins an authenticator app; it counts once a code of it was given. Throws TooManyFactors. */
  async beginTotp(ctx: RequestContext, name: string): Promise<z.output<typeof TotpBegun>> {
    const { userId, username } = ctx.actor;
    const secret = newTotpSecret();
    const sealed = await this.cipher.encrypt(secret, placeOfSecret(userId));
    const factorId = await this.uow.run(ctx, async (tx) => {
      await this.assertRoom(tx, userId);
      await this.mfa.pruneUnconfirmed(tx, userId);
      return this.mfa.insertTotp(tx, { userId, name, secret: sealed });
    });
    const uri = otpauthUri(secret, username);
    return { factorId, secret: base32(secret), uri, qr: symbolSvg('qrcode', uri) };
  }

  /** Ends the enrolment with a code of the app. Throws WrongSecondFactor. */
  async confirmTotp(ctx: RequestContext, factorId: number, otp: string): Promise<string[] | null> {
    const { userId } = ctx.actor;
    const isFirst = (await this.uow.read(ctx, (tx) => this.mfa.count(tx, userId))) === 0;
    if ((await this.factors.takeCode(userId, otp, factorId)) === undefined)
      throw new WrongSecondFactor('otp');
    return isFirst ? this.newRecoveryCodes(ctx) : null;
  }

  /** What the browser needs to make a key. Throws SecurityKeysUnavailable, TooManyAttempts. */
  async keyOptions(ctx: RequestContext, device: Device): Promise<object> {
    const { userId } = ctx.actor;
    const { username, fullName } = await this.uow.read(ctx, (tx) => this.credentials.profile(tx, userId));
    return this.keys.askToEnrol({ userId, username, fullName }, device);
  }

  /** Adds the key a browser made. Throws WrongSecondFactor, TooManyFactors, Duplicate. */
  async addKey(
    ctx: RequestContext,
    { name, attestation }: z.output<typeof AddKey>,
    device: Device,
  ): Promise<string[] | null> {
    const { userId } = ctx.actor;
    const key = await this.keys.judgeEnrolment(userId, attestation, device);
    if (!key) throw new WrongSecondFactor('attestation');
    const isFirst = await this.uow.run(ctx, async (tx) => {
      const before = await this.assertRoom(tx, userId);
      await this.mfa.insertKey(tx, { userId, name, ...key });
      return before === 0;
    });
    return isFirst ? this.newRecoveryCodes(ctx) : null;
  }

  /** Throws NotFound. */
  async rename(ctx: RequestContext, factorId: number, name: string): Promise<void> {
    const isThere = await this.uow.run(ctx, (tx) => this.mfa.rename(tx, factorId, ctx.actor.userId, name));
    if (!isThere) throw new NotFound('second factor');
  }

  /** Throws NotFound, and SecondFactorNeeded where a role asks for one and it is the last. */
  async remove(ctx: RequestContext, factorId: number): Promise<void> {
    const isThere = await this.uow.run(ctx, async (tx) => {
      await this.mfa.lockUser(tx, ctx.actor.userId);
      return this.mfa.remove(tx, factorId, ctx.actor.userId);
    });
    if (!isThere) throw new NotFound('second factor');
  }

  /** A new set of recovery codes; those before it are over. Throws NotFound for who has no factor. */
  async newRecoveryCodes(ctx: RequestContext): Promise<string[]> {
    const { userId } = ctx.actor;
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.uow.run(ctx, async (tx) => {
      await this.mfa.lockUser(tx, userId);
      if ((await this.mfa.count(tx, userId)) === 0) throw new NotFound('second factor');
      await this.mfa.replaceCodes(tx, userId, codes.map(hashRecoveryCode));
    });
    return codes;
  }

  private async assertRoom(tx: Tx, userId: number): Promise<number> {
    await this.mfa.lockUser(tx, userId);
    const count = await this.mfa.count(tx, userId);
    if (count >= MOST_FACTORS) throw new TooManyFactors(MOST_FACTORS);
    return count;
  }
}
