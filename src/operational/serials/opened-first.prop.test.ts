// First expiry first stays exact, whatever is opened; among lots of one expiry the one with an opened pack gives first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aLot, daysFromNow } from '../../../test/builders/lot.js';
import { aSerialised } from '../../../test/builders/packs.js';
import { aBranch } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';

const lots = fc.array(
  fc.record({
    loose: fc.integer({ min: 1, max: 20 }),
    expiresIn: fc.constantFrom(30, 60, 90),
    receivedDaysAgo: fc.integer({ min: 0, max: 3 }),
    isOpened: fc.boolean(),
  }),
  { minLength: 1, maxLength: 7 },
);

describe('lots with opened packs', () => {
  const db = useTestDatabase();

  it('give by expiry, then opened, then received', { timeout: 120_000 }, async () => {
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(lots, fc.integer({ min: 1, max: 150 }), async (given, wanted) => {
        const branchId = await aBranch(db);
        const { drugId, gtin } = await aSerialised(db);
        const shelf: { lotId: number; quantity: number; key: string }[] = [];
        for (const { loose, expiresIn, receivedDaysAgo, isOpened } of given) {
          const quantity = loose + (isOpened ? 30 : 0);
          const receivedAt = new Date(Date.now() - receivedDaysAgo * 86_400_000);
          const { lotId } = await aLot(db, {
            ...{ branchId, drugId, receivedAt },
            quantity: String(quantity),
            expiryDate: daysFromNow(expiresIn),
          });
          if (isOpened) {
            serial += 1;
            const pack = await db.owner.query<{ id: number }>(
              `insert into operational.pack_serials (branch_id, lot_id, gtin, serial, base_units) values ($1, $2, $3, $4, 30) returning pack_serial_id as id`,
              [branchId, lotId, gtin, `O${serial}`],
            );
            // What takes from a pack sees the branches of its transaction.
            const hand = await db.owner.connect();
            await hand.query('begin');
            await hand.query("select set_config('app.branches', $1, true)", [String(branchId)]);
            await hand.query(
              `with moved as (insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
                 values ($1, $2, $3, 'adjustment', -1, 'opened', 0, 0) returning movement_id)
               select operational.take_pack($4, movement_id, 1) from moved`,
              [branchId, lotId, drugId, pack.rows[0]?.id],
            );
            await hand.query('commit');
            hand.release();
          }
          const rank = [
            daysFromNow(expiresIn),
            isOpened ? 0 : 1,
            String(receivedAt.getTime()).padStart(15, '0'),
          ];
          const key = `${rank.join('/')}/${String(lotId).padStart(10, '0')}`;
          shelf.push({ lotId, quantity: quantity - (isOpened ? 1 : 0), key });
        }
        let left = wanted;
        const expected: [number, number][] = [];
        for (const { lotId, quantity } of shelf.sort((a, b) => (a.key < b.key ? -1 : 1))) {
          const take = Math.min(left, quantity);
          if (take > 0) expected.push([lotId, take]);
          left -= take;
        }
        const { rows } = await db.owner.query<{ lot_id: number; quantity: string }>(
          'select lot_id, quantity::float8 as quantity from operational.plan_fefo($1, array[$2::integer], array[$3::numeric])',
          [branchId, drugId, wanted],
        );
        expect(rows.map((row) => [row.lot_id, Number(row.quantity)])).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
