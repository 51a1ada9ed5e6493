// Stock as of any moment by either time is what a plain sum over the ledger says, whichever months are closed, made or written to late.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { discrepancies } from '../../../test/builders/lot.js';
import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { LEDGER_INVARIANTS } from '../integrity/ledger-invariants.sql.js';
import { StockReportsRepository } from '../stock-reports/stock-reports.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';

const DAY_MS = 86_400_000;
const LOTS = 3;

interface Movement {
  readonly lot: number;
  readonly quantity: number;
  readonly recorded: Date;
  readonly effective: Date;
}

/** A movement so many days ago that counts days before or after it was written; or the job. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      lot: fc.nat(LOTS - 1),
      quantity: fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0),
      recordedDaysAgo: fc.double({ min: 0, max: 200, noNaN: true }),
      shiftDays: fc.oneof(fc.constant(0), fc.double({ min: -70, max: 40, noNaN: true })),
    }),
  },
  { weight: 1, arbitrary: fc.constant('close' as const) },
);

describe('stock as of a moment', () => {
  const db = useTestDatabase();
  const reports = new StockReportsRepository();
  const keep = (): Promise<number> => new LedgerService(db.uow, new LedgerRepository()).keep();

  /** As if no month was ever closed: what closing made is taken away behind the triggers' back. */
  async function reopen(): Promise<void> {
    await db.owner.query(`
      do $$ declare v_part regclass; begin
        for v_part in select t.tgrelid::regclass from pg_trigger t where t.tgname = 'stock_movements_totals' and t.tgrelid <> 'operational.stock_movements_default'::regclass loop
          execute format('drop trigger stock_movements_totals on %s', v_part);
        end loop;
        delete from operational.stock_month_totals;
        delete from operational.stock_closed_months;
      end $$`);
  }

  it('is the sum of what counted, or was written, by then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
        await reopen();
        const now = Date.now();
        const world = await aWorldFor(db, 'pharmacist');
        const { drugId } = await aDrug(db);
        const { rows } = await db.owner.query<{ id: number }>(
          `insert into operational.inventory_lots (branch_id, drug_id, lot_number, unit_cost) select $1, $2, 'P' || n, 1 from generate_series(1, $3::int) n returning lot_id as id`,
          [world.branchId, drugId, LOTS],
        );
        const lotIds = rows.map((row) => row.id);
        const written: Movement[] = [];
        const write = async (movement: Movement): Promise<void> => {
          written.push(movement);
          await db.owner.query(
            `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, recorded_at, effective_at)
             values ($1, $2, 0, 'adjustment', $3, 'x', 0, 0, $4, $5)`,
            [world.branchId, lotIds[movement.lot], movement.quantity, movement.recorded, movement.effective],
          );
        };
        const begin = new Date(now - 230 * DAY_MS);
        for (let lot = 0; lot < LOTS; lot++)
          await write({ lot, quantity: 500, recorded: begin, effective: begin });
        for (const one of steps)
          if (one === 'close') await keep();
          else {
            const recorded = new Date(Math.round(now - one.recordedDaysAgo * DAY_MS));
            const effective = new Date(Math.round(recorded.getTime() + one.shiftDays * DAY_MS));
            await write({ lot: one.lot, quantity: one.quantity, recorded, effective });
          }
        const edges = [0, 1, 3, 6].map((back) => {
          const at = new Date(now);
          return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1));
        });
        const moments = [
          ...edges,
          ...edges.map((at) => new Date(at.getTime() - 1)),
          ...written.slice(0, 12).flatMap(({ recorded, effective }) => [recorded, effective]),
          new Date(now),
        ];
        for (const at of moments)
          for (const by of ['effective', 'recorded'] as const) {
            const expected = lotIds.flatMap((lotId, lot) => {
              const quantity = written
                .filter((movement) => movement.lot === lot && movement[by] <= at)
                .reduce((sum, movement) => sum + movement.quantity, 0);
              return quantity === 0 ? [] : [[lotId, String(quantity)]];
            });
            for (const asked of [undefined, drugId]) {
              const { rows: held } = await db.uow.read(world.ctx, (tx) =>
                reports.asOf(tx, world.branchId, { at, by, drugId: asked }, 100, 0),
              );
              expect(
                held.map(({ lotId, quantity }) => [lotId, quantity]).sort(),
                `${by} ${at.toISOString()}`,
              ).toEqual(expected.sort());
            }
          }
        expect(await discrepancies(db)).toEqual([]);
        for (const { sql } of LEDGER_INVARIANTS) expect((await db.owner.query(sql)).rows).toEqual([]);
      }),
      { numRuns: Number(process.env.MEDITORY_PROPERTY_RUNS ?? 8) },
    );
  }, 120_000);
});
