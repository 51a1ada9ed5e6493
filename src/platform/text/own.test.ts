import { describe, expect, it } from 'vitest';

import { own } from './own.js';

describe('a word looked up in a table', () => {
  it('is what the table says of it', () => {
    expect(own({ tab: 'tablet' }, 'tab')).toBe('tablet');
  });

  it.each(['constructor', 'valueOf', 'toString', '__proto__', 'hasOwnProperty', ''])(
    'is unknown when it is only what every object carries: %j',
    (word) => {
      expect(own({ tab: 'tablet' }, word)).toBeUndefined();
    },
  );
});
