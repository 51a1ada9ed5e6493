import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../../../../test/builders/clinical.js';
import { aDrug, anIngredient, anIngredientGroup } from '../../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../../test/builders/world.js';
import { useTestDatabase } from '../../../../test/support/db.js';
import { IngredientSuggestionsService } from '../../imports/ingredient-suggestions.service.js';
import { ListRepository } from '../list.repository.js';
import { ListService } from '../list.service.js';
import { Ingredient } from './ingredient.entity.js';
import { IngredientMergeRepository } from './ingredient-merge.repository.js';
import { IngredientMergeService } from './ingredient-merge.service.js';
import { IngredientWorklistRepository } from './ingredient-worklist.repository.js';
import { IngredientWorklistService } from './ingredient-worklist.service.js';
import { IngredientsRepository } from './ingredients.repository.js';
import { IngredientsService } from './ingredients.service.js';

describe('decisions about ingredients', () => {
  const db = useTestDatabase([Ingredient]);
  let world: World;
  let ingredients: IngredientsService;
  let merges: IngredientMergeService;
  let worklist: IngredientWorklistService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    const [entries, names, merging] = [
      new ListRepository(),
      new IngredientsRepository(),
      new IngredientMergeRepository(),
    ];
    ingredients = new IngredientsService(db.uow, new ListService(db.uow, entries), entries, names, merging);
    merges = new IngredientMergeService(db.uow, names, merging);
    worklist = new IngredientWorklistService(
      db.uow,
      new IngredientWorklistRepository(),
      names,
      merging,
      merges,
      new IngredientSuggestionsService(),
    );
  });

  /** A product with lines of these texts, each linked to an ingredient or to nothing. */
  async function withLines(lines: readonly (readonly [text: string, ingredientId: number | null])[]) {
    const { drugId } = await aDrug(db);
    for (const [index, [rawText, ingredientId]] of lines.entries())
      await db.owner.query(
        'insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text) values ($1, $2, $3, $4)',
        [drugId, index + 1, ingredientId, rawText],
      );
    await db.owner.query("update reference.drugs set ingredient_status = 'unlinked' where drug_id = $1", [
      drugId,
    ]);
    return drugId;
  }
  async function unverified(name: string): Promise<number> {
    const id = await anIngredient(db, name);
    await db.owner.query(
      "update reference.ingredients set verified = false, source = 'egypt' where ingredient_id = $1",
      [id],
    );
    return id;
  }
  const stateOf = async (drugId: number) => {
    const { rows } = await db.owner.query<{ status: string; ids: (number | null)[] }>(
      `select d.ingredient_status as status, (select array_agg(l.ingredient_id order by l.position) from reference.drug_ingredients l where l.drug_id = d.drug_id) as ids
       from reference.drugs d where d.drug_id = $1`,
      [drugId],
    );
    return rows[0];
  };
  const page = (q: string) => worklist.findPage(world.ctx, { q, page: 1, limit: 20, suggestions: 3 });

  describe('the worklist', () => {
    it('shows texts by the number of their products, with examples and what they may mean', async () => {
      const standard = await anIngredient(db, 'worklistamol', { synonyms: ['worklistaminophen'] });
      const unknown = await unverified('worklistamoll');
      for (let n = 0; n < 3; n++) await withLines([['WORKLISTAMOLL 500 MG', unknown]]);
      await withLines([
        ['worklist oddity', null],
        ['Worklist Oddity', null],
      ]);
      const { data, meta } = await page('worklist');
      expect(
        data.map(({ rawText, ingredientId, products }) => [rawText.toLowerCase(), ingredientId, products]),
      ).toEqual([
        ['worklistamoll', unknown, 3],
        ['worklist oddity', null, 1],
      ]);
      expect(data[0]?.examples).toHaveLength(3);
      expect(data[0]?.suggestions[0]).toMatchObject({
        ingredientId: standard,
        name: 'worklistamol',
        reason: 'misspelling',
      });
      expect(data[0]?.suggestions[0]?.score).toBeGreaterThan(0.8);
      expect(meta).toMatchObject({ total: 2, totalProducts: 4 });
      const without = await worklist.findPage(world.ctx, {
        q: 'worklist',
        page: 1,
        limit: 1,
        suggestions: 0,
      });
      expect(without.data).toMatchObject([{ suggestions: [] }]);
    });

    it('learns a new name at once', async () => {
      const id = await unverified('freshlinase');
      await withLines([['freshlinase', id]]);
      expect((await page('freshlinase')).data[0]?.suggestions).toEqual([]);
      const added = await anIngredient(db, 'freshlinnase');
      expect((await page('freshlinase')).data[0]?.suggestions).toMatchObject([{ ingredientId: added }]);
    });
  });

  describe('linking a text', () => {
    it('links every line that bears it, judges the products anew, and remembers it', async () => {
      const target = await anIngredient(db, 'linkamol');
      const unknown = await unverified('linkamoll');
      const whole = await withLines([['LINKAMOLL 500', unknown]]);
      const half = await withLines([
        ['linkamoll', null],
        ['something else', null],
      ]);
      const done = await worklist.link(world.ctx, { rawText: 'LINKAMOLL', ingredientId: target });
      expect(done).toMatchObject({ lines: 2, products: 2, synonym: 'LINKAMOLL' });
      expect(await stateOf(whole)).toEqual({ status: 'linked', ids: [target] });
      expect(await stateOf(half)).toEqual({ status: 'partial', ids: [target, null] });
      const view = await ingredients.findOne(world.ctx, target);
      expect(view.synonyms).toMatchObject([{ synonym: 'LINKAMOLL', source: 'pharmacist', confidence: 1 }]);
      expect((await page('linkamoll')).data).toEqual([]);
      await expect(
        worklist.link(world.ctx, { rawText: 'linkamoll', ingredientId: target }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });

    it('is taken back whole, once', async () => {
      const target = await anIngredient(db, 'undoamol');
      const unknown = await unverified('undoamoll');
      const [a, b] = [await withLines([['x', unknown]]), await withLines([['undoamoll', null]])];
      const { linkId } = await worklist.link(world.ctx, { rawText: 'undoamoll', ingredientId: target });
      expect(await merges.undo(world.ctx, linkId)).toEqual({ linkId, lines: 2, products: 2 });
      expect(await stateOf(a)).toEqual({ status: 'unlinked', ids: [unknown] });
      expect(await stateOf(b)).toEqual({ status: 'unlinked', ids: [null] });
      expect((await ingredients.findOne(world.ctx, target)).synonyms).toEqual([]);
      expect(await ingredients.findOne(world.ctx, unknown)).toMatchObject({
        name: 'undoamoll',
        kind: 'substance',
        verified: false,
      });
      await expect(merges.undo(world.ctx, linkId)).rejects.toMatchObject({ code: 'link-not-undoable' });
      const { data } = await worklist.findLinks(world.ctx, { page: 1, limit: 1 });
      expect(data).toMatchObject([
        { linkId, rawText: 'undoamoll', madeBy: world.userId, undoneBy: world.userId },
      ]);
      expect((await page('undoamoll')).meta.total).toBe(2);
    });

    it('taken back leaves lines alone that were linked otherwise since', async () => {
      const [target, other] = [await anIngredient(db, 'sincin'), await anIngredient(db, 'sincout')];
      const drugId = await withLines([['sinc text', null]]);
      const { linkId } = await worklist.link(world.ctx, { rawText: 'sinc text', ingredientId: target });
      await db.owner.query('update reference.drug_ingredients set ingredient_id = $2 where drug_id = $1', [
        drugId,
        other,
      ]);
      expect(await merges.undo(world.ctx, linkId)).toMatchObject({ lines: 0 });
      expect((await stateOf(drugId))?.ids).toEqual([other]);
    });

    it('remembers the name without its strength, or not at all, and no name of another', async () => {
      const target = await anIngredient(db, 'nameamol', { synonyms: ['nametaken'] });
      const other = await anIngredient(db, 'nameother');
      await withLines([
        ['Namely 500 MG', null],
        ['nametaken', null],
        ['nameless', null],
      ]);
      expect(
        await worklist.link(world.ctx, { rawText: 'Namely 500 MG', ingredientId: target }),
      ).toMatchObject({ synonym: 'Namely' });
      await expect(
        worklist.link(world.ctx, { rawText: 'nametaken', ingredientId: other }),
      ).rejects.toMatchObject({ code: 'duplicate' });
      expect(
        await worklist.link(world.ctx, { rawText: 'nametaken', ingredientId: other, remember: false }),
      ).toMatchObject({ synonym: null });
      const loose = await unverified('nameloose');
      await expect(
        worklist.link(world.ctx, { rawText: 'nameless', ingredientId: loose }),
      ).rejects.toMatchObject({ status: 422 });
    });
  });

  describe('merging', () => {
    it('moves compositions, synonyms, codes and salts; the old row stays and points at the new one', async () => {
      const into = await anIngredient(db, 'mergebase');
      const from = await anIngredient(db, 'mergeold', { synonyms: ['mergeoldie'] });
      await ingredients.update(world.ctx, from, {
        version: 1,
        codes: [{ system: 'cas', code: '1-2-3' }],
      });
      const salt = await ingredients.create(world.ctx, {
        name: 'mergeold sulfate',
        kind: 'salt',
        baseIngredientId: from,
        baseFactor: '0.8',
      });
      const drugId = await withLines([['mergeold', from]]);
      const done = await merges.merge(world.ctx, from, { intoIngredientId: into, version: 2 });
      expect(done).toMatchObject({ lines: 1, products: 1 });
      expect(done.ingredient.synonyms.map(({ synonym }) => synonym)).toEqual(['mergeold', 'mergeoldie']);
      expect(done.ingredient.codes).toEqual([{ system: 'cas', code: '1-2-3' }]);
      expect(await stateOf(drugId)).toEqual({ status: 'linked', ids: [into] });
      expect(await ingredients.findOne(world.ctx, from)).toMatchObject({
        kind: 'merged',
        baseIngredientId: into,
      });
      expect((await ingredients.findOne(world.ctx, salt.id)).baseIngredientId).toBe(into);
      const listed = async (kind?: 'merged') =>
        (
          await ingredients.findPage(world.ctx, { q: 'mergeold', kind, page: 1, limit: 9, sort: 'name' })
        ).data.map(({ id }) => id);
      expect(await listed()).toEqual(expect.not.arrayContaining([from]));
      expect(await listed('merged')).toEqual([from]);
      await merges.undo(world.ctx, done.linkId);
      expect(await ingredients.findOne(world.ctx, from)).toMatchObject({
        name: 'mergeold',
        kind: 'substance',
        synonyms: [{ synonym: 'mergeoldie' }],
        codes: [{ code: '1-2-3' }],
      });
      expect((await ingredients.findOne(world.ctx, salt.id)).baseIngredientId).toBe(from);
      expect((await stateOf(drugId))?.ids).toEqual([from]);
    });

    it('is refused where clinical rules would be lost, and says which', async () => {
      const into = await anIngredient(db, 'ruleless');
      const ruled = await anIngredient(db, 'ruled');
      await anInteractionRule(db, { ingredientId: ruled }, { ingredientId: into }, 'major');
      await expect(
        merges.merge(world.ctx, ruled, { intoIngredientId: into, version: 1 }),
      ).rejects.toMatchObject({
        code: 'clinical-rules-would-be-lost',
        status: 409,
        params: { rules: [{ table: 'drug_interactions' }] },
      });
      await anIngredientGroup(db, 'merge-wide');
      const grouped = await anIngredient(db, 'grouped', { groups: ['merge-wide'] });
      const merge = (addGroups: boolean) =>
        merges.merge(world.ctx, grouped, { intoIngredientId: into, version: 1, addGroups });
      await expect(merge(false)).rejects.toMatchObject({ params: { groupCodes: ['merge-wide'] } });
      expect((await merge(true)).ingredient.groupCodes).toEqual(['merge-wide']);
    });

    it('is refused into itself, into what is merged, and of what somebody changed meanwhile', async () => {
      const [a, b, c] = [
        await anIngredient(db, 'triple a'),
        await anIngredient(db, 'triple b'),
        await anIngredient(db, 'triple c'),
      ];
      const merge = (id: number, intoIngredientId: number, version = 1) =>
        merges.merge(world.ctx, id, { intoIngredientId, version });
      await expect(merge(a, a)).rejects.toMatchObject({ status: 422 });
      await expect(merge(a, b, 9)).rejects.toMatchObject({ code: 'stale-version' });
      await expect(merge(999_999, b)).rejects.toMatchObject({ code: 'not-found' });
      await merge(a, b);
      await expect(merge(c, a)).rejects.toMatchObject({ status: 422 });
      await expect(ingredients.update(world.ctx, a, { version: 2, name: 'revived' })).rejects.toMatchObject({
        status: 422,
      });
    });
  });

  describe('salts', () => {
    it('need a base that is a substance, and do not become one while others rest on them', async () => {
      const base = await anIngredient(db, 'saltbase');
      const create = (values: object) =>
        ingredients.create(world.ctx, { name: 'saltx', kind: 'salt', ...values });
      await expect(create({})).rejects.toMatchObject({ status: 422 });
      const salt = await create({ baseIngredientId: base });
      expect(salt).toMatchObject({ kind: 'salt', baseName: 'saltbase' });
      await expect(
        ingredients.create(world.ctx, { name: 'salty', kind: 'salt', baseIngredientId: salt.id }),
      ).rejects.toMatchObject({ status: 422 });
      const other = await anIngredient(db, 'saltother');
      await expect(
        ingredients.update(world.ctx, base, { version: 1, kind: 'salt', baseIngredientId: other }),
      ).rejects.toMatchObject({ status: 422 });
      const plain = await ingredients.update(world.ctx, salt.id, { version: 1, kind: 'substance' });
      expect(plain).toMatchObject({ kind: 'substance', baseIngredientId: null });
    });
  });

  it('verifying an ingredient links the products that contain it', async () => {
    const id = await unverified('verifyamol');
    const drugId = await withLines([['verifyamol', id]]);
    await ingredients.update(world.ctx, id, { version: 1, verified: true });
    expect((await stateOf(drugId))?.status).toBe('linked');
    await ingredients.update(world.ctx, id, { version: 2, verified: false });
    expect((await stateOf(drugId))?.status).toBe('unlinked');
  });

  it('synonyms are added, corrected and dropped one by one', async () => {
    const id = await anIngredient(db, 'synonymol');
    const add = (confidence: number) =>
      ingredients.addSynonym(world.ctx, id, { synonym: 'Synonymoll', kind: 'misspelling', confidence });
    await add(0.5);
    const { synonyms } = await add(0.75);
    expect(synonyms).toMatchObject([{ synonym: 'Synonymoll', confidence: 0.75, kind: 'misspelling' }]);
    const synonymId = synonyms[0]?.synonymId ?? 0;
    expect((await ingredients.removeSynonym(world.ctx, id, synonymId)).synonyms).toEqual([]);
    await expect(ingredients.removeSynonym(world.ctx, id, synonymId)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
