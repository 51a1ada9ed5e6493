// Taxes over HTTP: classes, rates by day, what they do to a sale of products and fills, and to its returns.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, type DrugValues } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface TaxClass {
  taxClassId: number;
  version: number;
  rate: string;
  rates: { validFrom: string; rate: string; isInEffect: boolean }[];
}
interface Sale {
  saleId: number;
  items: { saleItemId: number; quantity: string }[];
}

describe('taxes', () => {
  const { db, call } = useTestApp();
  let codes = 0;

  async function aShop(): Promise<World> {
    const world = await aWorldFor(db, 'administrator');
    await aTillShift(db, world);
    return world;
  }
  const aClass = async (world: World, rate: string, pricesIncludeTax: boolean): Promise<TaxClass> => {
    const body = { code: `T-${++codes}`, name: 'Standard', nameAr: 'أساسية', pricesIncludeTax, rate };
    const made = await call<TaxClass>('POST', '/tax-classes', { token: world.token, body });
    expect(made.status).toBe(201);
    return made.body;
  };
  const taxed = async (world: World, { taxClassId }: TaxClass, values: DrugValues = {}): Promise<number> => {
    const { drugId } = await aDrug(db, { price: '30.00', unitsPerPack: '30', ...values });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '300' });
    await call('PUT', '/tax-classes/drugs', { token: world.token, body: { drugId, taxClassId } });
    return drugId;
  };
  const sell = ({ token }: World, items: object[], paid: string) =>
    call<Sale>('POST', '/sales', { token, body: { items, payments: [{ method: 'card', amount: paid }] } });

  it('are added to prices or held by them, by class, and the sale tells them by rate', async () => {
    const world = await aShop();
    const included = await aClass(world, '0.14', true);
    const added = await aClass(world, '0.05', false);
    const [inPrice, onTop, none] = [
      await taxed(world, included),
      await taxed(world, added),
      (await aDrug(db, { price: '10.00', unitsPerPack: '10' })).drugId,
    ];
    await aLot(db, { branchId: world.branchId, drugId: none, quantity: '100' });
    const answer = await sell(
      world,
      [
        { drugId: inPrice, quantity: '1', unit: 'pack', discount: '1.50' },
        { drugId: onTop, quantity: '1', unit: 'pack' },
        { drugId: none, quantity: '1', unit: 'pack' },
      ],
      '70.00',
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      subtotal: '70.00',
      discountTotal: '1.50',
      taxTotal: '5.00',
      taxInPrices: '3.50',
      total: '70.00',
      taxes: [
        { taxClassId: included.taxClassId, rate: '0.14', isIncluded: true, net: '25.00', tax: '3.50' },
        { taxClassId: added.taxClassId, rate: '0.05', isIncluded: false, net: '30.00', tax: '1.50' },
      ],
      items: [
        { tax: '3.50', taxIncluded: true, lineTotal: '28.50' },
        { tax: '1.50', taxIncluded: false, lineTotal: '31.50' },
        { tax: '0.00', taxRate: '0', lineTotal: '10.00' },
      ],
    });
    const found = await call('GET', `/sales/${answer.body.saleId}`, world);
    expect(found.body).toMatchObject({
      taxTotal: '5.00',
      taxInPrices: '3.50',
      taxes: [{ net: '25.00' }, { net: '30.00' }],
    });
  });

  it('come back with what is returned, the last return taking the rest', async () => {
    const world = await aShop();
    const drugId = await taxed(world, await aClass(world, '0.1', false), {
      price: '10.00',
      unitsPerPack: '3',
    });
    const sold = await sell(world, [{ drugId, quantity: '1', unit: 'pack' }], '11.00');
    const [line] = sold.body.items;
    const back: unknown[] = [];
    for (let n = 0; n < 3; n++) {
      const answer = await call<{ total: string; taxTotal: string; items: { tax: string }[] }>(
        'POST',
        `/sales/${sold.body.saleId}/return`,
        {
          token: world.token,
          body: { items: [{ saleItemId: line?.saleItemId, quantity: '1' }], reason: 'not needed' },
        },
      );
      expect(answer.status).toBe(201);
      back.push([answer.body.total, answer.body.taxTotal, answer.body.items[0]?.tax]);
    }
    expect(back).toEqual([
      ['-3.66', '-0.33', '-0.33'],
      ['-3.68', '-0.34', '-0.34'],
      ['-3.66', '-0.33', '-0.33'],
    ]);
  });

  it('of a branch are for products without a class of their own, others for those on prescription', async () => {
    const world = await aShop();
    const standard = await aClass(world, '0.14', false);
    const zero = await aClass(world, '0', false);
    const body = { taxClassId: standard.taxClassId, rxTaxClassId: zero.taxClassId };
    expect((await call('PUT', '/tax-classes/defaults', { token: world.token, body })).status).toBe(200);
    const { drugId: otc } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    const { drugId: rx } = await aDrug(db, { price: '10.00', unitsPerPack: '10', rxOnly: true });
    for (const drugId of [otc, rx]) await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    const { fillId } = await aBareFill(db, world, {
      drugId: rx,
      quantity: '10',
      price: '10.00',
      dispensed: true,
    });
    const answer = await sell(world, [{ fillId }, { drugId: otc, quantity: '10' }], '21.40');
    expect(answer.body).toMatchObject({
      total: '21.40',
      items: [{ fillId, tax: '0.00' }, { tax: '1.40' }],
      taxes: [
        { rate: '0', net: '10.00', tax: '0.00' },
        { rate: '0.14', net: '10.00', tax: '1.40' },
      ],
    });
    const list = await call<{ data: { taxClassId: number; isDefault: boolean; isRxDefault: boolean }[] }>(
      'GET',
      '/tax-classes?limit=100',
      world,
    );
    expect(list.body.data.find((one) => one.taxClassId === zero.taxClassId)).toMatchObject({
      isDefault: false,
      isRxDefault: true,
    });
  });

  it('have rates from a day on; one whose day has begun stays', async () => {
    const world = await aShop();
    const { taxClassId, version } = await aClass(world, '0.14', true);
    const path = `/tax-classes/${taxClassId}`;
    const set = (validFrom: string, rate: string) =>
      call<TaxClass>('PUT', `${path}/rates`, { token: world.token, body: { validFrom, rate } });
    for (const day of [daysFromNow(-1), daysFromNow(0)])
      expect(await set(day, '0.2')).toMatchObject({
        status: 422,
        body: { type: '/problems/tax-rate-in-effect' },
      });
    expect((await set(daysFromNow(40), '0.2')).status).toBe(200);
    const later = await set(daysFromNow(40), '0.15');
    expect(later.body).toMatchObject({
      rate: '0.14',
      rates: [
        { validFrom: daysFromNow(40), rate: '0.15', isInEffect: false },
        { rate: '0.14', isInEffect: true },
      ],
    });
    const rename = (at: number) =>
      call('PATCH', path, { token: world.token, body: { version: at, name: 'Reduced' } });
    expect(await rename(version)).toMatchObject({ status: 200, body: { name: 'Reduced', nameAr: null } });
    expect(await rename(version)).toMatchObject({ status: 409, body: { type: '/problems/stale-version' } });
  });

  it('are refused when they name what does not exist, or by who may not', async () => {
    const world = await aShop();
    const { drugId } = await aDrug(db);
    const put = (path: string, body: object, token = world.token) => call('PUT', path, { token, body });
    expect((await put('/tax-classes/drugs', { drugId, taxClassId: 999_999 })).status).toBe(404);
    expect((await put('/tax-classes/999999/rates', { validFrom: daysFromNow(3), rate: '0.1' })).status).toBe(
      404,
    );
    expect((await put('/tax-classes/defaults', { taxClassId: 999_999, rxTaxClassId: null })).status).toBe(
      404,
    );
    const cashier = await aWorldFor(db, 'cashier');
    expect((await put('/tax-classes/drugs', { drugId, taxClassId: null }, cashier.token)).status).toBe(403);
    const { code } = await aClass(world, '0.1', true).then(() => ({ code: `T-${codes}` }));
    const twice = { code, name: 'Again', pricesIncludeTax: true, rate: '0' };
    expect(await call('POST', '/tax-classes', { token: world.token, body: twice })).toMatchObject({
      status: 409,
      body: { type: '/problems/duplicate' },
    });
  });
});
