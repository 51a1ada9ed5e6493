import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { Pieces } from './till-shifts.types.js';

const ONE = Quantity.of('1');

/** What notes and coins are worth together, as a decimal string. */
export const floatOf = (pieces: readonly Pieces[]): string =>
  Money.sum(
    pieces.map((one) => Money.of(one.denomination).share(Quantity.of(String(one.pieces)), ONE, 3)),
  ).toString();
