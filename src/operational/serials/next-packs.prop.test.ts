// Which packs to take from: the lots keep their order, and within a lot an opened pack goes first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import { nextPacks, type LotOfPacks, type OpenPack } from './next-packs.domain.js';
import { packCommands } from './pack-status.domain.js';
import { PACK_STATUSES } from './serials.types.js';

const decimal = (thousandths: number): string => Quantity.ofThousandths(BigInt(thousandths)).toString();
const of = (text: string): bigint => Quantity.of(text).thousandths;

const shelf = fc.array(
  fc.record({
    free: fc.integer({ min: 1, max: 60_000 }),
    packs: fc.array(fc.record({ remaining: fc.integer({ min: 1, max: 30_000 }), isOpened: fc.boolean() }), {
      maxLength: 5,
    }),
  }),
  { maxLength: 5 },
);

describe('the packs to take from', () => {
  it('give exactly what is wanted or all there is, lot by lot, opened packs first', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 200_000 }), (lots, wanted) => {
        const given: LotOfPacks[] = lots.map(({ free }, index) => ({
          lotId: index + 1,
          lotNumber: `L${index}`,
          expiryDate: null,
          bin: null,
          free: decimal(free),
        }));
        let id = 0;
        const packs = lots.flatMap(({ packs }, index): OpenPack[] =>
          packs.map(({ remaining, isOpened }) => {
            id += 1;
            const status = isOpened ? 'opened' : 'in_stock';
            return {
              packSerialId: id,
              lotId: index + 1,
              gtin: '',
              serial: String(id),
              status,
              remaining: decimal(remaining),
            };
          }),
        );
        const answer = nextPacks(given, [...packs].reverse(), decimal(wanted));
        const all = lots.reduce((sum, { free }) => sum + free, 0);
        expect(answer.reduce((sum, lot) => sum + of(lot.quantity), 0n)).toBe(BigInt(Math.min(wanted, all)));
        for (const [index, lot] of answer.entries()) {
          expect(lot.lotId).toBe(index + 1);
          // Only the last lot may keep something.
          if (index < answer.length - 1) expect(lot.quantity).toBe(lot.free);
          const taken = lot.packs.reduce((sum, pack) => sum + of(pack.take), 0n);
          expect(taken <= of(lot.quantity)).toBe(true);
          const order = lot.packs.map(
            ({ status, packSerialId }) => [status === 'opened' ? 0 : 1, packSerialId] as const,
          );
          expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
          // A pack that was passed over is behind all that gave, and only the last one that gave keeps something.
          for (const pack of lot.packs.slice(0, -1)) expect(pack.take).toBe(pack.remaining);
        }
      }),
    );
  });
});

describe('what may be done with a pack', () => {
  it('is nothing once it is gone, and never the release of one seen twice', () => {
    for (const status of PACK_STATUSES) {
      const isHere = status === 'in_stock' || status === 'opened' || status === 'quarantined';
      expect(packCommands({ status, isDuplicate: false }).includes('report')).toBe(isHere);
      expect(packCommands({ status, isDuplicate: true })).not.toContain('release');
    }
    expect(packCommands({ status: 'quarantined', isDuplicate: false })).toEqual(['report', 'release']);
  });
});
