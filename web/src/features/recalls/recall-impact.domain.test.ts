import { describe, expect, it } from 'vitest';

import { impactOf } from './recall-impact.domain';

describe('what a recall would set aside', () => {
  const held = [
    { lotNumber: 'PV-1', quantity: '20' },
    { lotNumber: 'pv-1 ', quantity: '0.5' },
    { lotNumber: 'PV-2', quantity: '7' },
    { lotNumber: 'PV-3', quantity: '0' },
  ];

  it('is every lot of the number, however it is spelt', () => {
    expect(impactOf(held, ' PV-1')).toEqual({ lots: 2, quantity: '20.5' });
    expect(impactOf(held, 'PV-9')).toEqual({ lots: 0, quantity: '0' });
  });

  it('is every lot that holds something where no number is said', () => {
    expect(impactOf(held, '')).toEqual({ lots: 3, quantity: '27.5' });
  });
});
