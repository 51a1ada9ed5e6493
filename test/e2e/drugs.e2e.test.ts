import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Found {
  data: { drugId: number; name: string; stockOnHand: string; match: { kind: string } }[];
  meta: Record<string, unknown>;
  facets: Record<string, { value: unknown; count: number }[]>;
}

const LISTS = {
  'dosage-forms': { name: 'Lozenge', formFamily: 'oromucosal' },
  routes: { name: 'Buccal', nameAr: 'شدقي' },
  companies: { name: 'Pharco' },
  'therapeutic-categories': { name: 'Analgesics', atcCode: 'N02' },
  ingredients: { name: 'Metamizole', synonyms: [{ synonym: 'Dipyrone', kind: 'synonym' }] },
  'ingredient-groups': { code: 'pyrazolones', name: 'Pyrazolones', kind: 'chemical' },
};

describe('the catalogue over HTTP', () => {
  const { db, call } = useTestApp();
  let admin: World;
  let cashier: World;
  let panadol: number;

  beforeAll(async () => {
    admin = await aWorldFor(db, 'administrator');
    cashier = await aWorldFor(db, 'cashier', { branchId: admin.branchId });
    const made = await aDrug(db, {
      name: 'Panadol 500 mg',
      ingredients: [{ name: 'paracetamol', amount: '500' }],
      barcode: '6221001000019',
      price: '20',
      priceCeiling: '25',
    });
    panadol = made.drugId;
    await aDrug(db, {
      name: 'Abimol 500 mg',
      ingredients: [{ name: 'paracetamol', amount: '500' }],
      price: '15',
    });
    await aLot(db, { branchId: admin.branchId, drugId: panadol, quantity: '40' });
  });

  it('searches with stock and facets for whoever may read drugs', async () => {
    const { status, body } = await call<Found>('GET', '/drugs/search?q=panadol&limit=5', {
      token: cashier.token,
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { drugId: panadol, price: '20.00', stockOnHand: '40', match: { kind: 'prefix' } },
    ]);
    expect(body.data[0]).toMatchObject({ ingredients: [{ name: 'paracetamol', amount: '500 mg' }] });
    expect(body.meta).toMatchObject({ total: 1, page: 1, limit: 5, capped: false });
    expect(Object.keys(body.facets).sort()).toEqual(
      ['category', 'company', 'dosageForm', 'inStock', 'route', 'rxOnly'].sort(),
    );
  });

  it('answers any search text with a page or a 400, never a failure', async () => {
    for (const q of ["'", '\\', '%', '5% cream', ':*&!<->', '\u202eabc', 'x'.repeat(500), '٥٠٠', ''])
      expect((await call('GET', `/drugs/search?q=${encodeURIComponent(q)}`, admin)).status, q).toBe(200);
    for (const q of ['%00', 'a%00b', '%07', 'x'.repeat(501)])
      expect((await call('GET', `/drugs/search?q=${q}`, admin)).status, q).toBe(400);
    for (const query of ['page=0', 'limit=101', 'inStock=maybe', 'colour=red', 'q=a&q=b'])
      expect((await call('GET', `/drugs/search?${query}`, admin)).status, query).toBe(400);
  });

  it('suggests, lists, and shows one with its equivalents', async () => {
    const suggested = await call<Found>('GET', '/drugs/suggest?q=pan', admin);
    expect(suggested.body.data).toMatchObject([{ drugId: panadol }]);
    const listed = await call<Found>('GET', '/drugs?q=pana&status=active&sort=-price', admin);
    expect(listed.body).toMatchObject({ data: [{ drugId: panadol }], meta: { total: 1 } });
    expect((await call('GET', '/drugs?sort=cost', admin)).status).toBe(400);
    const one = await call('GET', `/drugs/${panadol}`, admin);
    expect(one.body).toMatchObject({
      name: 'Panadol 500 mg',
      stockOnHand: '40',
      version: 1,
      priceCeiling: '25.00',
    });
    expect((await call('GET', '/drugs/999999', admin)).status).toBe(404);
    expect((await call('GET', '/drugs/0', admin)).status).toBe(400);
    const equivalents = await call('GET', `/drugs/${panadol}/equivalents`, admin);
    expect(equivalents.body).toMatchObject({ data: [{ name: 'Abimol 500 mg', priceDifference: '-5.00' }] });
    expect((await call('GET', '/drugs/999999/equivalents', admin)).status).toBe(404);
  });

  it('finds by barcode, and says what it cannot read', async () => {
    const found = await call('GET', '/drugs/by-barcode/6221001000019', admin);
    expect(found.body).toMatchObject({
      drug: { drugId: panadol },
      barcode: { kind: 'ean13' },
      lotNumber: null,
    });
    for (const [code, status] of [
      ['4006381333931', 404],
      ['4006381333932', 422],
      ['(01)06221001000019(10)A1', 200],
      [']d20106221001000019', 200],
      ['(01)06221001000018(10)A1', 422],
      ['hello', 422],
    ] as const)
      expect((await call('GET', `/drugs/by-barcode/${encodeURIComponent(code)}`, admin)).status, code).toBe(
        status,
      );
  });

  it('creates and changes a product, for those who manage the catalogue', async () => {
    const body = { name: 'New drug', price: '10.5', barcodes: [{ code: '4006381333931' }] };
    expect((await call('POST', '/drugs', { token: cashier.token, body })).status).toBe(403);
    expect((await call('POST', '/drugs', { body })).status).toBe(401);
    const created = await call<{ drugId: number }>('POST', '/drugs', { token: admin.token, body });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ price: '10.50', version: 1, source: 'manual' });
    const path = `/drugs/${created.body.drugId}`;
    const patch = (change: object, token = admin.token) => call('PATCH', path, { token, body: change });
    expect((await patch({ version: 1, price: '11' }, cashier.token)).status).toBe(403);
    expect(await patch({ version: 1, price: '11' })).toMatchObject({
      status: 200,
      body: { price: '11.00', oldPrice: '10.50', version: 2 },
    });
    expect(await patch({ version: 1, price: '12' })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    expect((await call('PATCH', '/drugs/999999', { token: admin.token, body: { version: 1 } })).status).toBe(
      404,
    );
  });

  it.each([
    ['an unknown key', { name: 'X', price: '1', colour: 'red' }, 400, 'invalid-request'],
    ['no price', { name: 'X' }, 400, 'invalid-request'],
    ['a price as a number', { name: 'X', price: 1 }, 400, 'invalid-request'],
    ['a negative price', { name: 'X', price: '-1' }, 400, 'invalid-request'],
    ['a NUL in the name', { name: 'X\0', price: '1' }, 400, 'invalid-request'],
    ['a price above the ceiling', { name: 'X', price: '2', priceCeiling: '1' }, 422, 'price-ceiling'],
    ['an unknown form', { name: 'X', price: '1', dosageForm: 'nonsense' }, 422, 'rule-violation'],
    ['an unknown company', { name: 'X', price: '1', companyId: 999999 }, 422, 'rule-violation'],
    [
      'an unknown ingredient',
      { name: 'X', price: '1', ingredients: [{ ingredientId: 999999 }] },
      422,
      'rule-violation',
    ],
    [
      'an amount without unit',
      { name: 'X', price: '1', ingredients: [{ rawText: 'a', amount: '5' }] },
      400,
      'invalid-request',
    ],
    [
      'a strip larger than the pack',
      { name: 'X', price: '1', unitsPerStrip: '9', unitsPerPack: '2' },
      422,
      'rule-violation',
    ],
    [
      'a wrong check digit',
      { name: 'X', price: '1', barcodes: [{ code: '6221001000017' }] },
      422,
      'rule-violation',
    ],
    ['a barcode in use', { name: 'X', price: '1', barcodes: [{ code: '6221001000019' }] }, 409, 'duplicate'],
    [
      'a name that folds to nine thousand letters',
      { name: '\ufdfa'.repeat(500), price: '1' },
      201,
      undefined,
    ],
  ])('answers a product with %s', async (_, body, status, code) => {
    const before = await db.owner.query<{ count: number }>('select count(*) from reference.drugs');
    const answer = await call('POST', '/drugs', { token: admin.token, body });
    expect(answer.status).toBe(status);
    if (code) expect(answer.body.type).toBe(`/problems/${code}`);
    const after = await db.owner.query<{ count: number }>('select count(*) from reference.drugs');
    expect(after.rows[0]?.count).toBe((before.rows[0]?.count ?? 0) + (status === 201 ? 1 : 0));
  });

  it.each(Object.entries(LISTS))('keeps the list of %s', async (list, body) => {
    const path = `/reference/${list}`;
    const created = await call<{ id: number; name: string; version: number }>('POST', path, {
      token: admin.token,
      body,
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ version: 1 });
    expect(created.body).not.toHaveProperty('nameFolded');
    const found = await call<Found>('GET', `${path}?q=${encodeURIComponent(body.name.slice(0, 4))}`, {
      token: cashier.token,
    });
    expect(found.body.data).toContainEqual(expect.objectContaining(created.body));
    expect(await call('GET', `${path}/${created.body.id}`, { token: cashier.token })).toMatchObject({
      status: 200,
      body: created.body,
    });
    const one = `${path}/${created.body.id}`;
    const patch = (change: object, token = admin.token) => call('PATCH', one, { token, body: change });
    expect(await patch({ version: 1, name: `${body.name} renamed` })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect((await patch({ version: 1, name: 'late' })).status).toBe(409);
    expect((await patch({ version: 2, colour: 'red' })).status).toBe(400);
    expect((await patch({ name: 'no version' })).status).toBe(400);
    expect((await patch({ version: 2 }, cashier.token)).status).toBe(403);
    expect((await call('PATCH', `${path}/999999`, { token: admin.token, body: { version: 1 } })).status).toBe(
      404,
    );
    expect((await call('POST', path, { token: cashier.token, body })).status).toBe(403);
    const again = { ...body, name: `${body.name} renamed` };
    expect((await call('POST', path, { token: admin.token, body: again })).status).toBe(409);
    expect((await call('POST', path, { token: admin.token, body: { ...body, name: '...' } })).status).toBe(
      400,
    );
  });
});
