import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../../test/builders/world.js';
import { useTestDatabase } from '../../../../test/support/db.js';
import { ListRepository } from '../list.repository.js';
import { ListService } from '../list.service.js';
import { AtcRepository } from './atc.repository.js';
import { AtcTreeService } from './atc-tree.service.js';
import { TherapeuticCategory } from './therapeutic-category.entity.js';
import { TherapeuticCategoriesService } from './therapeutic-categories.service.js';

const PAGE = { page: 1, limit: 100, sort: 'name' as const };

describe('therapeutic categories', () => {
  const db = useTestDatabase([TherapeuticCategory]);
  let world: World;
  let categories: TherapeuticCategoriesService;
  let tree: AtcTreeService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    const [entries, atc] = [new ListRepository(), new AtcRepository()];
    categories = new TherapeuticCategoriesService(db.uow, new ListService(db.uow, entries), entries, atc);
    tree = new AtcTreeService(db.uow, atc);
    await tree.load();
  });

  const find = async (query: object) =>
    (await categories.findPage(world.ctx, { ...PAGE, ...query })).data.map(({ code }) => code);

  it('ship the ATC tree: fourteen main groups, every class under the class its code says', async () => {
    expect(await tree.load()).toBe(0);
    expect((await find({ kind: 'atc', level: 1 })).sort()).toEqual([...'ABCDGHJLMNPRSV']);
    const { rows } = await db.owner.query(
      `select c.code from reference.therapeutic_categories c left join reference.therapeutic_categories p on p.category_id = c.parent_category_id
       where c.kind = 'atc' and (c.level > 1) <> (p.code is not null and starts_with(c.code, p.code) and p.level = c.level - 1)`,
    );
    expect(rows).toEqual([]);
    const counted = await db.owner.query<{ level: number; n: number }>(
      `select level, count(*)::integer as n from reference.therapeutic_categories where kind = 'atc' group by level order by level`,
    );
    expect(counted.rows).toEqual([
      { level: 1, n: 14 },
      { level: 2, n: 94 },
      { level: 3, n: 247 },
      { level: 4, n: 530 },
    ]);
  });

  it('are found by name in either script and by code', async () => {
    expect(await find({ q: 'proton pump' })).toEqual(['A02BC']);
    expect(await find({ q: 'المسكنات' })).toEqual(['N02']);
    expect(await find({ q: 'n02be' })).toEqual(['N02BE']);
    const [{ id } = { id: 0 }] = (await categories.findPage(world.ctx, { ...PAGE, q: 'n02' })).data.filter(
      ({ code }) => code === 'N02',
    );
    expect((await find({ parentId: id })).sort()).toEqual(['N02A', 'N02B', 'N02C']);
  });

  it('place a class by its code whatever is said of it, and move narrower ones under a class added later', async () => {
    const deep = await categories.create(world.ctx, { name: 'Deep', kind: 'atc', code: 'Z01AA01' });
    expect(deep).toMatchObject({ level: 5, atcCode: 'Z01AA01', parentId: null });
    const wide = await categories.create(world.ctx, { name: 'Wide', kind: 'atc', atcCode: 'Z01' });
    expect(wide).toMatchObject({ level: 2, code: 'Z01' });
    const page = await categories.findPage(world.ctx, { ...PAGE, parentId: wide.id });
    expect(page.data.map(({ id }) => id)).toEqual([deep.id]);
    await expect(
      db.owner.query(
        "update reference.therapeutic_categories set kind = 'atc', code = 'nonsense' where code = 'Z01'",
      ),
    ).rejects.toMatchObject({ constraint: 'therapeutic_categories_atc_check' });
  });

  it('let the names of a class be corrected and nothing else, and keep its code findable', async () => {
    const made = await categories.create(world.ctx, { name: 'Wrong', kind: 'atc', code: 'Z02' });
    const better = await categories.update(world.ctx, made.id, { name: 'Right', nameAr: 'صحيح', version: 1 });
    expect(better).toMatchObject({ name: 'Right', code: 'Z02', version: 2 });
    expect(await find({ q: 'صحيح' })).toEqual(['Z02']);
    expect(await find({ q: 'z02' })).toEqual(['Z02']);
    await expect(
      categories.update(world.ctx, made.id, { parentId: made.id, version: 2 }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(categories.create(world.ctx, { name: 'Codeless', kind: 'atc' })).rejects.toMatchObject({
      status: 422,
    });
  });

  it('count the products of a class with those of the classes under it', async () => {
    await aDrug(db, { atcCode: 'N02BE01' });
    await aDrug(db, { atcCode: 'N02BA01' });
    await db.uow.runAsAdmin(world.ctx, (tx) => tx.execute('select reference.refresh_statistics()'));
    const page = await categories.findPage(world.ctx, { ...PAGE, q: 'n02b' });
    const counts = new Map(page.data.map(({ code, products }) => [code, products]));
    expect(['N02B', 'N02BE', 'N02BA', 'N02BB'].map((code) => counts.get(code))).toEqual([2, 1, 1, 0]);
  });
});
