import { beforeAll, describe, expect, it } from 'vitest';

import {
  aClinicalService,
  anInteractionRule,
  aScreenedPatient,
  someFacts,
} from '../../../test/builders/clinical.js';
import { aDrug, anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { UnknownClinicalSubject } from './clinical.errors.js';
import type { ClinicalService } from './clinical.service.js';
import type { ScreeningFacts } from './clinical.types.js';
import { ScreeningRepository } from './screening.repository.js';

describe('what a screening reads', () => {
  const db = useTestDatabase();
  const repository = new ScreeningRepository();
  let clinical: ClinicalService;
  let world: World;
  const ids: Record<string, number> = {};
  const knowledge = (facts: ScreeningFacts) =>
    db.uow.read(world.ctx, (tx) => repository.findKnowledge(tx, facts));
  const screen = (facts: ScreeningFacts) => db.uow.read(world.ctx, (tx) => clinical.screen(tx, facts));

  beforeAll(async () => {
    clinical = aClinicalService(db);
    world = await aWorldFor(db, 'pharmacist');
    ids.wide = await anIngredientGroup(db, 'wide');
    ids.middle = await anIngredientGroup(db, 'middle', { parentGroupId: ids.wide });
    ids.narrow = await anIngredientGroup(db, 'narrow', { parentGroupId: ids.middle });
    ids.elsewhere = await anIngredientGroup(db, 'elsewhere');
    ids.member = await anIngredient(db, 'memberin', { groups: ['narrow'], synonyms: ['memberine HCl'] });
    ids.partner = await anIngredient(db, 'partnerin');
    ids.stranger = await anIngredient(db, 'strangerin', { groups: ['elsewhere'] });
    ids.combination = (
      await aDrug(db, { name: 'Combo', ingredients: [{ name: 'memberin', amount: '0.125' }, 'partnerin'] })
    ).drugId;
    ids.other = (await aDrug(db, { name: 'Other', ingredients: ['partnerin'] })).drugId;
    ids.unlinked = (await aDrug(db, { name: 'Unlinked', ingredients: [] })).drugId;
    ids.groupRule = await anInteractionRule(db, { groupId: ids.wide }, { ingredientId: ids.partner });
    ids.strangerRule = await anInteractionRule(
      db,
      { groupId: ids.elsewhere },
      { ingredientId: ids.partner },
      'contraindicated',
    );
    ids.drugRule = await anInteractionRule(db, { drugId: ids.unlinked }, { drugId: ids.other }, 'moderate');
  });

  it('reads compositions with exact amounts, groups up to the widest, and the rules on them', async () => {
    const found = await knowledge(
      someFacts({ proposed: [{ drugId: ids.combination }], current: [{ drugId: ids.other }] }),
    );
    expect(found.drugs.find(({ drugId }) => drugId === ids.combination)?.composition).toEqual([
      {
        ingredientId: ids.member,
        isMixture: false,
        amount: '0.125000',
        unit: 'mg',
        perAmount: null,
        perUnit: null,
      },
      {
        ingredientId: ids.partner,
        isMixture: false,
        amount: null,
        unit: null,
        perAmount: null,
        perUnit: null,
      },
    ]);
    expect(found.groups.map(({ groupId }) => groupId).sort()).toEqual(
      [ids.wide, ids.middle, ids.narrow].sort(),
    );
    expect(found.interactions.map(({ id }) => id)).toEqual([ids.groupRule]);
  });

  it('reads no rule of which only one side is there, and none that has ended', async () => {
    const facts = someFacts({ proposed: [{ ingredientId: ids.member }, { ingredientId: ids.stranger }] });
    expect((await knowledge(facts)).interactions).toEqual([]);
    const pair = someFacts({ proposed: [{ ingredientId: ids.partner }, { ingredientId: ids.stranger }] });
    expect((await knowledge(pair)).interactions.map(({ id }) => id)).toEqual([ids.strangerRule]);
    await db.owner.query('update reference.drug_interactions set valid_to = now() where id = $1', [
      ids.strangerRule,
    ]);
    expect((await knowledge(pair)).interactions).toEqual([]);
  });

  it('finds a rule between two products though one has no known ingredient, and says what was not checked', async () => {
    const verdict = await screen(
      someFacts({ proposed: [{ drugId: ids.unlinked }], current: [{ drugId: ids.other }] }),
    );
    expect(verdict.alerts.map(({ kind, severity, ruleId }) => [kind, severity, ruleId])).toEqual([
      ['interaction', 'moderate', ids.drugRule],
    ]);
    expect(verdict.notChecked.map(({ rule, subjects }) => [rule, subjects[0]?.name])).toEqual([
      ['all', 'Unlinked'],
    ]);
  });

  it('reads the groups of an allergen, and rules from them to what is proposed only', async () => {
    const rule = (cross: number, code: string) =>
      db.owner.query(
        `insert into reference.allergy_rules (code, allergen_group_id, cross_ingredient_id, severity, evidence, message, management, source)
         values ($1, $2, $3, 'major', 'established', 'Careful.', 'Avoid.', 'test source')`,
        [code, ids.wide, cross],
      );
    await rule(ids.partner ?? 0, 'to-partner');
    await rule(ids.stranger ?? 0, 'to-stranger');
    const facts = someFacts({
      patient: aScreenedPatient({ allergies: [{ ingredientId: ids.member }] }),
      proposed: [{ drugId: ids.other }],
    });
    expect((await knowledge(facts)).allergyRules.map(({ code }) => code)).toEqual(['to-partner']);
    expect((await screen(facts)).alerts.map(({ kind, ruleCode }) => [kind, ruleCode])).toEqual([
      ['allergy', 'to-partner'],
    ]);
  });

  it('finds what a name means: an ingredient, its synonym, a group, or nothing', async () => {
    const found = await db.uow.read(world.ctx, (tx) =>
      clinical.resolveNames(tx, ['Memberin', 'MEMBERINE  hcl', 'narrow', 'nothing of the kind', '%']),
    );
    expect(Object.fromEntries(found)).toEqual({
      Memberin: { ingredientId: ids.member, groupId: null },
      'MEMBERINE  hcl': { ingredientId: ids.member, groupId: null },
      narrow: { ingredientId: null, groupId: ids.narrow },
    });
  });

  it('throws for a product that is not there: no verdict without knowledge', async () => {
    await expect(screen(someFacts({ proposed: [{ drugId: 2_000_000_000 }] }))).rejects.toThrow(
      UnknownClinicalSubject,
    );
    await expect(
      screen(
        someFacts({
          patient: aScreenedPatient({ allergies: [{ ingredientId: 2_000_000_000 }] }),
          proposed: [{ drugId: ids.other }],
        }),
      ),
    ).rejects.toThrow(UnknownClinicalSubject);
  });

  it('throws when the rules cannot be read', async () => {
    await db.owner.query('revoke select on reference.rule_changes from pharmacy_app');
    await expect(screen(someFacts({ proposed: [{ drugId: ids.other }] }))).rejects.toThrow();
    await db.owner.query('grant select on reference.rule_changes to pharmacy_app');
  });

  it('looks interaction pairs up by index when there are many', async () => {
    await db.owner.query(`
      with made as (
        insert into reference.ingredients (name, name_folded, source)
        select 'filler ' || n, 'filler ' || n, 'test' from generate_series(1, 700) n returning ingredient_id as id
      )
      insert into reference.drug_interactions (code, ingredient_a_id, ingredient_b_id, severity, description, management, evidence, source)
      select a.id || '+' || b.id, a.id, b.id, 'minor', 'Harm.', 'Avoid.', 'suspected', 'test'
      from made a join made b on 'ingredient:' || a.id::text collate "C" < 'ingredient:' || b.id::text collate "C"
      where (a.id + b.id) % 3 = 0`);
    await db.owner.query('analyze reference.drug_interactions');
    const { rows } = await db.owner.query<{ 'QUERY PLAN': string }>(
      `explain select id from reference.drug_interactions r where r.valid_to is null
       and r.subject_a = any ($1::text[]) and r.subject_b = any ($1::text[])`,
      [[`ingredient:${ids.member}`, `ingredient:${ids.partner}`, `group:${ids.wide}`]],
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('drug_interactions_current_pair_key');
  });
});
