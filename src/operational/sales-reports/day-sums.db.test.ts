// Closing days: what is over and only that, once, never while somebody sells on it; a late sale takes its day out; who may touch the sums.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow } from '../../../test/builders/lot.js';
import { aPastSale } from '../../../test/builders/past-sale.js';
import { aTillShift } from '../../../test/builders/sale.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { SALES_INVARIANTS } from '../integrity/sales-invariants.sql.js';
import { DaySumsService } from './day-sums.service.js';
import { SalesReportsRepository } from './sales-reports.repository.js';
import { BY_PRESCRIBER, SALES } from './sales-reports.sql.js';
import type { ReportRow } from './sales-reports.types.js';

describe('sums of business days', () => {
  const db = useTestDatabase();
  const repository = new SalesReportsRepository();
  const close = (): Promise<number> => new DaySumsService(db.uow, repository).close();
  let world: World;
  let drugId = 0;
  beforeAll(async () => {
    ({ drugId } = await aDrug(db));
  });
  beforeEach(async () => {
    world = await aWorldFor(db, 'pharmacist');
    await aLot(db, { branchId: world.branchId, drugId, quantity: '1000', unitCost: '0.5' });
  });
  const sell = (ago: number, amount = '10.00', tax = '1.26'): Promise<unknown> =>
    aPastSale(db, world, {
      businessDate: daysFromNow(-ago),
      lines: [{ drugId, quantity: '3', amount, discount: '1.00', taxRate: '0.14', tax }],
    });
  const closedDays = async (): Promise<string[]> => {
    const { rows } = await db.owner.query<{ day: string }>(
      'select business_date::text as day from operational.sales_closed_days where branch_id = $1 order by 1',
      [world.branchId],
    );
    return rows.map((row) => row.day);
  };
  const covered = (from: number, to: number): Promise<ReportRow[]> => {
    const periods = { from: daysFromNow(-from), to: daysFromNow(-to), compareFrom: null, compareTo: null };
    return db.uow.read(world.ctx, (tx) => repository.read(tx, world.branchId, SALES.day, periods, 100, 0));
  };

  it('are made of days that are over, with those nothing was sold on, and made once', async () => {
    await sell(3);
    await sell(0);
    await close();
    const days = await closedDays();
    expect(days).toContain(daysFromNow(-3));
    expect(days.at(-1)).toBe(daysFromNow(-1));
    expect(await close()).toBe(0);
    const [total] = await covered(3, 0);
    expect(total).toMatchObject({
      sales: 2,
      discounted: 2,
      gross: '20.000',
      discount: '2.000',
      net: '18.000',
      tax: '2.520',
      cost: '3.000',
    });
  });

  it('are out of use from the moment a late sale is posted until they are made anew, those of the month too', async () => {
    await sell(70);
    await close();
    const month = `${daysFromNow(-70).slice(0, 8)}01`;
    const months = async (): Promise<number> =>
      (
        await db.owner.query(
          'select from operational.sales_closed_months where branch_id = $1 and month = $2',
          [world.branchId, month],
        )
      ).rowCount ?? 0;
    expect(await months()).toBe(1);
    await sell(70, '5.00', '0.56');
    expect(await closedDays()).not.toContain(daysFromNow(-70));
    expect(await months()).toBe(0);
    expect((await covered(90, 0))[0]).toMatchObject({ sales: 2, gross: '15.000' });
    expect(await close()).toBe(1);
    expect(await months()).toBe(1);
    expect((await covered(90, 0))[0]).toMatchObject({ sales: 2, gross: '15.000' });
  });

  it('wait for nobody: a day on which a sale is being posted is left to the next time, and read live', async () => {
    await sell(2);
    const shiftId = await aTillShift(db, world);
    const till = await db.owner.connect();
    try {
      await till.query('begin');
      await till.query(
        `insert into operational.sales (branch_id, shift_id, user_id, business_date, subtotal, total) values ($1, $2, $3, $4, 0, 0)`,
        [world.branchId, shiftId, world.userId, daysFromNow(-2)],
      );
      await close();
      const days = await closedDays();
      expect(days).toContain(daysFromNow(-1));
      expect(days).not.toContain(daysFromNow(-2));
    } finally {
      await till.query('rollback');
      till.release();
    }
    expect(await close()).toBe(1);
  });

  it('know who prescribed what, and what a fill cost by the lots it was dispensed from', async () => {
    const { fillId } = await aBareFill(db, world, {
      drugId,
      quantity: '20',
      price: '30.00',
      dispensed: true,
    });
    await aPastSale(db, world, {
      businessDate: daysFromNow(-1),
      lines: [{ drugId, quantity: '20', amount: '30.00', fillId }],
    });
    const asked = {
      from: daysFromNow(-1),
      to: daysFromNow(-1),
      compareFrom: null,
      compareTo: null,
    };
    const read = () =>
      db.uow.read(world.ctx, (tx) => repository.read(tx, world.branchId, BY_PRESCRIBER, asked, 10, 0));
    const live = await read();
    expect(live[1]).toMatchObject({ name: 'Test Prescriber', sales: 1, net: '30.000', cost: '10.000' });
    await close();
    expect(await read()).toEqual(live);
  });

  it('of prescribers are read from the sales of the day, not from every fill there is', async () => {
    const { rows } = await db.owner.query<Record<string, string>>(
      "explain select * from operational.live_sales_prescribers where branch_id = 1 and business_date = '2026-01-15'",
    );
    const plan = rows.map((row) => row['QUERY PLAN'] ?? '').join('\n');
    expect(plan.match(/(?:Left|Right) Join/g)?.length, plan).toBe(2);
  });

  it('are written by the job alone, and seen at their branch alone', async () => {
    await sell(1);
    await close();
    const other = await aWorldFor(db, 'pharmacist');
    for (const table of ['sales_closed_days', 'sales_day_products', 'sales_day_counters']) {
      const count = (who: World): Promise<number> =>
        db.uow.read(who.ctx, async (tx) => (await tx.query(`select from operational.${table}`)).length);
      expect(await count(world), table).toBeGreaterThan(0);
      expect(await count(other), table).toBe(0);
      await expect(
        db.uow.run(world.ctx, (tx) => tx.execute(`delete from operational.${table}`)),
      ).rejects.toThrow(/permission denied/);
    }
  });

  it('are found out by the integrity check where they were written by hand', async () => {
    await sell(1);
    await close();
    await db.owner.query('update operational.sales_day_products set cost = cost + 1 where branch_id = $1', [
      world.branchId,
    ]);
    const [days] = SALES_INVARIANTS;
    const { rows } = await db.owner.query<{ broken: string }>(days?.sql ?? '');
    expect(rows.map((row) => row.broken)).toEqual([
      expect.stringContaining(`products of branch ${world.branchId} on ${daysFromNow(-1)}`),
    ]);
    await db.owner.query('update operational.sales_day_products set cost = cost - 1 where branch_id = $1', [
      world.branchId,
    ]);
  });
});
