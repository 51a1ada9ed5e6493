import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatThousandths, parseThousandths } from './decimal.js';
import { Money } from './money.js';
import { Quantity } from './quantity.js';

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((cents) => formatThousandths(cents * 10n, 2));
const packSize = fc.integer({ min: 1, max: 500 });

describe('money', () => {
  it('is written as it was read', () => {
    fc.assert(
      fc.property(amount, (text) => {
        expect(Money.of(text).toString()).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), (value) => {
        expect(parseThousandths(formatThousandths(value, 0))).toBe(value);
      }),
    );
  });

  it('prices the units of a pack so that they differ from the pack by less than half a cent each', () => {
    fc.assert(
      fc.property(amount, packSize, (price, size) => {
        const pack = Quantity.of(String(size));
        const unit = Money.of(price).share(Quantity.of('1'), pack, 2);
        const difference = unit.thousandths * BigInt(size) - Money.of(price).thousandths;
        expect(difference <= 5n * BigInt(size) && difference >= -5n * BigInt(size)).toBe(true);
        expect(Money.of(price).share(pack, pack, 2).toString()).toBe(price);
      }),
    );
  });

  it.each([
    ['1.005', '0.01', '1.01'],
    ['1.004', '0.01', '1.00'],
    ['-1.005', '0.01', '-1.01'],
    ['12.37', '0.25', '12.25'],
    ['12.38', '0.25', '12.50'],
    ['12.34', '0', '12.34'],
    ['12.025', '0.05', '12.05'],
    ['12.024', '0.05', '12.00'],
    ['12.075', '0.05', '12.10'],
    ['-12.025', '0.05', '-12.05'],
    ['0.02', '0.05', '0.00'],
    ['12.49', '5', '10.00'],
    ['12.50', '5', '15.00'],
    ['1.007', '0.005', '1.005'],
    ['1.008', '0.005', '1.01'],
  ])('rounds %s to a multiple of %s as %s, half away from zero', (value, step, rounded) => {
    expect(Money.of(value).roundedTo(Money.of(step)).toString()).toBe(rounded);
  });

  it.each(['', '1.', '.5', '1,5', '1e3', ' 1', '1.2345', '123456789012', 'NaN', '٣'])(
    'refuses "%s"',
    (text) => {
      expect(() => Money.of(text)).toThrow(RangeError);
    },
  );

  it('takes a rate exactly', () => {
    expect(Money.of('33.33').timesRate('0.14', 2).toString()).toBe('4.67');
    expect(Money.of('100').timesRate('0.0825', 2).toString()).toBe('8.25');
  });
});

describe('a quantity', () => {
  it('multiplies exactly or refuses', () => {
    expect(Quantity.of('2.5').times(Quantity.of('30')).toString()).toBe('75');
    expect(() => Quantity.of('0.001').times(Quantity.of('0.5'))).toThrow(RangeError);
  });
});
