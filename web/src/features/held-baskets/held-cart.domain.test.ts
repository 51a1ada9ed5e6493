import { describe, expect, it } from 'vitest';
import { addDrug, cartTotal, emptyCart, setDiscount, setQuantity } from '../till/cart.domain';
import { cartOf, drugLinesOf, fillIdsOf, heldOf } from './held-cart.domain';

const drug = {
  ...{ drugId: 7, name: 'Holdadol', price: '10.00', baseUnit: 'tablet' },
  ...{ unitsPerStrip: null, unitsPerPack: '10' },
};

describe('a held basket', () => {
  it('comes back as it was', () => {
    const cart = setDiscount(setQuantity(addDrug(emptyCart(2), drug, 'pack', 'SN-1'), 1, '2'), 1, '0.5');
    const held = heldOf(cart);
    expect(held.total).toBe('19.50');
    const back = cartOf(drugLinesOf(held.lines), new Map([[7, drug]]), 2);
    expect(heldOf(back)).toEqual(held);
    expect(cartTotal(back)).toBe(19_500n);
    expect(back.active).toBe(1);
  });

  it('leaves out what is not in the catalogue any more, and tells fills from products', () => {
    const lines = [{ drugId: 8, quantity: '1', unit: 'pack' as const }, { fillId: 3 }];
    expect(cartOf(drugLinesOf(lines), new Map(), 2).lines).toEqual([]);
    expect(fillIdsOf(lines)).toEqual([3]);
  });
});
