import { describe, expect, it } from 'vitest';

import {
  aLegacyCatalogue,
  aLegacyIngredientList,
  publicSchema,
} from '../../../test/builders/legacy-catalogue.js';
import { LISTS, onClone, PRODUCTS } from '../../../test/builders/legacy-clone.js';

describe('an older catalogue in public', () => {
  it('is taken over under its ids, given back exactly, and taken over again', () =>
    onClone(async ({ pool, up, down, waiting, rows }) => {
      await aLegacyCatalogue(pool, PRODUCTS, LISTS);
      await aLegacyIngredientList(
        pool,
        ['Analgesics', 'NSAIDs'],
        [
          ['Acetaminophen', 'Analgesics'],
          ['Wobblium', 'NSAIDs'],
          ['Diclofenac Potassium', 'NSAIDs'],
        ],
        [
          ['wobbly stuff', 'Wobblium'],
          ['of nothing', 'none'],
        ],
      );
      const before = await publicSchema(pool);
      expect((await waiting()).map(({ tableName }) => tableName)).toContain('drugs');
      const report = await up();
      expect(await waiting()).toEqual([]);
      const table = (kind: string) => report.tables.find((one) => one.kind === kind);
      expect(report).toMatchObject({
        moved: true,
        productsBefore: 0,
        productsAfter: 6,
        leftInPublic: ['favourites', 'priced_drugs'],
      });
      expect(table('drugs')).toMatchObject({ found: 6, kept: 6, refused: 0 });
      expect(table('routes')).toMatchObject({ found: 5, kept: 5, merged: 0 });
      expect(table('dosage_forms')).toMatchObject({ found: 5, kept: 5 });
      expect(table('companies')).toMatchObject({ found: 3, kept: 2, merged: 1 });
      expect(table('ingredients')).toMatchObject({ table: 'ingredient_standards', found: 3, kept: 3 });
      expect(table('ingredient_synonyms')).toMatchObject({ found: 2, kept: 1, refused: 1 });

      const drugs = await rows(
        `select d.drug_id, d.name, d.route, d.dosage_form, f.form_family, c.name as company, d.price::text, d.old_price::text, d.base_unit, d.units_per_pack::text
         from reference.drugs d left join reference.dosage_forms f on f.name = d.dosage_form left join reference.companies c using (company_id) order by drug_id`,
      );
      expect(drugs).toMatchObject([
        {
          drug_id: 102,
          route: 'oral',
          dosage_form: 'tablet',
          form_family: 'solid-oral',
          company: 'GSK',
          price: '20.000',
          old_price: '15.500',
          base_unit: 'tablet',
          units_per_pack: '20.000',
        },
        { drug_id: 104, route: 'oral', dosage_form: 'tablet', company: 'GSK' },
        { drug_id: 106, route: 'intramuscular', dosage_form: 'injection', company: 'Novartis' },
        { drug_id: 108, route: 'nasal', dosage_form: 'nasal spray' },
        { drug_id: 110, route: null, dosage_form: null, base_unit: 'piece', units_per_pack: '12.000' },
        { drug_id: 112, route: 'Xyzzy way', dosage_form: 'Bag', form_family: 'other' },
      ]);
      expect(await rows('select id, name from reference.routes where id <= 15 order by id')).toMatchObject([
        { id: 3, name: 'oral.solid' },
        { id: 6, name: 'oral' },
        { id: 9 },
        { id: 12, name: 'SPRAY' },
        { id: 15 },
      ]);
      expect(await rows('select count(*)::int as n from reference.drug_texts')).toEqual([{ n: 2 }]);
      expect(
        await rows(
          "select d.drug_id from reference.drug_barcodes b join reference.drugs d using (drug_id) where gtin = '06221001000019'",
        ),
      ).toEqual([{ drug_id: 102 }]);
      // The clinical rules know acetaminophen as paracetamol: the older standard is said to be that, and products link to it.
      expect(
        await rows(
          `select d.drug_id, b.name from reference.drug_ingredients i join reference.drugs d using (drug_id) join reference.ingredients b using (ingredient_id) where d.drug_id in (102, 104) order by 1`,
        ),
      ).toEqual([
        { drug_id: 102, name: 'paracetamol' },
        { drug_id: 104, name: 'paracetamol' },
      ]);
      expect(
        await rows(
          `select i.ingredient_id, i.kind, b.name from reference.ingredients i join reference.ingredients b on b.ingredient_id = i.base_ingredient_id where i.name = 'acetaminophen'`,
        ),
      ).toEqual([{ ingredient_id: 1, kind: 'merged', name: 'paracetamol' }]);
      expect(await rows('select count(*)::int as n from public.priced_drugs')).toEqual([{ n: 6 }]);
      expect(
        await rows("select count(*)::int as n from information_schema.tables where table_schema = 'legacy'"),
      ).toEqual([{ n: 8 }]);
      const [next] = await rows<{ drug_id: number }>(
        "insert into reference.drugs (name, name_folded, price) values ('New', 'new', 1) returning drug_id",
      );
      expect(next?.drug_id).toBe(113);
      await rows("delete from reference.drugs where source = 'manual'");

      await expect(up()).rejects.toThrow('taken over already');
      const undone = await down();
      expect(undone.productsRemoved).toBe(6);
      expect(await publicSchema(pool)).toEqual(before);
      expect(await rows('select count(*)::int as n from reference.drugs')).toEqual([{ n: 0 }]);
      expect(await rows('select count(*)::int as n from reference.companies')).toEqual([{ n: 0 }]);
      await expect(down()).rejects.toThrow('none to give back');

      const again = await up();
      expect(again.tables.map(({ kind, found, kept }) => [kind, found, kept])).toEqual(
        report.tables.map(({ kind, found, kept }) => [kind, found, kept]),
      );
      expect(
        await rows(
          `select d.drug_id, d.name, d.route, d.dosage_form, f.form_family, c.name as company, d.price::text, d.old_price::text, d.base_unit, d.units_per_pack::text
           from reference.drugs d left join reference.dosage_forms f on f.name = d.dosage_form left join reference.companies c using (company_id) order by drug_id`,
        ),
      ).toEqual(drugs);
      await down();
      expect(await publicSchema(pool)).toEqual(before);
    }));

  it('is only reported on in a dry run, down to the id sequences', () =>
    onClone(async ({ pool, up, rows }) => {
      await aLegacyCatalogue(pool, PRODUCTS, LISTS);
      const before = await publicSchema(pool);
      const report = await up({ dryRun: true });
      expect(report).toMatchObject({ moved: false, productsAfter: 6 });
      expect(await publicSchema(pool)).toEqual(before);
      expect(await rows('select count(*)::int as n from reference.drugs')).toEqual([{ n: 0 }]);
      expect(await rows('select count(*)::int as n from reference.legacy_moves')).toEqual([{ n: 0 }]);
      const [made] = await rows<{ drug_id: number }>(
        "insert into reference.drugs (name, name_folded, price) values ('New', 'new', 1) returning drug_id",
      );
      expect(made?.drug_id).toBe(1);
    }));

  it('that is not there, or empty, is no fault', () =>
    onClone(async ({ pool, up, down, rows }) => {
      expect(await up()).toMatchObject({ moved: false, tables: [] });
      await pool.query(
        'create table public.drugs (drug_id serial primary key, name text); create table public.routes (id int, name text)',
      );
      expect(await up()).toMatchObject({ moved: true, productsAfter: 0 });
      await down();
      expect(
        await rows(
          "select count(*)::int as n from information_schema.tables where table_schema = 'public' and table_name in ('drugs', 'routes')",
        ),
      ).toEqual([{ n: 2 }]);
    }));

  it('may hold any subset of tables and columns', () =>
    onClone(async ({ pool, up, down, rows }) => {
      await pool.query(
        "create table public.routes (id int primary key, name text); insert into public.routes values (7, 'I.V.'), (9, 'tablets')",
      );
      await pool.query(
        `create table public.drugs (id bigint, "Name" text, route_id int, "active" text, price text)`,
      );
      await pool.query(
        "insert into public.drugs values (70, 'Drug A', 7, 'PARACETAMOL', 'EGP 1,234.50'), (71, 'Drug B', 9, null, '12,5')",
      );
      const report = await up();
      expect(report.tables.map(({ kind }) => kind)).toContain('drugs');
      expect(await rows('select drug_id, name, route, price::text from reference.drugs order by 1')).toEqual([
        { drug_id: 70, name: 'Drug A', route: 'intravenous', price: '1234.500' },
        { drug_id: 71, name: 'Drug B', route: 'oral', price: '12.500' },
      ]);
      await down();
      expect(await rows('select * from public.drugs order by id')).toHaveLength(2);
    }));

  it('without an id column has its rows numbered', () =>
    onClone(async ({ pool, up, rows }) => {
      await pool.query(
        "create table public.drugs (name text); insert into public.drugs values ('A one'), ('B two')",
      );
      await up();
      expect(await rows('select drug_id, name from reference.drugs order by 1')).toEqual([
        { drug_id: 1, name: 'A one' },
        { drug_id: 2, name: 'B two' },
      ]);
    }));
});
