// When lots expire: the job that marks them, and what refuses to let them leave, by a table of zones, clock changes and ends of months.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../../../test/builders/lot.js';
import { aBranch, aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { EXPIRY_CASES } from './expiry-cases.fixture.js';
import { ExpiryService } from './expiry.service.js';
import { StockReportsRepository } from './stock-reports.repository.js';

describe('expiry', () => {
  const db = useTestDatabase();
  let drugId = 0;
  beforeAll(async () => {
    drugId = (await aDrug(db)).drugId;
  });
  const mark = (at?: Date): Promise<number> =>
    new ExpiryService(db.uow, new StockReportsRepository()).mark(at);
  const statusOf = async (lotId: number): Promise<string | undefined> =>
    (
      await db.owner.query<{ status: string }>(
        'select status from operational.inventory_lots where lot_id = $1',
        [lotId],
      )
    ).rows[0]?.status;

  /** Whether the ledger lets a unit leave the lot at the moment; nothing is kept of it. */
  async function mayLeave(branchId: number, lotId: number, at: string): Promise<boolean> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, effective_at)
         values ($1, $2, $3, 'transfer_out', -1, 'x', 0, 0, $4)`,
        [branchId, lotId, drugId, at],
      );
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'MD003' });
      return false;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it(`is judged by the calendar of the branch, in ${EXPIRY_CASES.length} cases`, async () => {
    expect(EXPIRY_CASES.length).toBeGreaterThanOrEqual(60);
    const wrong: string[] = [];
    for (const [zone, at, expiry, isExpired, why] of EXPIRY_CASES) {
      const branchId = await aBranch(db, { timeZone: zone });
      const { lotId } = await aLot(db, { branchId, drugId, expiryDate: expiry });
      const leaves = await mayLeave(branchId, lotId, at);
      await mark(new Date(at));
      const status = await statusOf(lotId);
      if (leaves === isExpired || (status === 'expired') !== isExpired)
        wrong.push(`${zone} ${at} ${expiry}, ${why}: leaves ${leaves}, ${status}`);
      // The next case looks at another moment: this lot is no longer in question.
      await db.owner.query(`update operational.inventory_lots set status = 'on_hold' where lot_id = $1`, [
        lotId,
      ]);
    }
    expect(wrong).toEqual([]);
  });

  it('is marked once, after any standstill, in the trail of changes, and leaves what is set aside as it is', async () => {
    const { branchId } = await aWorldFor(db, 'pharmacist');
    const lot = (days: number, status?: 'quarantined' | 'recalled') =>
      aLot(db, { branchId, drugId, expiryDate: daysFromNow(days), ...(status ? { status } : {}) });
    const [yesterday, longAgo, today, aside, called] = await Promise.all([
      lot(-1),
      lot(-900),
      lot(0),
      lot(-5, 'quarantined'),
      lot(-5, 'recalled'),
    ]);
    expect(await mark()).toBe(2);
    expect(await mark()).toBe(0);
    expect(
      await Promise.all([yesterday, longAgo, today, aside, called].map(({ lotId }) => statusOf(lotId))),
    ).toEqual(['expired', 'expired', 'available', 'quarantined', 'recalled']);
    const { rows } = await db.owner.query(
      `select before ->> 'status' as before, after ->> 'status' as after, after ->> 'status_reason' as reason from operational.audit_logs
       where table_name = 'inventory_lots' and row_key = $1 and action = 'update' order by audit_log_id desc limit 1`,
      [String(yesterday.lotId)],
    );
    expect(rows).toEqual([
      { before: 'available', after: 'expired', reason: `expired after ${daysFromNow(-1)}` },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is marked by several servers at once, each lot by one, and a lot that is held waits for the next look', async () => {
    const { branchId } = await aWorldFor(db, 'pharmacist');
    await db.owner.query(
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost)
       select $1, $2, 'E' || n, current_date - 10, 1 from generate_series(1, 450) n`,
      [branchId, drugId],
    );
    const { lotId } = await aLot(db, { branchId, drugId, expiryDate: daysFromNow(-2) });
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query('select 1 from operational.inventory_lots where lot_id = $1 for update', [lotId]);
      const marked = await Promise.all([mark(), mark(), mark(), mark()]);
      expect(marked.reduce((sum, one) => sum + one, 0)).toBe(450);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(await mark()).toBe(1);
    expect(await statusOf(lotId)).toBe('expired');
  });
});
