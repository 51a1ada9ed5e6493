import { Quantity } from '../../platform/money/quantity.js';

/** What somebody has in his hands of a lot that was sent. Base units. */
export interface Arrived {
  readonly usable: Quantity;
  readonly damaged: Quantity;
  /** Nothing more of it will come. */
  readonly isAll: boolean;
}

/** What follows: what comes into stock, and what is in dispute. */
export interface Arrival {
  readonly received: Quantity;
  readonly damaged: Quantity;
  readonly lost: Quantity;
  readonly over: Quantity;
}

const least = (a: Quantity, b: Quantity): Quantity => (a.compare(b) < 0 ? a : b);

/**
 * Splits what arrived of a lot of which `expected` is on its way and undisputed. What is beyond that is over, and comes into no stock
 * before who sent it agrees. Usable goods count first. received + damaged + lost + what is still on its way = expected.
 */
export function judgeArrival(expected: Quantity, { usable, damaged, isAll }: Arrived): Arrival {
  const received = least(usable, expected);
  const broken = least(damaged, expected.minus(received));
  const rest = expected.minus(received).minus(broken);
  return {
    received,
    damaged: broken,
    lost: isAll ? rest : Quantity.zero,
    over: usable.minus(received).plus(damaged.minus(broken)),
  };
}
