import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PairIndex } from './pair-index.domain.js';

const subject = fc.integer({ min: 1, max: 12 }).map((id) => `ingredient:${id}`);
const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'remove'),
  a: subject,
  b: subject,
  id: fc.integer({ min: 1, max: 40 }),
});

describe('pairs in memory', () => {
  it('are what a plain table of them holds, whatever came and went', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.uniqueArray(subject), (steps, asked) => {
        const index = new PairIndex();
        // A row of the table of rules has one id and never changes its subjects.
        const table = new Map<number, { a: string; b: string; id: number }>();
        for (const { kind, ...rule } of steps) {
          const row = table.get(rule.id) ?? rule;
          if (kind === 'add') {
            index.add(row);
            table.set(row.id, row);
          } else {
            index.remove(row);
            table.delete(row.id);
          }
        }
        const rows = [...table.values()];
        expect(index.size).toBe(rows.length);
        expect(index.among(asked)).toEqual(
          rows
            .filter(({ a, b }) => asked.includes(a) && asked.includes(b))
            .map(({ id }) => id)
            .sort((one, other) => one - other),
        );
        for (const one of asked) expect(index.has(one)).toBe(rows.some(({ a, b }) => a === one || b === one));
      }),
    );
  });

  it('do not know subjects nobody spoke of, and forget what was asked before', () => {
    const index = new PairIndex();
    index.add({ a: 'group:1', b: 'ingredient:2', id: 7 });
    expect(index.among(['group:1', 'ingredient:2', 'ingredient:3'])).toEqual([7]);
    expect(index.among(['group:1', 'ingredient:3'])).toEqual([]);
    expect([index.has('ingredient:3'), index.has('ingredient:2')]).toEqual([false, true]);
  });
});
