import { describe, expect, it } from 'vitest';

import {
  freeOf,
  isSendable,
  likelyReason,
  type ReturnableLot,
  sentLines,
  withLots,
} from './return-draft.domain';

const lot = (part: Partial<ReturnableLot> = {}): ReturnableLot => ({
  ...{
    lotId: 1,
    drugName: 'Paravelin 500',
    lotNumber: 'PV-1',
    expiryDate: '2030-01-01',
    status: 'available',
  },
  ...{ free: '10', daysLeft: 400 },
  ...part,
});

describe('a return while it is made', () => {
  it('says the likely reason of each lot', () => {
    expect(likelyReason({ status: 'recalled', daysLeft: -5 })).toBe('recalled');
    expect(likelyReason({ status: 'available', daysLeft: -1 })).toBe('expired');
    expect(likelyReason({ status: 'expired', daysLeft: null })).toBe('expired');
    expect(likelyReason({ status: 'quarantined', daysLeft: 20 })).toBe('quality');
    expect(likelyReason({ status: 'available', daysLeft: 20 })).toBe('near_expiry');
    expect(likelyReason({ status: 'on_hold', daysLeft: null })).toBe('overstock');
  });

  it('takes each lot once, with what is free of it', () => {
    expect(freeOf('10', '2.500')).toBe('7.5');
    const lines = withLots(withLots([], [lot()]), [
      lot(),
      lot({ lotId: 2, free: '0' }),
      lot({ lotId: 3, free: '2.500' }),
    ]);
    expect(lines.map(({ lotId, quantity }) => [lotId, quantity])).toEqual([
      [1, '10'],
      [3, '2.5'],
    ]);
  });

  it('is sent when each line takes something and no more than is free', () => {
    const [line] = withLots([], [lot()]);
    if (!line) throw new Error('no line');
    expect(isSendable([])).toBe(false);
    for (const [quantity, sendable] of [
      ['', false],
      ['0', false],
      ['10', true],
      ['10.001', false],
    ] as const)
      expect(isSendable([{ ...line, quantity }]), quantity).toBe(sendable);
    expect(sentLines([line, { ...line, lotId: 2, credit: '4' }])).toEqual([
      { lotId: 1, quantity: '10', reason: 'overstock' },
      { lotId: 2, quantity: '10', reason: 'overstock', creditExpected: '4.00' },
    ]);
  });
});
