// Days are summed while sales of them are posted: whatever comes first, no sum in use misses a sale, and nobody waits for the other for long.
import { describe, expect, it } from 'vitest';

import { SALES_INVARIANTS } from '../../src/operational/integrity/sales-invariants.sql.js';
import { DaySumsService } from '../../src/operational/sales-reports/day-sums.service.js';
import { SalesReportsRepository } from '../../src/operational/sales-reports/sales-reports.repository.js';
import { SALES } from '../../src/operational/sales-reports/sales-reports.sql.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aPastSale } from '../builders/past-sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';

const SALES_POSTED = 60;
/** All of them come into these days, so that they meet the sums again and again. */
const DAYS_AGO = [1, 2, 40];

describe('closing days beside late sales', () => {
  const db = useTestDatabase();

  it('leaves no sum in use that misses a sale', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: world.branchId, drugId, quantity: '9999', unitCost: '0.5' });
    const repository = new SalesReportsRepository();
    const job = new DaySumsService(db.uow, repository);
    let isSelling = true;
    const closing = [0, 1].map(async () => {
      while (isSelling) await job.close();
    });
    const tills = [0, 1, 2].map(async (till) => {
      const seller = await aWorldFor(db, 'pharmacist', { branchId: world.branchId });
      for (let n = till; n < SALES_POSTED; n += 3)
        await aPastSale(db, seller, {
          businessDate: daysFromNow(-(DAYS_AGO[n % DAYS_AGO.length] ?? 1)),
          lines: [{ drugId, quantity: '2', amount: '3.00' }],
        });
    });
    await Promise.all(tills).finally(() => {
      isSelling = false;
    });
    await Promise.all(closing);
    for (const { code, sql } of SALES_INVARIANTS) expect((await db.owner.query(sql)).rows, code).toEqual([]);
    await job.close();
    for (const { code, sql } of SALES_INVARIANTS) expect((await db.owner.query(sql)).rows, code).toEqual([]);
    const asked = { from: daysFromNow(-60), to: daysFromNow(0), compareFrom: null, compareTo: null };
    const [total] = await db.uow.read(world.ctx, (tx) =>
      repository.read(tx, world.branchId, SALES.month, asked, 10, 0),
    );
    expect(total).toMatchObject({ sales: SALES_POSTED, gross: '180.000', cost: '60.000' });
  }, 120_000);
});
