import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredientGroup } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { COMPANIES, Company } from './companies/company.entity.js';
import { DosageForm, DOSAGE_FORMS } from './dosage-forms/dosage-form.entity.js';
import { INGREDIENT_GROUPS, IngredientGroup } from './ingredient-groups/ingredient-group.entity.js';
import { Ingredient } from './ingredients/ingredient.entity.js';
import { IngredientMergeRepository } from './ingredients/ingredient-merge.repository.js';
import { IngredientsRepository } from './ingredients/ingredients.repository.js';
import { IngredientsService } from './ingredients/ingredients.service.js';
import { ListRepository } from './list.repository.js';
import { ListService } from './list.service.js';
import { Route, ROUTES } from './routes/route.entity.js';
import {
  THERAPEUTIC_CATEGORIES,
  TherapeuticCategory,
} from './therapeutic-categories/therapeutic-category.entity.js';

const PAGE = { page: 1, limit: 20, sort: 'name' as const };

describe('reference lists', () => {
  const db = useTestDatabase([DosageForm, Route, Company, TherapeuticCategory, IngredientGroup, Ingredient]);
  let world: World;
  let lists: ListService;
  let ingredients: IngredientsService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    lists = new ListService(db.uow, new ListRepository());
    ingredients = new IngredientsService(
      db.uow,
      lists,
      new ListRepository(),
      new IngredientsRepository(),
      new IngredientMergeRepository(),
    );
  });

  it('find an entry by its folded name, beginnings first, and never show the folded form', async () => {
    for (const name of ['Société Générale', 'La societe', 'Other'])
      await lists.create(world.ctx, COMPANIES, { name });
    const { data, meta } = await lists.findPage(world.ctx, COMPANIES, { q: 'SOCIETE', ...PAGE });
    expect(data.map(({ name }) => name)).toEqual(['Société Générale', 'La societe']);
    expect(meta.total).toBe(2);
    expect(data[0]).not.toHaveProperty('nameFolded');
  });

  it('take % and _ for themselves', async () => {
    await lists.create(world.ctx, ROUTES, { name: 'odd_route 5%' });
    await lists.create(world.ctx, ROUTES, { name: 'oddxroute' });
    const { data } = await lists.findPage(world.ctx, ROUTES, { q: 'd_r', ...PAGE });
    expect(data.map(({ name }) => name)).toEqual(['odd_route 5%']);
  });

  it('refuse a name that differs from another in case and accents only', async () => {
    await lists.create(world.ctx, COMPANIES, { name: 'Café Pharma' });
    await expect(lists.create(world.ctx, COMPANIES, { name: 'CAFE  pharma.' })).rejects.toMatchObject({
      driverError: { code: '23505' },
    });
  });

  it('change an entry once a version, and fold the new name', async () => {
    const { id } = await lists.create(world.ctx, COMPANIES, { name: 'Before' });
    expect(await lists.update(world.ctx, COMPANIES, id, { name: 'Áfter', version: 1 })).toEqual({
      id,
      name: 'Áfter',
      version: 2,
    });
    expect((await lists.findPage(world.ctx, COMPANIES, { q: 'after', ...PAGE })).data).toHaveLength(1);
    await expect(lists.update(world.ctx, COMPANIES, id, { name: 'Lost', version: 1 })).rejects.toMatchObject({
      code: 'stale-version',
    });
    await expect(
      lists.update(world.ctx, COMPANIES, 999_999, { name: 'Nobody', version: 1 }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('without a folded column are searched in both scripts too, beginnings first', async () => {
    await lists.create(world.ctx, ROUTES, { name: 'Ópthalmic', nameAr: 'عيني' });
    await lists.create(world.ctx, ROUTES, { name: 'peri opthalmic' });
    const names = async (q: string) =>
      (await lists.findPage(world.ctx, ROUTES, { q, ...PAGE })).data.map(({ name }) => name);
    expect(await names('OPTH')).toEqual(['Ópthalmic', 'peri opthalmic']);
    expect(await names('عينى')).toEqual(['Ópthalmic']);
  });

  it('count the products of an entry and can be sorted by the count, as of the last refresh', async () => {
    await aDrug(db, { company: 'Count Many' });
    await aDrug(db, { company: 'Count Many' });
    await aDrug(db, { company: 'Count One' });
    await db.uow.runAsAdmin(world.ctx, (tx) => tx.execute('select reference.refresh_statistics()'));
    const page = await lists.findPage(world.ctx, COMPANIES, { ...PAGE, q: 'count', sort: '-products' });
    expect(page.data).toMatchObject([
      { name: 'Count Many', products: 2 },
      { name: 'Count One', products: 1 },
    ]);
  });

  it('answer one entry, and say when there is none', async () => {
    const { id } = await lists.create(world.ctx, COMPANIES, { name: 'Single' });
    expect(await lists.findOne(world.ctx, COMPANIES, id)).toEqual({ id, name: 'Single', version: 1 });
    await expect(lists.findOne(world.ctx, COMPANIES, 999_999)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('carry a renamed form over to the drugs that have it', async () => {
    const { id } = await lists.create(world.ctx, DOSAGE_FORMS, { name: 'gummy' });
    await db.owner.query(
      `insert into reference.drugs (name, name_folded, price, dosage_form) values ('G', 'g', 1, 'gummy')`,
    );
    await lists.update(world.ctx, DOSAGE_FORMS, id, { name: 'chewable gummy', version: 1 });
    const { rows } = await db.owner.query(`select dosage_form from reference.drugs where name = 'G'`);
    expect(rows).toEqual([{ dosage_form: 'chewable gummy' }]);
  });

  it('refuse a circle of parents, also one that two edits would close together', async () => {
    const make = (name: string, parentId?: number) =>
      lists.create(world.ctx, THERAPEUTIC_CATEGORIES, { name, parentId });
    const a = await make('A');
    const b = await make('B', a.id);
    const c = await make('C', b.id);
    const put = (id: number, parentId: number) =>
      lists.update(world.ctx, THERAPEUTIC_CATEGORIES, id, { parentId, version: 1 });
    await expect(put(a.id, c.id)).rejects.toMatchObject({ status: 422 });
    await expect(put(a.id, a.id)).rejects.toMatchObject({ status: 422 });
    const [g1, g2] = [await anIngredientGroup(db, 'g-one'), await anIngredientGroup(db, 'g-two')];
    const both = await Promise.allSettled([
      lists.update(world.ctx, INGREDIENT_GROUPS, g1, { parentId: g2, version: 1 }),
      lists.update(world.ctx, INGREDIENT_GROUPS, g2, { parentId: g1, version: 1 }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  describe('ingredients', () => {
    it('are found by name or other name, beginnings of the name first', async () => {
      await ingredients.create(world.ctx, {
        name: 'paracetamol',
        synonyms: [
          { synonym: 'Acetaminophen', kind: 'synonym' },
          { synonym: 'باراسيتامول', kind: 'arabic' },
        ],
      });
      await ingredients.create(world.ctx, { name: 'acetazolamide' });
      await ingredients.create(world.ctx, { name: 'propacetamol' });
      const names = async (q: string) =>
        (await ingredients.findPage(world.ctx, { q, ...PAGE })).data.map(({ name }) => name);
      expect(await names('ACETA')).toEqual(['acetazolamide', 'paracetamol', 'propacetamol']);
      expect(await names('بارا')).toEqual(['paracetamol']);
      expect(await names('ibu')).toEqual([]);
    });

    it('keep their other synonyms when one is added, and drop those left out', async () => {
      await anIngredientGroup(db, 'nsaid');
      const made = await ingredients.create(world.ctx, {
        name: 'ibuprofen',
        synonyms: [{ synonym: 'Brufenum', kind: 'synonym' }],
        groupCodes: ['nsaid'],
      });
      await db.owner.query(
        `update reference.ingredient_synonyms set source = 'atc' where synonym = 'Brufenum'`,
      );
      const changed = await ingredients.update(world.ctx, made.id, {
        version: 1,
        synonyms: [
          { synonym: 'brufenum', kind: 'misspelling' },
          { synonym: 'IBU', kind: 'abbreviation' },
        ],
      });
      expect(changed).toMatchObject({
        groupCodes: ['nsaid'],
        version: 2,
        synonyms: [
          { synonym: 'IBU', kind: 'abbreviation' },
          { synonym: 'brufenum', kind: 'misspelling' },
        ],
      });
      const { rows } = await db.owner.query(
        'select source from reference.ingredient_synonyms where ingredient_id = $1 order by synonym',
        [made.id],
      );
      expect(rows).toEqual([{ source: 'manual' }, { source: 'atc' }]);
      const cleared = await ingredients.update(world.ctx, made.id, {
        version: 2,
        synonyms: [],
        groupCodes: [],
      });
      expect(cleared).toMatchObject({ synonyms: [], groupCodes: [] });
    });

    it('refuse a name that means another ingredient, and a group that is none', async () => {
      await ingredients.create(world.ctx, {
        name: 'morphine',
        synonyms: [{ synonym: 'morphinum', kind: 'synonym' }],
      });
      const create = (input: Parameters<typeof ingredients.create>[1]) =>
        ingredients.create(world.ctx, input);
      await expect(create({ name: 'Morphinum' })).rejects.toMatchObject({ code: 'duplicate' });
      await expect(
        create({ name: 'codeine', synonyms: [{ synonym: 'Morphine', kind: 'synonym' }] }),
      ).rejects.toMatchObject({ code: 'duplicate' });
      await expect(create({ name: 'codeine', groupCodes: ['nothing'] })).rejects.toMatchObject({
        status: 422,
      });
      expect((await ingredients.findPage(world.ctx, { q: 'codeine', ...PAGE })).data).toEqual([]);
    });
  });
});
