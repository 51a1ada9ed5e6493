import { describe, expect, it } from 'vitest';

import { inOrder } from './in-order.js';

const later = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, ms, value));

describe('commands begun in the same moment', () => {
  it('answer in their order, whichever ends first', async () => {
    expect(await inOrder([later(5, 'a'), 'b', later(0, 3)])).toEqual(['a', 'b', 3]);
  });

  it('throw what the first of them threw, after all of them have ended', async () => {
    let isOver = false;
    const first = later(5, 0).then(() => {
      throw new Error('the cause');
    });
    const second = Promise.reject(new Error('a consequence'));
    const third = later(20, 0).then(() => {
      isOver = true;
    });
    await expect(inOrder([first, second, third])).rejects.toThrow('the cause');
    expect(isOver).toBe(true);
  });
});
