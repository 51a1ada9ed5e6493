import { DomainError } from '../../platform/errors/domain-error.js';
import type { ReasonCode } from './adjustments.types.js';

/** Reasons for which a correction may take from stock that is set aside: it is gone, or never was there. The database keeps the same list. */
export const SET_ASIDE_REASONS: readonly ReasonCode[] = ['missing', 'theft', 'entry_error'];

/** 422: stock that is set aside leaves by destruction, return to its supplier or count, or as gone with another person's approval. */
export class StockSetAside extends DomainError {
  readonly code = 'stock-set-aside';
  readonly status = 422;
  readonly title = 'Stock is set aside';

  constructor() {
    super(
      'What is quarantined, on hold, recalled or expired leaves by destruction, by a return to its supplier or by a count. A correction takes only what is missing, was stolen or was entered by mistake, and another person approves it.',
      { reasonCodes: SET_ASIDE_REASONS },
    );
  }
}

/** What decides whether a correction is posted at once. */
export interface CorrectionFacts {
  /** Base units, signed. */
  readonly quantity: string;
  readonly reasonCode: ReasonCode;
  /** Worth more at cost than one person may post at the branch. */
  readonly isOverLimit: boolean;
  /** The lot may not leave to a patient. */
  readonly isSetAside: boolean;
}

/** True: it waits for another person. Throws StockSetAside for what does not leave by a correction at all. */
export function needsAnother({ quantity, reasonCode, isOverLimit, isSetAside }: CorrectionFacts): boolean {
  if (!isSetAside || !quantity.startsWith('-')) return isOverLimit;
  if (!SET_ASIDE_REASONS.includes(reasonCode)) throw new StockSetAside();
  return true;
}
