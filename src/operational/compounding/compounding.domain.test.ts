import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import { assertBatchCommand, BATCH_COMMANDS, batchCommands } from './batch-status.domain.js';
import {
  beyondUseDate,
  costOf,
  costText,
  isWithinTolerance,
  scaled,
  unitCostOf,
  yieldPrice,
} from './compounding.domain.js';
import { BATCH_STATUSES } from './compounding.types.js';

const q = (text: string): Quantity => Quantity.of(text);

describe('what an ingredient makes', () => {
  it.each([
    ['2', '50', '100', '1'],
    ['12.5', '33', '100', '4.125'],
    ['1', '1', '3', '0.333'],
    ['2', '1', '3', '0.667'],
    ['0.001', '1', '2', '0.001'],
    ['0.001', '1', '3', '0'],
  ])('%s for a yield is for %s of %s: %s', (quantity, wanted, yielded, expected) => {
    expect(scaled(q(quantity), q(wanted), q(yielded)).toString()).toBe(expected);
  });
});

describe('what a batch costs', () => {
  const cost = costOf([
    { quantity: '1.12', unitCost: '0.4' },
    { quantity: '49', unitCost: '0.02' },
  ]);
  it('is exact, and rounded once where it is shown', () => {
    expect(costText(cost, 2)).toBe('1.43');
    expect(costText(cost, 3)).toBe('1.428');
    expect(unitCostOf(cost, q('50'))).toBe('0.02856');
    expect(unitCostOf(costOf([{ quantity: '1', unitCost: '1' }]), q('3'))).toBe('0.333333');
    expect(() => costOf([{ quantity: '1', unitCost: '1.2345678' }])).toThrow(RangeError);
  });

  it('makes the price of the yield: with the markup and the fee, or fixed', () => {
    const made = { cost, quantity: q('50') };
    expect(yieldPrice({ kind: 'cost', markup: '0.5', fee: '3' }, made, q('100'), 2).toString()).toBe('7.28');
    expect(yieldPrice({ kind: 'cost', markup: '0', fee: '0' }, made, q('50'), 3).toString()).toBe('1.428');
    expect(yieldPrice({ kind: 'cost', markup: '10', fee: '0.005' }, made, q('50'), 2).toString()).toBe(
      '15.71',
    );
    expect(yieldPrice({ kind: 'fixed', price: '12.00' }, made, q('100'), 2).toString()).toBe('12.00');
  });
});

describe('the beyond-use date', () => {
  it.each([
    ['2027-01-31', 14, [], '2027-02-14'],
    ['2028-02-15', 14, [], '2028-02-29'],
    ['2027-02-15', 14, [], '2027-03-01'],
    ['2027-12-31', 1, [], '2028-01-01'],
    ['2027-01-31', 90, ['2027-04-30', null], '2027-04-30'],
    ['2027-01-31', 90, ['2027-05-31', '2027-06-30'], '2027-05-01'],
    ['2027-01-31', 90, ['2027-01-31'], '2027-01-31'],
  ])('made on %s for %i days of lots to %j is %s', (madeOn, days, expiries, expected) => {
    expect(beyondUseDate(madeOn, days, expiries)).toBe(expected);
  });
});

describe('a weighing', () => {
  it.each([
    ['1', '1.02', '2', true],
    ['1', '0.98', '2', true],
    ['1', '1.021', '2', false],
    ['1', '0.979', '2', false],
    ['0.049', '0.05', '2', false],
    ['100', '100', '0', true],
    ['100', '100.001', '0', false],
    ['40', '41', '2.5', true],
  ])('of %s weighed as %s is within %s %%: %s', (planned, used, percent, expected) => {
    expect(isWithinTolerance(q(planned), q(used), percent)).toBe(expected);
  });
});

describe('the steps of a batch', () => {
  it('are those of one table; every other one says what is possible', () => {
    expect(BATCH_STATUSES.map((status) => [status, batchCommands(status)])).toEqual([
      ['in_preparation', ['weigh', 'make', 'discard']],
      ['made', ['release', 'discard']],
      ['released', []],
      ['discarded', []],
    ]);
    for (const status of BATCH_STATUSES)
      for (const command of BATCH_COMMANDS) {
        const allowed = batchCommands(status);
        if (allowed.includes(command)) expect(() => assertBatchCommand(status, command)).not.toThrow();
        else
          expect(() => assertBatchCommand(status, command)).toThrow(
            expect.objectContaining({
              code: 'invalid-transition',
              params: { from: status, to: command, allowed },
            }),
          );
      }
  });
});
