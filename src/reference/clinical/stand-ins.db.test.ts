import { beforeAll, describe, expect, it } from 'vitest';

import {
  aClinicalService,
  anInteractionRule,
  aScreenedPatient,
  someFacts,
} from '../../../test/builders/clinical.js';
import { aDrug, anIngredient } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import type { ClinicalService } from './clinical.service.js';
import type { ScreeningFacts } from './clinical.types.js';
import { ScreeningRepository } from './screening.repository.js';

describe('screening of what another ingredient stands for', () => {
  const db = useTestDatabase();
  let clinical: ClinicalService;
  let world: World;
  let base: number;
  let partner: number;
  const screen = (facts: ScreeningFacts) => db.uow.read(world.ctx, (tx) => clinical.screen(tx, facts));
  const becomes = (name: string, kind: 'salt' | 'merged', factor: string | null = null) =>
    db.owner.query(
      'update reference.ingredients set kind = $2, base_ingredient_id = $3, base_factor = $4 where name = $1',
      [name, kind, base, factor],
    );

  beforeAll(async () => {
    clinical = aClinicalService(db);
    world = await aWorldFor(db, 'pharmacist');
    base = await anIngredient(db, 'standin');
    partner = await anIngredient(db, 'standin partner');
    await anInteractionRule(db, { ingredientId: base }, { ingredientId: partner }, 'major');
  });

  it('finds the rules of the base for a product linked to its salt, and judges the amount of base', async () => {
    const { drugId } = await aDrug(db, { ingredients: [{ name: 'standin besylate', amount: '10' }] });
    await becomes('standin besylate', 'salt', '0.5');
    const facts = someFacts({ proposed: [{ drugId }], current: [{ ingredientId: partner }] });
    expect((await screen(facts)).alerts).toMatchObject([{ kind: 'interaction', severity: 'major' }]);
    const found = await db.uow.read(world.ctx, (tx) => new ScreeningRepository().findKnowledge(tx, facts));
    expect(found.drugs[0]?.composition).toMatchObject([{ ingredientId: base, amount: '5.000000' }]);
  });

  it('keeps an allergy recorded to an ingredient that was merged since', async () => {
    const old = await anIngredient(db, 'standin misspelt');
    const { drugId } = await aDrug(db, { ingredients: ['standin'] });
    await becomes('standin misspelt', 'merged');
    const patient = aScreenedPatient({ allergyStatus: 'recorded', allergies: [{ ingredientId: old }] });
    const { alerts } = await screen(someFacts({ patient, proposed: [{ drugId }] }));
    expect(alerts).toMatchObject([{ kind: 'allergy' }]);
  });

  it('says that a mixture could not be checked, alone or beside others', async () => {
    const alone = await aDrug(db, { ingredients: ['many vitamins'] });
    const beside = await aDrug(db, { ingredients: ['many vitamins', 'standin'] });
    await db.owner.query("update reference.ingredients set kind = 'mixture' where name = 'many vitamins'");
    for (const { drugId } of [alone, beside])
      expect(
        (await screen(someFacts({ proposed: [{ drugId }] }))).notChecked.filter(({ rule }) => rule === 'all'),
      ).toMatchObject([
        {
          reason: 'this product contains a mixture that no rule can know',
          subjects: [{ kind: 'drug', id: drugId }],
        },
      ]);
  });
});
