import { describe, expect, it } from 'vitest';
import { createIntentKeys } from './intent.domain';

function counter(): () => string {
  let next = 0;
  return () => `key-${++next}`;
}

describe('intent keys', () => {
  it('gives a retry of the same request the same key', () => {
    const intents = createIntentKeys(counter());
    const first = intents.keyFor({ saleId: 1, items: [{ quantity: '2' }] });
    expect(intents.keyFor({ saleId: 1, items: [{ quantity: '2' }] })).toBe(first);
  });

  it('gives a changed request another key, so the server never sees one key with two bodies', () => {
    const intents = createIntentKeys(counter());
    const first = intents.keyFor({ quantity: '2' });
    expect(intents.keyFor({ quantity: '3' })).not.toBe(first);
  });

  it('gives an equal request after success a new key, because selling the same thing again is meant', () => {
    const intents = createIntentKeys(counter());
    const first = intents.keyFor({ quantity: '2' });
    intents.done();
    expect(intents.keyFor({ quantity: '2' })).not.toBe(first);
  });
});
