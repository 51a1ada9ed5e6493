// The index of a process against the truth in PostgreSQL: two "processes" on one database.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { aDrug, anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { aSearchProcess, type SearchProcess } from '../../../test/support/search.js';
import type { DrugSearchQuery, DrugSearchResult } from '../drugs/drug-search.schemas.js';

const db = useTestDatabase();
const RENAME = 'update reference.drugs set name = $2, name_folded = lower($2) where drug_id = $1';

describe('a process with a snapshot', () => {
  let world: World;
  let one: SearchProcess;
  let two: SearchProcess;

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    await anIngredient(db, 'paracetamol', { synonyms: ['acetaminophen'], groups: ['anilides'] });
    await aDrug(db, {
      name: 'Panadol 500 mg',
      ingredients: ['paracetamol'],
      company: 'GSK',
      category: 'Pain',
    });
    await aDrug(db, { name: 'Abimol 500 mg', ingredients: ['paracetamol'], company: 'Glaxo Egypt' });
    [one, two] = [aSearchProcess(db), aSearchProcess(db)];
    one.keeper.start();
    two.keeper.start();
    await Promise.all([one.keeper.ready(), two.keeper.ready()]);
  });
  afterAll(() => Promise.all([one.keeper.onModuleDestroy(), two.keeper.onModuleDestroy()]));

  const search = (
    from: SearchProcess,
    q: string,
    more: Partial<DrugSearchQuery> = {},
  ): Promise<DrugSearchResult> => from.drugs.search(world.ctx, { q, page: 1, limit: 20, ...more });
  const names = async (
    from: SearchProcess,
    q: string,
    more: Partial<DrugSearchQuery> = {},
  ): Promise<string[]> => (await search(from, q, more)).data.map(({ name }) => name);

  it('finds an edit at the next query after its commit, in every process', async () => {
    const { drugId } = await aDrug(db, { name: 'Firstname' });
    for (let turn = 0; turn < 40; turn++) {
      const name = `Renamed${turn}x`;
      await db.owner.query(RENAME, [drugId, name]);
      for (const from of [one, two]) {
        expect(await names(from, name)).toEqual([name]);
        if (turn % 20 === 0) expect(await names(from, 'firstname')).not.toContain('Firstname');
      }
    }
    expect(one.keeper.phase).toBe('ready');
    await db.owner.query('delete from reference.drugs where drug_id = $1', [drugId]);
    for (const from of [one, two]) expect(await names(from, 'renamed39x')).toEqual([]);
  });

  it('finds two overlapping transactions, each when it commits', async () => {
    const [{ drugId: early }, { drugId: late }] = [
      await aDrug(db, { name: 'Early' }),
      await aDrug(db, { name: 'Late' }),
    ];
    const [slow, quick] = [await connectAs(db, 'meditory_owner'), await connectAs(db, 'meditory_owner')];
    await slow.query('begin');
    await slow.query(RENAME, [early, 'Slowpoke']);
    await quick.query('begin');
    await quick.query(RENAME, [late, 'Quickstep']);
    await quick.query('commit');
    expect(await names(two, 'quickstep')).toEqual(['Quickstep']);
    expect(await names(two, 'slowpoke')).toEqual([]);
    await slow.query('commit');
    expect(await names(two, 'slowpoke')).toEqual(['Slowpoke']);
    await Promise.all([slow.end(), quick.end()]);
  });

  it('shows nothing of what was rolled back', async () => {
    const client = await connectAs(db, 'meditory_owner');
    await client.query('begin');
    await client.query(
      "insert into reference.drugs (name, name_folded, price) values ('Ghostol', 'ghostol', 1)",
    );
    expect(await names(one, 'ghostol')).toEqual([]);
    await client.query('rollback');
    await client.end();
    expect(await names(one, 'ghostol')).toEqual([]);
  });

  it('follows names that products refer to', async () => {
    const id = await anIngredient(db, 'paracetamol');
    await anIngredient(db, 'paracetamol', { synonyms: ['dolorfin'] });
    expect(await names(two, 'dolorfin')).toEqual(['Abimol 500 mg', 'Panadol 500 mg']);
    expect((await search(two, 'dolorfin')).data[0]?.match).toEqual({
      kind: 'synonym',
      highlights: [{ field: 'synonym', text: 'dolorfin', start: 0, end: 8 }],
    });
    await db.owner.query("delete from reference.ingredient_synonyms where synonym = 'dolorfin'");
    expect(await names(two, 'dolorfin')).toEqual([]);
    await db.owner.query("update reference.ingredient_groups set name = 'Feverkillers' where group_id = $1", [
      await anIngredientGroup(db, 'anilides'),
    ]);
    expect(await names(one, 'feverkillers')).toContain('Panadol 500 mg');
    await db.owner.query('delete from reference.ingredient_group_members where ingredient_id = $1', [id]);
    expect(await names(one, 'feverkillers')).toEqual([]);
    await db.owner.query(
      "update reference.companies set name = 'Haleon', name_folded = 'haleon' where name = 'GSK'",
    );
    const { facets } = await search(one, 'panadol', { company: ['HALEON'] });
    expect(facets.company).toEqual([{ value: 'Haleon', count: 1 }]);
    expect(await names(one, 'haleon panadol')).toEqual(['Panadol 500 mg']);
  });

  it('finds a salt, and what was merged, by the names of the ingredient that stands for it', async () => {
    const base = await anIngredient(db, 'amlodipine');
    const salt = await anIngredient(db, 'besylas');
    await aDrug(db, { name: 'Norvasc', ingredients: ['besylas'] });
    expect(await names(one, 'amlodipine')).toEqual([]);
    await db.owner.query(
      "update reference.ingredients set kind = 'salt', base_ingredient_id = $2 where ingredient_id = $1",
      [salt, base],
    );
    expect(await names(one, 'amlodipine')).toEqual(['Norvasc']);
    await anIngredient(db, 'amlodipine', { synonyms: ['amlor'] });
    expect(await names(one, 'amlor')).toEqual(['Norvasc']);
  });

  it('keeps a value filtered by among the facets, and takes several of one kind', async () => {
    const none = await search(one, 'panadol', { company: ['Glaxo Egypt'], rxOnly: true });
    expect(none.data).toEqual([]);
    expect(none.facets.company).toEqual([{ value: 'Glaxo Egypt', count: 0 }]);
    expect(none.facets.rxOnly).toEqual([{ value: true, count: 0 }]);
    expect(await names(one, 'paracetamol', { company: ['haleon', 'glaxo egypt'] })).toHaveLength(2);
    expect(await names(one, 'paracetamol', { company: ['nobody'] })).toEqual([]);
  });

  it('counts what is in stock at the branch, a second later at most', async () => {
    const { drugId } = await aDrug(db, { name: 'Stockol' });
    expect((await search(one, 'stockol')).facets.inStock).toEqual([{ value: false, count: 1 }]);
    await aLot(db, { branchId: world.branchId, drugId, quantity: '7' });
    expect((await search(one, 'stockol')).data[0]?.stockOnHand).toBe('7');
    await vi.waitFor(
      async () => expect((await search(one, 'stockol')).facets.inStock).toEqual([{ value: true, count: 1 }]),
      { timeout: 1500, interval: 100 },
    );
    expect(await names(one, 'stockol', { inStock: true })).toEqual(['Stockol']);
  });

  it('answers from the database after a bulk change, until the next snapshot', async () => {
    const before = one.keeper.index;
    await db.owner.query(
      "insert into reference.drugs (name, name_folded, price) select 'Bulkol ' || n, 'bulkol ' || n, 1 from generate_series(1, 1500) n",
    );
    expect(await names(one, 'bulkol 777')).toContain('Bulkol 777');
    expect(one.keeper.index).not.toBe(before);
    await one.keeper.ready();
    expect(one.health.all().find(({ part }) => part === 'search')?.words).toMatch(
      /^snapshot of 15\d\d products, 0 edited since$/,
    );
    expect((await names(one, 'bulkol 777'))[0]).toBe('Bulkol 777');
    await db.owner.query("delete from reference.drugs where name like 'Bulkol %'");
    expect(await names(one, 'bulkol')).toEqual([]);
  });

  it('takes a new snapshot when many edits have gathered, and loses none of them', async () => {
    await one.keeper.ready();
    const before = one.keeper.index;
    for (let part = 0; part < 12; part++)
      await db.owner.query(
        "insert into reference.drugs (name, name_folded, price) select 'Gather' || n, 'gather' || n, 1 from generate_series($1::int, $1::int + 99) n",
        [part * 100],
      );
    expect((await search(one, 'gather1199')).data[0]?.name).toBe('Gather1199');
    await vi.waitFor(() => expect(one.keeper.index).not.toBe(before), 5000);
    await one.keeper.ready();
    expect(one.keeper.index?.edits).toBeLessThan(1000);
    expect((await search(one, 'gather')).meta.total).toBe(1200);
  });

  it('hears of an edit without being asked', async () => {
    await two.keeper.ready();
    const { drugId } = await aDrug(db, { name: 'Heardol' });
    const { rows } = await db.owner.query<{ place: number }>(
      'select max(place) as place from reference.catalogue_changes',
    );
    await vi.waitFor(() => expect(two.keeper.index?.place).toBe(rows[0]?.place), 5000);
    await db.owner.query('delete from reference.drugs where drug_id = $1', [drugId]);
  });

  it('starts over when the feed is another one', async () => {
    await two.keeper.ready();
    const before = two.keeper.index;
    await db.owner.query('update reference.catalogue_changes set place = place - 1000000');
    await db.owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'meditory-listen' and datname = current_database()",
    );
    await vi.waitFor(() => expect(two.keeper.index).not.toBe(before), 5000);
    await two.keeper.ready();
    const { drugId } = await aDrug(db, { name: 'Afterwards' });
    expect(await names(two, 'afterwards')).toEqual(['Afterwards']);
    await db.owner.query('delete from reference.drugs where drug_id = $1', [drugId]);
  });
});

describe('a process whose snapshot cannot be built', () => {
  it('answers from the database, says so, and tries again', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db, { name: 'Stubbornol' });
    let attempts = 0;
    const broken = aSearchProcess(db, {
      build: async () => {
        attempts += 1;
        throw new Error('no thread to be had');
      },
    });
    const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const answer = (): Promise<DrugSearchResult> =>
      broken.drugs.search(world.ctx, { q: 'stubbornol', page: 1, limit: 20 });
    try {
      expect(broken.keeper.phase).toBe('off');
      expect((await answer()).data).toMatchObject([{ drugId }]);
      broken.keeper.start();
      expect(broken.keeper.phase).toBe('building');
      expect((await answer()).data).toMatchObject([{ drugId }]);
      await vi.waitFor(() => expect(attempts).toBeGreaterThan(1), 5000);
      expect(broken.keeper.phase).toBe('failing');
      expect(broken.health.all().find(({ part }) => part === 'search')?.words).toMatch(
        /^database, snapshot cannot be built/,
      );
      expect((await answer()).data).toMatchObject([{ drugId }]);
    } finally {
      await broken.keeper.onModuleDestroy();
      complaints.mockRestore();
    }
  });

  it('stops in the middle of building, and leaves no connection', async () => {
    const hasty = aSearchProcess(db);
    hasty.keeper.start();
    await hasty.keeper.onModuleDestroy();
    expect(hasty.keeper.index).toBeUndefined();
    await vi.waitFor(async () => {
      const { rows } = await db.owner.query(
        `select application_name from pg_stat_activity
         where application_name in ('meditory-listen', 'meditory-search-snapshot') and datname = current_database()`,
      );
      expect(rows).toEqual([]);
    });
  });
});
