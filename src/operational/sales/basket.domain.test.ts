import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import {
  priceCounterLine,
  priceFillLine,
  settle,
  type CounterLine,
  type Product,
  type TillRules,
} from './basket.domain.js';

const rules: TillRules = { currencyDecimals: 2, cashRounding: Money.zero, anyDiscount: false };

/** A box of 3 strips of 10 tablets at 50.00. */
const box: Product = {
  drugId: 1,
  name: 'Testadol 500 mg',
  strength: '500mg',
  status: 'active',
  price: '50.00',
  priceCeiling: null,
  unitsPerStrip: '10',
  unitsPerPack: '30',
  rxOnly: false,
  controlledSchedule: null,
};
const line = (values: Partial<CounterLine> = {}): CounterLine => ({
  product: box,
  quantity: '1',
  unit: 'unit',
  discount: '0',
  ...values,
});
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('a counter line', () => {
  it.each([
    ['1', 'pack', '30', '50.00'],
    ['1', 'strip', '10', '16.67'],
    ['4', 'unit', '4', '6.67'],
    ['2', 'pack', '60', '100.00'],
    ['0.5', 'pack', '15', '25.00'],
  ] as const)('prices %s %s as %s base units for %s', (quantity, unit, baseUnits, amount) => {
    const priced = priceCounterLine(line({ quantity, unit }), 1, rules);
    expect(priced.quantity.toString()).toBe(baseUnits);
    expect(priced.amount.toString()).toBe(amount);
  });

  it('names the product with its strength once', () => {
    expect(priceCounterLine(line(), 1, rules).description).toBe('Testadol 500 mg');
    const bare = { ...box, name: 'Testadol' };
    expect(priceCounterLine(line({ product: bare }), 1, rules).description).toBe('Testadol 500mg');
  });

  it.each([
    ['a prescription-only product', { rxOnly: true }, 'prescription-required'],
    ['a controlled product', { controlledSchedule: 'IV' }, 'prescription-required'],
    ['a recalled product', { status: 'recalled' }, 'drug-recalled'],
    ['a product whose price nobody knows', { price: '0.000' }, 'price-unknown'],
    ['a price above the ceiling', { priceCeiling: '49.99' }, 'price-ceiling'],
    ['nothing about a discontinued product', { status: 'discontinued' }, 'allowed'],
    ['nothing about a price at the ceiling', { priceCeiling: '50.00' }, 'allowed'],
  ] as const)('refuses %s', (_, change, code) => {
    expect(codeOf(() => priceCounterLine(line({ product: { ...box, ...change } }), 1, rules))).toBe(code);
  });

  it('refuses a strip of a product without strips, and parts finer than a thousandth', () => {
    const loose = { ...box, unitsPerStrip: null };
    expect(codeOf(() => priceCounterLine(line({ product: loose, unit: 'strip' }), 1, rules))).toBe(
      'unit-not-sold',
    );
    const odd = { ...box, unitsPerPack: '0.5' };
    expect(
      codeOf(() => priceCounterLine(line({ product: odd, unit: 'pack', quantity: '0.001' }), 1, rules)),
    ).toBe('unit-not-sold');
  });

  it('allows a cashier a tenth of the line, a supervisor the whole line, nobody more', () => {
    const pack = (discount: string) => line({ unit: 'pack', discount });
    const free = { ...rules, anyDiscount: true };
    expect(codeOf(() => priceCounterLine(pack('5.00'), 1, rules))).toBe('allowed');
    expect(codeOf(() => priceCounterLine(pack('5.01'), 1, rules))).toBe('discount-limit');
    expect(codeOf(() => priceCounterLine(pack('50.00'), 1, free))).toBe('allowed');
    expect(codeOf(() => priceCounterLine(pack('50.01'), 1, free))).toBe('discount-limit');
    expect(codeOf(() => priceCounterLine(pack('1.005'), 1, free))).toBe('amount-too-fine');
  });
});

describe('settling', () => {
  const lines = [priceCounterLine(line({ unit: 'pack', discount: '4.90' }), 1, rules)]; // 45.10
  const cash = (amount: string) => ({ method: 'cash' as const, amount });
  const card = (amount: string) => ({ method: 'card' as const, amount });
  const quarters = { ...rules, cashRounding: Money.of('0.25') };

  it('gives change from cash', () => {
    const basket = settle(lines, [cash('50')], rules);
    expect([basket.total, basket.paid, basket.change].map(String)).toEqual(['45.10', '50.00', '4.90']);
    expect(basket.payments.map((payment) => payment.change.toString())).toEqual(['4.90']);
  });

  it('splits tenders and gives change from the cash among them', () => {
    const basket = settle(lines, [card('40'), cash('4'), cash('4')], rules);
    expect(basket.payments.map((payment) => payment.change.toString())).toEqual(['0.00', '2.90', '0.00']);
  });

  it('rounds to the cash step when paid in cash alone', () => {
    expect(settle(lines, [cash('45')], quarters)).toMatchObject({
      total: Money.of('45.00'),
      rounding: Money.of('-0.10'),
    });
    expect(settle(lines, [card('45.10')], quarters).rounding.isZero()).toBe(true);
    expect(settle(lines, [card('40'), cash('5.10')], quarters).rounding.isZero()).toBe(true);
  });

  it('refuses too little, and too much that is not cash', () => {
    expect(codeOf(() => settle(lines, [cash('45.09')], rules))).toBe('payment-short');
    expect(codeOf(() => settle(lines, [], rules))).toBe('payment-short');
    expect(codeOf(() => settle(lines, [card('45.11')], rules))).toBe('change-only-from-cash');
    expect(codeOf(() => settle(lines, [card('50'), cash('1')], rules))).toBe('change-only-from-cash');
    expect(codeOf(() => settle(lines, [cash('45.105')], rules))).toBe('amount-too-fine');
  });

  it('takes nothing for what is given away whole', () => {
    const free = priceCounterLine(line({ unit: 'pack', discount: '50.00' }), 1, {
      ...rules,
      anyDiscount: true,
    });
    expect(settle([free], [], rules).total.isZero()).toBe(true);
  });
});

describe('a fill that costs nothing', () => {
  const fill = { fillId: 1, drugId: 1, description: 'Fill', quantity: '30', price: '0', unitsPerPack: '30' };

  it('is refused where its product has no price, or had none when it was filled', () => {
    expect(codeOf(() => priceFillLine({ ...fill, packPrice: '0' }, rules))).toBe('price-unknown');
    expect(codeOf(() => priceFillLine({ ...fill, packPrice: '50.00' }, rules))).toBe('price-unknown');
  });

  it('is sold where its share of the pack is less than a coin', () => {
    const one = priceFillLine({ ...fill, quantity: '1', unitsPerPack: '1000', packPrice: '2.00' }, rules);
    expect(one.amount.isZero()).toBe(true);
  });
});
