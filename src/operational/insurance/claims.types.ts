import type { ClaimStatus } from './claim-status.domain.js';

/** What a payer bears of a fill, as the till and the prescription show it. Amounts are decimal strings. */
export interface FillShare {
  readonly claimId: number;
  readonly claimNumber: string;
  readonly payerName: string;
  readonly payerNameAr: string | null;
  readonly status: ClaimStatus;
  /** Null until it is answered. */
  readonly payerShare: string | null;
}

/** Who bears what of a fill: price = Σ payer shares + patient share. */
export interface FillShares {
  readonly fillId: number;
  readonly price: string;
  readonly patientShare: string;
  /** False: a payer has not answered or has refused, so it cannot be sold yet. */
  readonly isSettled: boolean;
  /** Answered and unsettled claims, in the order payers were asked. */
  readonly payers: readonly FillShare[];
}

/** What a payer bears of a fill that is sold, or was. */
export interface ClaimTender {
  readonly fillId: number;
  readonly claimId: number;
  readonly claimNumber: string;
  /** More than zero, decimal string. */
  readonly amount: string;
}
