// What is left in packs, over random sales, corrections, quarantines and returns by SQL: the sum of what happened, never more than the lot.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aLot, discrepancies } from '../../../test/builders/lot.js';
import { aSerialised } from '../../../test/builders/packs.js';
import { aSale } from '../../../test/builders/sale.js';
import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { IntegrityRepository } from '../integrity/integrity.repository.js';
import { IntegrityService } from '../integrity/integrity.service.js';

const step = fc.oneof(
  fc.record({ kind: fc.constant('sell' as const), units: fc.integer({ min: 1, max: 45 }) }),
  fc.record({ kind: fc.constant('correct' as const), units: fc.integer({ min: -40, max: 20 }) }),
  fc.record({ kind: fc.constant('pack' as const), units: fc.constant(30) }),
);

describe('what is left in packs', () => {
  const db = useTestDatabase();
  it(
    'is the sum of what happened, and never more than the lot, whatever leaves it',
    { timeout: 180_000 },
    async () => {
      const world = await aWorldFor(db, 'pharmacist');
      let made = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 90 }),
          fc.array(step, { minLength: 1, maxLength: 12 }),
          async (loose, steps) => {
            const { drugId, gtin } = await aSerialised(db);
            const { lotId } = await aLot(db, {
              branchId: world.branchId,
              drugId,
              quantity: String(60 + loose),
            });
            let onHand = 60 + loose;
            let known = 0;
            const enter = async (): Promise<void> => {
              made += 1;
              await db.owner.query(
                `insert into operational.pack_serials (branch_id, lot_id, gtin, serial, base_units) values ($1, $2, $3, $4, 30)`,
                [world.branchId, lotId, gtin, `P${made}`],
              );
            };
            for (const { kind, units } of steps) {
              if (kind === 'sell' && units <= onHand) {
                await aSale(db, world, { drugId, quantity: String(units) });
                onHand -= units;
              } else if (kind === 'correct' && units !== 0 && onHand + units >= 0) {
                await db.owner.query(
                  `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost) values ($1, $2, $3, 'adjustment', $4, 'counted', 0, 0)`,
                  [world.branchId, lotId, drugId, units],
                );
                onHand += units;
              } else if (kind === 'pack') {
                if (known + 30 <= onHand) await enter();
                else await expect(enter()).rejects.toMatchObject({ code: 'MD194' });
              }
              const { rows } = await db.owner.query<{ known: number; opened: number }>(
                `select coalesce(sum(remaining), 0)::float8 as known, (count(*) filter (where status = 'opened'))::integer as opened from operational.pack_serials where lot_id = $1 and remaining > 0`,
                [lotId],
              );
              const now = rows[0]?.known ?? -1;
              // What leaves comes out of loose stock first, and out of packs only where nothing else is left.
              expect(now).toBe(
                kind === 'pack' ? (known + 30 <= onHand ? known + 30 : known) : Math.min(known, onHand),
              );
              known = now;
              // The opened one is emptied before another is begun.
              expect(rows[0]?.opened).toBeLessThanOrEqual(1);
            }
          },
        ),
        { numRuns: 25 },
      );
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
      expect(await discrepancies(db)).toEqual([]);
    },
  );
});
