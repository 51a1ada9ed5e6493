import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug, anIngredient, type DrugValues } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { SubstitutesService } from './substitutes.service.js';

describe('products for the same purpose', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let service: SubstitutesService;
  const ids: Record<string, number> = {};
  const made = async (name: string, values: DrugValues): Promise<number> =>
    (ids[name] = (await aDrug(db, { name, ...values })).drugId);
  const near = (name: string, options: { otcOnly?: boolean; limit?: number } = {}) =>
    db.uow.read(world.ctx, (tx) =>
      service.near(tx, world.ctx, ids[name] ?? 0, { otcOnly: false, limit: 50, ...options }),
    );
  const namesOf = ({ products }: Awaited<ReturnType<typeof near>>) => products.map(({ name }) => name);

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    service = theCatalogue(db).substitutes;
    await anIngredient(db, 'nearprofen', { atcCode: 'M01AE01' });
    await anIngredient(db, 'dexnearprofen', { atcCode: 'M01AE17' });
    await anIngredient(db, 'nearcoxib', { atcCode: 'M01AH01' });
    await anIngredient(db, 'nearcetamol', { atcCode: 'N02BE01' });
    await anIngredient(db, 'farolol', { atcCode: 'C07AB01' });
    await made('asked', { ingredients: ['nearprofen'], price: '20' });
    await made('same content', { ingredients: ['nearprofen'] });
    await made('class', { ingredients: ['dexnearprofen'], price: '30' });
    await made('group', { ingredients: ['nearcoxib'], price: '10' });
    await made('purpose dear', { ingredients: ['nearcetamol'], price: '40' });
    await made('purpose cheap', { ingredients: ['nearcetamol'], price: '5' });
    await made('purpose topical', { ingredients: ['nearcetamol'], route: 'topical', price: '1' });
    await made('purpose on prescription', {
      ingredients: ['nearcetamol', 'farolol'],
      atcCode: 'N02BE51',
      rxOnly: true,
    });
    await made('other purpose', { ingredients: ['farolol'] });
    await made('recalled', {
      ingredients: ['dexnearprofen', 'farolol'],
      atcCode: 'M01AE51',
      status: 'recalled',
    });
    await made('mixed', { ingredients: ['nearcetamol', 'farolol'] });
  });

  it('are one of each content and route: the same route, then the nearest class, then the cheapest', async () => {
    const found = await near('asked');
    expect(namesOf(found)).toEqual([
      'class',
      'group',
      'purpose cheap',
      'purpose on prescription',
      'purpose topical',
    ]);
    expect([found.isMore, found.classIsKnown]).toEqual([false, true]);
    expect(found.products.map(({ nearness, atcCode, sameRoute }) => [nearness, atcCode, sameRoute])).toEqual([
      ['class', 'M01AE', true],
      ['group', 'M01AH', true],
      ['purpose', 'N02BE', true],
      ['purpose', 'N02BE', true],
      ['purpose', 'N02BE', false],
    ]);
    expect(found.products[2]).toMatchObject({ price: '5.00', ingredients: ['nearcetamol'] });
  });

  it('come from the shelf first, and of one content the one that is there', async () => {
    await aLot(db, { branchId: world.branchId, drugId: ids['purpose dear'] ?? 0, quantity: '7' });
    const found = await near('asked');
    expect(namesOf(found).slice(0, 2)).toEqual(['purpose dear', 'class']);
    expect(found.products[0]).toMatchObject({ isInStock: true, stockOnHand: '7' });
  });

  it('leave out what needs a prescription where none can be had', async () => {
    expect(namesOf(await near('asked', { otcOnly: true }))).not.toContain('purpose on prescription');
  });

  it('are at most so many, and it is told that there were more', async () => {
    const found = await near('asked', { limit: 2 });
    expect([found.products.length, found.isMore]).toEqual([2, true]);
  });

  it('are none where no class is known, and there is no such product', async () => {
    expect(await near('mixed')).toEqual({ products: [], isMore: false, classIsKnown: false });
    ids.missing = 2_000_000_000;
    await expect(near('missing')).rejects.toThrow(NotFound);
  });
});
