import { describe, expect, it } from 'vitest';
import { isTooMuch, returnItems, scanned, type SoldLine, worthOf } from './return-basket.domain';

const line = (values: Partial<SoldLine> = {}): SoldLine => ({
  ...{ saleItemId: 1, drugId: 7, fillId: null, quantity: '20', unitQuantity: '2' },
  ...{
    amount: '20.00',
    discount: '1.00',
    returnedQuantity: '0',
    returnedAmount: '0.00',
    returnedDiscount: '0.00',
    tax: '0.00',
    taxIncluded: false,
    returnedTax: '0.00',
  },
  ...values,
});

describe('what comes back', () => {
  it('grows by the unit it was sold in with each scan, and never beyond what is left', () => {
    const lines = [line({ returnedQuantity: '5' })];
    const once = scanned(lines, {}, 7);
    expect(once).toEqual({ 1: { quantity: '10', disposition: 'restock' } });
    const twice = scanned(lines, once ?? {}, 7);
    expect(twice?.[1]?.quantity).toBe('15');
    expect(scanned(lines, twice ?? {}, 7)).toBeUndefined();
    expect(scanned(lines, {}, 8)).toBeUndefined();
  });

  it('goes on with the next line of the product, and quarantines what was prescribed', () => {
    const lines = [line({ returnedQuantity: '20' }), line({ saleItemId: 2, fillId: 3 })];
    expect(scanned(lines, {}, 7)).toEqual({ 2: { quantity: '10', disposition: 'quarantine' } });
  });

  it('is worth its share of the line, the last part what is left of it', () => {
    expect(worthOf([line()], { 1: { quantity: '10', disposition: 'restock' } }, 2)).toBe(9_500n);
    const third = line({ quantity: '3', unitQuantity: '3', amount: '10.00', discount: '0.00' });
    expect(worthOf([third], { 1: { quantity: '1', disposition: 'restock' } }, 2)).toBe(3_330n);
    const rest = { ...third, returnedQuantity: '2', returnedAmount: '6.67' };
    expect(worthOf([rest], { 1: { quantity: '1', disposition: 'restock' } }, 2)).toBe(3_330n);
  });

  it('leaves out lines nothing comes back of, and sees too much', () => {
    const taken = {
      1: { quantity: '', disposition: 'restock' as const },
      2: { quantity: '4', disposition: 'quarantine' as const },
    };
    expect(returnItems(taken)).toEqual([{ saleItemId: 2, quantity: '4', disposition: 'quarantine' }]);
    expect(isTooMuch(line(), { 1: { quantity: '21', disposition: 'restock' } })).toBe(true);
    expect(isTooMuch(line(), {})).toBe(false);
  });

  it('is worth its share of the tax too, where the price does not hold it', () => {
    const taken = { 1: { quantity: '10', disposition: 'restock' as const } };
    expect(worthOf([line({ tax: '2.66' })], taken, 2)).toBe(9_500n + 1_330n);
    expect(worthOf([line({ tax: '2.33', taxIncluded: true })], taken, 2)).toBe(9_500n);
    const rest = line({
      tax: '2.65',
      returnedQuantity: '10',
      returnedAmount: '10.00',
      returnedDiscount: '0.50',
      returnedTax: '1.33',
    });
    expect(worthOf([rest], taken, 2)).toBe(9_500n + 1_320n);
  });
});
