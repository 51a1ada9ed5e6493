// Points over HTTP: earned with a sale, spent as a tender, taken and given back with returns, expired; exact, and never below zero.
import { describe, expect, it } from 'vitest';

import { aLoyaltyRule, anAccount } from '../builders/account.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useCreditShop, type SoldSale } from '../support/credit-shop.js';

interface Points {
  data: { kind: string; points: number; missing: number; balanceAfter: number; expiresOn: string | null }[];
}

describe('points', () => {
  const { db, call, post, get, broken } = useCreditShop();

  /** A branch with points and a customer; sells tablets of 1.00. */
  async function aShop(rule: Parameters<typeof aLoyaltyRule>[2] = {}) {
    const world = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, world);
    await aLoyaltyRule(db, world.branchId, rule);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '10000' });
    const accountId = await anAccount(db, world, { creditLimit: '1000' });
    const sell = (amount: number, payments: object[] = [{ method: 'cash', amount: String(amount) }]) =>
      post<SoldSale & { type?: string; params?: object }>(
        '/sales',
        { accountId, items: [{ drugId, quantity: String(amount) }], payments },
        { world },
      );
    const takeBack = (sale: SoldSale, quantity: number) =>
      post<SoldSale>(
        `/sales/${sale.saleId}/return`,
        { items: [{ saleItemId: sale.items[0]?.saleItemId, quantity: String(quantity) }], reason: 'x' },
        { world },
      );
    const state = async () => {
      const { points, pointsDue } = (
        await get<{ points: number; pointsDue: number }>(`/accounts/${accountId}`, world)
      ).body;
      return [points, pointsDue];
    };
    const ledger = async () =>
      (await get<Points>(`/accounts/${accountId}/points`, world)).body.data.map(
        ({ kind, points, missing }) => [kind, points, missing],
      );
    return { world, drugId, accountId, sell, takeBack, state, ledger };
  }

  it('are earned by whole amounts, spent as a tender, and not earned on what they pay', async () => {
    const { accountId, world, sell, state, ledger } = await aShop();
    await sell(99);
    expect(await state()).toEqual([9, 0]);
    expect((await get(`/accounts/${accountId}`, world)).body).toMatchObject({
      pointsWorth: '4.50',
      pointValue: '0.50',
      minimumPoints: 4,
    });
    const paid = await sell(12, [
      { method: 'points', amount: '4.00' },
      { method: 'card', amount: '8.00' },
    ]);
    expect(paid).toMatchObject({ status: 201, body: { total: '12.00' } });
    expect(await state()).toEqual([1, 0]);
    expect(await ledger()).toEqual([
      ['redeem', -8, 0],
      ['earn', 9, 0],
    ]);
    expect(await broken()).toEqual([]);
  });

  it('pay no more than there are, no part of one, and not fewer than the minimum', async () => {
    const { sell, state } = await aShop();
    await sell(90);
    const withPoints = (amount: string) =>
      sell(20, [
        { method: 'points', amount },
        { method: 'cash', amount: '20' },
      ]);
    expect(await withPoints('5.00')).toMatchObject({
      status: 409,
      body: { type: '/problems/points-short', params: { available: 9 } },
    });
    expect(await withPoints('2.25')).toMatchObject({
      status: 422,
      body: { type: '/problems/points-not-redeemable', params: { reason: 'not-whole', pointValue: '0.50' } },
    });
    expect(await withPoints('1.50')).toMatchObject({
      status: 422,
      body: { params: { reason: 'minimum', minimumPoints: 4 } },
    });
    expect(await state()).toEqual([9, 0]);
  });

  it('go back with a return, exactly: spent ones are given, earned ones taken', async () => {
    const { sell, takeBack, state, ledger } = await aShop();
    await sell(100);
    const sale = (
      await sell(55, [
        { method: 'points', amount: '5.00' },
        { method: 'cash', amount: '50.00' },
      ])
    ).body;
    expect(await state()).toEqual([5, 0]);
    expect((await takeBack(sale, 11)).body.payments).toMatchObject([{ method: 'cash', amount: '-11.00' }]);
    expect(await state()).toEqual([3, 0]);
    expect((await takeBack(sale, 44)).body.payments).toMatchObject([
      { method: 'cash', amount: '-39.00' },
      { method: 'points', amount: '-5.00' },
    ]);
    expect(await state()).toEqual([10, 0]);
    expect(await ledger()).toEqual([
      ['take_back', -3, 0],
      ['give_back', 10, 0],
      ['take_back', -2, 0],
      ['earn', 5, 0],
      ['redeem', -10, 0],
      ['earn', 10, 0],
    ]);
    expect(await broken()).toEqual([]);
  });

  it('that are to be taken back and were spent are taken from the next ones, and the balance is never below zero', async () => {
    const { sell, takeBack, state, ledger } = await aShop();
    const first = (await sell(100)).body;
    await sell(5, [{ method: 'points', amount: '5.00' }]);
    expect(await state()).toEqual([0, 0]);
    await takeBack(first, 100);
    expect(await state()).toEqual([0, 10]);
    await sell(70);
    expect(await state()).toEqual([0, 3]);
    const last = (await sell(80)).body;
    expect(await state()).toEqual([5, 0]);
    await takeBack(last, 80);
    expect(await state()).toEqual([0, 3]);
    expect((await ledger()).slice(0, 4)).toEqual([
      ['take_back', -5, 3],
      ['earn', 5, -3],
      ['earn', 0, -7],
      ['take_back', 0, 10],
    ]);
    expect(await broken()).toEqual([]);
  });

  it('are earned on prescriptions only where the rule has it', async () => {
    for (const earnsOnPrescriptions of [false, true]) {
      const { world, drugId, accountId, state } = await aShop({ earnsOnPrescriptions });
      const fill = await aBareFill(db, world, { drugId, quantity: '30', price: '30.00', dispensed: true });
      const payments = [{ method: 'cash', amount: '30' }];
      await post('/sales', { accountId, items: [{ fillId: fill.fillId }], payments }, { world });
      expect(await state()).toEqual([earnsOnPrescriptions ? 3 : 0, 0]);
    }
  });

  it('expire, the oldest spent first, and are gone from the balance the day after', async () => {
    const { accountId, world, sell, state, ledger } = await aShop({ expiryMonths: 1 });
    await sell(100);
    await sell(4, [
      { method: 'points', amount: '3.00' },
      { method: 'cash', amount: '1.00' },
    ]);
    expect(await state()).toEqual([4, 0]);
    await age(accountId, 40);
    expect(await state()).toEqual([0, 0]);
    expect(
      (
        await sell(4, [
          { method: 'points', amount: '2.00' },
          { method: 'cash', amount: '2' },
        ])
      ).body,
    ).toMatchObject({ type: '/problems/points-short', params: { available: 0 } });
    await sell(50);
    expect(await state()).toEqual([5, 0]);
    expect((await ledger()).slice(0, 2)).toEqual([
      ['earn', 5, 0],
      ['expire', -4, 0],
    ]);
    expect((await get(`/accounts/${accountId}/points?limit=1`, world)).body).toMatchObject({
      meta: { total: 4, limit: 1 },
    });
    expect(await broken()).toEqual([]);
  });

  /** Moves what an account has of points into the past, as the owner alone can. */
  async function age(accountId: number, days: number): Promise<void> {
    const trigger = 'points_entries_append_only';
    await db.owner.query(`alter table operational.points_entries disable trigger ${trigger}`);
    await db.owner.query(
      `update operational.points_entries set business_date = business_date - $2::integer, expires_on = expires_on - $2::integer where account_id = $1`,
      [accountId, days],
    );
    await db.owner.query(`alter table operational.points_entries enable trigger ${trigger}`);
  }

  it('are set up and changed by who manages accounts, each change on the version one saw', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const write = (body: object, by: World = world) =>
      call<{ type?: string; rule?: { version: number } }>('PUT', '/loyalty-rule', { token: by.token, body });
    const rule = {
      isActive: true,
      amountPerPoint: '10',
      pointValue: '0.1',
      minimumPoints: 0,
      expiryMonths: null,
      earnsOnPrescriptions: false,
    };
    expect((await get('/loyalty-rule', world)).body).toEqual({ rule: null });
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    expect((await write({ ...rule, version: 0 }, cashier)).status).toBe(403);
    expect((await write({ ...rule, version: 0 })).body.rule).toEqual({
      ...rule,
      amountPerPoint: '10.00',
      pointValue: '0.10',
      version: 1,
    });
    expect(await write({ ...rule, version: 0 })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    expect((await write({ ...rule, isActive: false, version: 1 })).body.rule?.version).toBe(2);
    expect(await write({ ...rule, pointValue: '0.001', version: 2 })).toMatchObject({ status: 422 });
    expect((await write({ ...rule, pointValue: '0', version: 2 })).status).toBe(400);
  });

  it('are written by the ledger as the sale has them, whoever writes SQL', async () => {
    const { world, accountId, sell } = await aShop();
    const { saleId } = (await sell(100)).body;
    const forge = (columns: string, values: string) =>
      db.uow
        .run(world.ctx, (tx) =>
          tx.execute(
            `insert into operational.points_entries (branch_id, account_id, ${columns}) values ($1, $2, ${values})`,
            [world.branchId, accountId],
          ),
        )
        .then(
          () => 'written',
          (error: unknown) => (error as { code?: string }).code,
        );
    expect(
      await forge(
        'kind, points, sale_id, amount_per_point, on_prescriptions',
        `'earn', 1000, ${saleId}, 10, false`,
      ),
    ).toBe('MD329');
    expect(await forge('kind, points', `'expire', -5`)).toBe('MD329');
    expect(await forge('kind, points, sale_id', `'take_back', -5, ${saleId}`)).toBe('MD329');
    expect(await forge('kind, points, missing, sale_id', `'take_back', 0, 5, ${saleId}`)).toBe('42501');
  });
});
