import type { Jurisdiction, Schedule } from './controlled-rules.domain.js';
import { TransferRefused } from './prescription-refusals.domain.js';

/** What the law asks about a prescription that is to go to another pharmacy. */
export interface TransferCase {
  readonly jurisdiction: Jurisdiction;
  readonly schedule: Schedule | null;
  /** Something was filled under it, here or before it came here. */
  readonly isBegun: boolean;
  /** It came here from another pharmacy itself. */
  readonly cameByTransfer: boolean;
}

const SOURCE = '21 CFR 1306.25';

/**
 * Throws TransferRefused where the law keeps it here. In the United States a schedule II prescription goes to another
 * pharmacy only before its first fill, and III to V once only.
 */
export function assertTransferable({ jurisdiction, schedule, isBegun, cameByTransfer }: TransferCase): void {
  if (jurisdiction !== 'US' || schedule === null) return;
  if (schedule === 'II' && isBegun)
    throw new TransferRefused('A schedule II prescription that was begun stays where it is', SOURCE);
  if (cameByTransfer)
    throw new TransferRefused('A controlled prescription is transferred once, and this one was', SOURCE);
}
