import { RuleViolation } from '../../../platform/errors/domain-error.js';
import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { costPerUnit, shareExactly } from '../exact-share.domain.js';

/** A discount as it is given: an amount, or a share in percent of what it is on; neither: none. */
export interface GivenDiscount {
  readonly discount?: string | undefined;
  readonly discountPercent?: string | undefined;
}

/** A line as it is ordered. Decimal strings; quantities in the unit it is ordered in. */
export interface OrderedLine extends GivenDiscount {
  readonly quantity: string;
  readonly bonus: string;
  /** Base units in one of the unit. */
  readonly unitBaseUnits: string;
  /** Of one of the unit. */
  readonly price: string;
  readonly taxRate: string;
}

/** Money and base units of a line, as they are stored. */
export interface LineFigures {
  readonly quantityOrdered: string;
  readonly quantityBonus: string;
  readonly gross: string;
  readonly discount: string;
  readonly headerDiscount: string;
  readonly net: string;
  readonly landedCost: string;
  readonly tax: string;
  readonly unitCost: string;
}

export interface OrderFigures {
  readonly lines: readonly LineFigures[];
  readonly discount: string;
  readonly landedCost: string;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly total: string;
}

const ONE = Quantity.of('1');

/**
 * What an order costs: gross = quantity × price; net = gross − discount of the line − its share of the discount of the order (by
 * what is left after its own); landed cost shared by net; tax on net; every amount rounded once, half up, to the currency, and
 * the shares add up exactly. Throws RuleViolation for a discount above what it is on, and for a quantity finer than a
 * thousandth of a base unit.
 */
export function orderFigures(
  lines: readonly OrderedLine[],
  order: GivenDiscount & { readonly landedCost: string },
  decimals: number,
): OrderFigures {
  const first = lines.map((line, index) => {
    const quantityOrdered = inBaseUnits(line.quantity, line.unitBaseUnits, index);
    const quantityBonus = inBaseUnits(line.bonus, line.unitBaseUnits, index);
    const gross = Money.of(line.price).share(Quantity.of(line.quantity), ONE, decimals);
    const discount = discountOn(gross, line, decimals, `/lines/${index}/discount`);
    return { line, quantityOrdered, quantityBonus, gross, discount, left: gross.minus(discount) };
  });
  const left = Money.sum(first.map((each) => each.left));
  const discount = discountOn(left, order, decimals, '/discount');
  const landedCost = toCurrency(order.landedCost, decimals);
  if (lines.length === 0 && !landedCost.isZero())
    throw new RuleViolation('Landed cost is shared over lines, and there are none.', {}, [
      { pointer: '/landedCost', detail: 'must come with lines' },
    ]);
  const headerShares = shareExactly(
    discount,
    first.map((each) => each.left.thousandths),
    decimals,
  );
  const nets = first.map((each, index) => each.left.minus(headerShares[index] ?? Money.zero));
  const landedShares = shareExactly(
    landedCost,
    nets.map((net) => net.thousandths),
    decimals,
  );
  const taxes = first.map(({ line }, index) => (nets[index] ?? Money.zero).timesRate(line.taxRate, decimals));
  const netTotal = Money.sum(nets);
  const taxTotal = Money.sum(taxes);
  return {
    lines: first.map((each, index) => {
      const net = nets[index] ?? Money.zero;
      const landed = landedShares[index] ?? Money.zero;
      return {
        quantityOrdered: each.quantityOrdered.toString(),
        quantityBonus: each.quantityBonus.toString(),
        gross: each.gross.toString(),
        discount: each.discount.toString(),
        headerDiscount: (headerShares[index] ?? Money.zero).toString(),
        net: net.toString(),
        landedCost: landed.toString(),
        tax: (taxes[index] ?? Money.zero).toString(),
        unitCost: costPerUnit(net.plus(landed), each.quantityOrdered.plus(each.quantityBonus)),
      };
    }),
    discount: discount.toString(),
    landedCost: landedCost.toString(),
    netTotal: netTotal.toString(),
    taxTotal: taxTotal.toString(),
    total: netTotal.plus(taxTotal).plus(landedCost).toString(),
  };
}

/** Base units of so many of a unit, exact; `pointerIndex` names the line in a refusal. */
export function inBaseUnits(quantity: string, unitBaseUnits: string, pointerIndex: number): Quantity {
  const at = `/lines/${pointerIndex}/quantity`;
  try {
    return Quantity.of(Quantity.of(quantity).times(Quantity.of(unitBaseUnits)).toString());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RuleViolation('This quantity is no exact number of base units, or too large.', {}, [
      { pointer: at, detail: 'must be a whole number of thousandths of a base unit' },
    ]);
  }
}

function toCurrency(amount: string, decimals: number): Money {
  return Money.of(amount).share(ONE, ONE, decimals);
}

function discountOn(
  amount: Money,
  { discount, discountPercent }: GivenDiscount,
  decimals: number,
  pointer: string,
): Money {
  const given =
    discountPercent === undefined
      ? toCurrency(discount ?? '0', decimals)
      : amount.timesRate(shareOfPercent(discountPercent), decimals);
  if (given.compare(amount) > 0)
    throw new RuleViolation('A discount cannot be more than what it is on.', {}, [
      { pointer, detail: `must be at most ${amount.toString()}` },
    ]);
  return given;
}

/** "12.5" percent as the rate "0.1250". */
function shareOfPercent(percent: string): string {
  const [whole = '0', fraction = ''] = percent.split('.');
  const hundredths = (whole + fraction.padEnd(2, '0')).padStart(5, '0');
  return `${hundredths.slice(0, -4)}.${hundredths.slice(-4)}`;
}
