import { text } from 'node:stream/consumers';

import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { anInteractionRule } from '../../../test/builders/clinical.js';
import { aDrug, anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { DrugExportService } from './drug-export.service.js';
import { DrugListRepository } from './drug-list.repository.js';
import { DRUG_SORTS, type DrugFilters } from './drug-list.schemas.js';
import type { DrugsService } from './drugs.service.js';

describe('lists of products', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let service: DrugsService;
  let exports: DrugExportService;
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    service = theCatalogue(db).drugs;
    exports = new DrugExportService(db.uow, new DrugListRepository());
    const one = await aDrug(db, {
      name: 'Listed Ónce',
      company: 'Maker',
      category: 'Narrow',
      ingredients: ['listin'],
      atcCode: 'N02BE01',
      price: '10',
      rxOnly: true,
      barcode: '4006381333931',
    });
    const two = await aDrug(db, { name: 'Listed twice', price: '0', dosageForm: 'syrup', route: 'nasal' });
    ids.one = one.drugId;
    ids.two = two.drugId;
    ids.listin = one.ingredientIds[0] ?? 0;
    await db.owner.query(
      "update reference.drugs set storage = 'refrigerate', handling_flags = '{cytotoxic}', controlled_schedule = 'IV', source_id = 'S-1', marketer_company_id = company_id where drug_id = $1",
      [ids.one],
    );
    await db.owner.query(
      "insert into reference.therapeutic_categories (name, name_folded) values ('Wide', 'wide'); update reference.therapeutic_categories set parent_category_id = (select category_id from reference.therapeutic_categories where name = 'Wide') where name = 'Narrow'",
    );
    await aDrug(db, { name: '=cmd|calc', price: '7' });
    await aDrug(db, { name: 'Quoted, "so"\nand broken', price: '8' });
  });

  const found = async (filters: DrugFilters): Promise<number[]> =>
    (
      await service.findAll(world.ctx, { ...filters, sort: 'drugId', format: 'json', page: 1, limit: 20 })
    ).data.map(({ drugId }) => drugId);

  const idOf = async (table: string, name: string): Promise<number> => {
    const { rows } = await db.owner.query<{ id: number }>(
      `select ${table === 'companies' ? 'company_id' : 'category_id'} as id from reference.${table} where name = $1`,
      [name],
    );
    return rows[0]?.id ?? 0;
  };

  it('are narrowed by each filter, and by several together', async () => {
    const only: [DrugFilters, string][] = [
      [{ companyId: await idOf('companies', 'Maker') }, 'one'],
      [{ categoryId: await idOf('therapeutic_categories', 'Wide') }, 'one'],
      [{ ingredientId: ids.listin }, 'one'],
      [{ atc: 'N02' }, 'one'],
      [{ atc: 'N02BE01' }, 'one'],
      [{ ingredientStatus: 'linked' }, 'one'],
      [{ rxOnly: true }, 'one'],
      [{ controlledSchedule: 'IV' }, 'one'],
      [{ storage: 'refrigerate' }, 'one'],
      [{ handlingFlag: 'cytotoxic' }, 'one'],
      [{ q: 'LISTED once' }, 'one'],
      [{ q: 'S-1' }, 'one'],
      [{ q: '4006381333931' }, 'one'],
      [{ hasPrice: false }, 'two'],
      [{ dosageForm: 'syrup' }, 'two'],
      [{ route: 'nasal', status: 'active', rxOnly: false }, 'two'],
    ];
    for (const [filters, name] of only)
      expect(await found(filters), JSON.stringify(filters)).toEqual([ids[name]]);
    expect(await found({ q: 'listed' })).toEqual([ids.one, ids.two]);
    for (const filters of [{ atc: 'N03' }, { source: 'nowhere' }, { releaseId: 1 }, { q: 'once listed' }])
      expect(await found(filters)).toEqual([]);
  });

  it('are sorted either way, and counted whole', async () => {
    for (const sort of DRUG_SORTS) {
      const page = await service.findAll(world.ctx, { sort, format: 'json', page: 1, limit: 2 });
      expect(page.meta.total).toBe(4);
      expect(page.data).toHaveLength(2);
    }
    const dearest = await service.findAll(world.ctx, { sort: '-price', format: 'json', page: 1, limit: 1 });
    expect(dearest.data).toMatchObject([{ drugId: ids.one, price: '10.00', hasPrice: true }]);
    const last = await service.findAll(world.ctx, { sort: '-name', format: 'json', page: 2, limit: 3 });
    expect(last.data.map(({ name }) => name)).toEqual(['=cmd|calc']);
  });

  it('go into a file whole, where nothing is taken for a formula and quotes are kept', async () => {
    const csv = await text(exports.csv(world.ctx, {}));
    const rows = parse<Record<string, string>>(csv, { columns: true, bom: true });
    expect(rows.map(({ drug_id }) => Number(drug_id)).slice(0, 2)).toEqual([ids.one, ids.two]);
    expect(rows[0]).toMatchObject({
      name: 'Listed Ónce',
      price: '10.00',
      company: 'Maker',
      handling_flags: 'cytotoxic',
      barcodes: '4006381333931',
    });
    expect(rows.map(({ name }) => name).slice(2)).toEqual(["'=cmd|calc", 'Quoted, "so"\nand broken']);
    const none = await text(exports.csv(world.ctx, { source: 'nowhere' }));
    expect(none.split('\r\n')[0]).toMatch(/drug_id,name,name_ar/);
  });

  it('go into a file of many batches without holding it in memory', async () => {
    await db.owner.query(
      "insert into reference.drugs (name, name_folded, price, source) select 'Bulk ' || n, 'bulk ' || n, 1, 'bulk' from generate_series(1, 2500) n",
    );
    const stream = exports.csv(world.ctx, { source: 'bulk' });
    let lines = 0;
    for await (const chunk of stream) lines += String(chunk).split('\r\n').length - 1;
    expect(lines).toBe(2501);
    const left = exports.csv(world.ctx, { source: 'bulk' });
    left.once('data', () => left.destroy());
    await new Promise((resolve) => left.once('close', resolve));
  });

  it('tell the rules that concern a product: through itself, its ingredients and the groups above', async () => {
    const wide = await anIngredientGroup(db, 'rules-wide');
    const narrow = await anIngredientGroup(db, 'rules-narrow', { parentGroupId: wide });
    const member = await anIngredient(db, 'rulin', { groups: ['rules-narrow'] });
    const partner = await anIngredient(db, 'rulin partner');
    await anIngredientGroup(db, 'rules-other');
    const drug = await aDrug(db, { name: 'Ruled', ingredients: ['rulin', 'mystery mix'] });
    await db.owner.query("update reference.ingredients set kind = 'mixture' where name = 'mystery mix'");
    await anInteractionRule(db, { groupId: wide }, { ingredientId: partner }, 'moderate');
    await anInteractionRule(db, { drugId: drug.drugId }, { groupId: narrow }, 'contraindicated');
    await anInteractionRule(db, { ingredientId: partner }, { drugId: ids.one }, 'major');
    await db.owner.query(
      `insert into reference.contraindications (code, group_id, kind, icd10, severity, message, management, source)
       values ('c-1', $1, 'condition', 'K25', 'major', 'm', 'm', 's')`,
      [wide],
    );
    await db.owner.query(
      `insert into reference.dosage_guidelines (code, ingredient_id, max_daily_dose, unit, message, source) values ('d-1', $1, 4000, 'mg', 'm', 's')`,
      [member],
    );
    await db.owner.query(
      `insert into reference.allergy_rules (code, allergen_ingredient_id, cross_group_id, severity, evidence, message, management, source)
       values ('a-1', $1, $2, 'major', 'established', 'm', 'm', 's')`,
      [partner, narrow],
    );
    const rules = await service.rules(world.ctx, drug.drugId);
    expect(
      rules.interactions.map(({ severity, through, with: other }) => [severity, through.kind, other.name]),
    ).toEqual([
      ['contraindicated', 'drug', 'rules-narrow'],
      ['contraindicated', 'group', 'Ruled'],
      ['moderate', 'group', 'rulin partner'],
    ]);
    expect(rules).toMatchObject({
      contraindications: [{ code: 'c-1', through: { kind: 'group', id: wide } }],
      allergies: [{ code: 'a-1', allergen: { name: 'rulin partner' }, through: { id: narrow } }],
      dosage: [{ code: 'd-1', maxDailyDose: '4000', through: { kind: 'ingredient', id: member } }],
      meta: { interactions: 3, allergies: 1, contraindications: 1, dosage: 1, notCovered: ['mystery mix'] },
    });
    await expect(service.rules(world.ctx, 999_999)).rejects.toMatchObject({ code: 'not-found' });
  });
});
