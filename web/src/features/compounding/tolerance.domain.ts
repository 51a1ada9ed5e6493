import { formatDecimal, parseDecimal, type Thousandths } from '../../ui/money.domain';

/** Between which weights a weighing is near enough to what was calculated. */
export interface Tolerance {
  low: string;
  high: string;
}

/** As the server judges: so many percent of the planned quantity to either side, exactly. */
export function toleranceOf(planned: string, percent: string): Tolerance {
  const middle = parseDecimal(planned) ?? 0n;
  const off = (middle * (parseDecimal(percent) ?? 0n)) / 100_000n;
  return { low: formatDecimal(middle - off), high: formatDecimal(middle + off) };
}

/** How a weight as far as it is typed stands: nothing that can be judged, near enough, or too far. */
export function judgeWeight(typed: string, { low, high }: Tolerance): 'open' | 'within' | 'outside' {
  const weight: Thousandths | undefined = parseDecimal(typed);
  if (weight === undefined) return 'open';
  return weight >= (parseDecimal(low) ?? 0n) && weight <= (parseDecimal(high) ?? 0n) ? 'within' : 'outside';
}
