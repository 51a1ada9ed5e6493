import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug, anIngredient, type DrugValues } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import type { SubstitutesService } from './substitutes.service.js';

describe('what may be given instead', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let service: SubstitutesService;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    service = theCatalogue(db).substitutes;
  });

  const stock = (drugId: number) => aLot(db, { branchId: world.branchId, drugId, quantity: '5' });
  const idsOf = (rows: readonly { drugId: number }[]) => rows.map(({ drugId }) => drugId);

  describe('equivalents', () => {
    const line = (amount: string, unit: string, perAmount?: string) => ({
      name: 'equivalin',
      amount,
      unit,
      ...(perAmount ? { perAmount, perUnit: 'ml' } : {}),
    });
    const made = async (values: DrugValues) => (await aDrug(db, values)).drugId;

    it('are the same ingredients, amounts, form family and route: in stock first, then cheapest', async () => {
      const pack = { price: '20', unitsPerPack: '20' };
      const asked = await made({ ...pack, ingredients: [line('500', 'mg')] });
      const cheap = await made({ ...pack, ingredients: [line('0.5', 'g')], price: '10' });
      const big = await made({
        ingredients: [line('500', 'mg')],
        price: '36',
        unitsPerPack: '40',
        dosageForm: 'caplet',
      });
      const stocked = await made({ ingredients: [line('500', 'mg')], price: '25' });
      const unpriced = await made({ ingredients: [line('500', 'mg')], price: '0' });
      await stock(stocked);
      for (const not of [
        { ingredients: [line('250', 'mg')] },
        { ingredients: [line('500', 'mg'), 'another'] },
        { ingredients: ['equivalin'] },
        { ingredients: [line('500', 'mg')], route: 'topical' },
        { ingredients: [line('500', 'mg')], dosageForm: 'syrup', formFamily: 'liquid-oral' },
        { ingredients: [line('500', 'mg')], status: 'recalled' as const },
        { ingredients: [line('500', 'mg', '5')] },
      ])
        await made(not);
      const { data, meta } = await service.equivalents(world.ctx, asked);
      expect(data.map((row) => [row.drugId, row.priceDifference, row.unitPriceDifference])).toEqual([
        [stocked, '5.00', '0.25'],
        [cheap, '-10.00', '-0.5'],
        [big, '-2.00', '-0.1'],
        [unpriced, null, null],
      ]);
      expect(data.at(-1)).toMatchObject({ hasPrice: false, unitPrice: null });
      expect(meta).toEqual({ total: 4, comparedBy: 'amounts', formRule: 'family', notComparable: null });
    });

    it('compare concentrations', async () => {
      const liquid = { dosageForm: 'syrup', formFamily: 'liquid-oral' };
      const asked = await made({ ...liquid, ingredients: [line('250', 'mg', '5')] });
      const same = await made({ ...liquid, ingredients: [line('50', 'mg', '1')] });
      expect(idsOf((await service.equivalents(world.ctx, asked)).data)).toEqual([same]);
    });

    it('compare a salt by its base, and by the amount of base where the factor is known', async () => {
      const baseId = await anIngredient(db, 'basidin');
      await db.owner.query(
        `insert into reference.ingredients (name, name_folded, kind, base_ingredient_id, base_factor, source)
         values ('basidin besylate', 'basidin besylate', 'salt', $1, 0.5, 'test')`,
        [baseId],
      );
      const asked = await made({ ingredients: [{ name: 'basidin', amount: '5' }] });
      const salt = await made({ ingredients: [{ name: 'basidin besylate', amount: '10' }] });
      await made({ ingredients: [{ name: 'basidin besylate', amount: '5' }] });
      expect(idsOf((await service.equivalents(world.ctx, asked)).data)).toEqual([salt]);
      expect(idsOf((await service.equivalents(world.ctx, salt)).data)).toEqual([asked]);
    });

    it('compare the strengths as written where amounts are not known, and say so', async () => {
      const asked = await made({ ingredients: ['vaguin'], strength: '500 MG.' });
      const same = await made({ ingredients: ['vaguin'], strength: '500mg' });
      const known = await made({ ingredients: [{ name: 'vaguin', amount: '500' }], strength: '500 mg' });
      await made({ ingredients: ['vaguin'], strength: '50.0 mg' });
      await made({ ingredients: ['vaguin'] });
      const { data, meta } = await service.equivalents(world.ctx, asked);
      expect(idsOf(data).sort()).toEqual([same, known].sort());
      expect(meta).toMatchObject({ comparedBy: 'strength-text', total: 2 });
    });

    it('outside of every form family are of the very same form, and say so', async () => {
      const odd = { formFamily: 'other', ingredients: [{ name: 'oddin', amount: '1' }] };
      const asked = await made({ ...odd, dosageForm: 'implant' });
      const same = await made({ ...odd, dosageForm: 'implant' });
      await made({ ...odd, dosageForm: 'kit' });
      const { data, meta } = await service.equivalents(world.ctx, asked);
      expect(idsOf(data)).toEqual([same]);
      expect(meta.formRule).toBe('same-form');
    });

    it('are not named where the composition is not known well enough', async () => {
      const reasonOf = async (values: DrugValues) =>
        (await service.equivalents(world.ctx, await made(values))).meta.notComparable;
      expect(await reasonOf({})).toBe('ingredients-unlinked');
      expect(await reasonOf({ ingredients: ['equivalin'] })).toBe('amount-unknown');
      const mixed = await made({ ingredients: [{ name: 'multivitaminish', amount: '1' }] });
      await db.owner.query(
        "update reference.ingredients set kind = 'mixture' where name = 'multivitaminish'",
      );
      expect((await service.equivalents(world.ctx, mixed)).meta.notComparable).toBe('ingredients-unlinked');
      await expect(service.equivalents(world.ctx, 999_999)).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('alternatives', () => {
    it('are other ingredients of the same ATC level 4: in stock, then same route, then cheapest', async () => {
      await anIngredient(db, 'altone', { atcCode: 'Z09ZZ01' });
      await anIngredient(db, 'alttwo', { atcCode: 'Z09ZZ02' });
      await anIngredient(db, 'altelse', { atcCode: 'Z09ZY01' });
      const asked = await aDrug(db, { ingredients: ['altone'], atcCode: 'Z09ZZ01', price: '20' });
      await aDrug(db, { ingredients: ['altone'], atcCode: 'Z09ZZ01' });
      await aDrug(db, { ingredients: ['altelse'] });
      await aDrug(db, { ingredients: ['alttwo', 'altelse'] });
      const dear = await aDrug(db, { ingredients: ['alttwo'], price: '40' });
      const topical = await aDrug(db, { ingredients: ['alttwo'], route: 'topical', price: '1' });
      const stocked = await aDrug(db, { ingredients: [], atcCode: 'Z09ZZ09', price: '90' });
      const cheap = await aDrug(db, { ingredients: ['alttwo'], atcCode: 'Z09ZZ02', price: '10' });
      await stock(stocked.drugId);
      const { data, meta } = await service.alternatives(world.ctx, asked.drugId);
      expect(data.map(({ drugId, unitPriceDifference }) => [drugId, unitPriceDifference])).toEqual([
        [stocked.drugId, '3.5'],
        [cheap.drugId, '-0.5'],
        [dear.drugId, '1'],
        [topical.drugId, '-0.95'],
      ]);
      expect(data[1]).toMatchObject({ ingredients: ['alttwo'], sameRoute: true });
      expect(meta).toEqual({ total: 4, atcCode: 'Z09ZZ', atcName: null, atcFrom: 'product' });
      const byIngredient = await service.alternatives(world.ctx, dear.drugId);
      expect(byIngredient.meta.atcFrom).toBe('ingredient');
      expect(idsOf(byIngredient.data)).toContain(asked.drugId);
    });

    it('are none where no class is known, and no such product is told', async () => {
      const { drugId } = await aDrug(db, { ingredients: ['nowherin'] });
      expect(await service.alternatives(world.ctx, drugId)).toEqual({
        data: [],
        meta: { total: 0, atcCode: null, atcName: null, atcFrom: null },
      });
      await expect(service.alternatives(world.ctx, 999_999)).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
