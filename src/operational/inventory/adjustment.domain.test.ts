import { describe, expect, it } from 'vitest';

import { needsAnother, SET_ASIDE_REASONS, StockSetAside } from './adjustment.domain.js';
import { REASON_CODES } from './adjustments.types.js';

describe('a correction', () => {
  const of = (part: Partial<Parameters<typeof needsAnother>[0]>) =>
    needsAnother({ quantity: '-1', reasonCode: 'other', isOverLimit: false, isSetAside: false, ...part });

  it('of free stock waits for another person over the limit alone', () => {
    for (const quantity of ['-1', '1'])
      for (const isOverLimit of [false, true]) expect(of({ quantity, isOverLimit })).toBe(isOverLimit);
  });

  it('takes nothing from stock that is set aside but what is gone or never was there, and then another approves', () => {
    for (const reasonCode of REASON_CODES) {
      const take = () => of({ isSetAside: true, reasonCode });
      if (SET_ASIDE_REASONS.includes(reasonCode)) expect(take(), reasonCode).toBe(true);
      else expect(take, reasonCode).toThrow(StockSetAside);
    }
  });

  it('that adds to stock that is set aside is as any other', () => {
    expect(of({ isSetAside: true, quantity: '2', reasonCode: 'found' })).toBe(false);
    expect(of({ isSetAside: true, quantity: '2', reasonCode: 'found', isOverLimit: true })).toBe(true);
  });
});
