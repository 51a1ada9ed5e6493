import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import { unsoldAtExpiry } from './unsold.domain.js';

const left = (lots: readonly (readonly [string, number | null])[], used: string): string[] =>
  unsoldAtExpiry(
    lots.map(([quantity, daysToExpiry]) => ({ quantity: Quantity.of(quantity), daysToExpiry })),
    Quantity.of(used),
    90,
  ).map(String);

describe('what will be left when it expires', () => {
  it.each([
    ['nothing is used: all', [['10', 30]], '0', ['10']],
    ['one a day, ten days left and today', [['10', 9]], '90', ['0']],
    ['one a day, today is the last day', [['10', 0]], '90', ['9']],
    ['expired already: all', [['10', -1]], '900', ['10']],
    ['no expiry: nothing', [['1000', null]], '0', ['0']],
    [
      'the later one is used after the earlier',
      [
        ['20', 29],
        ['20', 29],
      ],
      '90',
      ['0', '10'],
    ],
    [
      'what the first leaves is no use of the second',
      [
        ['40', 9],
        ['20', 19],
      ],
      '90',
      ['30', '10'],
    ],
    [
      'the one without expiry does not matter',
      [
        ['10', 29],
        ['50', null],
      ],
      '30',
      ['0', '0'],
    ],
    ['parts of a unit', [['1', 0]], '1', ['0.989']],
    ['more came back than was sold', [['10', 30]], '-5', ['10']],
  ] as const)('%s', (_, lots, used, expected) => {
    expect(left(lots, used)).toEqual(expected);
  });

  it('is never more than there is, and with more use never more', () => {
    const lot = fc.record({
      quantity: fc.bigInt(0n, 10n ** 9n).map((value) => Quantity.ofThousandths(value)),
      daysToExpiry: fc.integer({ min: -50, max: 400 }),
    });
    const use = fc.bigInt(0n, 10n ** 9n).map((value) => Quantity.ofThousandths(value));
    fc.assert(
      fc.property(fc.array(lot, { maxLength: 12 }), use, use, (list, one, more) => {
        const lots = [...list].sort((a, b) => a.daysToExpiry - b.daysToExpiry);
        const sum = (all: Quantity[]): Quantity =>
          all.reduce((total, each) => total.plus(each), Quantity.zero);
        const [first, second] = [unsoldAtExpiry(lots, one, 90), unsoldAtExpiry(lots, one.plus(more), 90)];
        first.forEach((each, index) => {
          expect(each.compare(Quantity.zero)).toBeGreaterThanOrEqual(0);
          expect(each.compare(lots[index]?.quantity ?? Quantity.zero)).toBeLessThanOrEqual(0);
        });
        expect(sum(second).compare(sum(first))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
