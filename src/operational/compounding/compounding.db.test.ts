// What the rules of compounding refuse, the database refuses too, to whoever writes SQL; and the doctor finds what was forged.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { ingredients, stocked, type Ingredients } from '../../../test/builders/compounding.js';
import { daysFromNow } from '../../../test/builders/lot.js';
import { aBranch, aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { IntegrityRepository } from '../integrity/integrity.repository.js';
import { IntegrityService } from '../integrity/integrity.service.js';

describe('the database', () => {
  const db = useTestDatabase();
  let me: World;
  let branchId = 0;
  let parts: Ingredients;
  let lots: Awaited<ReturnType<typeof stocked>>;
  let formulaId = 0;
  let drugId = 0;
  let batchSerial = 0;

  beforeAll(async () => {
    branchId = await aBranch(db);
    me = await aWorldFor(db, 'pharmacist', { branchId });
    parts = await ingredients(db);
    lots = await stocked(db, { branchId }, parts, {
      powder: '500',
      base: '5000',
      powderExpiry: daysFromNow(60),
    });
    ({ formulaId, drugId } = await aFormula());
  });

  /** SQLSTATE, or the constraint where it is a CHECK, of statements in one transaction; 'done' where they went through. */
  async function attempt(
    statements: string[],
    as: 'app' | 'admin' | 'owner' = 'owner',
    keep = false,
  ): Promise<string> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      if (as !== 'owner') {
        await client.query(
          `select set_config('app.user_id', $1, true), set_config('app.branches', $2, true)`,
          [String(me.userId), String(branchId)],
        );
        await client.query(`set local role pharmacy_${as}`);
      }
      for (const statement of statements) await client.query(statement);
      await client.query('set constraints all immediate');
      if (keep) await client.query('commit');
      return 'done';
    } catch (error) {
      const { code, constraint } = error as { code: string; constraint?: string };
      return code === '23514' ? (constraint ?? code) : code;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  const one = async (statement: string): Promise<number> =>
    Number(Object.values((await db.owner.query<Record<string, unknown>>(statement)).rows[0] ?? {})[0]);

  const version = (id: number | string, no: number, values: Record<string, string> = {}): string => {
    const columns = {
      name: `'P ${id}'`,
      base_unit: `'g'`,
      yield_quantity: '100',
      preparation_type: `'solid'`,
      beyond_use_days: '90',
      storage: `'room'`,
      method: `'mix'`,
      price_rule: `'fixed'`,
      fixed_price: '10',
      requires_check: 'false',
      hazardous: 'false',
      tolerance_percent: '2',
      ...values,
    };
    return `insert into operational.compound_formula_versions (formula_id, version, ${Object.keys(columns).join(', ')})
      values (${id}, ${no}, ${Object.values(columns).join(', ')})`;
  };
  const items = (id: number | string, no: number, of: [number, number][]): string =>
    `insert into operational.compound_formula_items (formula_id, version, position, drug_id, quantity) values ${of
      .map(([drug, quantity], index) => `(${id}, ${no}, ${index + 1}, ${drug}, ${quantity})`)
      .join(', ')}`;
  const standard = (): [number, number][] => [
    [parts.powder.drugId, 2],
    [parts.base.drugId, 98],
  ];
  async function aFormula(of = standard(), values: Record<string, string> = {}) {
    const drug = await one(`select nextval(pg_get_serial_sequence('reference.drugs', 'drug_id'))`);
    const id = await one(
      `select nextval(pg_get_serial_sequence('operational.compound_formulas', 'formula_id'))`,
    );
    const made = await attempt(
      [
        `insert into reference.drugs (drug_id, name, name_folded, price, base_unit, units_per_pack, rx_only, source) values (${drug}, 'P ${id}', 'p ${id}', 10, 'g', ${values['yield_quantity'] ?? '100'}, true, 'compounded')`,
        `insert into operational.compound_formulas (formula_id, drug_id) values (${id}, ${drug})`,
        version(id, 1, values),
        items(id, 1, of),
      ],
      'owner',
      true,
    );
    expect(made).toBe('done');
    return { formulaId: id, drugId: drug };
  }
  const begin = (id: number, quantity = 100, rx = 'null', formula = formulaId): string[] => [
    `insert into operational.compound_batches (batch_id, branch_id, formula_id, formula_version, quantity, prescription_id, started_by)
      values (${id}, ${branchId}, ${formula}, 1, ${quantity}, ${rx}, ${me.userId})`,
    `insert into operational.compound_batch_items (branch_id, batch_id, position, drug_id, lot_id, quantity_planned)
      values (${branchId}, ${id}, 1, ${parts.powder.drugId}, ${lots.powderLot}, ${quantity / 50}), (${branchId}, ${id}, 2, ${parts.base.drugId}, ${lots.baseLot}, ${(quantity * 49) / 50})`,
  ];
  const weigh = (id: number, more = ''): string =>
    `update operational.compound_batch_items set quantity_used = quantity_planned${more}, bypass_reason = 'repacked', bypass_note = 'bulk container', weighed_by = ${me.userId} where batch_id = ${id}`;
  const make = (id: number, days = 30): string =>
    `update operational.compound_batches set status = 'made', made_by = ${me.userId}, beyond_use_date = '${daysFromNow(days)}' where batch_id = ${id}`;
  const release = (id: number, by = me.userId): string =>
    `update operational.compound_batches set status = 'released', checked_by = ${by} where batch_id = ${id}`;
  const discard = (id: number, more = ''): string =>
    `update operational.compound_batches set status = 'discarded', discarded_by = ${me.userId}, discard_reason = 'spilled'${more} where batch_id = ${id}`;
  const next = (): number => 10_000 + (batchSerial += 1);
  async function aBatch(steps: (id: number) => string[], rx?: string): Promise<number> {
    const id = next();
    expect(await attempt([...begin(id, 100, rx), ...steps(id)], 'owner', true)).toBe('done');
    return id;
  }
  const broken = async (): Promise<string[]> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    return reports.filter((report) => report.broken.length > 0).map(({ code }) => code);
  };

  it('keeps formulas: their kind, their versions, no circle, and only for who manages the catalogue', async () => {
    const second = [`update operational.compound_formulas set version = 2 where formula_id = ${formulaId}`];
    const of = items(formulaId, 2, standard());
    const cases: [string, string[], ('app' | 'admin' | 'owner')?][] = [
      ['done', [...second, version(formulaId, 2, { name: `'P ${formulaId}'` }), of]],
      ['done', [...second, version(formulaId, 2), of], 'admin'],
      ['42501', [...second, version(formulaId, 2), of], 'app'],
      ['MD092', [...second, version(formulaId, 2, { beyond_use_days: '181' }), of]],
      [
        'MD092',
        [...second, version(formulaId, 2, { preparation_type: `'aqueous'`, beyond_use_days: '14' }), of],
      ],
      ['MD091', [...second, version(formulaId, 2, { base_unit: `'ml'` }), of]],
      ['MD091', [...second, version(formulaId, 2, { name: `'Other'` }), of]],
      ['MD091', [...second, version(formulaId, 2)]],
      ['23503', second],
      ['compound_formula_versions_price_check', [...second, version(formulaId, 2, { markup: '1' }), of]],
      [
        '23505',
        [...second, version(formulaId, 2), items(formulaId, 2, [...standard(), [parts.base.drugId, 1]])],
      ],
      ['MD004', [items(formulaId, 1, [[parts.base.drugId, 1]]).replace('1, 1, ', '1, 5, ')]],
      ['MD004', ['update operational.compound_formula_items set quantity = 3']],
      ['MD004', ['delete from operational.compound_formula_versions']],
      ['MD004', ['delete from operational.compound_formulas']],
      ['MD090', [...second, version(formulaId, 2), items(formulaId, 2, [[drugId, 1]])]],
    ];
    for (const [expected, statements, as] of cases)
      expect(await attempt(statements, as), statements.at(-1)).toBe(expected);
    const many = Array.from({ length: 31 }, (_, index): [number, number] => [index, 1]);
    const drugs = await db.owner.query<{ drug_id: number }>(
      `insert into reference.drugs (name, name_folded, price) select 'N ' || n, 'n ' || n, 1 from generate_series(1, 31) n returning drug_id`,
    );
    const filled = many.map(([index]): [number, number] => [drugs.rows[index]?.drug_id ?? 0, 1]);
    expect(await attempt([...second, version(formulaId, 2), items(formulaId, 2, filled)])).toBe(
      'compound_formula_items_most_check',
    );
    const outer = await aFormula([[drugId, 10]]);
    expect(await attempt([...second, version(formulaId, 2), items(formulaId, 2, [[outer.drugId, 1]])])).toBe(
      'MD090',
    );
  });

  it('keeps the product of a formula: it is what the formula says, whoever writes', async () => {
    const release = await one(
      `insert into reference.import_releases (source, title, file_name, states) values ('x', 'x', 'x', '{}') returning release_id`,
    );
    for (const [expected, statement] of [
      ['MD091', `update reference.drugs set name = 'Other' where drug_id = ${drugId}`],
      ['MD091', `update reference.drugs set units_per_pack = 7 where drug_id = ${drugId}`],
      ['MD091', `update reference.drugs set price = 7 where drug_id = ${drugId}`],
      ['MD091', `update reference.drugs set source = 'manual' where drug_id = ${drugId}`],
      [
        'MD091',
        `update reference.drugs set source = 'compounded', rx_only = true where drug_id = ${parts.base.drugId}`,
      ],
      [
        'MD091',
        `insert into reference.drugs (name, name_folded, price, source, rx_only) values ('A', 'a', 1, 'compounded', true)`,
      ],
      ['drugs_compounded_check', `update reference.drugs set rx_only = false where drug_id = ${drugId}`],
      // What an import writes, and what it discontinues, bears its release.
      [
        'drugs_compounded_check',
        `update reference.drugs set status = 'discontinued', release_id = ${release} where drug_id = ${drugId}`,
      ],
      ['done', `update reference.drugs set status = 'recalled' where drug_id = ${drugId}`],
    ] as const)
      expect(await attempt([statement]), statement).toBe(expected);
    const contents = async (): Promise<unknown> =>
      (
        await db.owner.query(
          'select position, ingredient_id, amount, unit from reference.drug_ingredients where drug_id = $1 order by 1',
          [drugId],
        )
      ).rows;
    const before = await contents();
    await db.owner.query('delete from reference.drug_ingredients where drug_id = $1', [drugId]);
    expect(await contents()).toEqual(before);
    await db.owner.query('update reference.drug_ingredients set amount = 999, unit = $2 where drug_id = $1', [
      drugId,
      'mg',
    ]);
    expect(await contents()).toEqual(before);
    await db.owner.query('update reference.drug_ingredients set amount = 500 where drug_id = $1', [
      parts.powder.drugId,
    ]);
    expect(await contents()).toMatchObject([{ amount: '10.000000' }, { amount: null }]);
    await db.owner.query('update reference.drug_ingredients set amount = 1000 where drug_id = $1', [
      parts.powder.drugId,
    ]);
    await db.owner.query(`update reference.drugs set controlled_schedule = 'III' where drug_id = $1`, [
      parts.base.drugId,
    ]);
    const schedule = `select controlled_schedule as s from reference.drugs where drug_id = ${drugId}`;
    expect((await db.owner.query(schedule)).rows).toEqual([{ s: 'III' }]);
    await db.owner.query(`update reference.drugs set controlled_schedule = null where drug_id = $1`, [
      parts.base.drugId,
    ]);
    expect(await broken()).toEqual([]);
  });

  it('says amounts where they are exact, in a base unit or in the yield', async () => {
    const composed = async (of: [number, number][], values: Record<string, string> = {}) => {
      const made = await aFormula(of, values);
      const { rows } = await db.owner.query<Record<string, unknown>>(
        `select trim_scale(amount)::text as amount, unit, trim_scale(per_amount)::text as per from reference.drug_ingredients where drug_id = $1 order by position`,
        [made.drugId],
      );
      return rows;
    };
    const [powder, base] = [parts.powder.drugId, parts.base.drugId];
    expect(
      await composed([
        [powder, 2],
        [base, 98],
      ]),
    ).toEqual([
      { amount: '20', unit: 'mg', per: '1' },
      { amount: null, unit: null, per: null },
    ]);
    // No decimal for a gram of it, but exact in the yield; of a third of a gram neither.
    expect((await composed([[powder, 1]], { yield_quantity: '3' }))[0]).toEqual({
      amount: '1000',
      unit: 'mg',
      per: '3',
    });
    await db.owner.query('update reference.drug_ingredients set per_amount = 3 where drug_id = $1', [powder]);
    expect((await composed([[powder, 1]]))[0]).toEqual({ amount: null, unit: null, per: null });
    expect((await composed([[powder, 3]]))[0]).toEqual({ amount: '10', unit: 'mg', per: '1' });
    await db.owner.query(
      `update reference.drug_ingredients set per_amount = 1, amount = 5, unit = '%', per_unit = null where drug_id = $1`,
      [powder],
    );
    expect(
      (
        await composed([
          [powder, 2],
          [base, 98],
        ])
      )[0],
    ).toEqual({ amount: '1', unit: 'mg', per: '1' });
    await db.owner.query(
      `update reference.drug_ingredients set amount = 1000, unit = 'mg', per_unit = 'g' where drug_id = $1`,
      [powder],
    );
  });

  it('keeps the steps of a batch and what they take', async () => {
    const expired = `update operational.inventory_lots set expiry_date = '${daysFromNow(-1)}' where lot_id = ${lots.powderLot}`;
    const recalled = `update operational.inventory_lots set status = 'recalled' where lot_id = ${lots.powderLot}`;
    const strict = `update operational.branches set two_person_rule = true where branch_id = ${branchId}`;
    const [first = '', planned = ''] = begin(1);
    const made = [...begin(1), weigh(1), make(1)];
    const cases: [string, string[]][] = [
      ['done', [...made, release(1)]],
      ['MD004', [first]],
      ['MD004', [first, planned.replace(', 2)', ', 3)')]],
      ['MD098', [first.replace(', 1, 100', ', 2, 100')]],
      [
        'MD098',
        [
          `update operational.compound_formulas set status = 'retired' where formula_id = ${formulaId}`,
          ...begin(1),
        ],
      ],
      [
        'MD098',
        [`update reference.drugs set status = 'recalled' where drug_id = ${parts.base.drugId}`, ...begin(1)],
      ],
      [
        'MD098',
        [`update reference.drugs set base_unit = 'tube' where drug_id = ${parts.base.drugId}`, ...begin(1)],
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
          String((await aBareFill(db, me, { drugId: parts.base.drugId, quantity: '1' })).prescriptionId),
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
       values (${branchId}, ${lots.powderLot}, 0, '${type}', ${quantity}, 'x', ${id}, 0, 0)`;
    const batchLot = await one(`select lot_id from operational.compound_batches where batch_id = ${id}`);
    const lot = (more: string, values: string) =>
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, unit_cost${more}) values (${branchId}, ${drugId}, 'X', 1${values})`;
    const item = await one(
      `select min(batch_item_id) from operational.compound_batch_items where batch_id = ${id}`,
    );
    for (const [expected, statement, as] of [
      ['MD004', movement('compounding_out', -1), 'owner'],
      ['MD004', movement('compounding_in', 1), 'owner'],
      ['MD004', movement('destruction', -1), 'owner'],
      [
        'MD004',
        `insert into operational.stock_reservations (branch_id, lot_id, compound_batch_item_id, quantity) values (${branchId}, ${lots.powderLot}, ${item}, 1)`,
        'app',
      ],
      [
        'MD004',
        `update operational.stock_reservations set status = 'released', closed_at = now() where compound_batch_item_id = ${item}`,
        'app',
      ],
      [
        'stock_reservations_for_check',
        `insert into operational.stock_reservations (branch_id, lot_id, quantity) values (${branchId}, ${lots.powderLot}, 1)`,
        'owner',
      ],
      ['MD004', 'update operational.compound_batch_numbers set last_no = 7', 'owner'],
      ['MD091', lot('', ''), 'owner'],
      ['MD091', lot(', compound_batch_id', `, ${id}`), 'owner'],
      ['MD091', lot(', compound_batch_id, status', `, ${id}, 'quarantined'`), 'owner'],
      [
        'MD004',
        `update operational.inventory_lots set compound_batch_id = ${id} where lot_id = ${lots.baseLot}`,
        'owner',
      ],
      [
        'MD004',
        `update operational.inventory_lots set expiry_date = '2040-01-01' where lot_id = ${batchLot}`,
        'owner',
      ],
      [
        'MD091',
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost) values (${branchId}, ${batchLot}, 0, 'receipt', 5, 1, 0, 0)`,
        'owner',
      ],
      [
        'MD096',
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, sale_item_id, balance_after, unit_cost) values (${branchId}, ${batchLot}, 0, 'return', 1, 1, 0, 0)`,
        'owner',
      ],
      [
        '42501',
        `insert into operational.compound_batch_events (branch_id, batch_id, to_status) values (${branchId}, ${id}, 'made')`,
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
    expect(await attempt([asApp.replace(`(${branchId}`, `(${await aBranch(db)}`)], 'app')).toBe('42501');
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const seen = await db.uow.run(elsewhere.ctx, (tx) =>
      tx.query('select from operational.compound_batches'),
    );
    expect(seen).toEqual([]);
    const numbers = await db.owner.query<{ n: string }>(
      `select batch_number as n from operational.compound_batches where branch_id = $1 order by batch_id`,
      [branchId],
    );
    expect(numbers.rows.map(({ n }) => n.slice(-4))).toEqual(
      numbers.rows.map((_, index) => `-${String(index + 1).padStart(3, '0')}`),
    );
  });

  it('gives what was made for a prescription to nobody else, and sets aside what comes back', async () => {
    const own = await aBareFill(db, me, { drugId, quantity: '100' });
    const other = await aBareFill(db, me, { drugId, quantity: '100' });
    const id = next();
    const made = [...begin(id, 100, String(own.prescriptionId)), weigh(id), make(id), release(id)];
    const lot = `(select lot_id from operational.compound_batches where batch_id = ${id})`;
    const keep = (fillId: number): string =>
      `insert into operational.stock_reservations (branch_id, lot_id, fill_id, quantity) values (${branchId}, ${lot}, ${fillId}, 100)`;
    const give = (fillId: number): string =>
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost) values (${branchId}, ${lot}, 0, 'dispense', -100, ${fillId}, 0, 0)`;
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
        `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost) values (${branchId}, ${lot}, 0, 'adjustment', 1, 'found', 0, 0)`,
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
          `compound_formula_items set quantity = 3 where formula_id = ${formulaId} and position = 1`,
          `compound_formula_items set quantity = 2 where formula_id = ${formulaId} and position = 1`,
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
