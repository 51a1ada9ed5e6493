import { divideHalfUp } from '../../platform/money/decimal.js';
import { Money } from '../../platform/money/money.js';

/** Sums of a period as the database adds them up, decimal strings. */
export interface SalesSums {
  readonly sales: number;
  readonly returns: number;
  readonly discounted: number;
  readonly quantity: string | null;
  readonly gross: string;
  readonly discount: string;
  readonly returned: string;
  readonly net: string;
  readonly tax: string;
  readonly rounding: string;
  readonly cost: string;
}

/** The same with what follows from them. */
export interface FullSalesFigures extends SalesSums {
  readonly total: string;
  readonly margin: string;
  readonly marginPercent: string | null;
  readonly average: string | null;
}

const money = (text: string): string => Money.of(text).toString();

/** What share of `net` is left of it after its cost, in percent to a tenth; null where `net` is zero or less: a share of that says nothing. */
export function marginPercent(net: Money, cost: Money): string | null {
  if (net.isZero() || net.isNegative()) return null;
  const tenths = divideHalfUp(net.minus(cost).thousandths * 1000n, net.thousandths);
  const absolute = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : ''}${absolute / 10n}.${absolute % 10n}`;
}

/** What was taken for one sale, before tax, to `decimals` of the currency; null where there was none. */
export function averageSale(sums: SalesSums, decimals: number): string | null {
  if (sums.sales === 0) return null;
  const step = 10n ** BigInt(3 - decimals);
  const taken = Money.of(sums.gross).minus(Money.of(sums.discount)).thousandths;
  return Money.ofThousandths(divideHalfUp(taken, BigInt(sums.sales) * step) * step).toString();
}

/** Figures of a period: what was paid, what it cost and what is left. `decimals`: of the currency. */
export function fullFigures(sums: SalesSums, decimals: number): FullSalesFigures {
  const [net, cost] = [Money.of(sums.net), Money.of(sums.cost)];
  return {
    sales: sums.sales,
    returns: sums.returns,
    discounted: sums.discounted,
    quantity: sums.quantity,
    gross: money(sums.gross),
    discount: money(sums.discount),
    returned: money(sums.returned),
    net: net.toString(),
    tax: money(sums.tax),
    rounding: money(sums.rounding),
    total: net.plus(Money.of(sums.tax)).plus(Money.of(sums.rounding)).toString(),
    cost: cost.toString(),
    margin: net.minus(cost).toString(),
    marginPercent: marginPercent(net, cost),
    average: averageSale(sums, decimals),
  };
}
