// The register of controlled products is written by the ledger alone, whole, and by nobody else.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aBranch } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { IntegrityRepository } from '../integrity/integrity.repository.js';
import { IntegrityService } from '../integrity/integrity.service.js';

describe('the register of controlled products', () => {
  const db = useTestDatabase();

  const entries = async (drugId: number): Promise<unknown[][]> => {
    const { rows } = await db.owner.query<{ n: number; opening: boolean; q: string; b: string }>(
      `select entry_no as n, movement_id is null as opening, trim_scale(quantity)::text as q, trim_scale(balance_after)::text as b
       from operational.controlled_register_entries where drug_id = $1 order by branch_id, entry_no`,
      [drugId],
    );
    return rows.map(({ n, opening, q, b }) => [n, opening, q, b]);
  };
  const adjust = (lotId: number, ...quantities: string[]): Promise<unknown> =>
    db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
       select l.branch_id, l.lot_id, l.drug_id, 'adjustment', q, 'test', 0, 0
       from operational.inventory_lots l, unnest($2::numeric[]) with ordinality as u (q, n) where l.lot_id = $1 order by n`,
      [lotId, quantities],
    );
  const broken = async (): Promise<readonly string[]> =>
    (await new IntegrityService(db.uow, new IntegrityRepository()).check()).find(
      ({ code }) => code === 'controlled-register-whole',
    )?.broken ?? ['not checked'];
  async function aRegister() {
    const branchId = await aBranch(db);
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    const { lotId } = await aLot(db, { branchId, drugId, quantity: '100' });
    return { branchId, drugId, lotId };
  }

  it('holds every movement of every lot, in the order of the ledger', async () => {
    const { branchId, drugId, lotId } = await aRegister();
    await adjust(lotId, '-30', '5.5', '-75.5');
    const second = await aLot(db, { branchId, drugId, quantity: '7' });
    await adjust(second.lotId, '-7');
    expect(await entries(drugId)).toEqual([
      [1, false, '100', '100'],
      [2, false, '-30', '70'],
      [3, false, '5.5', '75.5'],
      [4, false, '-75.5', '0'],
      [5, false, '7', '7'],
      [6, false, '-7', '0'],
    ]);
    expect(await broken()).toEqual([]);
  });

  it('is one for each branch, and none for what is not controlled', async () => {
    const { drugId } = await aRegister();
    await aLot(db, { branchId: await aBranch(db), drugId, quantity: '3' });
    expect(await entries(drugId)).toEqual([
      [1, false, '100', '100'],
      [1, false, '3', '3'],
    ]);
    const plain = await aDrug(db);
    await aLot(db, { branchId: await aBranch(db), drugId: plain.drugId });
    expect(await entries(plain.drugId)).toEqual([]);
  });

  it('opens with what was there, and goes on when the schedule is taken away', async () => {
    const branchId = await aBranch(db);
    const { drugId } = await aDrug(db);
    const { lotId } = await aLot(db, { branchId, drugId, quantity: '40' });
    await aLot(db, { branchId, drugId, quantity: '2', status: 'quarantined' });
    const schedule = (value: string | null): Promise<unknown> =>
      db.owner.query('update reference.drugs set controlled_schedule = $2 where drug_id = $1', [
        drugId,
        value,
      ]);
    await schedule('III');
    await adjust(lotId, '-10');
    await schedule(null);
    await adjust(lotId, '-1');
    expect(await entries(drugId)).toEqual([
      [1, true, '42', '42'],
      [2, false, '-10', '32'],
      [3, false, '-1', '31'],
    ]);
    expect(await broken()).toEqual([]);
  });

  it('takes back with the transaction that it was part of', async () => {
    const { drugId, lotId } = await aRegister();
    await expect(adjust(lotId, '-30', '-71')).rejects.toMatchObject({ code: '23514' });
    await adjust(lotId, '-1');
    expect(await entries(drugId)).toEqual([
      [1, false, '100', '100'],
      [2, false, '-1', '99'],
    ]);
  });

  it('is changed by nobody, the owner neither', async () => {
    const { branchId, drugId } = await aRegister();
    const here = `branch_id = ${branchId} and drug_id = ${drugId}`;
    const statements = [
      `update operational.controlled_register_entries set quantity = 1 where ${here}`,
      `delete from operational.controlled_register_entries where ${here}`,
      'truncate operational.controlled_register_entries cascade',
      `insert into operational.controlled_register_entries (branch_id, drug_id, entry_no, quantity, balance_after) values (${branchId}, ${drugId}, 2, -1, 5)`,
      `update operational.controlled_registers set balance = 5 where ${here}`,
      `delete from operational.controlled_registers where ${here}`,
      'truncate operational.controlled_registers cascade',
      `insert into operational.controlled_registers (branch_id, drug_id, last_entry_no, balance) values (${branchId}, 1, 0, 0)`,
    ];
    for (const statement of statements)
      await expect(db.owner.query(statement), statement).rejects.toMatchObject({ code: 'MD004' });
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query("select set_config('app.branches', $1, false)", [String(branchId)]);
      for (const statement of statements)
        await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' });
      expect((await app.query('select 1 from operational.controlled_register_entries')).rowCount).toBe(1);
    } finally {
      await app.end();
    }
    expect(await entries(drugId)).toHaveLength(1);
  });

  it('that was tampered with is named by the integrity check', async () => {
    const { branchId, drugId, lotId } = await aRegister();
    await adjust(lotId, '-30');
    await adjust(lotId, '-10');
    const corrupt = async (statement: string): Promise<void> => {
      const client = await db.owner.connect();
      try {
        await client.query('set session_replication_role = replica');
        await client.query(statement);
        await client.query('set session_replication_role = origin');
      } finally {
        client.release();
      }
    };
    const of = `branch_id = ${branchId} and drug_id = ${drugId}`;
    const pairs = [
      [
        `update operational.controlled_registers set balance = 61 where ${of}`,
        `update operational.controlled_registers set balance = 60 where ${of}`,
      ],
      [
        `update operational.controlled_register_entries set balance_after = 71 where ${of} and entry_no = 2`,
        `update operational.controlled_register_entries set balance_after = 70 where ${of} and entry_no = 2`,
      ],
      [
        `update operational.controlled_register_entries set entry_no = 9 where ${of} and entry_no = 3`,
        `update operational.controlled_register_entries set entry_no = 3 where ${of} and entry_no = 9`,
      ],
      [
        `update operational.stock_movements set quantity = -31 where lot_id = ${lotId} and quantity = -30`,
        `update operational.stock_movements set quantity = -30 where lot_id = ${lotId} and quantity = -31`,
      ],
    ] as const;
    for (const [damage, repair] of pairs) {
      await corrupt(damage);
      expect((await broken()).join(), damage).toContain(`drug ${drugId} at branch ${branchId}`);
      await corrupt(repair);
      expect(await broken()).toEqual([]);
    }
  });
});
