import { describe, expect, it } from 'vitest';

import { JoinBudget, SideTable } from './side-table.js';

const ref = (line: number) => ({ file: 0, line });

describe('rows held to be joined', () => {
  it('are found by their key in the order of the file, and those nobody takes are told', () => {
    const table = new SideTable(new JoinBudget());
    table.add('a', ref(1), 'f', ['a', 'one', '']);
    table.add('b', ref(2), 'f', ['b', 'x']);
    table.add('a', ref(3), 'f', ['a', 'two']);
    table.add('c', ref(4), 'f', ['c', 'lost']);
    expect(table.peek('b').map(({ fields }) => fields[1])).toEqual(['x']);
    expect(table.take('a')).toEqual([
      { ref: ref(1), fields: ['a', 'one', ''] },
      { ref: ref(3), fields: ['a', 'two'] },
    ]);
    expect(table.takeUntaken('a')).toEqual([]);
    expect(table.takeUntaken('b')).toHaveLength(1);
    expect(table.take('nothing')).toEqual([]);
    expect([...table.keys()]).toEqual(['a', 'b', 'c']);
    expect([...table.orphans('KEY', 'is lost')]).toEqual([
      { kind: 'reject', ...ref(4), reasons: [{ column: 'KEY', reason: 'is lost', value: 'c | lost' }] },
    ]);
  });

  it('keep their columns whatever a value holds', () => {
    const table = new SideTable(new JoinBudget());
    table.add('a', ref(1), 'f', ['a', 'sneaky\u001fvalue', 'z']);
    expect(table.take('a')[0]?.fields).toEqual(['a', 'sneaky\ufffdvalue', 'z']);
  });

  it('are bounded in number and size', () => {
    const few = new SideTable(new JoinBudget(2, 1000));
    few.add('a', ref(1), 'big.txt', ['1']);
    few.add('b', ref(2), 'big.txt', ['2']);
    expect(() => few.add('c', ref(3), 'big.txt', ['3'])).toThrow(
      /big\.txt: the files to be joined hold more than 2 rows/,
    );
    const small = new SideTable(new JoinBudget(100, 10));
    expect(() => small.add('a', ref(1), 'big.txt', ['x'.repeat(11)])).toThrow(/10 characters/);
  });
});
