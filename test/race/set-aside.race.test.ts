// Goods arrive in the very moment in which the lot they would join is set aside: they go into a lot of their own that is
// free, never into the one set aside, never into that of another product, and what is acknowledged is there.
import type pg from 'pg';
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Transfer {
  transferId: number;
  status: string;
  lots: { transitLotId: number; issued: string }[];
}

describe('goods that arrive while their lot is set aside', () => {
  const { db, call } = useTestApp();

  /** Waits until somebody else of this database waits for a lock: the call under test has come to where it must. */
  async function somebodyWaits(): Promise<void> {
    for (;;) {
      const { rowCount } = await db.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rowCount) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  /** Runs what is given while a transaction that did `sql` is open, and commits it once somebody waits for it. */
  async function whileOpen<T>(
    sql: string,
    values: unknown[],
    work: () => Promise<T>,
    then: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<T> {
    const holder: pg.PoolClient = await db.owner.connect();
    try {
      await holder.query('begin');
      await holder.query(sql, values);
      const working = work();
      await somebodyWaits();
      await then();
      await holder.query('commit');
      return await working;
    } finally {
      holder.release();
    }
  }
  const SET_ASIDE = `update operational.inventory_lots set status = 'quarantined' where lot_id = $1`;

  const lotsOf = async (drugId: number, branchId: number) =>
    (
      await db.owner.query<{ status: string; quantity: string; moved: string }>(
        `select l.status, trim_scale(l.quantity)::text as quantity, trim_scale(coalesce(sum(m.quantity), 0))::text as moved
         from operational.inventory_lots l left join operational.stock_movements m using (lot_id)
         where l.drug_id = $1 and l.branch_id = $2 group by l.lot_id order by l.lot_id`,
        [drugId, branchId],
      )
    ).rows;
  const item = (drugId: number, lotNumber: string, quantity: string) => ({
    drugId,
    lotNumber,
    expiryDate: daysFromNow(300),
    quantity,
    unitCost: '0.50',
  });
  const receive = (world: World, items: object[]) =>
    call('POST', '/inventory/receive', { token: world.token, body: { items } });

  it('by a delivery that waited for the lot', async () => {
    const clerk = await aWorldFor(db, 'inventory clerk');
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, {
      branchId: clerk.branchId,
      drugId,
      lotNumber: 'A1',
      quantity: '30',
      expiryDate: daysFromNow(300),
    });
    const answer = await whileOpen(SET_ASIDE, [lotId], () => receive(clerk, [item(drugId, 'A1', '10')]));
    expect(answer.status).toBe(201);
    expect(await lotsOf(drugId, clerk.branchId)).toEqual([
      { status: 'quarantined', quantity: '30', moved: '30' },
      { status: 'available', quantity: '10', moved: '10' },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('by a delivery that had looked before: each product in its own lot', async () => {
    const clerk = await aWorldFor(db, 'inventory clerk');
    const [first, second] = [await aDrug(db), await aDrug(db)];
    const { lotId } = await aLot(db, {
      branchId: clerk.branchId,
      drugId: first.drugId,
      lotNumber: 'A1',
      quantity: '30',
      expiryDate: daysFromNow(300),
    });
    // Another delivery is making the second lot, so that this one waits between looking for its lots and locking them.
    const answer = await whileOpen(
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost) values ($1, $2, 'B1', $3, 0.50)`,
      [clerk.branchId, second.drugId, daysFromNow(300)],
      () => receive(clerk, [item(first.drugId, 'A1', '10'), item(second.drugId, 'B1', '7')]),
      () => db.owner.query(SET_ASIDE, [lotId]),
    );
    expect(answer.status).toBe(201);
    expect(await lotsOf(first.drugId, clerk.branchId)).toEqual([
      { status: 'quarantined', quantity: '30', moved: '30' },
      { status: 'available', quantity: '10', moved: '10' },
    ]);
    expect(await lotsOf(second.drugId, clerk.branchId)).toEqual([
      { status: 'available', quantity: '7', moved: '7' },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('by a transfer: what is answered as received is on the shelf', async () => {
    const giver = await aWorldFor(db, 'administrator');
    const taker = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db);
    const lot = { drugId, lotNumber: 'T1', expiryDate: daysFromNow(300) };
    await aLot(db, { ...lot, branchId: giver.branchId, quantity: '20' });
    const { lotId } = await aLot(db, { ...lot, branchId: taker.branchId, quantity: '5' });
    const post = (path: string, body: object, world: World) =>
      call<Transfer>('POST', `/inventory/transfers${path}`, { token: world.token, body });
    const made = await post(
      '',
      { origin: 'send', otherBranchId: taker.branchId, lines: [{ drugId, quantity: '12' }] },
      giver,
    );
    expect(made.status).toBe(201);
    const path = `/${made.body.transferId}`;
    const issued = await post(`${path}/issue`, {}, giver);
    const items = issued.body.lots.map(({ transitLotId, issued: quantity }) => ({ transitLotId, quantity }));
    const received = await whileOpen(SET_ASIDE, [lotId], () =>
      post(`${path}/receive`, { items, complete: true }, taker),
    );
    expect([received.status, received.body.status]).toEqual([200, 'closed']);
    expect(await lotsOf(drugId, taker.branchId)).toEqual([
      { status: 'quarantined', quantity: '5', moved: '5' },
      { status: 'available', quantity: '12', moved: '12' },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });
});
