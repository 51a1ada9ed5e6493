import { describe, expect, it } from 'vitest';

import { matchPack, unscanned, type PackInHand, type ScanVerdict } from './scan-match.domain.js';

const A = { lotId: 1, lotNumber: 'AB12', expiryDate: '2027-12-31' };
const B = { lotId: 2, lotNumber: 'CD34', expiryDate: '2028-06-30' };
const C = { lotId: 3, lotNumber: 'AB12', expiryDate: '2028-12-31' };
const NONE = { lotId: 4, lotNumber: 'EF56', expiryDate: null };

const match = (
  pack: Partial<PackInHand>,
  { lots = [A, B], needsLot = true }: { lots?: (typeof A | typeof NONE)[]; needsLot?: boolean } = {},
): ScanVerdict =>
  matchPack(
    { drugId: 7, lots },
    { drugId: 7, lotNumber: 'AB12', expiryDate: '2027-12-31', ...pack },
    { needsLot, today: '2026-11-30' },
  );
const mismatch = (what: string) => ({ kind: 'mismatch', what });

describe('a pack in hand', () => {
  it('matches by product, lot and expiry, and says which lot', () => {
    expect(match({})).toEqual({ kind: 'matched', lot: A });
    expect(match({ lotNumber: ' cd34', expiryDate: '2028-06-30' })).toEqual({ kind: 'matched', lot: B });
    expect(match({ expiryDate: '2028-12-31' }, { lots: [A, C] })).toEqual({ kind: 'matched', lot: C });
    expect(match({ lotNumber: 'EF56', expiryDate: null }, { lots: [NONE] })).toEqual({
      kind: 'matched',
      lot: NONE,
    });
  });

  it.each([
    ['another product', { drugId: 8 }, 'wrong_product'],
    ['a product nobody knows', { drugId: null }, 'unknown_product'],
    ['another lot', { lotNumber: 'AB13' }, 'wrong_lot'],
    ['another expiry', { expiryDate: '2027-12-30' }, 'wrong_expiry'],
    ['the expiry of the other lot', { expiryDate: '2028-06-30' }, 'wrong_expiry'],
    ['an expired one', { expiryDate: '2026-11-29' }, 'expired_pack'],
  ])('is refused when it is of %s', (_, pack, what) => {
    expect(match(pack)).toEqual(mismatch(what));
    expect(match(pack, { needsLot: false })).toEqual(mismatch(what));
  });

  it('is refused where it states an expiry that is not on record', () => {
    expect(match({ lotNumber: 'EF56' }, { lots: [NONE] })).toEqual(mismatch('wrong_expiry'));
  });

  it('is good to the end of its last day', () => {
    const last = { ...A, expiryDate: '2026-11-30' };
    expect(match({ expiryDate: '2026-11-30' }, { lots: [last] })).toEqual({ kind: 'matched', lot: last });
  });

  it('must have lot and expiry read where its code says neither, if they matter', () => {
    const plain = { lotNumber: null, expiryDate: null };
    expect(match(plain)).toEqual({ kind: 'incomplete', missing: ['lotNumber', 'expiryDate'] });
    expect(match({ lotNumber: null })).toEqual({ kind: 'incomplete', missing: ['lotNumber'] });
    expect(match({ expiryDate: null })).toEqual({ kind: 'incomplete', missing: ['expiryDate'] });
    expect(match(plain, { needsLot: false })).toEqual({ kind: 'matched', lot: null });
    expect(match({ expiryDate: null }, { needsLot: false })).toEqual({ kind: 'matched', lot: A });
  });
});

describe('what is still to be scanned', () => {
  const scan = (lotId: number | null) => ({ lotId, isBypass: false });
  it('is every lot that no scan proved', () => {
    expect(unscanned([A, B], [scan(1)], 'lot')).toEqual([B]);
    expect(unscanned([A, B], [scan(null)], 'lot')).toEqual([A, B]);
    expect(unscanned([A, B], [scan(2), scan(1), scan(1)], 'lot')).toEqual([]);
  });

  it('is nothing once one scan proved the product where that is enough, or after a bypass, or where nothing is asked', () => {
    expect(unscanned([A, B], [], 'product')).toEqual([A, B]);
    expect(unscanned([A, B], [scan(null)], 'product')).toEqual([]);
    expect(unscanned([A, B], [{ lotId: null, isBypass: true }], 'lot')).toEqual([]);
    expect(unscanned([A, B], [], 'off')).toEqual([]);
  });
});
