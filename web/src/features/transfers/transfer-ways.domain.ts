import { decimalOrZero, formatDecimal } from '../../ui/money.domain';

type Kind = 'lost' | 'damaged' | 'over';
type Way = 'write_off' | 'return' | 'receive' | 'accept' | 'dismiss';

/** How a discrepancy may be settled by each side, as the server has it: goods are the sender's until they have arrived. */
const WAYS: Readonly<Record<Kind, Readonly<Record<'from' | 'to', readonly Way[]>>>> = {
  lost: { from: ['write_off', 'return'], to: ['receive'] },
  damaged: { from: ['write_off', 'return'], to: [] },
  over: { from: ['accept', 'dismiss'], to: [] },
};

export const waysOf = (kind: Kind, side: 'from' | 'to'): readonly Way[] => WAYS[kind][side];

/** What was typed of a lot that arrives. */
export interface ArrivedText {
  readonly usable: string;
  readonly damaged: string;
}

/** What becomes of it: how much of what was sent is missing, or how much came beyond it. One of them is "0". */
export function gapOf(expected: string, { usable, damaged }: ArrivedText): { missing: string; over: string } {
  const gap = decimalOrZero(expected) - decimalOrZero(usable) - decimalOrZero(damaged);
  return gap >= 0n ? { missing: formatDecimal(gap), over: '0' } : { missing: '0', over: formatDecimal(-gap) };
}
