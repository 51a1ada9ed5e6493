import { describe, expect, it } from 'vitest';

import {
  afterKey,
  afterScan,
  isSamePack,
  type PackRead,
  targetOf,
  unitsPerScan,
} from './count-target.domain';

const pack = (change: Partial<PackRead> = {}): PackRead => ({
  drugId: 1,
  drugName: 'Amoxabel 500 mg',
  baseUnit: 'capsule',
  code: '0104006381333931',
  perScan: '20',
  lotNumber: 'L1',
  expiryDate: '2030-01-31',
  ...change,
});
const line = (lotNumber: string, expiryDate: string | null = '2030-01-31') => ({ lotNumber, expiryDate });

describe('the lot in hand', () => {
  it('is the one with its number and expiry', () => {
    const lines = [line('L1', '2031-01-31'), line('L1'), line('L2')];
    expect(targetOf(pack(), lines)).toMatchObject({ kind: 'line', line: lines[1] });
    expect(targetOf(pack({ lotNumber: 'L2', expiryDate: null }), lines)).toMatchObject({ line: lines[2] });
  });

  it('is asked for where the pack does not say it, though there is one only', () => {
    expect(targetOf(pack({ lotNumber: null }), [line('L1')])).toMatchObject({ kind: 'choose' });
  });

  it('is asked for where several fit, or its expiry is another than the book has', () => {
    const lines = [line('L1', '2031-01-31'), line('L2')];
    expect(targetOf(pack(), lines)).toMatchObject({ kind: 'choose', lines: [lines[0]] });
    expect(targetOf(pack({ expiryDate: null }), [line('L1'), line('L1', null)]).kind).toBe('choose');
  });

  it('is new where the count knows nothing of the product or of the number', () => {
    expect(targetOf(pack(), []).kind).toBe('found');
    expect(targetOf(pack({ lotNumber: null }), []).kind).toBe('found');
    expect(targetOf(pack({ lotNumber: 'L9' }), [line('L1')]).kind).toBe('found');
  });
});

describe('one more scan', () => {
  it('is one more pack of the lot being counted, and of no other', () => {
    const target = targetOf(pack(), [line('L1')]);
    expect(isSamePack(target, pack(), 1)).toBe(true);
    expect(isSamePack(target, pack({ lotNumber: 'L2' }), 1)).toBe(false);
    expect(isSamePack(target, pack({ lotNumber: null }), 1)).toBe(false);
    expect(isSamePack(target, pack({ drugId: 2 }), 1)).toBe(false);
    expect(isSamePack(targetOf(pack(), []), pack(), 1)).toBe(true);
  });

  it('adds what the code stands for', () => {
    expect(unitsPerScan('pack', '20')).toBe('20');
    expect(unitsPerScan('unit', '20')).toBe('1');
    expect(unitsPerScan('case', '20')).toBeUndefined();
    expect(afterScan('', '20')).toBe('20');
    expect(afterScan('20.5', '20')).toBe('40.5');
    expect(afterScan('7', undefined)).toBe('7');
  });
});

describe('the keypad', () => {
  it('writes quantities as the server takes them', () => {
    expect([...'12.5'].reduce(afterKey, '')).toBe('12.5');
    expect(afterKey('', '.')).toBe('0.');
    expect(afterKey('0', '5')).toBe('5');
    expect(afterKey('1.234', '5')).toBe('1.234');
    expect(afterKey('1.2', '.')).toBe('1.2');
    expect(afterKey('123456789', '0')).toBe('123456789');
    expect(afterKey('12', 'back')).toBe('1');
  });
});
