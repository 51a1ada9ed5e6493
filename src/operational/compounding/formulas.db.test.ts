// What the rules of formulas refuse, the database refuses too, to whoever writes SQL.
import { describe, expect, it } from 'vitest';

import { useCompoundingSql } from '../../../test/builders/compounding-sql.js';

describe('formulas in the database', () => {
  const { db, bench, attempt, one, version, items, standard, aFormula, broken } = useCompoundingSql();

  it('keeps formulas: their kind, their versions, no circle, and only for who manages the catalogue', async () => {
    const second = [
      `update operational.compound_formulas set version = 2 where formula_id = ${bench.formulaId}`,
    ];
    const of = items(bench.formulaId, 2, standard());
    const cases: [string, string[], ('app' | 'admin' | 'owner')?][] = [
      ['done', [...second, version(bench.formulaId, 2, { name: `'P ${bench.formulaId}'` }), of]],
      ['done', [...second, version(bench.formulaId, 2), of], 'admin'],
      ['42501', [...second, version(bench.formulaId, 2), of], 'app'],
      ['MD092', [...second, version(bench.formulaId, 2, { beyond_use_days: '181' }), of]],
      [
        'MD092',
        [
          ...second,
          version(bench.formulaId, 2, { preparation_type: `'aqueous'`, beyond_use_days: '14' }),
          of,
        ],
      ],
      ['MD091', [...second, version(bench.formulaId, 2, { base_unit: `'ml'` }), of]],
      ['MD091', [...second, version(bench.formulaId, 2, { name: `'Other'` }), of]],
      ['MD091', [...second, version(bench.formulaId, 2)]],
      ['23503', second],
      [
        'compound_formula_versions_price_check',
        [...second, version(bench.formulaId, 2, { markup: '1' }), of],
      ],
      [
        '23505',
        [
          ...second,
          version(bench.formulaId, 2),
          items(bench.formulaId, 2, [...standard(), [bench.parts.base.drugId, 1]]),
        ],
      ],
      ['MD004', [items(bench.formulaId, 1, [[bench.parts.base.drugId, 1]]).replace('1, 1, ', '1, 5, ')]],
      ['MD004', ['update operational.compound_formula_items set quantity = 3']],
      ['MD004', ['delete from operational.compound_formula_versions']],
      ['MD004', ['delete from operational.compound_formulas']],
      ['MD090', [...second, version(bench.formulaId, 2), items(bench.formulaId, 2, [[bench.drugId, 1]])]],
    ];
    for (const [expected, statements, as] of cases)
      expect(await attempt(statements, as), statements.at(-1)).toBe(expected);
    const many = Array.from({ length: 31 }, (_, index): [number, number] => [index, 1]);
    const drugs = await db.owner.query<{ drug_id: number }>(
      `insert into reference.drugs (name, name_folded, price) select 'N ' || n, 'n ' || n, 1 from generate_series(1, 31) n returning drug_id`,
    );
    const filled = many.map(([index]): [number, number] => [drugs.rows[index]?.drug_id ?? 0, 1]);
    expect(await attempt([...second, version(bench.formulaId, 2), items(bench.formulaId, 2, filled)])).toBe(
      'compound_formula_items_most_check',
    );
    const outer = await aFormula([[bench.drugId, 10]]);
    expect(
      await attempt([...second, version(bench.formulaId, 2), items(bench.formulaId, 2, [[outer.drugId, 1]])]),
    ).toBe('MD090');
  });

  it('keeps the product of a formula: it is what the formula says, whoever writes', async () => {
    const release = await one(
      `insert into reference.import_releases (source, title, file_name, states) values ('x', 'x', 'x', '{}') returning release_id`,
    );
    for (const [expected, statement] of [
      ['MD091', `update reference.drugs set name = 'Other' where drug_id = ${bench.drugId}`],
      ['MD091', `update reference.drugs set units_per_pack = 7 where drug_id = ${bench.drugId}`],
      ['MD091', `update reference.drugs set price = 7 where drug_id = ${bench.drugId}`],
      ['MD091', `update reference.drugs set source = 'manual' where drug_id = ${bench.drugId}`],
      [
        'MD091',
        `update reference.drugs set source = 'compounded', rx_only = true where drug_id = ${bench.parts.base.drugId}`,
      ],
      [
        'MD091',
        `insert into reference.drugs (name, name_folded, price, source, rx_only) values ('A', 'a', 1, 'compounded', true)`,
      ],
      [
        'drugs_compounded_check',
        `update reference.drugs set rx_only = false where drug_id = ${bench.drugId}`,
      ],
      // What an import writes, and what it discontinues, bears its release.
      [
        'drugs_compounded_check',
        `update reference.drugs set status = 'discontinued', release_id = ${release} where drug_id = ${bench.drugId}`,
      ],
      ['done', `update reference.drugs set status = 'recalled' where drug_id = ${bench.drugId}`],
    ] as const)
      expect(await attempt([statement]), statement).toBe(expected);
    const contents = async (): Promise<unknown> =>
      (
        await db.owner.query(
          'select position, ingredient_id, amount, unit from reference.drug_ingredients where drug_id = $1 order by 1',
          [bench.drugId],
        )
      ).rows;
    const before = await contents();
    await db.owner.query('delete from reference.drug_ingredients where drug_id = $1', [bench.drugId]);
    expect(await contents()).toEqual(before);
    await db.owner.query('update reference.drug_ingredients set amount = 999, unit = $2 where drug_id = $1', [
      bench.drugId,
      'mg',
    ]);
    expect(await contents()).toEqual(before);
    await db.owner.query('update reference.drug_ingredients set amount = 500 where drug_id = $1', [
      bench.parts.powder.drugId,
    ]);
    expect(await contents()).toMatchObject([{ amount: '10.000000' }, { amount: null }]);
    await db.owner.query('update reference.drug_ingredients set amount = 1000 where drug_id = $1', [
      bench.parts.powder.drugId,
    ]);
    await db.owner.query(`update reference.drugs set controlled_schedule = 'III' where drug_id = $1`, [
      bench.parts.base.drugId,
    ]);
    const schedule = `select controlled_schedule as s from reference.drugs where drug_id = ${bench.drugId}`;
    expect((await db.owner.query(schedule)).rows).toEqual([{ s: 'III' }]);
    await db.owner.query(`update reference.drugs set controlled_schedule = null where drug_id = $1`, [
      bench.parts.base.drugId,
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
    const [powder, base] = [bench.parts.powder.drugId, bench.parts.base.drugId];
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
});
