// What follows from the sums of a period.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { averageSale, fullFigures, marginPercent, type SalesSums } from './sales-figures.domain.js';

const NONE: SalesSums = {
  sales: 0,
  returns: 0,
  discounted: 0,
  quantity: null,
  gross: '0',
  discount: '0',
  returned: '0',
  net: '0',
  tax: '0',
  rounding: '0',
  cost: '0',
};

describe('figures of a period', () => {
  it('say what was paid, what is left, its share and what one sale brought', () => {
    const sums = { ...NONE, sales: 3, returns: 1, gross: '100.000', discount: '10', returned: '15.5', net: '74.500', tax: '10.43', rounding: '0.07', cost: '50.125' }; // prettier-ignore
    expect(fullFigures(sums, 2)).toMatchObject({
      gross: '100.00',
      net: '74.50',
      total: '85.00',
      cost: '50.125',
      margin: '24.375',
      marginPercent: '32.7',
      average: '30.00',
    });
  });

  it('have no share and no average where there was nothing', () => {
    expect(fullFigures(NONE, 2)).toMatchObject({ total: '0.00', marginPercent: null, average: null });
    expect(marginPercent(Money.of('-5'), Money.of('1'))).toBeNull();
  });

  it('say a loss with its sign, a small one too', () => {
    expect(marginPercent(Money.of('10'), Money.of('10.04'))).toBe('-0.4');
    expect(marginPercent(Money.of('10'), Money.of('25'))).toBe('-150.0');
  });

  it('give an average in the smallest unit of the currency', () => {
    expect(averageSale({ ...NONE, sales: 3, gross: '100' }, 2)).toBe('33.33');
    expect(averageSale({ ...NONE, sales: 3, gross: '100' }, 3)).toBe('33.333');
    expect(averageSale({ ...NONE, sales: 3, gross: '100' }, 0)).toBe('33.00');
  });

  it('add up for any sums', () => {
    const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n).map((n) => Money.ofThousandths(n).toString());
    fc.assert(
      fc.property(amount, amount, amount, amount, (net, tax, rounding, cost) => {
        const figures = fullFigures({ ...NONE, net, tax, rounding, cost }, 2);
        const paid = Money.sum([net, tax, rounding].map((one) => Money.of(one)));
        expect(figures.total).toBe(paid.toString());
        expect(Money.of(figures.margin).plus(Money.of(figures.cost)).toString()).toBe(figures.net);
      }),
    );
  });
});
