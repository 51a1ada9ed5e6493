import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import type { DrugsService } from './drugs.service.js';

describe('packs and barcodes', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let service: DrugsService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    service = theCatalogue(db).drugs;
  });

  const base = { price: '30', unitsPerPack: '30', unitsPerStrip: '10', baseUnit: 'tablet' };
  const sizes = (packs: readonly { level: string; baseUnits: string; isDefault: boolean }[]) =>
    packs.map(({ level, baseUnits, isDefault }) => `${level} ${baseUnits}${isDefault ? ' *' : ''}`);

  it('of one product come in several sizes, each with its price and what a scan of it stands for', async () => {
    const made = await service.create(world.ctx, {
      ...base,
      name: 'Manysize',
      packs: [
        { level: 'pack', baseUnits: '30', description: '3 blisters of 10' },
        { level: 'pack', baseUnits: '100', description: 'bottle', price: '90' },
        { level: 'case', baseUnits: '1200', description: '40 packs' },
      ],
      barcodes: [
        { code: '6221001000019' },
        { code: '4006381333931', pack: { level: 'pack', baseUnits: '100', description: 'bottle' } },
        { code: '036000291452', packLevel: 'case', baseUnits: '1200' },
        { code: '5901234123457', packLevel: 'strip' },
      ],
    });
    expect(sizes(made.packs)).toEqual(['case 1200', 'pack 30 *', 'pack 100', 'strip 10 *', 'unit 1']);
    expect(made.packs.map(({ packPrice }) => packPrice)).toEqual([
      '1200.00',
      '30.00',
      '90.00',
      '10.00',
      '1.00',
    ]);
    const scans = Object.fromEntries(made.barcodes.map(({ code, baseUnits }) => [code, baseUnits]));
    expect(scans).toEqual({
      '6221001000019': '30',
      '4006381333931': '100',
      '036000291452': '1200',
      '5901234123457': '10',
    });
  });

  it('keep their identity when the list is sent again, and a barcode its pack', async () => {
    const packs = [
      { level: 'pack' as const, baseUnits: '30', description: 'box' },
      { level: 'pack' as const, baseUnits: '90' },
    ];
    const made = await service.create(world.ctx, {
      ...base,
      name: 'Steady',
      packs,
      barcodes: [{ code: '4006381333948', pack: { level: 'pack', baseUnits: '90' } }],
    });
    const again = await service.update(world.ctx, made.drugId, {
      version: 1,
      packs: [...packs, { level: 'pack', baseUnits: '60', price: '55' }],
      barcodes: [{ code: '4006381333948' }],
    });
    const ids = (view: typeof made) =>
      new Map(view.packs.map(({ packId, baseUnits }) => [baseUnits, packId]));
    expect(ids(again).get('90')).toBe(ids(made).get('90'));
    expect(again.barcodes).toMatchObject([{ packId: ids(made).get('90'), baseUnits: '90' }]);
    const moved = await service.update(world.ctx, made.drugId, {
      version: 2,
      packs: [{ level: 'pack', baseUnits: '60' }],
      barcodes: [{ code: '4006381333948', pack: { level: 'pack', baseUnits: '60' } }],
    });
    expect(sizes(moved.packs)).toEqual(['pack 30 *', 'pack 60', 'strip 10 *', 'unit 1']);
    expect(moved.barcodes).toMatchObject([{ baseUnits: '60' }]);
  });

  it('that a barcode is printed on are not taken out from under it', async () => {
    const made = await service.create(world.ctx, {
      ...base,
      name: 'Printed',
      packs: [{ level: 'pack', baseUnits: '50' }],
      barcodes: [{ code: '4006381333955', pack: { level: 'pack', baseUnits: '50' } }],
    });
    await expect(service.update(world.ctx, made.drugId, { version: 1, packs: [] })).rejects.toMatchObject({
      driverError: { constraint: 'drug_barcodes_pack_fkey' },
    });
    await expect(
      service.update(world.ctx, made.drugId, {
        version: 1,
        barcodes: [{ code: '4006381333955', pack: { level: 'pack', baseUnits: '51' } }],
      }),
    ).rejects.toMatchObject({ code: 'rule-violation' });
  });

  it('follow the product when its own size changes: the row of that size becomes the default', async () => {
    const made = await service.create(world.ctx, {
      ...base,
      name: 'Resized',
      packs: [
        { level: 'pack', baseUnits: '30' },
        { level: 'pack', baseUnits: '60' },
      ],
    });
    const sixty = await service.update(world.ctx, made.drugId, { version: 1, unitsPerPack: '60' });
    expect(sizes(sixty.packs)).toEqual(['pack 60 *', 'pack 30', 'strip 10 *', 'unit 1']);
    const odd = await service.update(world.ctx, made.drugId, {
      version: 2,
      unitsPerPack: '45',
      unitsPerStrip: null,
    });
    expect(sizes(odd.packs)).toEqual(['pack 45 *', 'pack 30', 'unit 1']);
  });

  describe('in the database', () => {
    const insert = (drugId: number, baseUnits: number, isDefault: boolean) =>
      db.owner.query(
        `insert into reference.drug_packs (drug_id, level, base_units, is_default) values ($1, 'pack', $2, $3)`,
        [drugId, baseUnits, isDefault],
      );

    it('cannot have a default of another size than the product says, however it is written', async () => {
      const { drugId } = await aDrug(db, { unitsPerPack: '20' });
      const refusal = { constraint: 'drug_packs_default_check' };
      await expect(insert(drugId, 21, true)).rejects.toMatchObject(refusal);
      await insert(drugId, 20, true);
      await expect(
        db.owner.query('update reference.drug_packs set base_units = 21 where drug_id = $1', [drugId]),
      ).rejects.toMatchObject(refusal);
      await expect(insert(drugId, 20, false)).rejects.toMatchObject({ constraint: 'drug_packs_key' });
    });

    it('keep agreeing with the product when both change at the same time', async () => {
      const { drugId } = await aDrug(db, { unitsPerPack: '20' });
      const [one, two] = [await db.owner.connect(), await db.owner.connect()];
      try {
        await one.query('begin');
        await one.query('update reference.drugs set units_per_pack = 25 where drug_id = $1', [drugId]);
        const racing = two.query(
          `insert into reference.drug_packs (drug_id, level, base_units, is_default) values ($1, 'pack', 20, true)`,
          [drugId],
        );
        await new Promise((resolve) => setTimeout(resolve, 200));
        await one.query('commit');
        await expect(racing).rejects.toMatchObject({ constraint: 'drug_packs_default_check' });
      } finally {
        one.release();
        two.release();
      }
    });

    it('carry a barcode of their own product only', async () => {
      const [a, b] = [await aDrug(db), await aDrug(db)];
      await insert(a.drugId, 7, false);
      await expect(
        db.owner.query(
          `insert into reference.drug_barcodes (drug_id, code, gtin, kind, pack_id)
           select $1, '9', '00000000000009', 'in_store', pack_id from reference.drug_packs where drug_id = $2`,
          [b.drugId, a.drugId],
        ),
      ).rejects.toMatchObject({ constraint: 'drug_barcodes_pack_fkey' });
    });
  });

  it('and handling flags outside of the controlled list are refused, also in plain SQL', async () => {
    const flags = (handlingFlags: string[]) =>
      service.create(world.ctx, { ...base, name: 'Flagged', handlingFlags });
    expect((await flags(['cytotoxic', 'light-sensitive'])).handlingFlags).toEqual([
      'cytotoxic',
      'light-sensitive',
    ]);
    const refusal = { constraint: 'drugs_handling_flags_fkey' };
    await expect(flags(['sparkly'])).rejects.toMatchObject({ driverError: refusal });
    await expect(
      db.owner.query("update reference.drugs set handling_flags = '{sparkly}' where name = 'Flagged'"),
    ).rejects.toMatchObject(refusal);
  });
});
