import { beforeAll, expect } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { useTestDatabase } from '../support/db.js';
import { ingredients, stocked, type Ingredients } from './compounding.js';
import { daysFromNow } from './lot.js';
import { aBranch, aWorldFor, type World } from './world.js';

/** Ingredients of a formula: product and base units. */
type Items = [drugId: number, quantity: number][];

/** What the statements are about. */
interface Bench {
  me: World;
  branchId: number;
  parts: Ingredients;
  lots: Awaited<ReturnType<typeof stocked>>;
  formulaId: number;
  drugId: number;
}

/** A database with a formula and its ingredients in stock, and statements past the server, for trying to break its rules. */
export function useCompoundingSql() {
  const db = useTestDatabase();
  const bench = {} as Bench;
  let batchSerial = 0;

  beforeAll(async () => {
    bench.branchId = await aBranch(db);
    bench.me = await aWorldFor(db, 'pharmacist', { branchId: bench.branchId });
    bench.parts = await ingredients(db);
    bench.lots = await stocked(db, bench, bench.parts, {
      powder: '500',
      base: '5000',
      powderExpiry: daysFromNow(60),
    });
    Object.assign(bench, await aFormula());
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
          [String(bench.me.userId), String(bench.branchId)],
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
  const items = (id: number | string, no: number, of: Items): string =>
    `insert into operational.compound_formula_items (formula_id, version, position, drug_id, quantity) values ${of
      .map(([drug, quantity], index) => `(${id}, ${no}, ${index + 1}, ${drug}, ${quantity})`)
      .join(', ')}`;
  const standard = (): Items => [
    [bench.parts.powder.drugId, 2],
    [bench.parts.base.drugId, 98],
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
  const begin = (id: number, quantity = 100, rx = 'null', formula = bench.formulaId): string[] => [
    `insert into operational.compound_batches (batch_id, branch_id, formula_id, formula_version, quantity, prescription_id, started_by)
      values (${id}, ${bench.branchId}, ${formula}, 1, ${quantity}, ${rx}, ${bench.me.userId})`,
    `insert into operational.compound_batch_items (branch_id, batch_id, position, drug_id, lot_id, quantity_planned)
      values (${bench.branchId}, ${id}, 1, ${bench.parts.powder.drugId}, ${bench.lots.powderLot}, ${quantity / 50}), (${bench.branchId}, ${id}, 2, ${bench.parts.base.drugId}, ${bench.lots.baseLot}, ${(quantity * 49) / 50})`,
  ];
  const weigh = (id: number, more = ''): string =>
    `update operational.compound_batch_items set quantity_used = quantity_planned${more}, bypass_reason = 'repacked', bypass_note = 'bulk container', weighed_by = ${bench.me.userId} where batch_id = ${id}`;
  const make = (id: number, days = 30): string =>
    `update operational.compound_batches set status = 'made', made_by = ${bench.me.userId}, beyond_use_date = '${daysFromNow(days)}' where batch_id = ${id}`;
  const release = (id: number, by = bench.me.userId): string =>
    `update operational.compound_batches set status = 'released', checked_by = ${by} where batch_id = ${id}`;
  const discard = (id: number, more = ''): string =>
    `update operational.compound_batches set status = 'discarded', discarded_by = ${bench.me.userId}, discard_reason = 'spilled'${more} where batch_id = ${id}`;
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

  return {
    db,
    bench,
    attempt,
    one,
    version,
    items,
    standard,
    aFormula,
    begin,
    weigh,
    make,
    release,
    discard,
    next,
    aBatch,
    broken,
  };
}
