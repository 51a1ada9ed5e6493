import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { classify, type Consumption } from './abc.domain.js';
import { commandsOf, isDue } from './count-status.domain.js';

const of = (...values: number[]): string =>
  [...classify(values.map((value, index) => ({ drugId: index + 1, value: BigInt(value) })))]
    .sort(([a], [b]) => a - b)
    .map(([, abcClass]) => abcClass)
    .join('');

describe('classes by value of consumption', () => {
  it.each([
    [[], ''],
    [[100], 'A'],
    [[0], 'C'],
    [[80, 15, 5], 'ABC'],
    [[79, 16, 5], 'AAC'],
    [[5, 15, 80], 'CBA'],
    [[40, 40, 10, 5, 5], 'AABBC'],
    [[10, 10, 10, 10, 10, 10, 10, 10, 10, 10], 'AAAAAAAABB'],
    [[100, -50, 0], 'ACC'],
  ])('%j are %s', (values, classes) => {
    expect(of(...values)).toBe(classes);
  });

  it('rise with value, hold four fifths in A with its last product, and do not depend on the order', () => {
    const product = fc.record({
      drugId: fc.integer({ min: 1, max: 1e6 }),
      value: fc.bigInt(-5n, 10n ** 15n),
    });
    const products = fc.uniqueArray(product, { selector: ({ drugId }) => drugId, maxLength: 60 });
    fc.assert(
      fc.property(products, (list: Consumption[]) => {
        const classes = classify(list);
        expect(classes.size).toBe(list.length);
        const total = list.reduce((sum, { value }) => (value > 0n ? sum + value : sum), 0n);
        const a = list.filter(({ drugId }) => classes.get(drugId) === 'A');
        const ofA = a.reduce((sum, { value }) => sum + value, 0n);
        if (total > 0n) expect(ofA * 100n >= total * 80n).toBe(true);
        const least = a.reduce((least, { value }) => (value < least ? value : least), 10n ** 16n);
        if (a.length > 0) expect((ofA - least) * 100n < total * 80n).toBe(true);
        for (const one of list)
          for (const other of list)
            if (one.value > other.value)
              expect((classes.get(one.drugId) ?? '') <= (classes.get(other.drugId) ?? '')).toBe(true);
        expect(new Map([...classify([...list].reverse())])).toEqual(classes);
      }),
    );
  });

  it('say when a product is due, and what can be done with a count', () => {
    expect([null, 0, 29, 30, 31].map((days) => isDue(days, 30))).toEqual([true, false, false, true, true]);
    expect(commandsOf('counting')).not.toContain('approve');
    expect(commandsOf('submitted')).not.toContain('enter');
    expect([...commandsOf('approved'), ...commandsOf('cancelled')]).toEqual([]);
  });
});
