// One pack, many hands: the same serial received at two branches at once, and the last tablets of an opened pack at several tills.
import { describe, expect, it } from 'vitest';

import { discrepancies } from '../builders/lot.js';
import { aLotOf, aSerialised, dataMatrix } from '../builders/packs.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('one pack', () => {
  const { db, call } = useTestApp();
  const lot = aLotOf('R1');
  const receive = (world: World, drugId: number, quantity: number, packs: string[]) =>
    call<{ packs: { serial: string; status: string; isDuplicate: boolean }[] }>(
      'POST',
      '/inventory/receive',
      {
        token: world.token,
        body: { items: [{ drugId, ...lot, quantity: String(quantity), unitCost: '1', packs }] },
      },
    );

  it('received at four branches at once is genuine at one, and set aside at the others', async () => {
    const branches = await Promise.all([1, 2, 3, 4].map(() => aWorldFor(db, 'inventory clerk')));
    const { drugId, gtin } = await aSerialised(db);
    const codes = ['S1', 'S2', 'S3'].map((serial) => dataMatrix({ ...lot, gtin, serial }));
    // Each scans them in an order of its own.
    const answers = await Promise.all(
      branches.map((world, index) =>
        receive(world, drugId, 90, index % 2 === 0 ? codes : [...codes].reverse()),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    for (const serial of ['S1', 'S2', 'S3']) {
      const seen = answers.map(({ body }) => body.packs.find((pack) => pack.serial === serial)?.isDuplicate);
      expect(seen.filter((isDuplicate) => isDuplicate === false)).toHaveLength(1);
      expect(seen.filter((isDuplicate) => isDuplicate === true)).toHaveLength(3);
    }
    const { rows } = await db.owner.query(
      `select l.status, trim_scale(sum(p.remaining))::text as units from operational.pack_serials p join operational.inventory_lots l using (lot_id) where p.drug_id = $1 group by 1 order by 1`,
      [drugId],
    );
    expect(rows).toEqual([
      { status: 'available', units: '90' },
      { status: 'quarantined', units: '270' },
    ]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('gives its last tablets to as many tills as it has tablets, and no more', async () => {
    const first = await aWorldFor(db, 'pharmacist');
    const tills = [first];
    for (let n = 1; n < 4; n++) tills.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
    for (const world of tills) await aTillShift(db, world);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: first.branchId });
    const { drugId, gtin } = await aSerialised(db);
    const code = dataMatrix({ ...lot, gtin, serial: 'LAST' });
    // Loose stock beside it: it is the pack that runs out, not the lot.
    expect((await receive(clerk, drugId, 130, [code])).status).toBe(201);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call<{ type?: string; params?: { reason: string } }>('POST', '/sales', {
          token: tills[index % 4]?.token ?? '',
          body: {
            items: [{ drugId, quantity: '2', packs: [code] }],
            payments: [{ method: 'cash', amount: '100' }],
          },
        }),
      ),
    );
    const sold = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 422);
    expect([sold.length, refused.length]).toEqual([15, 5]);
    for (const { body } of refused)
      expect(body).toMatchObject({ type: '/problems/pack-refused', params: { reason: 'sold-out' } });
    const { rows } = await db.owner.query(
      `select p.status, trim_scale(p.remaining)::text as remaining, (select count(*)::integer from operational.pack_movements m where m.pack_serial_id = p.pack_serial_id and m.kind = 'dispense') as given
       from operational.pack_serials p where p.serial = 'LAST'`,
    );
    expect(rows).toEqual([{ status: 'sold_out', remaining: '0', given: 15 }]);
    expect(await discrepancies(db)).toEqual([]);
  });
});
