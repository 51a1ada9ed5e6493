import { describe, expect, it } from 'vitest';
import {
  cleanDecimalInput,
  decimalOrZero,
  formatDecimal,
  formatMoney,
  parseDecimal,
  priceOf,
  roundedText,
  sumDecimals,
} from './money.domain';

describe('exact decimals', () => {
  it('adds a hundred times 0.10 to exactly 10.00', () => {
    expect(formatMoney(sumDecimals(Array.from({ length: 100 }, () => '0.10')))).toBe('10.00');
  });

  it('keeps a third decimal only when it says something', () => {
    expect(formatMoney(12_500n)).toBe('12.50');
    expect(formatMoney(12_505n)).toBe('12.505');
    expect(formatDecimal(30_000n)).toBe('30');
    expect(formatDecimal(500n)).toBe('0.5');
  });

  it('rounds what is finer than a coin, half away from zero', () => {
    expect(roundedText('2.796875', 2)).toBe('2.80');
    expect(roundedText('-58.333', 2)).toBe('-58.33');
    expect(roundedText('-0.001', 2)).toBe('0.00');
    expect(roundedText('0.005', 2)).toBe('0.01');
    expect(roundedText('12', 3)).toBe('12.000');
    expect(roundedText('0.65', 0)).toBe('1');
  });

  it('shows a negative amount below one with its sign', () => {
    expect(formatMoney(-250n)).toBe('-0.25');
  });

  it('refuses text that is no decimal', () => {
    for (const text of ['', '1e3', '1.2345', 'abc', '.5', '1,5']) expect(parseDecimal(text)).toBeUndefined();
    expect(decimalOrZero(null)).toBe(0n);
  });

  it('prices a part of a pack and rounds half a cent away from zero', () => {
    // 7 of 30 tablets of a pack at 25.00 → 5.8333…
    expect(formatMoney(priceOf(25_000n, 7_000n, 30_000n))).toBe('5.83');
    expect(formatMoney(priceOf(1_005n, 1_000n))).toBe('1.01');
    expect(priceOf(1_000n, 1_000n, 0n)).toBe(0n);
  });

  it('rounds to the smallest coin of the currency', () => {
    expect(formatMoney(priceOf(25_000n, 7_000n, 30_000n, 3))).toBe('5.833');
    expect(formatMoney(priceOf(25_000n, 7_000n, 30_000n, 0))).toBe('6.00');
  });

  it('reads Arabic-Indic digits and the Arabic decimal separator', () => {
    expect(cleanDecimalInput('١٢٫٥٠')).toBe('12.50');
    expect(cleanDecimalInput('EGP 1,5')).toBe('1.5');
  });
});
