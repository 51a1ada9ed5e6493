import { describe, expect, it } from 'vitest';

import {
  convert,
  exact,
  ingredientDose,
  isMore,
  over,
  plus,
  show,
  times,
  ZERO,
} from './dose-amount.domain.js';

const line = (amount: string | null, unit: string | null, perAmount?: string, perUnit?: string) => ({
  ingredientId: 1,
  amount,
  unit,
  perAmount: perAmount ?? null,
  perUnit: perUnit ?? null,
});

describe('an exact dose', () => {
  it('adds a third three times to a whole, where binary fractions would not', () => {
    const third = over(exact('1'), exact('3')) ?? ZERO;
    const whole = plus(plus(third, third), third);
    expect(isMore(whole, exact('1')) || isMore(exact('1'), whole)).toBe(false);
    const tenth = plus(exact('0.1'), exact('0.2'));
    expect(isMore(tenth, exact('0.3'))).toBe(false);
  });

  it('refuses what is not a plain decimal', () => {
    for (const text of ['', '-1', '1e3', '1,5', ' 1', 'NaN', '1.'])
      expect(() => exact(text)).toThrow(RangeError);
  });

  it('refuses to divide by nothing', () => expect(over(exact('1'), exact('0'))).toBeUndefined());

  it.each([
    ['1', 'g', 'mg', '1000'],
    ['250', 'mcg', 'mg', '0.25'],
    ['250', 'µg', 'mg', '0.25'],
    ['0.5', 'Gram', 'mcg', '500000'],
    ['10', 'units', 'iu', '10'],
    ['2', 'l', 'ml', '2000'],
  ])('turns %s %s into %s as %s', (amount, from, to, expected) => {
    expect(show(convert(exact(amount), from, to) ?? ZERO)).toBe(expected);
  });

  it.each([
    ['mg', 'ml'],
    ['mg', 'iu'],
    ['%', 'mg'],
    ['tablet', 'mg'],
    ['mmol', 'mg'],
  ])('does not turn %s into %s', (from, to) => expect(convert(exact('1'), from, to)).toBeUndefined());

  it('shows a thousandth, rounded half up', () => {
    expect(show(times(exact('0.5'), exact('0.001')))).toBe('0.001');
    expect(show(over(exact('2'), exact('3')) ?? ZERO)).toBe('0.667');
  });

  it.each([
    { dose: '2 tablet', lines: [line('500', 'mg')], base: 'tablet', only: true, is: '1000' },
    { dose: '2 caps', lines: [line('500', 'mg')], base: 'capsule', only: false, is: '1000' },
    { dose: '7.5 ml', lines: [line('250', 'mg', '5', 'ml')], base: 'ml', only: false, is: '375' },
    { dose: '1 ml', lines: [line('250', 'mg')], base: 'ml', only: true, is: undefined },
    { dose: '500 mg', lines: [line('250', 'mg', '5', 'ml')], base: 'ml', only: true, is: '500' },
    { dose: '500 mg', lines: [line('500', 'mg')], base: 'tablet', only: false, is: undefined },
    { dose: '1 tablet', lines: [line(null, null)], base: 'tablet', only: true, is: undefined },
    { dose: '1 tablet', lines: [line('1', '%')], base: 'tablet', only: true, is: undefined },
    { dose: '1 tablet', lines: [line('50', 'mg'), line('200', 'mg')], base: 'tablet', only: true, is: '250' },
    { dose: '0.5 g', lines: [], base: null, only: true, is: '500' },
    { dose: '1 spoon', lines: [line('250', 'mg', '5', 'ml')], base: 'ml', only: true, is: undefined },
  ])('reads $dose of $lines as $is mg', ({ dose, lines, base, only, is }) => {
    const [amount = '', unit = ''] = dose.split(' ');
    const found = ingredientDose({ amount, unit }, { baseUnit: base, onlyIngredient: only, lines }, 'mg');
    expect(found && show(found)).toBe(is);
  });
});
