import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import {
  addDrug,
  addFill,
  type Cart,
  emptyCart,
  setDiscount,
  setQuantity,
  setUnit,
} from '../till/cart.domain';
import { indexOf } from './offline-catalogue.domain';
import type { OfflineProduct } from './offline.types';
import { lineRefusal, makeSale, productRefusal, settleInCash } from './offline-sale.domain';

const aProduct = (change: Partial<OfflineProduct> = {}): OfflineProduct => ({
  drugId: 1,
  name: 'Panadol 24 tab',
  nameAr: 'بنادول ٢٤ قرص',
  strength: null,
  status: 'active',
  price: '10.00',
  priceCeiling: null,
  baseUnit: 'tablet',
  unitsPerStrip: '8',
  unitsPerPack: '24',
  needsPrescription: false,
  needsServer: false,
  codes: [],
  ...change,
});

const BRANCH = {
  branchId: 7,
  code: 'MAIN',
  name: 'Main',
  nameAr: 'الرئيسي',
  address: null,
  phone: null,
  timeZone: 'Africa/Cairo',
  currency: 'EGP',
  currencyDecimals: 2,
  cashRounding: '0.25',
};

const BY = {
  id: '7b3c1c1e-55a1-4b0e-9a57-0d7a3c7f1a11',
  number: 'OFF-7KQ2-1',
  branch: BRANCH,
  userId: 3,
  sellerName: 'Mona',
  shiftId: 5,
  soldAt: '2026-12-01T10:00:00.000Z',
  cash: '',
  attemptKey: undefined,
};

const cartOf = (...products: OfflineProduct[]): Cart =>
  products.reduce((cart, product) => addDrug(cart, product, 'pack'), emptyCart(2));

describe('what is sold without the server', () => {
  it('is only what may be sold over the counter, at a price', () => {
    expect(productRefusal(aProduct())).toBeUndefined();
    expect(productRefusal(aProduct({ status: 'discontinued' }))).toBeUndefined();
    expect(productRefusal(undefined)).toBe('unknown');
    expect(productRefusal(aProduct({ needsPrescription: true }))).toBe('prescription');
    expect(productRefusal(aProduct({ status: 'recalled' }))).toBe('recalled');
    expect(productRefusal(aProduct({ needsServer: true }))).toBe('server');
    expect(productRefusal(aProduct({ price: '0.00' }))).toBe('no-price');
    expect(productRefusal(aProduct({ priceCeiling: '9.99' }))).toBe('above-ceiling');
  });

  it('is no fill, no discount above the limit, and an exact number of base units', () => {
    const index = indexOf([aProduct()]);
    const cart = cartOf(aProduct());
    const refusal = (of: Cart) => of.lines.map((line) => lineRefusal(line, of, index)).find(Boolean);
    expect(refusal(cart)).toBeUndefined();
    expect(refusal(setDiscount(cart, 1, '1.00'))).toBeUndefined();
    expect(refusal(setDiscount(cart, 1, '1.01'))).toBe('discount');
    expect(refusal(setDiscount(cart, 1, '11'))).toBe('discount');
    expect(refusal(setQuantity(cart, 1, '0'))).toBe('quantity');
    const odd = cartOf(aProduct({ unitsPerPack: '0.5' }));
    expect(
      lineRefusal(
        setQuantity(odd, 1, '0.001').lines[0] ?? odd.lines[0]!,
        setQuantity(odd, 1, '0.001'),
        index,
      ),
    ).toBe('quantity');
    expect(
      refusal(
        addFill(cart, {
          fillId: 1,
          name: 'x',
          quantity: '1',
          baseUnit: 'tablet',
          price: '1.00',
          patientShare: '1.00',
          payerNames: [],
        }),
      ),
    ).toBe('fill');
    expect(refusal(cartOf(aProduct({ drugId: 9 })))).toBe('unknown');
  });

  it('is kept with all its receipt says and sent word for word', () => {
    const index = indexOf([aProduct()]);
    const cart = setDiscount(setUnit(cartOf(aProduct()), 1, 'strip'), 1, '0.20');
    const sale = makeSale(cart, index, { ...BY, cash: '5', attemptKey: 'k1' });
    expect(sale).toMatchObject({
      status: 'waiting',
      subtotal: '3.33',
      discount: '0.20',
      rounding: '0.12',
      total: '3.25',
      cash: '5.00',
      change: '1.75',
    });
    expect(sale.request).toEqual({
      clientId: BY.id,
      receiptNumber: BY.number,
      soldBy: 3,
      soldAt: BY.soldAt,
      shiftId: 5,
      items: [
        {
          drugId: 1,
          description: 'Panadol 24 tab',
          quantity: '1',
          unit: 'strip',
          packPrice: '10.00',
          discount: '0.20',
        },
      ],
      total: '3.25',
      cash: '5.00',
      attemptKey: 'k1',
    });
  });

  it('adds up, whatever is in the basket', () => {
    const line = fc.record({
      price: fc.bigInt({ min: 1n, max: 99_999n }).map((cents) => formatMoney(cents * 10n)),
      units: fc.constantFrom('1', '8', '24', '30'),
      quantity: fc.integer({ min: 1, max: 9 }),
      unit: fc.constantFrom('pack' as const, 'unit' as const),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (picked) => {
        const products = picked.map(({ price, units }, n) =>
          aProduct({ drugId: n + 1, price, unitsPerPack: units, unitsPerStrip: null }),
        );
        let cart = cartOf(...products);
        picked.forEach(({ quantity, unit }, n) => {
          cart = setQuantity(setUnit(cart, n + 1, unit), n + 1, String(quantity));
        });
        const sale = makeSale(cart, indexOf(products), BY);
        const [subtotal, discount, rounding, total, cash, change] = [
          ...[sale.subtotal, sale.discount, sale.rounding],
          ...[sale.total, sale.cash, sale.change],
        ].map(decimalOrZero) as [bigint, bigint, bigint, bigint, bigint, bigint];
        expect(subtotal).toBe(sale.lines.reduce((sum, one) => sum + decimalOrZero(one.amount), 0n));
        expect(subtotal - discount + rounding).toBe(total);
        expect(cash - change).toBe(total);
        expect(total % 250n === 0n || rounding === 0n).toBe(true);
      }),
    );
  });

  it('is not paid while something is missing', () => {
    expect(settleInCash(cartOf(aProduct()), BRANCH, '9').missing).toBe(1_000n);
    expect(settleInCash(cartOf(aProduct()), BRANCH, '').missing).toBe(0n);
  });
});
