import { Quantity } from '../../platform/money/quantity.js';

/** What a lot gave to a line, in the order of issue. Base units, decimal string. */
export interface Given {
  readonly lotId: number;
  readonly quantity: string;
}

/**
 * Which lots take back `quantity` base units of a line: the last one that gave is the first to take, and what was
 * taken back before (`returnedBefore`) is skipped. Answers undefined when the line never took that much.
 */
export function takeBack(
  given: readonly Given[],
  returnedBefore: string,
  quantity: string,
): Given[] | undefined {
  let skip = Quantity.of(returnedBefore).thousandths;
  let left = Quantity.of(quantity).thousandths;
  const taken: Given[] = [];
  for (const { lotId, quantity: gave } of [...given].reverse()) {
    const whole = Quantity.of(gave).thousandths;
    const skipped = whole < skip ? whole : skip;
    skip -= skipped;
    const take = whole - skipped < left ? whole - skipped : left;
    if (take > 0n) taken.push({ lotId, quantity: Quantity.ofThousandths(take).toString() });
    left -= take;
  }
  return left === 0n ? taken : undefined;
}
