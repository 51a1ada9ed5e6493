import type { PricePeriod } from '../../../api/types';
import { decimalOrZero } from '../../../ui/money.domain';
import classes from '../catalog.module.css';

const WIDTH = 600;
const HEIGHT = 60;

/** The price over time as steps; decoration beside the table, which says it all. Nothing for a price that never changed. */
export function PriceLine({ periods }: { periods: readonly PricePeriod[] }) {
  const known = periods.filter((period) => period.price !== null).reverse();
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last || known.length < 2) return null;
  const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
  const start = day(first.effectiveFrom);
  // The last price is drawn as long as a tenth of the whole, since its end is not known.
  const span = Math.max(1, (day(last.effectiveFrom) - start) * 1.1);
  const prices = known.map((period) => decimalOrZero(period.price));
  const top = prices.reduce((most, price) => (price > most ? price : most), 1n);
  const x = (date: string) => Math.round(((day(date) - start) / span) * WIDTH);
  const y = (price: bigint) => HEIGHT - 4 - Number((price * BigInt(HEIGHT - 12)) / top);
  const steps = known.map((period, at) => `H${x(period.effectiveFrom)} V${y(prices[at] ?? 0n)}`);
  return (
    <svg className={classes['priceLine']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={`M0 ${y(prices[0] ?? 0n)} ${steps.join(' ')} H${WIDTH}`} />
    </svg>
  );
}
