// What the rules of batches refuse, the database refuses too, to whoever writes SQL; and the doctor finds what was forged.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { useCompoundingSql } from '../../../test/builders/compounding-sql.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow } from '../../../test/builders/lot.js';
import { aBranch, aWorldFor } from '../../../test/builders/world.js';

describe('batches in the database', () => {
  const { db, bench, attempt, one, aFormula, begin, weigh, make, release, discard, next, aBatch, broken } =
    useCompoundingSql();

  it('keeps the steps of a batch and what they take', async () => {
    const expired = `update operational.inventory_lots set expiry_date = '${daysFromNow(-1)}' where lot_id = ${bench.lots.powderLot}`;
    const recalled = `update operational.inventory_lots set status = 'recalled' where lot_id = ${bench.lots.powderLot}`;
    const strict = `update operational.branches set two_person_rule = true where branch_id = ${bench.branchId}`;
    const [first = '', planned = ''] = begin(1);
    // A product of another formula.
    const other = await aDrug(db, { baseUnit: 'g' });
    const extra = { ...other, ...(await aLot(db, { branchId: bench.branchId, drugId: other.drugId })) };
    await aFormula([[other.drugId, 1]]);
    const made = [...begin(1), weigh(1), make(1)];
    const cases: [string, string[]][] = [
      ['done', [...made, release(1)]],
      ['MD004', [first]],
      ['MD004', [first, planned.replace(', 2)', ', 3)')]],
      [
        'MD004',
        [
          first,
          planned,
          `insert into operational.compound_batch_items (branch_id, batch_id, position, drug_id, lot_id, quantity_planned) values (${bench.branchId}, 1, 1, ${extra.drugId}, ${extra.lotId}, 1)`,
        ],
      ],
      ['MD098', [first.replace(', 1, 100', ', 2, 100')]],
      [
        'MD098',
        [
          `update operational.compound_formulas set status = 'retired' where formula_id = ${bench.formulaId}`,
          ...begin(1),
        ],
      ],
      [
        'MD098',
        [
          `update reference.drugs set status = 'recalled' where drug_id = ${bench.parts.base.drugId}`,
          ...begin(1),
        ],
      ],
      [
        'MD098',
        [
          `update reference.drugs set base_unit = 'tube' where drug_id = ${bench.parts.base.drugId}`,
          ...begin(1),
        ],
      ],
      ['MD094', [...begin(1), make(1)]],
      ['MD093', [...begin(1), weigh(1), release(1)]],
      ['MD092', [...begin(1), weigh(1), make(1, 61)]],
      ['MD092', [...begin(1), weigh(1), make(1, -1)]],
      ['MD097', [...begin(1), weigh(1, ' * 1.03')]],
      ['MD097', [...begin(1), weigh(1, ' * 0.97')]],
      ['MD003', [...begin(1), recalled, weigh(1)]],
      ['MD003', [...made, recalled, release(1)]],
      ['MD003', [...made, expired, release(1)]],
      ['MD093', [...made, weigh(1)]],
      ['MD093', [...made, release(1).replace('set status', `set beyond_use_date = '2030-01-01', status`)]],
      ['MD093', [...made, release(1), discard(1)]],
      ['MD093', [...made, discard(1, ', weighed_back = true')]],
      ['MD004', [...made, 'update operational.compound_batches set quantity = 200 where batch_id = 1']],
      ['MD004', [...begin(1), weigh(1, ', position = 3')]],
      ['MD004', [...begin(1), 'delete from operational.compound_batch_items']],
      ['MD004', [...begin(1), 'delete from operational.compound_batches']],
      [
        'MD004',
        [...begin(1), `update operational.compound_batch_events set reason = 'x' where batch_id = 1`],
      ],
      ['compound_batches_second_person_check', [strict, ...made, release(1)]],
      ['inventory_lots_reserved_check', begin(1, 50_000)],
      [
        'MD099',
        begin(
          1,
          100,
          String(
            (await aBareFill(db, bench.me, { drugId: bench.parts.base.drugId, quantity: '1' }))
              .prescriptionId,
          ),
        ),
      ],
    ];
    for (const [expected, statements] of cases)
      expect(await attempt(statements), statements.slice(-2).join('; ')).toBe(expected);
  });

  it('moves stock of a batch by its steps alone, and lets the server write no more than it needs', async () => {
    const id = await aBatch((batch) => [weigh(batch), make(batch), release(batch)]);
    const movement = (type: string, quantity: number) =>
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, compound_batch_id, balance_after, unit_cost)
       values (${bench.branchId}, ${bench.lots.powderLot}, 0, '${type}', ${quantity}, 'x', ${id}, 0, 0)`;
    const batchLot = await one(`select lot_id from operational.compound_batches where batch_id = ${id}`);
    const lot = (more: string, values: string) =>
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, unit_cost${more}) values (${bench.branchId}, ${bench.drugId}, 'X', 1${values})`;
    const item = await one(
      `select min(batch_item_id) from operational.compound_batch_items where batch_id = ${id}`,
    );
    for (const [expected, statement, as] of [
      ['MD004', movement('compounding_out', -1), 'owner'],
      ['MD004', movement('compounding_in', 1), 'owner'],
      ['MD004', movement('destruction', -1), 'owner'],
      [
        'MD004',
        `insert into operational.stock_reservations (branch_id, lot_id, compound_batch_item_id, quantity) values (${bench.branchId}, ${bench.lots.powderLot}, ${item}, 1)`,
        'app',
      ],
      [
        'MD004',
        `update operational.stock_reservations set status = 'released', closed_at = now() where compound_batch_item_id = ${item}`,
        'app',
      ],
      [
        'stock_reservations_for_check',
        `insert into operational.stock_reservations (branch_id, lot_id, quantity) values (${bench.branchId}, ${bench.lots.powderLot}, 1)`,
        'owner',
      ],
      ['MD004', 'update operational.compound_batch_numbers set last_no = 7', 'owner'],
      ['MD091', lot('', ''), 'owner'],
      ['MD091', lot(', compound_batch_id', `, ${id}`), 'owner'],
      ['MD091', lot(', compound_batch_id, status', `, ${id}, 'quarantined'`), 'owner'],
      [
        'MD004',
        `update operational.inventory_lots set compound_batch_id = ${id} where lot_id = ${bench.lots.baseLot}`,
        'owner',
      ],
      [
        'MD004',
        `update operational.inventory_lots set expiry_date = '2040-01-01' where lot_id = ${batchLot}`,
        'owner',
      ],
      [
        'MD091',
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost) values (${bench.branchId}, ${batchLot}, 0, 'receipt', 5, 1, 0, 0)`,
        'owner',
      ],
      [
        'MD096',
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, sale_item_id, balance_after, unit_cost) values (${bench.branchId}, ${batchLot}, 0, 'return', 1, 1, 0, 0)`,
        'owner',
      ],
      [
        '42501',
        `insert into operational.compound_batch_events (branch_id, batch_id, to_status) values (${bench.branchId}, ${id}, 'made')`,
        'app',
      ],
      ['42501', `update operational.compound_batches set quantity = 5 where batch_id = ${id}`, 'app'],
      ['42501', `update operational.compound_batches set lot_id = 5 where batch_id = ${id}`, 'app'],
    ] as const)
      expect(await attempt([statement], as), statement).toBe(expected);
    // The same steps as the server takes them, and nothing of them at another branch.
    const app = next();
    const started = begin(app)[0] ?? '';
    const asApp = started.replace('batch_id, ', '').replace(`${app}, `, '');
    expect(await attempt([asApp], 'app')).toBe('MD004');
    expect(await attempt([asApp.replace(`(${bench.branchId}`, `(${await aBranch(db)}`)], 'app')).toBe(
      '42501',
    );
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const seen = await db.uow.run(elsewhere.ctx, (tx) =>
      tx.query('select from operational.compound_batches'),
    );
    expect(seen).toEqual([]);
    const numbers = await db.owner.query<{ n: string }>(
      `select batch_number as n from operational.compound_batches where branch_id = $1 order by batch_id`,
      [bench.branchId],
    );
    expect(numbers.rows.map(({ n }) => n.slice(-4))).toEqual(
      numbers.rows.map((_, index) => `-${String(index + 1).padStart(3, '0')}`),
    );
  });

  it('gives what was made for a prescription to nobody else, and sets aside what comes back', async () => {
    const own = await aBareFill(db, bench.me, { drugId: bench.drugId, quantity: '100' });
    const other = await aBareFill(db, bench.me, { drugId: bench.drugId, quantity: '100' });
    const id = next();
    const made = [...begin(id, 100, String(own.prescriptionId)), weigh(id), make(id), release(id)];
    const lot = `(select lot_id from operational.compound_batches where batch_id = ${id})`;
    const keep = (fillId: number): string =>
      `insert into operational.stock_reservations (branch_id, lot_id, fill_id, quantity) values (${bench.branchId}, ${lot}, ${fillId}, 100)`;
    const give = (fillId: number): string =>
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost) values (${bench.branchId}, ${lot}, 0, 'dispense', -100, ${fillId}, 0, 0)`;
    expect(await attempt(made)).toBe('MD095');
    expect(await attempt([...made, keep(other.fillId)])).toBe('MD095');
    expect(await attempt([...made, give(other.fillId)])).toBe('MD095');
    expect(await attempt([...made, keep(own.fillId)], 'owner', true)).toBe('done');
    const returned = [
      `update operational.stock_reservations set status = 'released', closed_at = now() where fill_id = ${own.fillId}`,
      `update operational.fills set status = 'returned_to_stock' where fill_id = ${own.fillId}`,
    ];
    expect(await attempt(returned.slice(0, 1))).toBe('MD095');
    expect(
      await attempt([
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost) values (${bench.branchId}, ${lot}, 0, 'adjustment', 1, 'found', 0, 0)`,
      ]),
    ).toBe('MD095');
    expect(await attempt(returned, 'owner', true)).toBe('done');
    const { rows } = await db.owner.query(
      `select status, trim_scale(quantity)::text as quantity from operational.inventory_lots where compound_batch_id = $1 order by lot_id`,
      [id],
    );
    expect(rows).toEqual([
      { status: 'available', quantity: '0' },
      { status: 'quarantined', quantity: '100' },
    ]);
    expect(
      await attempt([
        `update operational.inventory_lots set status = 'available' where compound_batch_id = ${id}`,
      ]),
    ).not.toBe('done');
    expect(await broken()).toEqual([]);
  });

  describe('forged behind its triggers', () => {
    async function corrupt(statement: string): Promise<void> {
      const client = await db.owner.connect();
      await client.query('set session_replication_role = replica');
      await client.query(statement);
      await client.query('set session_replication_role = origin');
      client.release();
    }
    it('is found by the doctor', async () => {
      const done = await aBatch((batch) => [weigh(batch), make(batch), release(batch)]);
      const open = await aBatch(() => []);
      for (const [code, wrong, right] of [
        [
          'batches-keep-what-they-take',
          `compound_batch_items set quantity_planned = quantity_planned + 1 where batch_id = ${open}`,
          `compound_batch_items set quantity_planned = quantity_planned - 1 where batch_id = ${open}`,
        ],
        [
          'batches-move-what-they-say',
          `compound_batch_items set waste = 1 where batch_id = ${done}`,
          `compound_batch_items set waste = 0 where batch_id = ${done}`,
        ],
        [
          'batches-move-what-they-say',
          `compound_batches set quantity = 99 where batch_id = ${done}`,
          `compound_batches set quantity = 100 where batch_id = ${done}`,
        ],
        [
          'beyond-use-kept',
          `compound_batches set beyond_use_date = beyond_use_date + 1 where batch_id = ${done}`,
          `compound_batches set beyond_use_date = beyond_use_date - 1 where batch_id = ${done}`,
        ],
        [
          'made-for-one',
          `compound_batches set prescription_id = (select min(prescription_id) from operational.prescriptions) where batch_id = ${done}`,
          `compound_batches set prescription_id = null where batch_id = ${done}`,
        ],
        [
          'batches-checked',
          `compound_batch_events set to_status = 'made' where batch_id = ${done} and to_status = 'released'`,
          `compound_batch_events set to_status = 'released' where batch_id = ${done} and from_status = 'made'`,
        ],
        [
          'preparations-true',
          `compound_formula_items set quantity = 3 where formula_id = ${bench.formulaId} and position = 1`,
          `compound_formula_items set quantity = 2 where formula_id = ${bench.formulaId} and position = 1`,
        ],
      ] as const) {
        expect(await broken(), code).toEqual([]);
        await corrupt(`update operational.${wrong}`);
        expect(await broken(), wrong).toEqual([code]);
        await corrupt(`update operational.${right}`);
      }
      expect(await broken()).toEqual([]);
    });
  });
});
