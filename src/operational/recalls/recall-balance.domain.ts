import { Quantity } from '../../platform/money/quantity.js';
import type { RecallBalance, RecallCommand, RecallStatus } from './recalls.types.js';

/** What moved of the recalled lots by kind of movement, signed as in the ledger. Reversals count as what they reverse. */
export type MovedByKind = Readonly<Record<string, string>>;

const HANDED_OUT = ['dispense', 'sale'];
const CAME_BACK = ['return', 'reversal'];

/**
 * Where all of it is. What came in is on a shelf, in transit, with patients, elsewhere or destroyed, so that the columns add up to what the
 * ledger holds: received + transferredIn + corrected − transferredOut − withPatients − destroyed = onShelf.
 */
export function balanceOf(moved: MovedByKind, onShelf: string, inTransit: string): RecallBalance {
  const of = (...kinds: readonly string[]): Quantity =>
    kinds.reduce((sum, kind) => sum.plus(Quantity.of(moved[kind] ?? '0')), Quantity.zero);
  const handedOut = of(...HANDED_OUT).negated();
  const cameBack = of(...CAME_BACK);
  const withPatients = handedOut.minus(cameBack);
  const known = [...HANDED_OUT, ...CAME_BACK, 'receipt', 'transfer_in', 'transfer_out', 'destruction'];
  const others = Object.keys(moved).filter((kind) => !known.includes(kind));
  const [shelf, transit] = [Quantity.of(onShelf), Quantity.of(inTransit)];
  return {
    received: of('receipt').toString(),
    transferredIn: of('transfer_in').toString(),
    transferredOut: of('transfer_out').negated().toString(),
    corrected: of(...others).toString(),
    onShelf: shelf.toString(),
    inTransit: transit.toString(),
    handedOut: handedOut.toString(),
    cameBack: cameBack.toString(),
    withPatients: withPatients.toString(),
    destroyed: of('destruction').negated().toString(),
    outstanding: shelf.plus(transit).plus(withPatients).toString(),
  };
}

/** What can be done with a recall where it stands. */
export function recallCommands(status: RecallStatus, isApplied: boolean): RecallCommand[] {
  if (status === 'withdrawn') return [];
  const apply: RecallCommand[] = isApplied ? [] : ['apply'];
  return status === 'open' ? [...apply, 'close', 'withdraw'] : [...apply, 'withdraw'];
}
