// Purchase limits over HTTP: amounts per sale and per days, by product and ingredient, age and document, and who lets them pass.
import { describe, expect, it } from 'vitest';

import { aDrug, type DrugValues } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Limit {
  limitId: number;
  version: number;
}
interface Sale {
  saleId: number;
  items: { saleItemId: number }[];
}

describe('purchase limits', () => {
  const { db, call } = useTestApp();
  const reason = 'Rule 7 of the regulator';

  async function aShop(role = 'administrator'): Promise<World> {
    const world = await aWorldFor(db, role);
    await aTillShift(db, world);
    return world;
  }
  const onShelf = async (world: World, values: DrugValues = {}) => {
    const drug = await aDrug(db, { price: '20.00', unitsPerPack: '20', ...values });
    await aLot(db, { branchId: world.branchId, drugId: drug.drugId, quantity: '1000' });
    return drug;
  };
  const limit = async (world: World, terms: object): Promise<Limit> => {
    const answer = await call<Limit>('POST', '/purchase-limits', {
      token: world.token,
      body: { reason, ...terms },
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const sell = ({ token }: World, drugId: number, quantity: string, more: object = {}) =>
    call<Sale>('POST', '/sales', {
      token,
      body: {
        items: [{ drugId, quantity }],
        payments: [{ method: 'card', amount: `${quantity}.00` }],
        ...more,
      },
    });
  const passport = (documentNumber: string, birthDate = '1990-05-05') => ({
    identity: { documentKind: 'passport', documentNumber, birthDate },
  });
  const refusal = (code: string, findings: string[]) => ({
    status: 422,
    body: { type: `/problems/${code}`, params: { limits: [{ findings }] } },
  });

  it('hold in one sale, over all its lines', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const { limitId } = await limit(world, { drugId, maxPerSale: '40' });
    expect((await sell(world, drugId, '40')).status).toBe(201);
    const lines = [
      { drugId, quantity: '1', unit: 'pack' },
      { drugId, quantity: '21' },
    ];
    const body = { items: lines, payments: [{ method: 'card', amount: '41.00' }] };
    const refused = await call('POST', '/sales', { token: world.token, body });
    expect(refused).toMatchObject(refusal('purchase-limit-exceeded', ['over-sale']));
    expect(refused.body).toMatchObject({
      params: { limits: [{ limitId, inSale: '41', maxPerSale: '40', unit: 'tablet', reason }] },
    });
    const priced = await call('POST', '/sales/price', { token: world.token, body: { items: lines } });
    expect(priced.body).toMatchObject({ total: '41.00', limits: [{ limitId, findings: ['over-sale'] }] });
  });

  it('are let pass by who may, with a reason that is kept', async () => {
    const boss = await aShop();
    const { drugId } = await onShelf(boss);
    const { limitId } = await limit(boss, { drugId, maxPerSale: '10' });
    const reasons = { limitReasons: [{ limitId, reason: 'for the ship chest' }] };
    const sold = await sell(boss, drugId, '30', reasons);
    expect(sold.status).toBe(201);
    const kept = await db.owner.query(
      'select limit_id, reason, user_id from operational.sale_limit_overrides where sale_id = $1',
      [sold.body.saleId],
    );
    expect(kept.rows).toEqual([{ limit_id: limitId, reason: 'for the ship chest', user_id: boss.userId }]);
    const cashier = await aShop('cashier');
    const theirs = await onShelf(cashier);
    await db.owner.query(
      `insert into operational.purchase_limits (branch_id, drug_id, max_per_sale, reason, created_by) values ($1, $2, 10, 'rule', $3)`,
      [cashier.branchId, theirs.drugId, cashier.userId],
    );
    const found = await call<{ data: Limit[] }>('GET', '/purchase-limits', cashier);
    const own = { limitReasons: [{ limitId: found.body.data[0]?.limitId, reason: 'because' }] };
    expect((await sell(cashier, theirs.drugId, '30', own)).status).toBe(403);
    expect((await sell(cashier, theirs.drugId, '10')).status).toBe(201);
  });

  it('count what a person bought in the last days, by record or by document, less what came back', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    await limit(world, { drugId, maxPerPeriod: '40', periodDays: 30 });
    expect(await sell(world, drugId, '20')).toMatchObject(
      refusal('identity-check-required', ['person-needed']),
    );
    const first = await sell(world, drugId, '30', passport('A 12-34'));
    expect(first.status).toBe(201);
    // Spaces, dashes and case of a number do not make another person.
    expect(await sell(world, drugId, '20', passport('a1234'))).toMatchObject(
      refusal('purchase-limit-exceeded', ['over-period']),
    );
    expect((await sell(world, drugId, '10', passport('a1234'))).status).toBe(201);
    expect((await sell(world, drugId, '40', passport('B1'.padEnd(4, '0')))).status).toBe(201);
    await call('POST', `/sales/${first.body.saleId}/return`, {
      token: world.token,
      body: {
        items: [{ saleItemId: first.body.items[0]?.saleItemId, quantity: '15' }],
        reason: 'not needed',
      },
    });
    expect((await sell(world, drugId, '15', passport('A1234'))).status).toBe(201);
    const patientId = await aPatient(db, world);
    expect((await sell(world, drugId, '40', { patientId })).status).toBe(201);
    expect(await sell(world, drugId, '1', { patientId })).toMatchObject(
      refusal('purchase-limit-exceeded', ['over-period']),
    );
    const { rows } = await db.owner.query<{ text: string }>(
      'select c::text as text from operational.sale_identity_checks c where branch_id = $1',
      [world.branchId],
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain('1234');
  });

  it('count an ingredient in mg over every product that holds it, and never take what is not known for none', async () => {
    const world = await aShop();
    const strong = await onShelf(world, { ingredients: [{ name: 'limitedrine', amount: '60', unit: 'mg' }] });
    const syrup = await onShelf(world, {
      baseUnit: 'ml',
      ingredients: [{ name: 'limitedrine', amount: '30', unit: 'mg', perAmount: '5', perUnit: 'ml' }],
    });
    const vague = await onShelf(world, { ingredients: ['limitedrine'] });
    await limit(world, { ingredientId: strong.ingredientIds[0], maxPerSale: '720' });
    const basket = (tablets: string, ml: string) =>
      call('POST', '/sales/price', {
        token: world.token,
        body: {
          items: [
            { drugId: strong.drugId, quantity: tablets },
            { drugId: syrup.drugId, quantity: ml },
          ],
        },
      });
    expect((await basket('10', '20')).body).toMatchObject({
      limits: [{ inSale: '720', unit: 'mg', findings: [] }],
    });
    expect((await basket('10', '20.5')).body).toMatchObject({
      limits: [{ inSale: '723', findings: ['over-sale'] }],
    });
    expect(await sell(world, vague.drugId, '1')).toMatchObject(
      refusal('purchase-limit-exceeded', ['amount-unknown']),
    );
  });

  it('ask for age and a document; too young is refused whoever sells', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    await limit(world, { drugId, minimumAge: 18, idRequired: true });
    expect(await sell(world, drugId, '1')).toMatchObject(
      refusal('identity-check-required', ['age-unknown', 'document-needed']),
    );
    const thisYear = new Date().getFullYear();
    expect(await sell(world, drugId, '1', passport('C100', `${thisYear - 12}-06-15`))).toMatchObject(
      refusal('buyer-too-young', ['too-young']),
    );
    const sold = await sell(world, drugId, '1', {
      identity: { documentKind: 'national_id', birthDate: '1990-05-05' },
    });
    expect(sold.status).toBe(201);
    const { rows } = await db.owner.query(
      'select document_kind, identity_key, checked_by, age_years >= 18 as grown from operational.sale_identity_checks where sale_id = $1',
      [sold.body.saleId],
    );
    expect(rows).toEqual([
      { document_kind: 'national_id', identity_key: null, checked_by: world.userId, grown: true },
    ]);
  });

  it('know the age of a patient by his record', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    await limit(world, { drugId, minimumAge: 18 });
    const grown = await aPatient(db, world, { birthDate: '1980-01-01' });
    const child = await aPatient(db, world, { birthDate: `${new Date().getFullYear() - 5}-01-01` });
    expect((await sell(world, drugId, '1', { patientId: grown })).status).toBe(201);
    expect(await sell(world, drugId, '1', { patientId: child })).toMatchObject({
      body: { type: '/problems/buyer-too-young' },
    });
  });

  it('are kept: changed, ended, one in force for each product', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const { limitId, version } = await limit(world, { drugId, maxPerSale: '10' });
    const path = `/purchase-limits/${limitId}`;
    const body = { reason, drugId, maxPerSale: '5' };
    expect((await call('POST', '/purchase-limits', { token: world.token, body })).status).toBe(409);
    const patch = (at: number) =>
      call('PATCH', path, {
        token: world.token,
        body: { version: at, reason, maxPerPeriod: '30', periodDays: 7 },
      });
    expect(await patch(version)).toMatchObject({
      status: 200,
      body: { maxPerSale: null, maxPerPeriod: '30', periodDays: 7 },
    });
    expect((await patch(version)).status).toBe(409);
    const ended = await call('POST', `${path}/end`, { token: world.token, body: { version: version + 1 } });
    expect(ended.status).toBe(200);
    expect((await sell(world, drugId, '90')).status).toBe(201);
    expect((await call('GET', '/purchase-limits', world)).body).toMatchObject({ data: [] });
    expect((await call('GET', '/purchase-limits?ended=true', world)).body).toMatchObject({
      data: [{ limitId }],
    });
  });

  it('are refused when they limit nothing or name nothing', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const statusOf = async (body: object) =>
      (await call('POST', '/purchase-limits', { token: world.token, body: { reason, ...body } })).status;
    expect(await statusOf({ drugId })).toBe(400);
    expect(await statusOf({ maxPerSale: '1' })).toBe(400);
    expect(await statusOf({ drugId, ingredientId: 1, maxPerSale: '1' })).toBe(400);
    expect(await statusOf({ drugId, maxPerPeriod: '1' })).toBe(400);
    expect(await statusOf({ drugId: 999_999_999, maxPerSale: '1' })).toBe(404);
    expect(await statusOf({ ingredientId: 999_999_999, maxPerSale: '1' })).toBe(404);
  });
});
