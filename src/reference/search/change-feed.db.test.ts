// The change feed: what a process that follows it learns, and when.
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { CatalogueSource, type CatalogueChange } from './catalogue-source.repository.js';
import { CatalogueUpdates } from './catalogue-updates.js';

const db = useTestDatabase();
const updates = (): CatalogueUpdates => new CatalogueUpdates(db.uow, new CatalogueSource());
const placeNow = async (): Promise<number> => (await updates().place()).place;

async function changesAfter(place: number): Promise<Pick<CatalogueChange, 'kind' | 'keys'>[]> {
  const { rows } = await db.owner.query<CatalogueChange>(
    'select kind, keys from reference.catalogue_changes where place > $1 order by place, change_id',
    [place],
  );
  return rows;
}

async function inTransaction(client: pg.Client, ...statements: [string, unknown[]?][]): Promise<void> {
  await client.query('begin');
  for (const [text, values] of statements) await client.query(text, values);
}

const RENAME = 'update reference.drugs set name = $2, name_folded = $2 where drug_id = $1';

describe('the change feed', () => {
  let drugId: number;
  let ids: Record<'ingredient' | 'group' | 'company' | 'category' | 'form' | 'route', number>;

  beforeAll(async () => {
    const made = await aDrug(db, {
      name: 'Feedol',
      ingredients: ['feedamol'],
      company: 'Feed & Co',
      category: 'Feeders',
      dosageForm: 'feedtab',
      route: 'feedal',
      barcode: '6221001000019',
    });
    drugId = made.drugId;
    await anIngredient(db, 'feedamol', { groups: ['feeds'], synonyms: ['feedacet'] });
    const one = async (text: string): Promise<number> =>
      (await db.owner.query<{ id: number }>(text)).rows[0]?.id ?? 0;
    ids = {
      ingredient: made.ingredientIds[0] ?? 0,
      group: await anIngredientGroup(db, 'feeds'),
      company: await one("select company_id as id from reference.companies where name = 'Feed & Co'"),
      category: await one(
        "select category_id as id from reference.therapeutic_categories where name = 'Feeders'",
      ),
      form: await one("select id from reference.dosage_forms where name = 'feedtab'"),
      route: await one("select id from reference.routes where name = 'feedal'"),
    };
  });

  it.each([
    ['drugs', 'drug', 'update reference.drugs set price = 3 where drug_id = $1', 'drug'],
    [
      'drug_ingredients',
      'drug',
      "update reference.drug_ingredients set amount = 5, unit = 'mg' where drug_id = $1",
      'drug',
    ],
    ['drug_barcodes', 'drug', 'delete from reference.drug_barcodes where drug_id = $1', 'drug'],
    [
      'ingredients',
      'ingredient',
      "update reference.ingredients set name_ar = 'فيد' where ingredient_id = $1",
      'ingredient',
    ],
    [
      'ingredient_synonyms',
      'ingredient',
      "insert into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, source) values ($1, 'fd', 'fd', 'abbreviation', 'test')",
      'ingredient',
    ],
    [
      'ingredient_group_members',
      'ingredient',
      'delete from reference.ingredient_group_members where ingredient_id = $1',
      'ingredient',
    ],
    [
      'ingredient_groups',
      'group',
      "update reference.ingredient_groups set name = 'Feeds' where group_id = $1",
      'group',
    ],
    [
      'companies',
      'company',
      "update reference.companies set name = 'Feed Ltd' where company_id = $1",
      'company',
    ],
    [
      'therapeutic_categories',
      'category',
      "update reference.therapeutic_categories set name_ar = 'ف' where category_id = $1",
      'category',
    ],
    ['dosage_forms', 'form', "update reference.dosage_forms set name_ar = 'قرص' where id = $1", 'form'],
    ['routes', 'route', "update reference.routes set name_ar = 'فم' where id = $1", 'route'],
  ] as const)('notes a change of %s as a %s', async (_, kind, statement, key) => {
    const before = await placeNow();
    const id = key === 'drug' ? drugId : ids[key];
    await db.owner.query(statement, [id]);
    expect(await changesAfter(before)).toEqual([{ kind, keys: [id] }]);
  });

  it('follows the name of a form into the products that refer to it', async () => {
    const before = await placeNow();
    await db.owner.query("update reference.dosage_forms set name = 'feedcap' where id = $1", [ids.form]);
    const update = await updates().since(before);
    expect(update?.documents).toMatchObject([{ drugId, dosageForm: 'feedcap' }]);
    expect(update?.dictionary?.forms).toContainEqual({
      name: 'feedcap',
      nameAr: 'قرص',
      family: 'solid-oral',
    });
  });

  it('gives the changes of one transaction one place, and reads them in their present state', async () => {
    const before = await placeNow();
    const client = await connectAs(db, 'meditory_owner');
    await inTransaction(client, [RENAME, [drugId, 'first']], [RENAME, [drugId, 'feedol']]);
    expect(await placeNow()).toBe(before);
    await client.query('commit');
    await client.end();
    expect(await placeNow()).toBe(before + 1);
    expect(await updates().since(before)).toMatchObject({
      place: before + 1,
      drugIds: [drugId],
      documents: [
        {
          drugId,
          name: 'feedol',
          ingredientIds: [ids.ingredient],
          companyId: ids.company,
          route: 'feedal',
          barcodes: [],
        },
      ],
      dictionary: null,
    });
  });

  it('leaves nothing of what was rolled back', async () => {
    const before = await placeNow();
    const client = await connectAs(db, 'meditory_owner');
    await inTransaction(client, [RENAME, [drugId, 'never']]);
    await client.query('rollback');
    await client.end();
    expect(await changesAfter(before)).toEqual([]);
    expect(await placeNow()).toBe(before);
  });

  it('never lets a transaction in behind a place that was already seen, though it began first', async () => {
    const { drugId: other } = await aDrug(db, { name: 'Other' });
    const before = await placeNow();
    const [slow, quick] = [await connectAs(db, 'meditory_owner'), await connectAs(db, 'meditory_owner')];
    await inTransaction(slow, [RENAME, [drugId, 'slow']]); // takes the lower identity of the feed …
    await inTransaction(quick, [RENAME, [other, 'quick']]);
    await quick.query('commit'); // … and is overtaken
    const seen = await placeNow();
    expect(await changesAfter(before)).toEqual([{ kind: 'drug', keys: [other] }]);
    await slow.query('commit');
    await Promise.all([slow.end(), quick.end()]);
    expect(await placeNow()).toBeGreaterThan(seen);
    expect(await changesAfter(seen)).toEqual([{ kind: 'drug', keys: [drugId] }]);
  });

  it('keeps the order of places and commits among twelve writers at once', async () => {
    const drugs = await Promise.all(Array.from({ length: 12 }, () => aDrug(db)));
    const start = await placeNow();
    let known = start;
    let isDone = false;
    const seen: number[] = [];
    // A follower that reads on while they commit: at the end it must have met each of them.
    const follower = (async () => {
      for (let last = false; !last;) {
        last = isDone;
        const update = await updates().since(known);
        seen.push(...(update?.drugIds ?? []));
        known = update?.place ?? known;
      }
    })();
    await Promise.all(
      drugs.map(async (drug, n) => {
        const client = await connectAs(db, 'meditory_owner');
        for (let turn = 0; turn < 5; turn++) {
          await inTransaction(client, [RENAME, [drug.drugId, `turn ${turn}`]]);
          await new Promise((resolve) => setTimeout(resolve, (n * 7 + turn * 3) % 11));
          await client.query('commit');
        }
        await client.end();
      }),
    );
    isDone = true;
    await follower;
    expect(known).toBe(start + 60);
    for (const drug of drugs) expect(seen).toContain(drug.drugId);
  });

  it('marks a bulk statement once, and says then that everything must be read anew', async () => {
    const before = await placeNow();
    await db.owner.query(
      "insert into reference.drugs (name, name_folded, price) select 'Bulk ' || n, 'bulk ' || n, 1 from generate_series(1, 3000) n",
    );
    expect(await changesAfter(before)).toEqual([{ kind: 'rebuild', keys: [] }]);
    expect(await updates().since(before)).toBeUndefined();
    const after = await placeNow();
    await db.owner.query(
      "update reference.drugs set price = 2 where name_folded < 'bulk 11' and name like 'Bulk %'",
    );
    const [change] = await changesAfter(after);
    expect(change).toMatchObject({ kind: 'drug' });
    expect(await updates().since(after)).toMatchObject({ drugIds: change?.keys });
  });

  it('marks a table that was emptied', async () => {
    const before = await placeNow();
    await db.owner.query('truncate reference.ingredient_group_members');
    expect(await changesAfter(before)).toEqual([{ kind: 'rebuild', keys: [] }]);
  });

  it('says of a deleted product that it is gone', async () => {
    const { drugId: gone } = await aDrug(db, { name: 'Gone' });
    const before = await placeNow();
    await db.owner.query('delete from reference.drugs where drug_id = $1', [gone]);
    expect(await updates().since(before)).toMatchObject({ drugIds: [gone], documents: [] });
  });

  it('takes no note of a statement that changes nothing', async () => {
    const before = await placeNow();
    await db.owner.query('update reference.drugs set price = 1 where drug_id = -1');
    expect(await changesAfter(before)).toEqual([]);
  });

  it('tells listeners the place, when the transaction commits', async () => {
    const listener = await connectAs(db, 'pharmacy_app');
    const heard: string[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen meditory_catalogue');
    await db.owner.query(RENAME, [drugId, 'heard']);
    for (let n = 0; n < 100 && heard.length === 0; n++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(heard).toEqual([String(await placeNow())]);
    await listener.end();
  });

  it('folds old changes into one mark, which sends whoever is behind it back to the start', async () => {
    const before = await placeNow();
    await db.owner.query(RENAME, [drugId, 'old']);
    await db.owner.query("update reference.catalogue_changes set changed_at = now() - interval '2 days'");
    const last = await placeNow();
    await db.owner.query(RENAME, [drugId, 'new']);
    await updates().prune();
    await updates().prune();
    const { rows } = await db.owner.query<{ place: number; kind: string }>(
      'select place, kind from reference.catalogue_changes order by place',
    );
    expect(rows).toEqual([
      { place: last, kind: 'rebuild' },
      { place: last + 1, kind: 'drug' },
    ]);
    expect(await updates().since(before)).toBeUndefined();
    expect(await updates().since(last)).toMatchObject({ place: last + 1, drugIds: [drugId] });
  });

  it('is read by everybody and written by nobody but its triggers', async () => {
    for (const role of ['pharmacy_app', 'pharmacy_admin']) {
      const client = await connectAs(db, role);
      await client.query('select max(place) from reference.catalogue_changes');
      await expect(
        client.query("insert into reference.catalogue_changes (kind, keys) values ('rebuild', '{}')"),
      ).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('delete from reference.catalogue_changes')).rejects.toMatchObject({
        code: '42501',
      });
      await client.end();
    }
  });
});
