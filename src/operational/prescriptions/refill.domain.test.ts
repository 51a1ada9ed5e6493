import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import {
  decideFill,
  madeFillEligibleOn,
  refillEligibleOn,
  remainingAuthority,
  statusByFills,
  type Authority,
  type EarlierFill,
  type FillWish,
} from './refill.domain.js';

const q = (text: string): Quantity => Quantity.of(text);

const aFill = (values: Partial<EarlierFill> = {}): EarlierFill => ({
  fillNumber: 0,
  partNumber: 1,
  quantity: q('30'),
  daysSupply: 30,
  status: 'dispensed',
  suppliedOn: '2026-01-01',
  ...values,
});
const anAuthority = (values: Partial<Authority> = {}): Authority => ({
  status: 'pending',
  quantity: q('30'),
  daysSupply: 30,
  refillsAuthorized: 2,
  expiresOn: '2026-12-31',
  controlledMaxRefills: undefined,
  fills: [],
  ...values,
});
const decide = (rx: Partial<Authority>, wish: Partial<FillWish> = {}, today = '2026-01-01') =>
  decideFill(
    anAuthority(rx),
    { kind: 'fill', quantity: undefined, ...wish },
    { today, earlyRefillShare: 0.75 },
  );
const filled = { status: 'filled', fills: [aFill()] } as const;

describe('the first fill', () => {
  it('is all that was prescribed for one fill unless less is asked for', () => {
    expect(decide({})).toMatchObject({
      fillNumber: 0,
      partNumber: 1,
      daysSupply: 30,
      prescriptionStatus: 'filled',
    });
    expect(decide({}).quantity.toString()).toBe('30');
  });

  it('completes a prescription without refills', () => {
    expect(decide({ refillsAuthorized: 0 }).prescriptionStatus).toBe('completed');
  });

  it('is refused as a refill, and more than one fill is refused', () => {
    expect(() => decide({}, { kind: 'refill' })).toThrow(
      expect.objectContaining({
        code: 'prescription-not-fillable',
        params: { reason: 'not-yet-filled', allowed: ['review', 'fill', 'hold', 'transfer', 'cancel'] },
      }),
    );
    expect(() => decide({}, { quantity: q('30.001') })).toThrow(
      expect.objectContaining({ code: 'quantity-exceeds-authority', params: { remaining: '30' } }),
    );
    expect(() => decide({}, { quantity: q('0') })).toThrow(
      expect.objectContaining({ code: 'quantity-exceeds-authority' }),
    );
  });

  it.each(['draft', 'on_hold', 'cancelled', 'transferred', 'completed'] as const)(
    'is refused while the prescription is %s',
    (status) => {
      expect(() => decide({ status })).toThrow(
        expect.objectContaining({ code: 'prescription-not-fillable', status: 409 }),
      );
    },
  );

  it('is made on the last valid day and refused on the next', () => {
    expect(() => decide({ expiresOn: '2026-06-30' }, {}, '2026-06-30')).not.toThrow();
    expect(() => decide({ expiresOn: '2026-06-30' }, {}, '2026-07-01')).toThrow(
      expect.objectContaining({
        params: { reason: 'expired', expiresOn: '2026-06-30', allowed: ['cancel'] },
      }),
    );
  });
});

describe('a partial fill', () => {
  const partial = { status: 'filled', fills: [aFill({ quantity: q('20'), daysSupply: 20 })] } as const;

  it('owes the rest and lasts its share of the days', () => {
    const decision = decide({}, { quantity: q('20') });
    expect(decision).toMatchObject({ daysSupply: 20, prescriptionStatus: 'filled' });
    expect(decision.owed.toString()).toBe('10');
    expect(decide({ refillsAuthorized: 0 }, { quantity: q('20') }).prescriptionStatus).toBe('filled');
  });

  it.each(['fill', 'refill'] as const)(
    'is completed by a %s of the same number, at once and without a refill',
    (kind) => {
      const decision = decide(partial, { kind });
      expect(decision).toMatchObject({ fillNumber: 0, partNumber: 2, daysSupply: 10, eligibleOn: undefined });
      expect(decision.quantity.toString()).toBe('10');
    },
  );

  it('gives no more than is owed', () => {
    expect(() => decide(partial, { quantity: q('11') })).toThrow(
      expect.objectContaining({ params: { remaining: '10' } }),
    );
  });

  it('has parts whose days add up to those of the whole', () => {
    const first = decide({ quantity: q('28'), daysSupply: 30 }, { quantity: q('10') });
    const second = decide(
      {
        quantity: q('28'),
        daysSupply: 30,
        status: 'filled',
        fills: [aFill({ quantity: q('10'), daysSupply: first.daysSupply })],
      },
      {},
    );
    expect([first.daysSupply, second.daysSupply]).toEqual([11, 19]);
  });

  it('begins again as another part when the first part was taken back', () => {
    expect(decide({ fills: [aFill({ status: 'reversed' })] })).toMatchObject({
      fillNumber: 0,
      partNumber: 2,
    });
  });
});

describe('a refill', () => {
  it('is due when three quarters of the days are used, and not a day before', () => {
    expect(refillEligibleOn(anAuthority(filled), 0.75)).toBe('2026-01-24');
    expect(decide(filled, { kind: 'refill' }, '2026-01-23')).toMatchObject({
      fillNumber: 1,
      partNumber: 1,
      eligibleOn: '2026-01-24',
    });
    expect(decide({}).eligibleOn).toBeUndefined();
  });

  it('is counted from the end of what was given in parts', () => {
    const parts = (secondDay: string) => [
      aFill({ quantity: q('20'), daysSupply: 20 }),
      aFill({ quantity: q('10'), daysSupply: 10, partNumber: 2, suppliedOn: secondDay }),
    ];
    expect(refillEligibleOn(anAuthority({ fills: parts('2026-01-05') }), 0.75)).toBe('2026-01-24');
    expect(refillEligibleOn(anAuthority({ fills: parts('2026-02-10') }), 0.75)).toBe('2026-02-13');
  });

  it('that is made keeps its day: by what was given before it, and never for a part that completes one', () => {
    const fills = [aFill(), aFill({ fillNumber: 1, suppliedOn: '2026-01-10' })];
    const dueOf = (made: { fillNumber: number; partNumber: number }, of: EarlierFill[] = fills) =>
      madeFillEligibleOn({ fills: of }, made, 0.75);
    expect(dueOf({ fillNumber: 0, partNumber: 1 })).toBeUndefined();
    expect(dueOf({ fillNumber: 1, partNumber: 1 })).toBe('2026-01-24');
    const parts = [...fills, aFill({ fillNumber: 1, partNumber: 2, suppliedOn: '2026-01-12' })];
    expect(dueOf({ fillNumber: 1, partNumber: 2 }, parts)).toBeUndefined();
    expect(dueOf({ fillNumber: 1, partNumber: 1 }, parts)).toBe('2026-01-24');
    const again = [aFill(), aFill({ fillNumber: 1, status: 'reversed' })];
    expect(dueOf({ fillNumber: 1, partNumber: 2 }, again)).toBe('2026-01-24');
  });

  it('is not called a fill, and there are no more than authorised', () => {
    expect(() => decide(filled, { kind: 'fill' }, '2026-06-01')).toThrow(
      expect.objectContaining({
        params: { reason: 'refill-instead', allowed: ['review', 'refill', 'hold', 'transfer', 'cancel'] },
      }),
    );
    const all = [0, 1, 2].map((fillNumber) => aFill({ fillNumber }));
    expect(() => decide({ status: 'filled', fills: all }, { kind: 'refill' }, '2026-06-01')).toThrow(
      expect.objectContaining({ params: { reason: 'no-refills-left', refillsAuthorized: 2, allowed: [] } }),
    );
    expect(
      decide({ status: 'filled', fills: all.slice(0, 2) }, { kind: 'refill' }, '2026-06-01')
        .prescriptionStatus,
    ).toBe('completed');
  });

  it('is refused beyond what the schedule allows, whatever was written', () => {
    expect(() => decide({ ...filled, controlledMaxRefills: 0 }, { kind: 'refill' }, '2026-06-01')).toThrow(
      expect.objectContaining({
        params: {
          reason: 'controlled',
          maxRefills: 0,
          allowed: ['review', 'fill', 'hold', 'transfer', 'cancel'],
        },
      }),
    );
  });
});

describe('what is left', () => {
  it('counts refills not begun, base units in all, and what is owed', () => {
    const left = remainingAuthority(
      anAuthority({
        fills: [
          aFill(),
          aFill({ fillNumber: 1, quantity: q('12.5') }),
          aFill({ fillNumber: 2, status: 'returned_to_stock' }),
        ],
      }),
    );
    expect([left.refills, left.quantity.toString(), left.owed.toString()]).toEqual([1, '47.5', '17.5']);
  });

  it('tells where the prescription stands by its fills', () => {
    const rx = anAuthority({ refillsAuthorized: 0 });
    expect(statusByFills(rx)).toBe('pending');
    expect(statusByFills({ ...rx, fills: [aFill({ quantity: q('29') })] })).toBe('filled');
    expect(statusByFills({ ...rx, fills: [aFill()] })).toBe('completed');
    expect(statusByFills({ ...rx, fills: [aFill({ status: 'reversed' })] })).toBe('pending');
  });
});
