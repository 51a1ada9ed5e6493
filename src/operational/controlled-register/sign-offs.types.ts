/** A product to be counted, with the last count taken since it was signed off. What the register expects is not told. */
export interface ToCount {
  readonly drugId: number;
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly strength: string | null;
  readonly baseUnit: string;
  readonly schedule: string | null;
  /** Where it lies, without quantities. */
  readonly lots: readonly { lotNumber: string; expiryDate: string | null; status: string }[];
  readonly countId: number | null;
  readonly counted: string | null;
  readonly countedAt: string | null;
  /** True: the last count is not what the register says. */
  readonly differs: boolean;
  /** True: it moved after it was counted. */
  readonly isStale: boolean | null;
  readonly attempts: number;
}

/** A count as it is answered. */
export interface Counted {
  readonly countId: number;
  readonly drugId: number;
  readonly counted: string;
  readonly differs: boolean;
}

/** A day signed off, with its counts. Quantities in base units. */
export interface SignOff {
  readonly signOffId: number;
  readonly businessDay: string;
  readonly scope: 'moved' | 'all';
  readonly note: string | null;
  readonly signedBy: string;
  readonly signedAt: string;
  readonly counts: readonly {
    drugId: number;
    drugName: string;
    counted: string;
    expected: string;
    difference: string;
    explanation: string | null;
    entryNo: number;
    countedBy: string;
    countedAt: string;
  }[];
}
