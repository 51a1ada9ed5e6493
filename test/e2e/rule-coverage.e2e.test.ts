// What the rules do not cover of what a branch has in stock.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Report {
  stocked: Record<string, number>;
  data: { ingredientId: number; name: string; products: number; missing: string[] }[];
  unlinked: { drugId: number; status: string }[];
  meta: { total: number };
}

describe('the report on what rules do not cover', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const get = <Body = Report>(path = '', world = me) =>
    call<Body>('GET', `/reports/rule-coverage${path}`, { token: world.token });

  it('names the ingredients in stock that rules of a kind say nothing of, those of most products first', async () => {
    const [known, unknown] = [
      await aDrug(db, { ingredients: ['coverage known'] }),
      await aDrug(db, { ingredients: ['coverage unknown'] }),
    ];
    const again = await aDrug(db, { ingredients: ['coverage unknown'] });
    const elsewhere = await aDrug(db, { ingredients: ['coverage elsewhere'] });
    for (const { drugId } of [known, unknown, again])
      await aLot(db, { branchId: me.branchId, drugId, quantity: '10' });
    await anInteractionRule(
      db,
      { ingredientId: known.ingredientIds[0] },
      { ingredientId: elsewhere.ingredientIds[0] },
      'major',
    );
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body.stocked).toMatchObject({
      products: 3,
      ingredients: 2,
      withInteractions: 1,
      withDoseLimits: 0,
    });
    expect(body.data).toEqual([
      expect.objectContaining({
        name: 'coverage unknown',
        products: 2,
        missing: ['interaction', 'contraindication', 'dose'],
      }),
      expect.objectContaining({ name: 'coverage known', products: 1, missing: ['contraindication', 'dose'] }),
    ]);
    expect(body.meta.total).toBe(2);
    expect((await get('?limit=1&page=2')).body.data.map(({ name }) => name)).toEqual(['coverage known']);
  });

  it('names the products whose ingredients are not known', async () => {
    const { drugId } = await aDrug(db, { ingredients: ['coverage partly'] });
    await db.owner.query(`update reference.drugs set ingredient_status = 'unlinked' where drug_id = $1`, [
      drugId,
    ]);
    await aLot(db, { branchId: me.branchId, drugId, quantity: '1' });
    const { body } = await get();
    expect(body.stocked['unlinkedProducts']).toBe(1);
    expect(body.unlinked).toMatchObject([{ drugId, status: 'unlinked' }]);
  });

  it('is a file as well, of its own branch alone, and for those who may read reports', async () => {
    const csv = await get<string>('?format=csv');
    expect(csv.status).toBe(200);
    expect((await get('?limit=0')).status).toBe(400);
    const other = await aWorldFor(db, 'pharmacist');
    expect((await get('', other)).body).toMatchObject({ stocked: { products: 0 }, data: [], unlinked: [] });
    const cashier = await aWorldFor(db, 'cashier');
    expect((await get('', cashier)).status).toBe(403);
  });
});
