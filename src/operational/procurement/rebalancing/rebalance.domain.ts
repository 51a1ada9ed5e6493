import { Quantity } from '../../../platform/money/quantity.js';
import { sellable, type ReorderFacts } from '../reorder/reorder.domain.js';

/** A product at one branch. */
export interface BranchStock extends Pick<
  ReorderFacts,
  'demand' | 'safety' | 'lots' | 'onOrder' | 'leadDays' | 'packUnits'
> {
  readonly branchId: number;
}

/** Why stock is to move: where it is it will not be sold before it expires, or the other branch runs out and this one has more than it needs. */
export const MOVE_REASONS = ['unsold', 'runs-out'] as const;
export type MoveReason = (typeof MOVE_REASONS)[number];

export interface Move {
  readonly fromBranchId: number;
  readonly toBranchId: number;
  readonly reason: MoveReason;
  readonly packs: number;
  /** Base units, whole packs. */
  readonly quantity: string;
}

export interface MoveTerms {
  /** Days on the way. */
  readonly transitDays: number;
  /** Days until somebody looks again. */
  readonly reviewDays: number;
  /** Days of demand a branch keeps, and takes at the most. */
  readonly keepDays: number;
}

interface Standing {
  readonly stock: BranchStock;
  /** Thousandths that will be sold before they expire, and that will not. */
  usable: bigint;
  willExpire: bigint;
}

/**
 * Which stock of a product to send from a branch to another, in whole packs. What would expire goes where it is sold in time; what a branch has beyond
 * the days it keeps goes where it is wanted before a delivery can come. Never more goes than is sold there, after all that is there or on order, before
 * the first of the giving branch's lots expires: those are sent first.
 */
export function rebalance(stocks: readonly BranchStock[], terms: MoveTerms): Move[] {
  const standings = stocks.map(standingOf);
  const moves: Move[] = [];
  for (const reason of MOVE_REASONS)
    for (const from of standings)
      for (const to of standings) {
        // What a branch gets it does not give, nor the other way round.
        const crosses = moves.some(
          (one) => one.fromBranchId === to.stock.branchId || one.toBranchId === from.stock.branchId,
        );
        if (from === to || to.stock.demand.isNone || crosses) continue;
        const move = moveOf(from, to, reason, terms);
        if (move) moves.push(move);
      }
  return moves;
}

/** Where nothing is expected to be asked for, nothing will be sold. */
function standingOf(stock: BranchStock): Standing {
  const { usable, willExpire } = sellable(stock.lots, stock.demand);
  return stock.demand.isNone ? { stock, usable: 0n, willExpire: usable } : { stock, usable, willExpire };
}

function moveOf(from: Standing, to: Standing, reason: MoveReason, terms: MoveTerms): Move | undefined {
  const pack = Quantity.of(to.stock.packUnits).thousandths;
  const most = least(roomOf(from, to, terms), spareOf(from, reason, terms));
  const need = needOf(to, terms);
  if (reason === 'runs-out' && need <= 0n) return undefined;
  // What runs out is filled up to the next whole pack; of what is not sold here only whole packs that are sold there.
  const wanted = reason === 'runs-out' ? ((need + pack - 1n) / pack) * pack : most;
  const packs = least(wanted, most) / pack;
  if (packs <= 0n) return undefined;
  const quantity = packs * pack;
  if (reason === 'unsold') from.willExpire -= quantity;
  else from.usable -= quantity;
  to.usable += quantity;
  return {
    fromBranchId: from.stock.branchId,
    toBranchId: to.stock.branchId,
    reason,
    packs: Number(packs),
    quantity: Quantity.ofThousandths(quantity).toString(),
  };
}

const positionOf = ({ stock, usable }: Standing): bigint => usable + Quantity.of(stock.onOrder).thousandths;

/** What the taking branch sells of it in time. */
function roomOf(from: Standing, to: Standing, { transitDays, keepDays }: MoveTerms): bigint {
  const first = Math.min(...from.stock.lots.map(({ days }) => days ?? Infinity));
  return to.stock.demand.soldIn(Math.min(first - transitDays + 1, keepDays)) - positionOf(to);
}

/** What the giving branch can do without. */
function spareOf(from: Standing, reason: MoveReason, { keepDays }: MoveTerms): bigint {
  if (reason === 'unsold') return from.willExpire;
  return from.usable - from.stock.demand.soldIn(keepDays);
}

/** What the taking branch wants beyond what it has and gets. */
function needOf(to: Standing, { reviewDays }: MoveTerms): bigint {
  const { demand, safety, leadDays } = to.stock;
  return demand.soldIn(leadDays + reviewDays) + Quantity.of(safety).thousandths - positionOf(to);
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
