// Many hands on one controlled product: the register has every movement, without a gap, and is the stock.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('the register of a controlled product', () => {
  const { db, call } = useTestApp();

  it('stays whole under fills, corrections and deliveries at once, its first movement among them', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const { branchId } = me;
    // Two products, for those who take both: and none is in a register yet.
    const drugs = [
      await aDrug(db, { ingredients: ['loratadine'] }),
      await aDrug(db, { ingredients: ['cetirizine'] }),
    ];
    const lots: number[] = [];
    for (const { drugId } of drugs) {
      await aLot(db, { branchId, drugId, quantity: '40' });
      lots.push((await aLot(db, { branchId, drugId, quantity: '50', expiryDate: '2032-01-31' })).lotId);
    }
    const drugIds = drugs.map(({ drugId }) => drugId);
    await db.owner.query("update reference.drugs set controlled_schedule = 'II' where drug_id = any ($1)", [
      drugIds,
    ]);
    const settled = async (path: string, body: object): Promise<number> => {
      for (;;) {
        const { status } = await call('POST', path, { token: me.token, body });
        if (status !== 503) return status;
      }
    };
    // Fills and corrections ask for 150 of each, and there are 90 and the 20 that come: some are refused.
    const commands: Promise<number>[] = [];
    for (let n = 0; n < 10; n++)
      for (const [index, drugId] of drugIds.entries()) {
        const { prescriptionId } = await aPrescription(db, me, { drugId, quantity: '12' });
        const fill = (): Promise<number> =>
          settled(`/prescriptions/${prescriptionId}/fill`, { complete: true });
        const adjustment = { lotId: lots[index], quantity: '-3', reason: 'counted' };
        const both = (n % 2 === 0 ? drugIds : drugIds.toReversed()).map((id) => ({
          drugId: id,
          lotNumber: `R${n}`,
          expiryDate: '2031-01-31',
          quantity: '1',
          unitCost: '0.5',
        }));
        commands.push(
          fill(),
          settled('/inventory/adjust', adjustment),
          settled('/inventory/receive', { items: both }),
        );
      }
    const statuses = await Promise.all(commands);
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    const { rows } = await db.owner.query<Record<string, unknown>>(
      `select r.drug_id, count(e.*) as entries, max(e.entry_no) as last, r.last_entry_no as noted,
         sum(e.quantity) = r.balance as adds_up,
         r.balance = (select sum(l.quantity) from operational.inventory_lots l where l.branch_id = r.branch_id and l.drug_id = r.drug_id) as is_stock,
         count(e.movement_id) = (select count(*) - 2 from operational.stock_movements m where m.branch_id = r.branch_id and m.drug_id = r.drug_id) as is_all,
         bool_and(e.balance_after = e.running) as runs
       from operational.controlled_registers r
       join (select *, sum(quantity) over (partition by drug_id order by entry_no) as running
             from operational.controlled_register_entries where branch_id = $1) e using (drug_id)
       where r.branch_id = $1 group by r.branch_id, r.drug_id, r.last_entry_no, r.balance order by 1`,
      [branchId],
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ adds_up: true, is_stock: true, is_all: true, runs: true });
      expect([row['last'], row['noted']]).toEqual([row['entries'], row['entries']]);
    }
    expect(await discrepancies(db)).toEqual([]);
  });
});
