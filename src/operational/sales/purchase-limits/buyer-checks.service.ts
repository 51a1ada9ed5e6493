import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { Forbidden } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { BasketLine } from '../basket.domain.js';
import { ageOn, isAboutBuyer, judgeLimit, mayPass, type Buyer } from './purchase-limits.domain.js';
import {
  BuyerTooYoung,
  IdentityCheckRequired,
  PurchaseLimitExceeded,
  type JudgedLimit,
} from './purchase-limits.errors.js';
import { PurchaseLimitsRepository, type BuyerKeys, type NewCheck } from './purchase-limits.repository.js';
import type { IdentityCheck, LimitReasons } from './purchase-limits.schemas.js';

/** Who buys, as the request says it. */
export interface BuyerInput {
  readonly patientId: number | null;
  readonly identity?: z.output<typeof IdentityCheck> | undefined;
  readonly limitReasons?: z.output<typeof LimitReasons> | undefined;
}

/** What is to be kept with a sale that limits are on. */
export interface ClearedBuyer {
  readonly check: NewCheck | undefined;
  readonly overrides: z.output<typeof LimitReasons>;
}

/** Limits on a basket, each judged, with who buys. */
interface Judged {
  readonly limits: readonly JudgedLimit[];
  readonly check: NewCheck | undefined;
}

/** Asks purchase limits of a basket. Only what is sold over the counter counts: fills have limits of their own. */
@Injectable()
export class BuyerChecksService {
  constructor(private readonly limits: PurchaseLimitsRepository) {}

  /** Products that a limit is on: without any there is nothing to ask. */
  limited(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<ReadonlySet<number>> {
    return drugIds.length === 0
      ? Promise.resolve(new Set<number>())
      : this.limits.findLimited(tx, branchId, drugIds);
  }

  /** Limits on a basket and what stands in the way, for a price that is only shown. */
  async judge(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly BasketLine[],
    buyer: BuyerInput,
    today: string,
  ): Promise<readonly JudgedLimit[]> {
    return (await this.judged(tx, ctx, lines, buyer, { today, isLocked: false })).limits;
  }

  /**
   * Asks that a basket may be sold to who buys it, under a lock on him. Throws BuyerTooYoung, IdentityCheckRequired,
   * PurchaseLimitExceeded, Forbidden (a reason without the right OverridePurchaseLimit). The database asks the same at commit.
   */
  async clear(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly BasketLine[],
    buyer: BuyerInput,
    today: string,
  ): Promise<ClearedBuyer> {
    const { limits, check } = await this.judged(tx, ctx, lines, buyer, { today, isLocked: true });
    const tooYoung = limits.filter(({ findings }) => findings.includes('too-young'));
    if (tooYoung.length > 0) throw new BuyerTooYoung(tooYoung);
    const unseen = limits.filter(({ findings }) => findings.some(isAboutBuyer));
    if (unseen.length > 0) throw new IdentityCheckRequired(unseen);
    const over = limits.filter(({ findings }) => findings.some(mayPass));
    const reasons = new Map((buyer.limitReasons ?? []).map(({ limitId, reason }) => [limitId, reason]));
    const unanswered = over.filter(({ limitId }) => !reasons.has(limitId));
    if (unanswered.length > 0) throw new PurchaseLimitExceeded(unanswered);
    if (over.length > 0 && !ctx.actor.permissions.has('OverridePurchaseLimit'))
      throw new Forbidden('You may not let a purchase limit pass.', { permission: 'OverridePurchaseLimit' });
    return {
      check,
      overrides: over.map(({ limitId }) => ({ limitId, reason: reasons.get(limitId) ?? '' })),
    };
  }

  /** Keeps with a posted sale who was looked at and what was let pass. */
  async keep(tx: Tx, ctx: RequestContext, saleId: number, { check, overrides }: ClearedBuyer): Promise<void> {
    const at = { saleId, branchId: ctx.branchId, userId: ctx.actor.userId };
    if (check) await this.limits.insertCheck(tx, at, check);
    if (overrides.length > 0) await this.limits.insertOverrides(tx, at, overrides);
  }

  private async judged(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly BasketLine[],
    { patientId, identity }: BuyerInput,
    options: { readonly today: string; readonly isLocked: boolean },
  ): Promise<Judged> {
    const document =
      identity?.documentNumber === undefined
        ? undefined
        : { kind: identity.documentKind, number: identity.documentNumber };
    const found = await this.limits.findBuyer(tx, document, patientId);
    const keys: BuyerKeys = { patientId, identityKey: found.identityKey };
    if (options.isLocked) await this.limits.lockPurchaser(tx, keys);
    const counter = lines
      .filter(({ fillId }) => fillId === null)
      .map(({ drugId, quantity }) => ({ drugId, quantity: quantity.toString() }));
    const usages = await this.limits.findUsage(tx, ctx.branchId, counter, keys, options.today);
    const birthDate = identity?.birthDate ?? found.birthDate;
    const ageYears = birthDate === null ? null : Math.max(0, ageOn(birthDate, options.today));
    const buyer: Buyer = {
      isKnown: patientId !== null || keys.identityKey !== null,
      ageYears,
      hasShownDocument: identity !== undefined,
    };
    const documentKind = identity?.documentKind ?? (patientId === null ? undefined : 'patient_record');
    return {
      limits: usages.map((usage) => ({ ...usage, findings: judgeLimit(usage, buyer) })),
      check:
        documentKind === undefined || usages.length === 0
          ? undefined
          : {
              documentKind,
              // Nothing is kept of an age nobody asks for.
              ageYears: usages.some(({ minimumAge }) => minimumAge !== null) ? ageYears : null,
              identityKey: keys.identityKey,
            },
    };
  }
}
