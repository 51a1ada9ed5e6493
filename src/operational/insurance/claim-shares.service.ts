import { Inject, Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { isAnswered, isUnsettled } from './claim-status.domain.js';
import { ClaimsRepository, type ShareRow } from './claims.repository.js';
import type { ClaimTender, FillShare, FillShares } from './claims.types.js';
import { ClaimUnsettled, PayerUnavailable } from './insurance.errors.js';
import { PAYER_PORT, type PayerPort } from './payer-port.types.js';

/** What the till and the dispensary must know of claims: who bears what of a fill, and that a fill taken back is claimed no longer. */
@Injectable()
export class ClaimSharesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly claims: ClaimsRepository,
    @Inject(PAYER_PORT) private readonly payer: PayerPort,
  ) {}

  /** Who bears what of fills of the branch; one that does not exist is missing. */
  async shares(tx: Tx, branchId: number, fillIds: readonly number[]): Promise<FillShares[]> {
    if (fillIds.length === 0) return [];
    const byFill = new Map<number, ShareRow[]>();
    for (const row of await this.claims.shares(tx, branchId, fillIds))
      byFill.set(row.fillId, [...(byFill.get(row.fillId) ?? []), row]);
    return [...byFill.values()].map(sharesOf);
  }

  /**
   * What payers bear of fills about to be sold, in the order of fills and payers. The caller holds the lock on the fills. Throws
   * ClaimUnsettled where a payer has not answered or has refused.
   */
  async tenders(tx: Tx, branchId: number, fillIds: readonly number[]): Promise<ClaimTender[]> {
    const found = await this.shares(tx, branchId, fillIds);
    return found.flatMap(({ fillId, payers }) => {
      const open = payers.find((payer) => isUnsettled(payer.status));
      if (open) throw new ClaimUnsettled(fillId, open.status);
      return payers
        .filter(({ payerShare }) => payerShare !== null && !Money.of(payerShare).isZero())
        .map(({ claimId, claimNumber, payerShare }) => ({
          fillId,
          claimId,
          claimNumber,
          amount: payerShare ?? '0',
        }));
    });
  }

  /** Reverses every claim of fills that are taken back, in the same transaction; their payers are told after it. */
  async reverseAll(tx: Tx, fillIds: readonly number[], reason: string): Promise<void> {
    if (fillIds.length > 0) await this.claims.reverseFrom(tx, fillIds, 0, reason);
  }

  /**
   * Tells payers of reversed claims of fills, after the transaction that reversed them. A payer that does not answer is told with the
   * next `reverse` of the claim: until then it shows as pending.
   */
  async tellPayers(ctx: RequestContext, fillIds: readonly number[]): Promise<void> {
    if (fillIds.length === 0) return;
    const later = { ...ctx, idempotency: undefined };
    for (const { claimId, claimNumber } of await this.uow.read(later, (tx) =>
      this.claims.toTell(tx, fillIds),
    )) {
      try {
        await this.payer.reverse(later, claimNumber);
      } catch (error) {
        if (error instanceof PayerUnavailable) return;
        throw error;
      }
      await this.uow.run(later, (tx) => this.claims.told(tx, claimId));
    }
  }
}

function sharesOf(rows: readonly ShareRow[]): FillShares {
  const claims = rows.flatMap(({ claimId, ...row }) => (claimId === null ? [] : [{ ...row, claimId }]));
  const left = claims.filter((claim) => isAnswered(claim.status)).at(-1)?.patientShare;
  const price = rows[0]?.price ?? '0';
  return {
    fillId: rows[0]?.fillId ?? 0,
    price: Money.of(price).toString(),
    patientShare: Money.of(left ?? price).toString(),
    isSettled: !claims.some((claim) => isUnsettled(claim.status)),
    payers: claims.map(({ claimId, claimNumber, payerName, payerNameAr, status, payerShare }): FillShare => ({
      claimId,
      claimNumber,
      payerName,
      payerNameAr,
      status,
      payerShare: payerShare === null ? null : Money.of(payerShare).toString(),
    })),
  };
}
