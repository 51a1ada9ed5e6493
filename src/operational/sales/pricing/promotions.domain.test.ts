import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { promote, type PromotableLine, type Promotion, type PromotionTerms } from './promotions.domain.js';

/** A line of packs of ten at 10.00 a pack, unless it is said otherwise. */
const line = (packs: number, values: Partial<PromotableLine> = {}): PromotableLine => {
  const packPrice = values.packPrice ?? Money.of('10.00');
  return {
    drugId: 1,
    quantity: Quantity.of(String(packs * 10)),
    unitsPerPack: Quantity.of('10'),
    packPrice,
    amount: packPrice.share(Quantity.of(String(packs)), Quantity.of('1'), 2),
    isPrescription: false,
    isOpen: true,
    ...values,
  };
};
const promotion = (
  promotionId: number,
  terms: PromotionTerms,
  values: Partial<Promotion> = {},
): Promotion => ({
  promotionId,
  version: 1,
  name: `promotion ${promotionId}`,
  nameAr: null,
  terms,
  drugIds: new Set([1, 2, 3]),
  onPrescriptions: false,
  ...values,
});
const percent = (share: string): PromotionTerms => ({ kind: 'percent', percent: share });
const deal = (buyPacks: number, payPacks: number): PromotionTerms => ({
  kind: 'n_for_m',
  buyPacks,
  payPacks,
});
const bundle = (bundlePrice: string, packs: [number, number][]): PromotionTerms => ({
  kind: 'bundle',
  bundlePrice,
  packs: new Map(packs),
});
const shares = (lines: PromotableLine[], promotions: Promotion[], decimals = 2): unknown[] =>
  promote(lines, promotions, decimals).map((share) => [
    share.promotionId,
    share.line,
    share.quantity.toString(),
    share.amount.toString(),
  ]);

describe('promotions', () => {
  it('take a share off each line, half a coin up', () => {
    expect(
      shares([line(1), line(0.5, { drugId: 2, amount: Money.of('0.05') })], [promotion(1, percent('0.1'))]),
    ).toEqual([
      [1, 0, '10', '1.00'],
      [1, 1, '5', '0.01'],
    ]);
  });

  it('take an amount off each whole pack, never below zero', () => {
    expect(
      shares(
        [line(2.5), line(1, { drugId: 2, packPrice: Money.of('1.00') })],
        [promotion(1, { kind: 'amount', amountOff: '1.50' })],
      ),
    ).toEqual([
      [1, 0, '20', '3.00'],
      [1, 1, '10', '1.00'],
    ]);
  });

  it('give the cheapest of each group free, and share that over the group', () => {
    const cheap = line(1, { drugId: 2, packPrice: Money.of('4.00') });
    expect(shares([cheap, line(2)], [promotion(1, deal(3, 2))])).toEqual([
      [1, 1, '20', '3.33'],
      [1, 0, '10', '0.67'],
    ]);
    expect(shares([line(2)], [promotion(1, deal(3, 2))])).toEqual([]);
    expect(shares([line(7)], [promotion(1, deal(3, 2))])).toEqual([[1, 0, '60', '20.00']]);
  });

  it('sell packs together for one price as often as they are there', () => {
    const other = line(2, { drugId: 2, packPrice: Money.of('5.00') });
    expect(
      shares(
        [line(3), other],
        [
          promotion(
            1,
            bundle('12.00', [
              [1, 1],
              [2, 1],
            ]),
          ),
        ],
      ),
    ).toEqual([
      [1, 0, '20', '4.00'],
      [1, 1, '20', '2.00'],
    ]);
    expect(
      shares(
        [line(3)],
        [
          promotion(
            1,
            bundle('12.00', [
              [1, 1],
              [2, 1],
            ]),
          ),
        ],
      ),
    ).toEqual([]);
    // A bundle that costs more than its packs is none.
    expect(
      shares(
        [line(1), other],
        [
          promotion(
            1,
            bundle('15.01', [
              [1, 1],
              [2, 1],
            ]),
          ),
        ],
      ),
    ).toEqual([]);
  });

  it('count each unit once: what takes most off goes first, the next over what is left', () => {
    expect(shares([line(4)], [promotion(1, percent('0.1')), promotion(2, deal(3, 2))])).toEqual([
      [2, 0, '30', '10.00'],
      [1, 0, '10', '1.00'],
    ]);
    expect(shares([line(3)], [promotion(1, percent('0.4')), promotion(2, deal(3, 2))])).toEqual([
      [1, 0, '30', '12.00'],
    ]);
  });

  it('of two alike prefer the older', () => {
    expect(shares([line(1)], [promotion(2, percent('0.1')), promotion(1, percent('0.1'))])).toEqual([
      [1, 0, '10', '1.00'],
    ]);
  });

  it('leave fills alone unless they are meant too, and lines that are not open', () => {
    const fill = line(1, { isPrescription: true });
    expect(shares([fill], [promotion(1, percent('0.1'))])).toEqual([]);
    expect(shares([fill], [promotion(1, percent('0.1'), { onPrescriptions: true })])).toEqual([
      [1, 0, '10', '1.00'],
    ]);
    expect(shares([line(1, { isOpen: false })], [promotion(1, percent('0.1'))])).toEqual([]);
    expect(shares([line(1, { drugId: 9 })], [promotion(1, percent('0.1'))])).toEqual([]);
  });

  it('divide an amount to the smallest coin of the currency', () => {
    const lines = [1, 2, 3].map((drugId) => line(1, { drugId, packPrice: Money.of('1.000') }));
    const three = bundle('2.000', [
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    const taken = (decimals: number) =>
      promote(lines, [promotion(1, three)], decimals).map(({ amount }) => amount.toString());
    expect(taken(3)).toEqual(['0.333', '0.334', '0.333']);
    expect(taken(2)).toEqual(['0.33', '0.34', '0.33']);
    expect(taken(0)).toEqual(['1.00']);
  });

  it('reckon very many packs without listing them', () => {
    const many = line(10_000_000, { packPrice: Money.of('0.01'), amount: Money.of('100000.00') });
    expect(shares([many], [promotion(1, deal(3, 2))])).toEqual([[1, 0, '99999990', '33333.33']]);
  });
});
