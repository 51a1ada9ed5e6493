// What was wanted and not in stock over HTTP: noted by hand, by refusals of the till and of fills, once for each wish.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Row {
  drugId: number;
  times: number;
  quantity: string;
  sources: string[];
  available: string;
}

describe('lost sales', () => {
  const { db, call } = useTestApp();
  let world: World;

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
  });

  const note = (body: object, who = world) =>
    call<{ isCounted: boolean }>('POST', '/inventory/lost-sales', { token: who.token, body });
  const lost = async (drugId: number, who = world): Promise<Row | undefined> => {
    const answer = await call<{ data: Row[] }>('GET', `/inventory/lost-sales?drugId=${drugId}`, who);
    expect(answer.status).toBe(200);
    return answer.body.data[0];
  };

  it('are noted by hand, a pack where nothing is said, and the same wish once', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '30' });
    expect(await note({ drugId, source: 'search' })).toMatchObject({
      status: 201,
      body: { isCounted: true },
    });
    expect((await note({ drugId, source: 'search' })).body.isCounted).toBe(false);
    expect((await note({ drugId, source: 'manual', quantity: '10' })).body.isCounted).toBe(true);
    expect(await lost(drugId)).toMatchObject({
      ...{ times: 2, quantity: '40', sources: ['manual', 'search'], available: '0' },
    });
  });

  it('are counted once when many note the same wish in the same moment', async () => {
    const { drugId } = await aDrug(db, { unitsPerPack: '1' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => note({ drugId, source: 'till' })));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(answers.filter(({ body }) => body.isCounted)).toHaveLength(1);
    expect((await lost(drugId))?.times).toBe(1);
  });

  it('are what a sale was refused for, and the refusal stays what it is', async () => {
    const cashier = await aWorldFor(db, 'administrator');
    const { drugId } = await aDrug(db, { unitsPerPack: '10', price: '10.00' });
    await aLot(db, { branchId: cashier.branchId, drugId, quantity: '4' });
    await aTillShift(db, cashier);
    const sell = () =>
      call<{ type: string }>('POST', '/sales', {
        token: cashier.token,
        body: {
          items: [{ drugId, quantity: '10' }],
          payments: [{ method: 'cash', amount: '10.00' }],
        },
      });
    for (let times = 0; times < 2; times++) {
      const refused = await sell();
      expect(refused.status, JSON.stringify(refused.body)).toBe(409);
      expect(refused.body.type).toMatch(/insufficient-stock$/);
    }
    expect(await lost(drugId, cashier)).toMatchObject({
      ...{ times: 1, quantity: '6', sources: ['till'], available: '4' },
    });
  });

  it('are what a fill was refused for', async () => {
    const { drugId } = await aDrug(db, { rxOnly: true });
    const { prescriptionId } = await aPrescription(db, world, { drugId });
    const refused = await call<{ type: string }>('POST', `/prescriptions/${prescriptionId}/fill`, {
      token: world.token,
      body: { quantity: '7' },
    });
    expect(refused.status, JSON.stringify(refused.body)).toBe(409);
    expect(refused.body.type).toMatch(/insufficient-stock$/);
    expect(await lost(drugId)).toMatchObject({ times: 1, sources: ['fill'] });
  });

  it('are of the branch, need the right, name a product there is, and stay as they are', async () => {
    const { drugId } = await aDrug(db);
    await note({ drugId, source: 'manual', quantity: '3' });
    const stranger = await aWorldFor(db, 'pharmacist');
    expect(await lost(drugId, stranger)).toBeUndefined();
    const auditor = await aWorldFor(db, 'auditor');
    expect((await note({ drugId, source: 'manual' }, auditor)).status).toBe(403);
    expect((await note({ drugId: 2_000_000_000, source: 'manual' })).status).toBe(404);
    for (const body of [
      { drugId, source: 'fill' },
      { drugId, source: 'manual', quantity: '0' },
      { drugId, source: 'manual', quantity: '-1' },
      { source: 'manual' },
    ])
      expect((await note(body)).status, JSON.stringify(body)).toBe(400);
    for (const change of [
      'update operational.lost_sales set quantity = 1',
      'delete from operational.lost_sales',
    ])
      await expect(db.owner.query(`${change} where drug_id = $1`, [drugId])).rejects.toThrow();
  });
});
