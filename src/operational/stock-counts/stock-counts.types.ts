import type { AbcClass } from './abc.domain.js';

export const COUNT_SCOPES = ['all', 'bin', 'drugs', 'abc'] as const;
export type CountScope = (typeof COUNT_SCOPES)[number];

export const COUNT_STATUSES = ['counting', 'submitted', 'approved', 'cancelled'] as const;
export type CountStatus = (typeof COUNT_STATUSES)[number];

export type CountCommand = 'enter' | 'recount' | 'submit' | 'approve' | 'cancel';

/** A count as lists show it. What differs is told to who approves alone, once it is handed in. */
export interface StockCount {
  readonly countId: number;
  readonly scope: CountScope;
  readonly bin: string | null;
  readonly abcClass: AbcClass | null;
  readonly status: CountStatus;
  readonly recountShare: string;
  readonly recountValue: string | null;
  readonly note: string | null;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly submittedBy: string | null;
  readonly submittedAt: Date | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closeNote: string | null;
  readonly lines: number;
  readonly counted: number;
  readonly left: number;
  /** Lines that must be counted once more. */
  readonly toRecount: number;
  readonly found: number;
  /** Lines that differ, and what all differences are worth at cost; null: not told. */
  readonly differing: number | null;
  readonly differenceValue: string | null;
  readonly commands: CountCommand[];
}

/** A lot to be counted. `expected` and what follows from it are null for who counts. */
export interface CountLine {
  readonly countLineId: number;
  readonly lotId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly lotStatus: string;
  readonly bin: string | null;
  readonly isFound: boolean;
  readonly isLeft: boolean;
  readonly entries: number;
  readonly counted: string | null;
  readonly countedBy: string | null;
  readonly countedAt: Date | null;
  readonly mustRecount: boolean;
  readonly expected: string | null;
  readonly difference: string | null;
  readonly differenceValue: string | null;
  readonly movementId: number | null;
}

/** What a count answers to who entered it. */
export interface EnteredLine {
  readonly countLineId: number;
  readonly lotId: number;
  readonly entryNo: number;
  readonly counted: string;
  /** The difference is over the limit and it was counted once: count it again. */
  readonly mustRecount: boolean;
}

/** What a branch asks of counting and correcting. Shares and money are decimal strings. */
export interface StockPolicy {
  readonly cycleDaysA: number;
  readonly cycleDaysB: number;
  readonly cycleDaysC: number;
  readonly recountShare: string;
  readonly recountValue: string | null;
  readonly adjustmentLimit: string | null;
  /** 0: nobody has set it. */
  readonly version: number;
}

/** When a product is to be counted. */
export interface CyclePlanRow {
  readonly drugId: number;
  readonly drugName: string;
  readonly abcClass: AbcClass;
  readonly consumptionValue: string;
  readonly lots: number;
  readonly lastCountedOn: string | null;
  readonly isDue: boolean;
}
