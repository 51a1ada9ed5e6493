import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  chargedLines,
  type DraftLine,
  isComplete,
  slipsOf,
  sumsOf,
  withNet,
  withQuantity,
} from './invoice-draft.domain';

const ordered = {
  purchaseOrderItemId: 7,
  baseUnit: 'tablet',
  quantityOrdered: '300',
  quantityReceived: '270',
  quantityCharged: '0',
  orderedNet: '300.00',
  taxRate: '0.1',
};
const line = (part: Partial<DraftLine> = {}): DraftLine => ({
  ...{ id: 'a', name: 'Paravelin 500', ordered, drugId: null, quantity: '270', net: '270.00', tax: '27.00' },
  ...part,
});

describe('an invoice while it is typed off the paper', () => {
  it('charges another quantity at the price of the order', () => {
    expect(withQuantity(line(), '100', 2)).toMatchObject({ quantity: '100', net: '100.00', tax: '10.00' });
    expect(withQuantity(line(), '', 2)).toMatchObject({ quantity: '', net: '270.00' });
    expect(withQuantity(line({ ordered: null, drugId: 3 }), '5', 2)).toMatchObject({ net: '270.00' });
  });

  it('taxes another net at the rate of the order', () => {
    expect(withNet(line(), '280.00', 2)).toMatchObject({ net: '280.00', tax: '28.00', quantity: '270' });
  });

  it('says at once what differs', () => {
    expect(slipsOf(line(), 2)).toEqual([]);
    expect(slipsOf(line({ quantity: '271', net: '271.00', tax: '27.10' }), 2)).toEqual(['quantity']);
    expect(slipsOf(line({ net: '275.00', tax: '27.50' }), 2)).toEqual(['price']);
    expect(slipsOf(line({ tax: '20.00' }), 2)).toEqual(['tax']);
    expect(slipsOf(line({ quantity: '' }), 2)).toEqual([]);
  });

  it('adds up to the total on the paper before it is sent', () => {
    const freight = line({ id: 'b', name: 'Freight', ordered: null, quantity: '', net: '5', tax: '' });
    expect(sumsOf([line(), freight], '302')).toEqual({
      ...{ net: '275.00', tax: '27.00', sum: '302.00', gap: 0n },
    });
    expect(sumsOf([line()], '').gap).toBeNull();
    expect(sumsOf([line()], '300').gap).toBe(3_000n);
    expect(isComplete([line(), freight], '302')).toBe(true);
    expect(isComplete([line(), freight], '301')).toBe(false);
    expect(isComplete([line(), { ...freight, name: ' ' }], '302')).toBe(false);
    expect(isComplete([], '0')).toBe(false);
    expect(chargedLines([line(), line({ id: 'c', quantity: '0' }), freight])).toEqual([
      { purchaseOrderItemId: 7, quantity: '270', net: '270.00', tax: '27.00' },
      { description: 'Freight', net: '5.00', tax: '0.00' },
    ]);
  });

  it('never differs where the quantity alone was typed, and came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 270_000 }), fc.constantFrom(0, 2, 3), (thousandths, decimals) => {
        const quantity = (thousandths / 1000).toFixed(3);
        expect(slipsOf(withQuantity(line(), quantity, decimals), decimals)).toEqual([]);
      }),
    );
  });
});
