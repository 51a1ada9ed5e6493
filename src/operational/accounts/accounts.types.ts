import type { Money } from '../../platform/money/money.js';

/** How a customer pays by what is between him and the pharmacy: on account, with what he paid ahead, with points. */
export const ACCOUNT_TENDERS = ['account', 'deposit', 'points'] as const;
export type AccountTender = (typeof ACCOUNT_TENDERS)[number];

/** Whether a tender names the account of a customer. */
export const isAccountTender = (method: string): method is AccountTender =>
  (ACCOUNT_TENDERS as readonly string[]).includes(method);

/** A tender of a sale: an amount as a decimal string. */
export interface SaleTender {
  readonly method: string;
  readonly amount: string;
}

/** A sale as points go by it: who bears what, and what the lines cost, the discount off. */
export interface EarningSale {
  readonly saleId: number;
  readonly accountId: number;
  readonly payments: readonly { readonly method: string; readonly amount: Money }[];
  /** A line of a fill is a prescription's. */
  readonly lines: readonly { readonly fillId: number | null; readonly lineTotal: Money }[];
}

/** A return or void just posted, with what of it goes back to points, positive. */
export interface PointsReturn {
  readonly saleId: number;
  readonly originalSaleId: number;
  readonly accountId: number;
  readonly toPoints: Money;
}
