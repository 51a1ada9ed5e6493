// FEFO of the database against a model in ten lines, over random lots, statuses, reservations and baskets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../../../test/builders/lot.js';
import { aBranch, aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import { Quantity } from '../../platform/money/quantity.js';
import { InventoryService } from './inventory.service.js';
import { StockRepository } from './stock.repository.js';

const lotArbitrary = fc.record({
  quantity: fc.integer({ min: 0, max: 30_000 }),
  // Far enough from today that neither the branch's zone nor midnight matters.
  expiresIn: fc.oneof(fc.constant(null), fc.integer({ min: -40, max: -3 }), fc.integer({ min: 3, max: 40 })),
  status: fc.constantFrom('available', 'available', 'available', 'quarantined', 'on_hold', 'recalled'),
  receivedDaysAgo: fc.integer({ min: 0, max: 3 }),
});
const scenario = fc.record({
  drugs: fc.array(fc.array(lotArbitrary, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
  basket: fc.array(fc.record({ drug: fc.nat({ max: 2 }), quantity: fc.integer({ min: 1, max: 40_000 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  reserved: fc.integer({ min: 0, max: 20_000 }),
});

interface ModelLot {
  lotId: number;
  drugId: number;
  free: number;
  expiry: string | null;
  received: number;
  sellable: boolean;
}

const decimal = (thousandths: number): string => Quantity.ofThousandths(BigInt(thousandths)).toString();

/** The rule itself: sellable lots by expiry (none last), received, id; all lines or nothing. */
function model(
  lots: readonly ModelLot[],
  lines: readonly { drugId: number; quantity: number }[],
): [lotId: number, quantity: number][][] | undefined {
  const order = lots
    .filter((lot) => lot.sellable)
    .sort(
      (a, b) =>
        (a.expiry ?? '9999').localeCompare(b.expiry ?? '9999') ||
        a.received - b.received ||
        a.lotId - b.lotId,
    );
  const left = new Map(order.map((lot) => [lot.lotId, lot.free]));
  const answer: [number, number][][] = [];
  for (const line of lines) {
    let wanted = line.quantity;
    const picks: [number, number][] = [];
    for (const lot of order.filter(({ drugId }) => drugId === line.drugId)) {
      const take = Math.min(wanted, left.get(lot.lotId) ?? 0);
      if (take > 0) picks.push([lot.lotId, take]);
      left.set(lot.lotId, (left.get(lot.lotId) ?? 0) - take);
      wanted -= take;
    }
    if (wanted > 0) return undefined;
    answer.push(picks);
  }
  return answer;
}

describe('issue_stock', () => {
  const db = useTestDatabase();
  const inventory = new InventoryService(new StockRepository());

  const aFill = async (world: World, drugId: number, quantity: string): Promise<number> =>
    (await aBareFill(db, world, { drugId, quantity })).fillId;

  it('takes what the model takes, or nothing at all', { timeout: 120_000 }, async () => {
    const cashier = await aWorldFor(db, 'pharmacist');
    await fc.assert(
      fc.asyncProperty(scenario, async ({ drugs, basket, reserved }) => {
        const branchId = await aBranch(db);
        const world = {
          ...cashier,
          branchId,
          ctx: { ...cashier.ctx, branchId, actor: { ...cashier.ctx.actor, branchIds: [branchId] } },
        };
        const lots: ModelLot[] = [];
        const drugIds: number[] = [];
        for (const drugLots of drugs) {
          const { drugId } = await aDrug(db);
          drugIds.push(drugId);
          for (const lot of drugLots) {
            const expiry = lot.expiresIn === null ? null : daysFromNow(lot.expiresIn);
            const received = new Date(Date.now() - lot.receivedDaysAgo * 86_400_000);
            const { lotId } = await aLot(db, {
              branchId,
              drugId,
              quantity: decimal(lot.quantity),
              expiryDate: expiry,
              status: lot.status,
              receivedAt: received,
            });
            lots.push({
              lotId,
              drugId,
              free: lot.quantity,
              expiry,
              received: received.getTime(),
              sellable: lot.status === 'available' && (lot.expiresIn === null || lot.expiresIn > 0),
            });
          }
        }
        // Something reserved for another fill must not be touched: the model reserves the same way.
        const first = drugIds[0] ?? 0;
        const plan = reserved > 0 ? model(lots, [{ drugId: first, quantity: reserved }]) : undefined;
        if (plan) {
          const fillId = await aFill(world, first, decimal(reserved));
          await db.uow.run(world.ctx, (tx) =>
            inventory.reserve(tx, branchId, first, decimal(reserved), fillId),
          );
          for (const [lotId, quantity] of plan.flat()) {
            const lot = lots.find((one) => one.lotId === lotId);
            if (lot) lot.free -= quantity;
          }
        }
        const lines = basket.map(({ drug, quantity }) => ({
          drugId: drugIds[drug % drugIds.length] ?? 0,
          quantity,
        }));
        const fillIds: number[] = [];
        for (const line of lines) fillIds.push(await aFill(world, line.drugId, decimal(line.quantity)));
        const expected = model(lots, lines);
        const before = await ledgerSize();
        const took = await db.uow
          .run(world.ctx, (tx) =>
            inventory.issue(
              tx,
              branchId,
              'dispense',
              lines.map((line, n) => ({
                drugId: line.drugId,
                quantity: decimal(line.quantity),
                fillId: fillIds[n],
              })),
            ),
          )
          .catch((error: unknown) => {
            expect(toDomainError(error)?.code).toBe('insufficient-stock');
            return undefined;
          });
        expect(took?.map((picks) => picks.map(({ lotId, quantity }) => [lotId, quantity]))).toEqual(
          expected?.map((picks) => picks.map(([lotId, quantity]) => [lotId, decimal(quantity)])),
        );
        if (!expected) expect(await ledgerSize()).toBe(before);
        expect(await discrepancies(db)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  async function ledgerSize(): Promise<number> {
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*) as n from operational.stock_movements',
    );
    return rows[0]?.n ?? 0;
  }
});
