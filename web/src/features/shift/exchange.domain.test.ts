import { describe, expect, it } from 'vitest';
import { inCurrency } from './exchange.domain';

describe('an amount in another currency', () => {
  it.each([
    [48_750n, '48.75', 2, '1.00'],
    [100_000n, '48.75', 2, '2.05'],
    [100_000n, '158.5', 3, '0.631'],
    [100_000n, '0.32', 0, '313'],
    [5n, '1', 2, '0.01'],
    [4n, '1', 2, '0.00'],
    [1_234_567_890n, '1', 3, '1234567.890'],
  ])('%s thousandths at %s to %s decimals is %s', (amount, rate, decimals, shown) => {
    expect(inCurrency(amount, rate, decimals)).toBe(shown);
  });

  it('is not said without a rate', () => {
    expect(inCurrency(1n, '0', 2)).toBe('–');
    expect(inCurrency(1n, 'x', 2)).toBe('–');
  });
});
