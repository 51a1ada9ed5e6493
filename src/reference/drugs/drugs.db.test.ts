import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug, anIngredient } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import type { DrugsService } from './drugs.service.js';

describe('the catalogue', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let service: DrugsService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    service = theCatalogue(db).drugs;
  });

  it('pages by the beginning of the folded name and by status, without the others', async () => {
    await aDrug(db, { name: 'Café 1' });
    await aDrug(db, { name: 'CAFE 2', status: 'discontinued' });
    await aDrug(db, { name: 'The café' });
    await aDrug(db, { name: 'Caf_ 3' });
    const page = (q: string, status?: 'active') =>
      service.findAll(world.ctx, { q, status, sort: '-name', format: 'json', page: 1, limit: 20 });
    expect((await page('cafe')).data.map(({ name }) => name)).toEqual(['CAFE 2', 'Café 1']);
    expect((await page('cafe', 'active')).data.map(({ name }) => name)).toEqual(['Café 1']);
    expect((await page('cafe')).meta).toEqual({ total: 2, page: 1, limit: 20 });
  });

  it('gives what selling needs of the products asked for and of no other', async () => {
    const a = await aDrug(db, {
      name: 'Sellable',
      price: '12.5',
      priceCeiling: '13',
      unitsPerStrip: '10',
      rxOnly: true,
    });
    await aDrug(db);
    const sellable = await db.uow.read(world.ctx, (tx) => service.sellable(tx, [a.drugId, 999_999]));
    expect([...sellable.values()]).toEqual([
      {
        drugId: a.drugId,
        name: 'Sellable',
        nameAr: null,
        strength: null,
        dosageForm: 'tablet',
        status: 'active',
        price: '12.500',
        priceCeiling: '13.000',
        baseUnit: 'tablet',
        unitsPerStrip: '10.000',
        unitsPerPack: '20.000',
        rxOnly: true,
        controlledSchedule: null,
      },
    ]);
  });

  it('creates a product with composition and barcodes, and reads it back in full', async () => {
    const ingredientId = await anIngredient(db, 'ibuprofen');
    const made = await service.create(world.ctx, {
      name: 'Brufen 400',
      price: '30',
      unitsPerPack: '30',
      unitsPerStrip: '10',
      ingredients: [{ ingredientId, amount: '400', unit: 'mg' }, { rawText: 'something new' }],
      barcodes: [{ code: '6221001000019' }],
    });
    expect(made).toMatchObject({
      name: 'Brufen 400',
      activeRaw: 'ibuprofen+something new',
      price: '30.00',
      ingredientStatus: 'partial',
      version: 1,
      stockOnHand: '0',
      ingredients: [
        { position: 1, ingredientId, name: 'ibuprofen', amount: '400', unit: 'mg' },
        { position: 2, ingredientId: null, name: 'something new', amount: null },
      ],
      barcodes: [{ code: '6221001000019', gtin: '06221001000019', kind: 'ean13', packLevel: 'pack' }],
    });
    const audited = await db.owner.query(
      `select from operational.audit_logs where table_name = 'reference.drugs' or table_name = 'drugs'`,
    );
    expect(audited.rowCount).toBeGreaterThan(0);
  });

  it('keeps the old price when the price changes, and replaces the composition as a whole', async () => {
    const { drugId } = await aDrug(db, { price: '10', ingredients: ['a1', 'b1'] });
    const other = await anIngredient(db, 'c1');
    const changed = await service.update(world.ctx, drugId, {
      version: 1,
      price: '11',
      ingredients: [{ ingredientId: other }],
    });
    expect(changed).toMatchObject({
      price: '11.00',
      oldPrice: '10.00',
      version: 2,
      ingredientStatus: 'linked',
    });
    expect(changed.ingredients.map(({ name }) => name)).toEqual(['c1']);
    const same = await service.update(world.ctx, drugId, { version: 2, price: '11.00', strength: '5 mg' });
    expect(same).toMatchObject({ oldPrice: '10.00', strength: '5 mg', version: 3 });
  });

  it('refuses a stale edit, a price above the ceiling, a barcode in use and an unknown ingredient', async () => {
    const a = await aDrug(db, { price: '10', priceCeiling: '12', barcode: '4006381333931' });
    const b = await aDrug(db);
    const refused = (drugId: number, change: object) =>
      service.update(world.ctx, drugId, { version: 1, ...change });
    await expect(refused(a.drugId, { version: 7 })).rejects.toMatchObject({ code: 'stale-version' });
    await expect(refused(a.drugId, { price: '12.01' })).rejects.toMatchObject({ code: 'price-ceiling' });
    await expect(refused(a.drugId, { priceCeiling: '9' })).rejects.toMatchObject({ code: 'price-ceiling' });
    await expect(refused(b.drugId, { ingredients: [{ ingredientId: 999_999 }] })).rejects.toMatchObject({
      status: 422,
    });
    await expect(refused(b.drugId, { barcodes: [{ code: '4006381333931' }] })).rejects.toMatchObject({
      driverError: { constraint: 'drug_barcodes_gtin_key' },
    });
    await expect(refused(999_999, {})).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lets one of two edits of the same version win', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    const edits = await Promise.allSettled(
      ['11', '12', '13', '14'].map((price) => service.update(world.ctx, drugId, { version: 1, price })),
    );
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await service.findOne(world.ctx, drugId)).version).toBe(2);
  });

  it('finds a product by barcode, and tells a misread one from an unknown one', async () => {
    const { drugId } = await aDrug(db, { barcode: '036000291452' });
    expect((await service.findByBarcode(world.ctx, '036000291452')).drug.drugId).toBe(drugId);
    expect((await service.findByBarcode(world.ctx, '0036000291452')).barcode.code).toBe('036000291452');
    await expect(service.findByBarcode(world.ctx, '4000000000006')).rejects.toMatchObject({ status: 404 });
    await expect(service.findByBarcode(world.ctx, '4000000000007')).rejects.toMatchObject({ status: 422 });
  });
});
