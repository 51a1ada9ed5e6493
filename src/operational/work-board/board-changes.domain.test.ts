import { describe, expect, it } from 'vitest';

import { BoardChanges } from './board-changes.domain.js';

describe('changes of the board', () => {
  it('are gathered by branch, each once, until they are taken', () => {
    const changes = new BoardChanges();
    for (const payload of ['1:7', '2:9', '1:7', '1:8']) expect(changes.hear(payload)).toBeUndefined();
    expect(changes.take()).toEqual([
      [1, [7, 8]],
      [2, [9]],
    ]);
    expect(changes.isEmpty).toBe(true);
    expect(changes.take()).toEqual([]);
  });

  it('are anything where the whole branch is meant, or too many', () => {
    const changes = new BoardChanges();
    changes.hear('1:7');
    changes.hear('1:0');
    for (let id = 1; id <= 51; id++) changes.hear(`2:${id}`);
    for (let id = 1; id <= 50; id++) changes.hear(`3:${id}`);
    const taken = new Map(changes.take());
    expect(taken.get(1)).toEqual([]);
    expect(taken.get(2)).toEqual([]);
    expect(taken.get(3)).toHaveLength(50);
  });

  it('tell a session that ended, and hear nothing else', () => {
    const changes = new BoardChanges();
    expect(changes.hear('s:12')).toBe(12);
    for (const payload of ['', '1', '1:', ':1', 's:', '1:2:3', '-1:2', '99999999999:1', 'x'])
      expect(changes.hear(payload)).toBeUndefined();
    expect(changes.isEmpty).toBe(true);
  });
});
