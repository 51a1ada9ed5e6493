// Promotions over HTTP: made, changed, ended; what they take off a sale, and that nobody changes one that was used.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, type DrugValues } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Promotion {
  promotionId: number;
  version: number;
  status: string;
  isUsed: boolean;
}
interface Sale {
  saleId: number;
  total: string;
  items: { saleItemId: number }[];
}

describe('promotions', () => {
  const { db, call } = useTestApp();

  async function aShop(): Promise<World> {
    const world = await aWorldFor(db, 'administrator');
    await aTillShift(db, world);
    return world;
  }
  const onShelf = async (world: World, values: DrugValues = {}) => {
    const drug = await aDrug(db, { price: '10.00', unitsPerPack: '10', ...values });
    await aLot(db, { branchId: world.branchId, drugId: drug.drugId, quantity: '1000' });
    return drug;
  };
  const make = ({ token }: World, terms: object) =>
    call<Promotion>('POST', '/promotions', {
      token,
      body: { name: 'Summer', nameAr: 'صيف', startsOn: daysFromNow(-1), ...terms },
    });
  const made = async (world: World, terms: object): Promise<Promotion> => {
    const answer = await make(world, terms);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const price = ({ token }: World, items: object[], more: object = {}) =>
    call('POST', '/sales/price', { token, body: { items, ...more } });
  const sell = ({ token }: World, items: object[], amount: string) =>
    call<Sale>('POST', '/sales', { token, body: { items, payments: [{ method: 'card', amount }] } });

  it('are shown before the sale as they are sold, and kept with the line', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const { promotionId } = await made(world, {
      kind: 'n_for_m',
      buyPacks: 3,
      payPacks: 2,
      targets: [{ drugId }],
    });
    await made(world, { kind: 'percent', percent: '0.1', targets: [{ drugId }] });
    const items = [{ drugId, quantity: '4', unit: 'pack' }];
    const shown = await price(world, items);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      subtotal: '40.00',
      discountTotal: '11.00',
      total: '29.00',
      items: [
        {
          discount: '11.00',
          promotions: [{ promotionId, name: 'Summer', nameAr: 'صيف', amount: '10.00' }, { amount: '1.00' }],
        },
      ],
      limits: [],
    });
    const sold = await sell(world, items, '29.00');
    expect(sold.body).toMatchObject({ total: '29.00', discountTotal: '11.00' });
    const found = await call('GET', `/sales/${sold.body.saleId}`, world);
    expect(found.body).toMatchObject({
      items: [{ promotions: [{ promotionId, amount: '10.00' }, { amount: '1.00' }], lineTotal: '29.00' }],
    });
    expect((await call('GET', `/promotions/${promotionId}`, world)).body).toMatchObject({
      isUsed: true,
      takenOff: '10.00',
    });
  });

  it('come off what is returned in the same share', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    await made(world, { kind: 'n_for_m', buyPacks: 3, payPacks: 2, targets: [{ drugId }] });
    const sold = await sell(world, [{ drugId, quantity: '3', unit: 'pack' }], '20.00');
    const takeBack = (quantity: string) =>
      call('POST', `/sales/${sold.body.saleId}/return`, {
        token: world.token,
        body: { items: [{ saleItemId: sold.body.items[0]?.saleItemId, quantity }], reason: 'too many' },
      });
    expect((await takeBack('10')).body).toMatchObject({ total: '-6.67' });
    expect((await takeBack('20')).body).toMatchObject({ total: '-13.33' });
  });

  it('are on products, companies, and categories with those below', async () => {
    const world = await aShop();
    const drug = await onShelf(world, { company: 'Promo Pharma', category: 'Promo skin care' });
    const { rows } = await db.owner.query<{ category_id: number; company_id: number }>(
      'select category_id, company_id from reference.drugs where drug_id = $1',
      [drug.drugId],
    );
    const { category_id: below, company_id: companyId } = rows[0] ?? { category_id: 0, company_id: 0 };
    const wider = await db.owner.query<{ category_id: number }>(
      `insert into reference.therapeutic_categories (name, name_folded) values ('Promo wider', 'promo wider') returning category_id`,
    );
    const categoryId = wider.rows[0]?.category_id ?? 0;
    await db.owner.query(
      'update reference.therapeutic_categories set parent_category_id = $1 where category_id = $2',
      [categoryId, below],
    );
    const items = [{ drugId: drug.drugId, quantity: '1', unit: 'pack' }];
    await made(world, { kind: 'percent', percent: '0.1', targets: [{ companyId }] });
    expect((await price(world, items)).body).toMatchObject({ total: '9.00' });
    await made(world, { kind: 'amount', amountOff: '2.00', targets: [{ categoryId }] });
    expect((await price(world, items)).body).toMatchObject({ total: '8.00' });
  });

  it('sell products together for a price', async () => {
    const world = await aShop();
    const [one, two] = [await onShelf(world), await onShelf(world, { price: '5.00' })];
    await made(world, {
      kind: 'bundle',
      bundlePrice: '12.00',
      targets: [{ drugId: one.drugId }, { drugId: two.drugId, packs: 2 }],
    });
    const items = [
      { drugId: one.drugId, quantity: '2', unit: 'pack' },
      { drugId: two.drugId, quantity: '3', unit: 'pack' },
    ];
    expect((await price(world, items)).body).toMatchObject({
      subtotal: '35.00',
      discountTotal: '8.00',
      total: '27.00',
    });
  });

  it('leave alone other days, other branches, what a seller took off by hand, and fills unless they are meant', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const items = [{ drugId, quantity: '1', unit: 'pack' }];
    await made(world, { kind: 'percent', percent: '0.5', startsOn: daysFromNow(2), targets: [{ drugId }] });
    await made(world, {
      kind: 'percent',
      percent: '0.6',
      startsOn: daysFromNow(-9),
      endsOn: daysFromNow(-2),
      targets: [{ drugId }],
    });
    await made(await aShop(), { kind: 'percent', percent: '0.7', targets: [{ drugId }] });
    expect((await price(world, items)).body).toMatchObject({ total: '10.00' });
    await made(world, { kind: 'percent', percent: '0.2', targets: [{ drugId }] });
    expect((await price(world, items)).body).toMatchObject({ total: '8.00' });
    expect((await price(world, [{ ...items[0], discount: '0.50' }])).body).toMatchObject({ total: '9.50' });
    const { fillId } = await aBareFill(db, world, {
      drugId,
      quantity: '10',
      price: '10.00',
      dispensed: true,
    });
    expect((await price(world, [{ fillId }])).body).toMatchObject({ total: '10.00' });
    await made(world, { kind: 'percent', percent: '0.1', onPrescriptions: true, targets: [{ drugId }] });
    expect((await price(world, [{ fillId }])).body).toMatchObject({ total: '9.00' });
  });

  it('are changed until they are used, then ended alone', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const first = await made(world, { kind: 'percent', percent: '0.1', targets: [{ drugId }] });
    const path = `/promotions/${first.promotionId}`;
    const patch = (version: number, percent: string) =>
      call<Promotion>('PATCH', path, {
        token: world.token,
        body: {
          version,
          promotion: {
            kind: 'percent',
            percent,
            name: 'Autumn',
            startsOn: daysFromNow(-1),
            targets: [{ drugId }],
          },
        },
      });
    const changed = await patch(first.version, '0.2');
    expect(changed).toMatchObject({
      status: 200,
      body: { percent: '0.2', name: 'Autumn', version: first.version + 1 },
    });
    expect((await patch(first.version, '0.3')).status).toBe(409);
    expect((await sell(world, [{ drugId, quantity: '1', unit: 'pack' }], '8.00')).status).toBe(201);
    expect(await patch(changed.body.version, '0.3')).toMatchObject({
      status: 409,
      body: { type: '/problems/promotion-used' },
    });
    const end = (version: number) =>
      call<Promotion>('POST', `${path}/end`, { token: world.token, body: { version } });
    expect(await end(changed.body.version)).toMatchObject({ status: 200, body: { status: 'ended' } });
    expect((await price(world, [{ drugId, quantity: '1', unit: 'pack' }])).body).toMatchObject({
      total: '10.00',
    });
    expect((await end(changed.body.version + 1)).status).toBe(409);
    const ended = await call<{ data: Promotion[] }>('GET', '/promotions?status=ended', world);
    expect(ended.body.data.map(({ promotionId }) => promotionId)).toContain(first.promotionId);
  });

  it('are refused when they make no sense', async () => {
    const world = await aShop();
    const { drugId } = await onShelf(world);
    const targets = [{ drugId }];
    const statusOf = async (terms: object) => (await make(world, terms)).status;
    expect(await statusOf({ kind: 'percent', percent: '0', targets })).toBe(400);
    expect(await statusOf({ kind: 'percent', percent: '1.01', targets })).toBe(400);
    expect(await statusOf({ kind: 'percent', percent: '0.1', targets: [] })).toBe(400);
    expect(await statusOf({ kind: 'percent', percent: '0.1', targets: [{}] })).toBe(400);
    expect(await statusOf({ kind: 'percent', percent: '0.1', targets, endsOn: daysFromNow(-5) })).toBe(400);
    expect(await statusOf({ kind: 'n_for_m', buyPacks: 2, payPacks: 2, targets })).toBe(400);
    expect(await statusOf({ kind: 'bundle', bundlePrice: '5.00', targets })).toBe(400);
    expect(await statusOf({ kind: 'percent', percent: '0.1', targets: [{ drugId: 999_999_999 }] })).toBe(404);
    expect(await statusOf({ kind: 'percent', percent: '0.1', targets: [{ drugId }, { drugId }] })).toBe(409);
    expect(await statusOf({ kind: 'amount', amountOff: '0.001', targets })).toBe(422);
    const cashier = await aWorldFor(db, 'cashier');
    expect((await make(cashier, { kind: 'percent', percent: '0.1', targets })).status).toBe(403);
    expect((await call('GET', '/promotions/999999', world)).status).toBe(404);
  });
});
