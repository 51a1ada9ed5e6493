import { describe, expect, it } from 'vitest';

import { BranchStockCache } from './branch-stock-cache.js';

/** A cache on a clock of its own, over a stock that can be changed; counts how often it is read. */
function aCache(): {
  cache: BranchStockCache;
  pass: (ms: number) => void;
  put: (drugIds: number[]) => void;
  read: () => Promise<readonly number[]>;
  reads: () => number;
} {
  let [now, reads] = [0, 0];
  let stock = [1, 2];
  return {
    cache: new BranchStockCache(() => now),
    pass: (ms) => (now += ms),
    put: (drugIds) => (stock = drugIds),
    read: async () => {
      reads += 1;
      return stock;
    },
    reads: () => reads,
  };
}

describe('the stock of a branch', () => {
  it('is read once for searches at the same time, and never older than a second', async () => {
    const { cache, pass, put, read, reads } = aCache();
    const [first, second] = await Promise.all([cache.of(1, read), cache.of(1, read)]);
    expect(second).toBe(first);
    expect(reads()).toBe(1);
    put([3]);
    pass(1001);
    const later = await cache.of(1, read);
    expect([later.has(3), later.has(1)]).toEqual([true, false]);
    expect(reads()).toBe(2);
  });

  it('is refreshed beside the search that finds it half a second old', async () => {
    const { cache, pass, put, read, reads } = aCache();
    await cache.of(1, read);
    put([3]);
    pass(600);
    expect((await cache.of(1, read)).has(3)).toBe(false);
    await Promise.resolve();
    expect(reads()).toBe(2);
    expect((await cache.of(1, read)).has(3)).toBe(true);
  });

  it('stays the same object while nothing changed, so that searches with it are remembered', async () => {
    const { cache, pass, read } = aCache();
    const first = await cache.of(1, read);
    pass(2000);
    expect(await cache.of(1, read)).toBe(first);
  });

  it('is kept apart by branch', async () => {
    const { cache, put, read } = aCache();
    const one = await cache.of(1, read);
    put([9]);
    const two = await cache.of(2, read);
    expect([one.has(9), two.has(9), two.has(1)]).toEqual([false, true, false]);
  });

  it('is asked for again after it could not be read', async () => {
    const { cache, pass, read } = aCache();
    await expect(cache.of(1, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await cache.of(1, read);
    pass(2000);
    await expect(cache.of(1, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect((await cache.of(1, read)).has(1)).toBe(true);
  });
});
