import { describe, expect, it } from 'vitest';

import { gapOf, waysOf } from './transfer-ways.domain';

describe('what arrives of a transfer', () => {
  it('is compared with what was sent, usable and damaged together', () => {
    expect(gapOf('30', { usable: '30', damaged: '' })).toEqual({ missing: '0', over: '0' });
    expect(gapOf('30', { usable: '26.5', damaged: '2' })).toEqual({ missing: '1.5', over: '0' });
    expect(gapOf('30', { usable: '31', damaged: '1' })).toEqual({ missing: '0', over: '2' });
    expect(gapOf('30', { usable: '', damaged: '' })).toEqual({ missing: '30', over: '0' });
  });

  it('is settled by whose goods they are', () => {
    expect(waysOf('lost', 'from')).toEqual(['write_off', 'return']);
    expect(waysOf('lost', 'to')).toEqual(['receive']);
    expect(waysOf('damaged', 'to')).toEqual([]);
    expect(waysOf('over', 'from')).toEqual(['accept', 'dismiss']);
  });
});
