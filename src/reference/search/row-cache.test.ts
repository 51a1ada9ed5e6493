import { describe, expect, it } from 'vitest';

import { RowCache, type CatalogueFollower } from './row-cache.js';

function aFollower(): CatalogueFollower & { change: (drugIds: readonly number[] | null) => void } {
  const told: ((drugIds: readonly number[] | null) => void)[] = [];
  return {
    onChange: (tell) => void told.push(tell),
    change: (drugIds) => told.forEach((tell) => tell(drugIds)),
  };
}

const rows = (...ids: number[]): Map<number, string> => new Map(ids.map((id) => [id, `row ${id}`]));

describe('rows that are kept', () => {
  it('are there until their product changes', () => {
    const [cache, follower] = [new RowCache<string>(), aFollower()];
    cache.of(follower);
    cache.keep(follower, rows(1, 2, 3));
    follower.change([2]);
    expect([...cache.of(follower).keys()]).toEqual([1, 3]);
    follower.change(null);
    expect(cache.of(follower).size).toBe(0);
  });

  it('belong to one index: with another one there is nothing, and what was read for the old one is not kept', () => {
    const [cache, before, after] = [new RowCache<string>(), aFollower(), aFollower()];
    cache.of(before);
    cache.keep(before, rows(1));
    expect(cache.of(after).size).toBe(0);
    cache.keep(before, rows(2));
    expect(cache.of(after).size).toBe(0);
    cache.keep(after, rows(3));
    before.change(null);
    expect([...cache.of(after).keys()]).toEqual([3]);
  });

  it('are so many and no more; the oldest go first', () => {
    const [cache, follower] = [new RowCache<string>(3), aFollower()];
    cache.of(follower);
    cache.keep(follower, rows(1, 2));
    cache.keep(follower, rows(3, 4, 5));
    expect([...cache.of(follower).keys()]).toEqual([3, 4, 5]);
  });
});
