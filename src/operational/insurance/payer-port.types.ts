import type { RequestContext } from '../../platform/security/request-context.js';
import type { Adjudication, ClaimFacts } from './adjudication.domain.js';

/** A claim as a payer sees it. */
export interface PayerClaim extends ClaimFacts {
  /** The same number is the same claim: asking twice is asking once. */
  readonly claimNumber: string;
  readonly payerId: number;
  readonly memberNumber: string;
  readonly insuranceId: number;
  readonly prescriptionId: number;
  readonly fillNumber: number;
}

/**
 * Who answers claims. Called outside of any transaction; both calls may come again with the same claim number and then answer the
 * same. Throws PayerUnavailable where the payer cannot be reached: nothing is lost by it.
 */
export interface PayerPort {
  adjudicate(ctx: RequestContext, claim: PayerClaim): Promise<Adjudication>;
  /** Tells that an answered or submitted claim no longer stands. */
  reverse(ctx: RequestContext, claimNumber: string): Promise<void>;
}

export const PAYER_PORT = Symbol('PayerPort');
