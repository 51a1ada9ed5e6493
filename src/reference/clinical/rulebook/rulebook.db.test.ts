// The rulebook of a process against PostgreSQL: the same knowledge, and never an old one.
import { beforeAll, describe, expect, it } from 'vitest';

import {
  aClinicalService,
  anInteractionRule,
  aRulebookKeeper,
  aScreenedPatient,
  someFacts,
} from '../../../../test/builders/clinical.js';
import { aDrug, anIngredient } from '../../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../../test/builders/world.js';
import { useTestDatabase } from '../../../../test/support/db.js';
import { systemContext } from '../../../platform/security/request-context.js';
import type { ScreeningFacts } from '../clinical.types.js';
import { ScreeningRepository } from '../screening.repository.js';
import { StarterRulesService } from '../starter-rules.service.js';
import type { RulebookKeeper } from './rulebook-keeper.js';

describe('the rulebook', () => {
  const db = useTestDatabase();
  const repository = new ScreeningRepository();
  let keeper: RulebookKeeper;
  let world: World;
  let ids: number[] = [];

  beforeAll(async () => {
    await new StarterRulesService(db.uow).load();
    world = await aWorldFor(db, 'pharmacist');
    const { rows } = await db.owner.query<{ id: number }>(
      'select ingredient_id as id from reference.ingredients order by ingredient_id',
    );
    ids = rows.map(({ id }) => id);
    keeper = aRulebookKeeper(db);
    await keeper.ready();
  });

  const find = (facts: ScreeningFacts) => db.uow.read(world.ctx, (tx) => keeper.find(tx, facts));
  const bySql = (facts: ScreeningFacts) =>
    db.uow.read(world.ctx, async (tx) => {
      const judged = await repository.withStandIns(tx, facts);
      return { facts: judged, knowledge: await repository.findKnowledge(tx, judged) };
    });
  const identity = (row: Record<string, unknown>): number =>
    Number(row.id ?? row.drugId ?? row.ingredientId ?? row.groupId);
  const sorted = (knowledge: object): unknown =>
    Object.fromEntries(
      Object.entries(knowledge).map(([kind, rows]) => [
        kind,
        (rows as Record<string, unknown>[])
          .map(({ groupIds, ...row }) => ({
            ...row,
            groupIds: (groupIds as number[] | undefined)?.toSorted(),
          }))
          .sort((a, b) => identity(a) - identity(b)),
      ]),
    );

  it('knows of any medicines and allergies just what PostgreSQL knows', async () => {
    const groups = (
      await db.owner.query<{ id: number }>('select group_id as id from reference.ingredient_groups')
    ).rows;
    const product = await aDrug(db, { ingredients: ['warfarin', { name: 'paracetamol', amount: '500' }] });
    let seed = 20_261_130;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    let rules = 0;
    for (let round = 0; round < 40; round++) {
      const some = (count: number) =>
        Array.from({ length: count }, () => ({ ingredientId: ids[next(ids.length)] ?? 1 }));
      const facts = someFacts({
        proposed: [...some(25), { drugId: product.drugId }],
        current: some(25),
        patient: aScreenedPatient({ allergies: [...some(2), { groupId: groups[next(groups.length)]?.id }] }),
      });
      const [book, sql] = [await find(facts), await bySql(facts)];
      expect(book?.facts).toEqual(sql.facts);
      expect(sorted(book?.knowledge ?? {})).toEqual(sorted(sql.knowledge));
      rules += sql.knowledge.interactions.length + sql.knowledge.contraindications.length;
    }
    expect(rules).toBeGreaterThan(100);
  });

  it('judges by a rule at the next screening after its commit, and no more by one that ended', async () => {
    const [one, other] = [await anIngredient(db, 'bookish'), await anIngredient(db, 'bookless')];
    const facts = someFacts({ proposed: [{ ingredientId: one }], current: [{ ingredientId: other }] });
    const found = async () => (await find(facts))?.knowledge.interactions.map(({ id }) => id);
    expect(await found()).toEqual([]);
    const id = await anInteractionRule(db, { ingredientId: one }, { ingredientId: other });
    expect(await found()).toEqual([id]);
    await db.owner.query('update reference.drug_interactions set valid_to = now() where id = $1', [id]);
    expect(await found()).toEqual([]);
    const next = await anInteractionRule(db, { ingredientId: one }, { ingredientId: other }, 'minor', 2);
    expect(await found()).toEqual([next]);
  });

  it('follows groups, members, salts and names', async () => {
    const salt = await anIngredient(db, 'bookish hydrochloride');
    const facts = someFacts({ proposed: [{ ingredientId: salt }] });
    expect((await find(facts))?.knowledge.ingredients.map(({ name }) => name)).toEqual([
      'bookish hydrochloride',
    ]);
    await db.owner.query(
      `update reference.ingredients s set kind = 'salt', base_ingredient_id = b.ingredient_id
       from reference.ingredients b where s.ingredient_id = $1 and b.name = 'bookish'`,
      [salt],
    );
    expect((await find(facts))?.knowledge.ingredients.map(({ name }) => name)).toEqual(['bookish']);
    await db.owner.query(
      `insert into reference.ingredient_group_members (ingredient_id, group_id)
       select ingredient_id, group_id from reference.ingredients, reference.ingredient_groups
       where ingredients.name = 'bookish' and code = 'nsaids'`,
    );
    expect(
      (await find(facts))?.knowledge.groups.some(({ name }) => /NSAID|anti-inflammatory/i.test(name)),
    ).toBe(true);
  });

  it('knows a product as it is made now, and one that came a moment ago', async () => {
    const { drugId } = await aDrug(db, { name: 'Remade', ingredients: [{ name: 'bookish', amount: '5' }] });
    const facts = someFacts({ proposed: [{ drugId }] });
    const amounts = async () =>
      (await find(facts))?.knowledge.drugs.map(({ composition }) => composition.map(({ amount }) => amount));
    expect(await amounts()).toEqual([['5.000000']]);
    await db.owner.query('update reference.drug_ingredients set amount = 7 where drug_id = $1', [drugId]);
    expect(await amounts()).toEqual([['7.000000']]);
    await db.owner.query(
      "update reference.ingredients set base_factor = 0.5 where name = 'bookish hydrochloride'",
    );
    await db.owner.query(
      `update reference.drug_ingredients set ingredient_id = (select ingredient_id from reference.ingredients where name = 'bookish hydrochloride')
       where drug_id = $1`,
      [drugId],
    );
    expect(await amounts()).toEqual([['3.500000']]);
    expect((await find(someFacts({ proposed: [{ drugId: 2_000_000_000 }] })))?.knowledge.drugs).toEqual([]);
  });

  it('is left alone inside a transaction that changes rules: only PostgreSQL knows those', async () => {
    const facts = someFacts({ proposed: [{ ingredientId: ids[0] ?? 1 }] });
    await db.uow.runAsAdmin(systemContext(), async (tx) => {
      await tx.execute("update reference.ingredient_groups set name = name where code = 'nsaids'");
      expect(await keeper.find(tx, facts)).toBeUndefined();
    });
    expect(await find(facts)).toBeDefined();
  });

  it('is read anew after a change of more rules than are listed; until then PostgreSQL answers, with them', async () => {
    const a = ids[10] ?? 0;
    await db.owner.query(
      `insert into reference.drug_interactions (code, ingredient_a_id, ingredient_b_id, severity, description, management, evidence, source)
       select 'bulk:' || i.ingredient_id, case when k.a <= k.b then $1 else i.ingredient_id end, case when k.a <= k.b then i.ingredient_id else $1 end,
         'minor', 'Harm.', 'Avoid.', 'suspected', 'test'
       from reference.ingredients i,
         lateral (select ('ingredient:' || $1::int) collate "C" as a, ('ingredient:' || i.ingredient_id) collate "C" as b) k
       where i.ingredient_id <> $1 order by i.ingredient_id limit 1500 on conflict do nothing`,
      [a],
    );
    const facts = someFacts({ proposed: [{ ingredientId: a }], current: [{ ingredientId: ids[20] ?? 0 }] });
    expect(await find(facts)).toBeUndefined();
    const clinical = aClinicalService(db);
    const verdict = await db.uow.read(world.ctx, (tx) => clinical.screen(tx, facts));
    expect(verdict.alerts.some(({ ruleCode }) => ruleCode?.startsWith('bulk:'))).toBe(true);
    await keeper.ready();
    expect((await find(facts))?.knowledge.interactions.some(({ code }) => code.startsWith('bulk:'))).toBe(
      true,
    );
  });

  it('is never behind: every rule committed before a screening is in it, while others commit', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => [
        await anIngredient(db, `race a${n}`),
        await anIngredient(db, `race b${n}`),
      ]),
    );
    await Promise.all(
      pairs.map(async ([one = 0, other = 0]) => {
        const id = await anInteractionRule(db, { ingredientId: one }, { ingredientId: other });
        const facts = someFacts({ proposed: [{ ingredientId: one }], current: [{ ingredientId: other }] });
        const found = (await find(facts)) ?? (await bySql(facts));
        expect(found.knowledge.interactions.map((rule) => rule.id)).toEqual([id]);
      }),
    );
  });

  it('gives way when the rules cannot be read, and fails the screening with them', async () => {
    const facts = someFacts({ proposed: [{ ingredientId: ids[0] ?? 1 }] });
    await db.owner.query('revoke select on reference.rule_changes from pharmacy_app');
    try {
      await expect(find(facts)).rejects.toThrow(/rule_changes/);
    } finally {
      await db.owner.query('grant select on reference.rule_changes to pharmacy_app');
    }
    expect(await find(facts)).toBeDefined();
  });

  it('keeps versions as they judged: no rule is overwritten or deleted, by anybody', async () => {
    for (const table of ['drug_interactions', 'allergy_rules', 'contraindications', 'dosage_guidelines']) {
      await expect(
        db.owner.query(
          `update reference.${table} set source = 'elsewhere' where id = (select min(id) from reference.${table})`,
        ),
      ).rejects.toMatchObject({ code: 'MD004' });
      await expect(
        db.owner.query(`delete from reference.${table} where id = (select min(id) from reference.${table})`),
      ).rejects.toMatchObject({ code: 'MD004' });
    }
    await db.owner.query(
      'update reference.drug_interactions set valid_to = now() where id = (select min(id) from reference.drug_interactions)',
    );
    await expect(
      db.owner.query(
        'update reference.drug_interactions set valid_to = null where id = (select min(id) from reference.drug_interactions)',
      ),
    ).rejects.toMatchObject({ code: 'MD004' });
  });
});
