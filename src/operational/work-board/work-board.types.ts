import type { z } from 'zod';

import type { BoardCard, LeaseView } from './work-board.schemas.js';
import type { BoardColumn } from './work-board.domain.js';

export type Card = z.output<typeof BoardCard>;

/** A card as it is stored: in which column it lies is known by who asks. */
export type CardRow = Omit<Card, 'column'>;

/** What is true of a whole column, on each of its cards. */
export interface ColumnRow extends CardRow {
  readonly count: number;
  readonly overdue: number;
  readonly oldestSince: string | null;
  readonly nextPromisedAt: string | null;
}

/** A card chosen and locked, not yet taken. */
export interface ChosenCard {
  readonly prescriptionId: number;
  readonly fillId: number | null;
  readonly status: string;
}

export type Lease = z.output<typeof LeaseView> & {
  readonly column: BoardColumn;
  readonly cardStatus: string;
  readonly outcome: 'moved' | 'released' | 'skipped' | 'expired' | null;
  readonly isHeld: boolean;
  /** Ended a moment ago. */
  readonly isResumable: boolean;
};
