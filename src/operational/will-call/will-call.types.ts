export const HOLD_REASONS = ['counsel', 'prior_authorisation', 'payment', 'identity', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Where a fill is put. `holdReason` set: what lies in it is not handed over. */
export interface BinChoice {
  readonly code: string | undefined;
  readonly holdReason: HoldReason | null;
}
