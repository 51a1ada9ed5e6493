import { describe, expect, it } from 'vitest';
import { targetOf } from './target.domain';

type Station = Parameters<typeof targetOf>[0];
const LOT = { lotId: 1 };

const station = (change: Partial<Station> & { status?: Station['fill']['status'] } = {}): Station => ({
  fill: { status: change.status ?? 'in_progress', filledBy: 1 },
  policy: { dispensingPolicy: 'station', twoPersonRule: false },
  scans: [],
  missing: { fill: [] },
  ...change,
});
const me = { userId: 1, mayVerify: true };
const colleague = { userId: 2, mayVerify: true };
const technician = { userId: 2, mayVerify: false };
const scans = [{ stage: 'fill' as const }];

describe('the station a scanned label leads to', () => {
  it('fills what nobody has scanned yet', () => {
    expect(targetOf(station(), me)).toBe('fill');
    expect(targetOf(station({ missing: { fill: [LOT] } }), colleague)).toBe('fill');
  });

  it('verifies what is proven, for who may verify', () => {
    expect(targetOf(station({ scans }), me)).toBe('verify');
    expect(targetOf(station(), colleague)).toBe('verify');
    expect(targetOf(station({ scans }), technician)).toBe('fill');
    expect(targetOf(station({ status: 'verified' }), technician)).toBe('verify');
  });

  it('finishes at the counter what one has begun oneself', () => {
    const policy = { dispensingPolicy: 'counter' as const, twoPersonRule: false };
    expect(targetOf(station({ policy, scans }), me)).toBe('fill');
    expect(targetOf(station({ policy, scans }), colleague)).toBe('verify');
    expect(targetOf(station({ policy: { ...policy, twoPersonRule: true }, scans }), me)).toBe('verify');
  });

  it('hands over what waits, and begins anew what has left or was taken back', () => {
    expect(targetOf(station({ status: 'ready' }), me)).toBe('pick-up');
    for (const status of ['dispensed', 'returned_to_stock', 'reversed'] as const)
      expect(targetOf(station({ status }), me)).toBe('start');
  });
});
