// Stock that is better off at another branch, and stock that does not go, over HTTP.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Move {
  drugId: number;
  origin: 'send' | 'request';
  otherBranchId: number;
  reason: string;
  quantity: string;
  packs: number;
}
interface Dead {
  data: { drugId: number; value: string; lastOutOn: string | null; days: number }[];
  totalValue: string;
}

describe('stock at the wrong branch', () => {
  const { db, call } = useTestApp();

  /** Fourteen a week for twelve weeks at a branch; its stock stays what it is. */
  async function asksFor(world: World, drugId: number): Promise<void> {
    const { lotId } = await aLot(db, { branchId: world.branchId, drugId, quantity: '0', expiryDate: null });
    for (let week = 1; week <= 12; week++) {
      const { fillId } = await aBareFill(db, world, { drugId, quantity: '14' });
      const at = `(((now() at time zone 'Africa/Cairo')::date - ${week * 7 - 3}) + time '12:00') at time zone 'Africa/Cairo'`;
      await db.owner.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, effective_at)
         values ($1, $2, $3, 'adjustment', 14, 'found', 0, 0, ${at} - interval '1 hour')`,
        [world.branchId, lotId, drugId],
      );
      await db.owner.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost, effective_at)
         values ($1, $2, $3, 'dispense', -14, $4, 0, 0, ${at})`,
        [world.branchId, lotId, drugId, fillId],
      );
    }
  }
  const moves = async (world: World, branchId = world.branchId): Promise<Move[]> => {
    const answer = await call<{ data: Move[] }>('GET', '/inventory/rebalancing', {
      token: world.token,
      branchId,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.data;
  };

  it('is moved to where it is sold in time, by who works at both, in one call', async () => {
    const here = await aWorldFor(db, 'pharmacist');
    const there = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { unitsPerPack: '10' });
    await asksFor(there, drugId);
    await aLot(db, {
      ...{ branchId: here.branchId, drugId, quantity: '75', expiryDate: daysFromNow(60) },
    });
    // Nobody sees another branch.
    expect(await moves(here)).toEqual([]);
    expect(await moves(there)).toEqual([]);
    await db.owner.query('insert into operational.user_branches (user_id, branch_id) values ($1, $2)', [
      here.userId,
      there.branchId,
    ]);
    const [move] = await moves(here);
    expect(move).toMatchObject({
      ...{
        drugId,
        origin: 'send',
        otherBranchId: there.branchId,
        reason: 'unsold',
        quantity: '70',
        packs: 7,
      },
    });
    expect(await moves(here, there.branchId)).toMatchObject([
      { origin: 'request', otherBranchId: here.branchId, quantity: '70' },
    ]);
    const made = await call<{ status: string; lines: { quantity: string }[] }>(
      'POST',
      '/inventory/transfers',
      {
        token: here.token,
        body: {
          origin: move?.origin,
          otherBranchId: move?.otherBranchId,
          lines: [{ drugId, quantity: move?.quantity }],
        },
      },
    );
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body.lines).toMatchObject([{ quantity: '70' }]);
    expect((await call('GET', '/inventory/rebalancing', await aWorldFor(db, 'cashier'))).status).toBe(403);
  });

  it('is dead where nothing of it went for so long, by value', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const dead = await aDrug(db);
    const alive = await aDrug(db);
    const fresh = await aDrug(db);
    for (const [drugId, days] of [
      [dead.drugId, 200],
      [alive.drugId, 200],
      [fresh.drugId, 5],
    ] as const) {
      const receivedAt = new Date(Date.now() - days * 86_400_000);
      await aLot(db, { branchId: world.branchId, drugId, quantity: '40', unitCost: '2.5', receivedAt });
    }
    await asksFor(world, alive.drugId);
    const report = await call<Dead>('GET', '/reports/dead-stock?days=90', world);
    expect(report.status, JSON.stringify(report.body)).toBe(200);
    expect(report.body).toMatchObject({
      totalValue: '100.00',
      data: [{ drugId: dead.drugId, value: '100.00', lastOutOn: null }],
    });
    const csv = await call<string>('GET', '/reports/dead-stock?format=csv', { token: world.token });
    expect(csv.body.split('\n').filter(Boolean)).toHaveLength(2);
    expect((await call('GET', '/reports/dead-stock?days=3', world)).status).toBe(400);
    expect((await call('GET', '/reports/dead-stock', await aWorldFor(db, 'cashier'))).status).toBe(403);
  });
});
