import type { AccountTender } from '../../accounts/accounts.types.js';

/** A cashier's turn at a till. */
export interface Shift {
  readonly shiftId: number;
  readonly userId: number;
  readonly cashierName: string;
  readonly status: 'open' | 'closed';
  readonly openingFloat: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

export type CountedMethod =
  'cash' | 'card' | 'mobile' | 'credit_note' | 'exchange' | 'insurance' | AccountTender;

/** What the payments of a shift say of a tender. Amounts are decimal strings. */
export interface TenderTotal {
  readonly method: CountedMethod;
  /** Taken in sales, less change. */
  readonly taken: string;
  /** Given back in returns and voids, positive. */
  readonly refunded: string;
}

/** Cash put into (positive) or taken out of the drawer beside sales. */
export interface CashMovementRow {
  readonly amount: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

/** Counted at the end of a shift. */
export interface TillCount {
  readonly method: CountedMethod;
  readonly counted: string;
  readonly expected: string;
}

/** How many sales and returns a shift had and what they came to. */
export interface SaleCounts {
  readonly businessDate: string;
  readonly salesCount: number;
  readonly returnsCount: number;
  readonly salesTotal: string;
  readonly refundsTotal: string;
}

/** A tender in the report. */
export interface TenderReport {
  readonly method: CountedMethod;
  readonly taken: string;
  readonly refunded: string;
  readonly net: string;
  readonly expected: string;
  readonly counted: string | null;
  readonly overShort: string | null;
}

/** X (still open) or Z (closed) report of a shift. */
export interface Report extends Shift, SaleCounts {
  readonly kind: 'X' | 'Z';
  readonly netTotal: string;
  readonly tenders: readonly TenderReport[];
  readonly paidIn: string;
  readonly paidOut: string;
  readonly expectedCash: string;
  /** Over all tenders; null while the shift is open. */
  readonly overShort: string | null;
  readonly cashMovements: readonly CashMovementRow[];
}
