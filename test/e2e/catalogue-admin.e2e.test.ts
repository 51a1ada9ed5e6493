// Keeping the catalogue over HTTP: products with packs, prices and flags, the file, the worklist, and who may not.
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Drug {
  drugId: number;
  version: number;
  packs: { packId: number | null; level: string; baseUnits: string }[];
  scheduledPrices: { scheduledPriceId: number; price: string; effectiveFrom: string }[];
}

describe('keeping the catalogue', () => {
  const { db, call } = useTestApp();
  let admin: World;
  let cashier: World;

  beforeAll(async () => {
    admin = await aWorldFor(db, 'administrator');
    cashier = await aWorldFor(db, 'cashier', { branchId: admin.branchId });
  });

  const create = (body: object) => call<Drug>('POST', '/drugs', { token: admin.token, body });
  const patch = (id: number, body: object) =>
    call<Drug>('PATCH', `/drugs/${id}`, { token: admin.token, body });

  it('makes a product with exact amounts, packs, barcodes, flags and where it comes from', async () => {
    const ingredientId = await anIngredient(db, 'e2e amoxicillin');
    const made = await create({
      name: 'E2E Amox 250 mg/5 ml',
      price: '45.5',
      priceCeiling: '50',
      priceCeilingSource: 'Decree 499/2012',
      priceCeilingEffectiveFrom: '2026-01-01',
      unitsPerPack: '100',
      baseUnit: 'ml',
      handlingFlags: ['refrigerate', 'shake-well'],
      sourceUrl: 'https://example.org/amox',
      ingredients: [{ ingredientId, amount: '250', unit: 'mg', perAmount: '5', perUnit: 'ml' }],
      packs: [
        { level: 'pack', baseUnits: '100', description: 'bottle' },
        { level: 'pack', baseUnits: '60', price: '30' },
      ],
      barcodes: [{ code: '4006381333931', pack: { level: 'pack', baseUnits: '60' } }],
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        hasPrice: true,
        priceCeilingSource: 'Decree 499/2012',
        sourceUrl: 'https://example.org/amox',
        ingredientStatus: 'linked',
        barcodes: [{ baseUnits: '60' }],
      },
    });
    expect(made.body.packs.map(({ level, baseUnits }) => `${level} ${baseUnits}`)).toEqual([
      'pack 100',
      'pack 60',
      'unit 1',
    ]);
    expect((await patch(made.body.drugId, { version: 7, strength: 'x' })).status).toBe(409);
  });

  it.each([
    [{ handlingFlags: ['sparkly'] }, 422],
    [{ packs: [{ level: 'pack', baseUnits: '0' }] }, 400],
    [{ packs: [{ level: 'unit', baseUnits: '2' }] }, 422],
    [
      {
        packs: [
          { level: 'pack', baseUnits: '5' },
          { level: 'pack', baseUnits: '5.0' },
        ],
      },
      422,
    ],
    [{ barcodes: [{ code: '4006381333924', pack: { level: 'case', baseUnits: '5' } }] }, 422],
    [{ barcodes: [{ code: '4006381333924', pack: { level: 'case', baseUnits: '5' }, baseUnits: '5' }] }, 400],
    [{ sourceUrl: 'javascript:alert(1)' }, 400],
    [{ price: '60', priceCeiling: '50' }, 422],
    [{ price: '0', priceEffectiveFrom: '2999-01-01' }, 422],
    [{ priceEffectiveFrom: '2026-02-30' }, 400],
  ])('refuses %j with %i and makes nothing', async (wrong, status) => {
    const count = async () =>
      (await db.owner.query<{ n: number }>('select count(*)::integer as n from reference.drugs')).rows[0]?.n;
    const before = await count();
    expect((await create({ name: 'Wrong', price: '5', ...wrong })).status).toBe(status);
    expect(await count()).toBe(before);
  });

  it('decides a price for a later day, shows it, and takes it back', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    const body = { version: 1, price: '12', priceEffectiveFrom: '2999-01-01' };
    const decided = await patch(drugId, body);
    expect(decided.body).toMatchObject({
      price: '10.00',
      scheduledPrices: [{ price: '12.00', effectiveFrom: '2999-01-01' }],
    });
    const history = await call('GET', `/drugs/${drugId}/prices`, cashier);
    expect(history.body).toMatchObject({
      data: [
        { state: 'scheduled', price: '12.00' },
        { state: 'current', price: '10.00', effectiveTo: '2999-01-01' },
      ],
    });
    const id = decided.body.scheduledPrices[0]?.scheduledPriceId ?? 0;
    const path = `/drugs/${drugId}/prices/scheduled/${id}`;
    expect((await call('DELETE', path, { token: cashier.token })).status).toBe(403);
    expect((await call('DELETE', path, { token: admin.token })).status).toBe(204);
    expect((await call('DELETE', path, { token: admin.token })).status).toBe(404);
    expect((await patch(drugId, { version: 2, priceEffectiveFrom: '2999-01-01' })).status).toBe(400);
  });

  it('answers the list as a file for those who may read it', async () => {
    await aDrug(db, { name: '@SUM(A1)', price: '3', dosageForm: 'e2e-form' });
    const file = await call<string>('GET', '/drugs?format=csv&dosageForm=e2e-form', cashier);
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(parse<{ name: string }>(String(file.body), { columns: true, bom: true })).toMatchObject([
      { name: "'@SUM(A1)", price: '3.00' },
    ]);
    expect((await call('GET', '/drugs?format=csv')).status).toBe(401);
    for (const query of ['format=xml', 'atc=n02', 'hasPrice=perhaps', 'companyId=0'])
      expect((await call('GET', `/drugs?${query}`, admin)).status, query).toBe(400);
  });

  it('shows what may be given instead and the rules of a product', async () => {
    const { drugId } = await aDrug(db, { ingredients: [{ name: 'e2e alone', amount: '1' }] });
    expect((await call('GET', `/drugs/${drugId}/alternatives`, cashier)).body).toMatchObject({
      data: [],
      meta: { atcCode: null },
    });
    expect((await call('GET', `/drugs/${drugId}/rules`, cashier)).body).toMatchObject({
      interactions: [],
      meta: { interactions: 0, notCovered: [] },
    });
    for (const path of ['alternatives', 'rules', 'prices', 'equivalents'])
      expect((await call('GET', `/drugs/999999/${path}`, admin)).status, path).toBe(404);
  });

  it('lets an administrator decide about ingredient texts and take it back, and nobody else', async () => {
    const target = await anIngredient(db, 'e2e ibuprofen');
    const { drugId } = await aDrug(db);
    await db.owner.query(
      "insert into reference.drug_ingredients (drug_id, position, raw_text) values ($1, 1, 'E2E IBUPROFENE')",
      [drugId],
    );
    const list = await call('GET', '/reference/ingredients/worklist?q=e2e', admin);
    expect(list.body).toMatchObject({
      data: [{ rawText: 'E2E IBUPROFENE', products: 1, suggestions: [{ ingredientId: target }] }],
    });
    const link = (token: string) =>
      call<{ linkId: number }>('POST', '/reference/ingredients/worklist/link', {
        token,
        body: { rawText: 'e2e ibuprofene', ingredientId: target, kind: 'misspelling' },
      });
    expect((await link(cashier.token)).status).toBe(403);
    const linked = await link(admin.token);
    expect(linked).toMatchObject({ status: 200, body: { lines: 1, products: 1 } });
    const undo = `/reference/ingredients/worklist/links/${linked.body.linkId}/undo`;
    expect((await call('POST', undo, { token: cashier.token })).status).toBe(403);
    expect((await call('POST', undo, { token: admin.token })).status).toBe(200);
    expect(await call('POST', undo, { token: admin.token })).toMatchObject({
      status: 409,
      body: { type: '/problems/link-not-undoable' },
    });
    const merge = await call('POST', `/reference/ingredients/${target}/merge`, {
      token: cashier.token,
      body: { intoIngredientId: 1, version: 1 },
    });
    expect(merge.status).toBe(403);
  });

  it('keeps the controlled list of handling flags', async () => {
    const add = (code: string) =>
      call('POST', '/reference/handling-flags', { token: admin.token, body: { code, name: 'Glass' } });
    expect((await add('glass')).status).toBe(201);
    expect((await add('glass')).status).toBe(409);
    expect((await add('Glass!')).status).toBe(400);
    const found = await call('GET', '/reference/handling-flags?q=ضوء', cashier);
    expect(found.body).toMatchObject({ data: [{ code: 'light-sensitive' }] });
    expect((await create({ name: 'Fragile', price: '1', handlingFlags: ['glass'] })).status).toBe(201);
  });

  it('writes every change into the audit trail', async () => {
    const made = await create({ name: 'Audited', price: '5', packs: [{ level: 'case', baseUnits: '10' }] });
    await patch(made.body.drugId, { version: 1, price: '6', priceEffectiveFrom: '2999-01-01' });
    const { rows } = await db.owner.query<{ name: string }>(
      `select distinct table_name as name from operational.audit_logs
       where user_id = $1 and table_schema = 'reference' and (after ->> 'drug_id')::integer = $2 order by 1`,
      [admin.userId, made.body.drugId],
    );
    expect(rows.map(({ name }) => name)).toEqual(['drug_packs', 'drugs', 'scheduled_prices']);
  });
});
