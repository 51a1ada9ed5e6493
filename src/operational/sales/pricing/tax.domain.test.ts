import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { taxOfLine, taxSummary, taxTotals, UNTAXED, withTax, type TaxRule } from './tax.domain.js';

const rule = (rate: string, isIncluded: boolean): TaxRule => ({
  taxClassId: 7,
  code: 'VAT',
  rate,
  isIncluded,
});

describe('the tax of a line', () => {
  it.each([
    ['100.00', '0.14', false, 2, '14.00'],
    ['114.00', '0.14', true, 2, '14.00'],
    ['0.03', '0.5', false, 2, '0.02'],
    ['0.01', '0.5', false, 2, '0.01'],
    ['33.33', '0.14', false, 2, '4.67'],
    ['33.33', '0.14', true, 2, '4.09'],
    ['10.005', '0.05', false, 3, '0.50'],
    ['7', '0.1', false, 0, '1.00'],
    ['5', '0.1', false, 0, '1.00'],
    ['4', '0.1', false, 0, '0.00'],
    ['12.34', '0', true, 2, '0.00'],
    ['12.34', '1', false, 2, '12.34'],
    ['12.34', '1', true, 2, '6.17'],
  ])(
    'of %s at %s (in the price: %s) to %s decimals is %s, half a coin up',
    (base, rate, isIncluded, decimals, tax) => {
      expect(taxOfLine(Money.of(base), rule(rate, isIncluded), decimals).tax.toString()).toBe(tax);
    },
  );

  it('is none without a class', () => {
    expect(taxOfLine(Money.of('5'), undefined, 2)).toBe(UNTAXED);
  });

  it('is added to what is paid only where prices do not hold it', () => {
    const base = Money.of('114.00');
    expect(withTax(base, taxOfLine(base, rule('0.14', true), 2)).toString()).toBe('114.00');
    expect(withTax(base, taxOfLine(base, rule('0.14', false), 2)).toString()).toBe('129.96');
  });
});

describe('taxes of a sale', () => {
  const line = (base: string, of: TaxRule | undefined) => ({
    ...taxOfLine(Money.of(base), of, 2),
    base: Money.of(base),
  });
  const lines = [
    line('114.00', rule('0.14', true)),
    line('10.00', undefined),
    line('50.00', { ...rule('0.05', false), taxClassId: 8, code: 'LOW' }),
    line('57.00', rule('0.14', true)),
  ];

  it('are summed by class and rate, the net without the tax', () => {
    expect(
      taxSummary(lines).map(({ code, rate, net, tax }) => [code, rate, net.toString(), tax.toString()]),
    ).toEqual([
      ['VAT', '0.14', '150.00', '21.00'],
      ['LOW', '0.05', '50.00', '2.50'],
    ]);
  });

  it('tell what prices hold of them', () => {
    const { total, inPrices } = taxTotals(lines);
    expect([total.toString(), inPrices.toString()]).toEqual(['23.50', '21.00']);
  });
});
