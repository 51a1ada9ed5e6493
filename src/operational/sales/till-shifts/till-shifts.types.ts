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

/** Cash put into (positive) or taken out of the drawer beside sales; a drop went to the safe. */
export interface CashMovementRow {
  readonly kind: 'pay_in' | 'pay_out' | 'drop';
  readonly amount: string;
  readonly reason: string;
  readonly bagNumber: string | null;
  readonly witnessName: string | null;
  readonly occurredAt: string;
}

/** So many notes or coins of a face value. */
export interface Pieces {
  readonly denomination: string;
  readonly pieces: number;
}

/** A blind count of the drawer: it knows nothing of what is expected. */
export interface DrawerCount {
  readonly countNo: number;
  readonly cash: string;
  readonly card: string | null;
  readonly mobile: string | null;
  readonly recountReason: string | null;
  readonly countedAt: Date;
  readonly pieces: readonly Pieces[];
}

/** What the cashier sees of a shift that is open: what was moved and counted, and nothing of what is expected. */
export interface DrawerView extends Shift {
  readonly cashMovements: readonly CashMovementRow[];
  /** The count that stands; null: none, or something was posted since. */
  readonly count: DrawerCount | null;
  /** True: it may be counted again, with a reason. */
  readonly mayRecount: boolean;
}

/** The figures of a shift as the database puts them together (operational.till_figures). Amounts are decimal strings. */
export interface ShiftFigures {
  readonly openingFloat: string;
  readonly openedAt: string;
  readonly cashierName: string;
  readonly businessDate: string;
  readonly currency: string;
  readonly salesCount: number;
  readonly returnsCount: number;
  readonly salesTotal: string;
  readonly refundsTotal: string;
  readonly netTotal: string;
  readonly discountTotal: string;
  readonly taxTotal: string;
  readonly roundingTotal: string;
  readonly firstSaleNumber: string | null;
  readonly lastSaleNumber: string | null;
  readonly taxes: readonly { readonly rate: string; readonly net: string; readonly tax: string }[];
  readonly tenders: readonly TenderReport[];
  readonly paidIn: string;
  readonly paidOut: string;
  readonly dropped: string;
  readonly expectedCash: string;
  /** Over all tenders that were counted; null while the shift is open. */
  readonly overShort: string | null;
  readonly recountReason: string | null;
  readonly pieces: readonly Pieces[];
  readonly cashMovements: readonly CashMovementRow[];
}

/** A tender in the report; one that is on no slip in the drawer is never counted. */
export interface TenderReport {
  readonly method: string;
  readonly taken: string;
  readonly refunded: string;
  readonly net: string;
  readonly expected: string;
  readonly counted: string | null;
  readonly overShort: string | null;
}

/** X report of a shift that is open, or the Z report of one that is closed, as it was posted. */
export interface Report extends Omit<Shift, 'openedAt' | 'closedAt'>, ShiftFigures {
  readonly kind: 'X' | 'Z';
  readonly closedAt: string | null;
  /** Number of the Z report at the branch; null: X. */
  readonly zNumber: number | null;
  readonly closedByName: string | null;
  /** SHA-256 in hex of the report and of the one before; null: X. */
  readonly hash: string | null;
  readonly previousHash: string | null;
  /** Last seal of the audit trail when the shift was closed; null: there was none, or X. */
  readonly auditSealNo: number | null;
  readonly auditSealHash: string | null;
}

/** A shift in the list of the branch; figures of Z alone. */
export interface ShiftRow extends Shift {
  readonly zNumber: number | null;
  readonly businessDate: string;
  readonly netTotal: string | null;
  readonly overShort: string | null;
}
