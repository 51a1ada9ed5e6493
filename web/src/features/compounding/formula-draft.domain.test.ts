import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costable,
  draftOfFormula,
  EMPTY_FORMULA,
  percentOf,
  shareOf,
  toFormula,
  withIngredient,
} from './formula-draft.domain';

const powder = { drugId: 7, name: 'Salicylic acid powder', baseUnit: 'g' };

describe('a formula while it is written', () => {
  it.each([
    ['0.25', '25'],
    ['0', '0'],
    ['1', '100'],
    ['1.5', '150'],
    ['0.0125', '1.25'],
    ['10', '1000'],
  ])('shows the share %s as %s percent, and back', (share, percent) => {
    expect(percentOf(share)).toBe(percent);
    expect(shareOf(percent)).toBe(share);
  });

  it('loses nothing of any percentage with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
        const percent = percentOf(shareOf(String(hundredths / 100)));
        expect(Number(percent)).toBe(hundredths / 100);
      }),
    );
  });

  it('takes each ingredient once', () => {
    const once = withIngredient(EMPTY_FORMULA, powder);
    expect(once.lines).toEqual([{ key: 1, drugId: 7, drugName: powder.name, baseUnit: 'g', quantity: '' }]);
    expect(withIngredient(once, powder)).toBe(once);
  });

  it('is costed once every number is there', () => {
    const one = withIngredient(EMPTY_FORMULA, powder);
    expect(costable(EMPTY_FORMULA)).toBeUndefined();
    expect(costable(one)).toBeUndefined();
    const whole = { ...one, lines: one.lines.map((line) => ({ ...line, quantity: '2' })) };
    expect(costable(whole)).toEqual({
      yieldQuantity: '100',
      beyondUseDays: 90,
      priceRule: { kind: 'cost', markup: '0.25', fee: '0' },
      items: [{ drugId: 7, quantity: '2' }],
    });
    expect(costable({ ...whole, yieldQuantity: '' })).toBeUndefined();
    expect(costable({ ...whole, beyondUseDays: 'x' })).toBeUndefined();
    expect(costable({ ...whole, priceKind: 'fixed' })).toBeUndefined();
    expect(costable({ ...whole, priceKind: 'fixed', price: '12' })).toMatchObject({
      priceRule: { kind: 'fixed', price: '12' },
    });
  });

  it('is read back as it was written', () => {
    const written = {
      ...toFormula(withIngredient({ ...EMPTY_FORMULA, name: ' Ointment ', method: 'Mix.' }, powder)),
      priceRule: { kind: 'cost' as const, price: null, markup: '0.2500', fee: '3.00' },
      items: [{ ...powder, drugName: powder.name, quantity: '2.000' }],
    };
    expect(draftOfFormula(written)).toMatchObject({
      name: 'Ointment',
      markup: '25',
      fee: '3',
      lines: [{ key: 1, drugId: 7, quantity: '2' }],
    });
  });
});
