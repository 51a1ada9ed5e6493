// A customer's account under random commands beside a model of it: what he owes is the sum of what happened, his limit holds, points are
// never below zero, and returns give each tender back what it gave.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aLoyaltyRule, anAccount } from '../builders/account.js';
import { byProfile } from '../faults/harness/profile.js';
import { useCreditShop, type SoldSale } from '../support/credit-shop.js';

const LIMIT = 60;

/** One step: a sale with shares by tender, a return of a part of a sale, a payment, money given back. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('sell' as const),
    account: fc.integer({ min: 0, max: 30 }),
    deposit: fc.integer({ min: 0, max: 15 }),
    points: fc.integer({ min: 0, max: 4 }),
    cash: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({
    do: fc.constant('return' as const),
    sale: fc.nat({ max: 9 }),
    quantity: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ do: fc.constant('pay' as const), amount: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('payout' as const), amount: fc.integer({ min: 1, max: 20 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe('the account of a customer', () => {
  const { db, me, post, account, sell, takeBack, broken } = useCreditShop();

  it('is what a model of it says, whatever happens in whatever order', async () => {
    await aLoyaltyRule(db, me().branchId);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const accountId = await anAccount(db, me(), { creditLimit: String(LIMIT) });
        const sales: { sale: SoldSale; sold: number; left: number; given: Map<string, number> }[] = [];
        let balance = 0;

        async function run(one: Step): Promise<void> {
          if (one.do === 'sell') {
            const tenders = (['account', 'deposit', 'points', 'cash'] as const).filter(
              (method) => one[method] > 0,
            );
            const amount = tenders.reduce((sum, method) => sum + one[method], 0);
            if (amount === 0) return;
            const before = await account(accountId);
            const answer = await sell(
              accountId,
              amount,
              tenders.map((method) => ({ method, amount: String(one[method]) })),
            );
            const isCovered =
              one.deposit <= Math.max(0, -balance) && balance + one.deposit + one.account <= LIMIT;
            const hasPoints = one.points >= 2 && one.points * 2 <= before.points;
            const isSold = (one.deposit + one.account === 0 || isCovered) && (one.points === 0 || hasPoints);
            expect(answer.status === 201).toBe(isSold);
            if (answer.status !== 201) return;
            balance += one.account + one.deposit;
            sales.push({
              sale: answer.body,
              sold: amount,
              left: amount,
              given: new Map(tenders.map((method) => [method, one[method]])),
            });
          } else if (one.do === 'return') {
            const sold = sales[one.sale % Math.max(1, sales.length)];
            if (!sold || sold.left === 0) return;
            const quantity = Math.min(one.quantity, sold.left);
            const answer = await takeBack(sold.sale, quantity);
            expect(answer.status).toBe(201);
            let back = 0;
            for (const { method, amount } of answer.body.payments) {
              const value = -Number(amount);
              back += value;
              const left = (sold.given.get(method) ?? 0) - value;
              expect(left).toBeGreaterThanOrEqual(0);
              sold.given.set(method, left);
              if (method === 'account' || method === 'deposit') balance -= value;
            }
            expect(back).toBe(quantity);
            sold.left -= quantity;
            if (sold.left === 0) expect([...sold.given.values()].every((left) => left === 0)).toBe(true);
          } else {
            const isPayment = one.do === 'pay';
            const path = `/accounts/${accountId}/${isPayment ? 'payments' : 'payouts'}`;
            const body = {
              method: 'cash',
              amount: String(one.amount),
              ...(isPayment ? {} : { reason: 'x' }),
            };
            const { status } = await post(path, body);
            expect(status).toBe(isPayment || one.amount <= -balance ? 201 : 409);
            if (status === 201) balance += isPayment ? -one.amount : one.amount;
          }
        }

        for (const one of steps) {
          await run(one);
          const now = await account(accountId);
          expect(Number(now.balance)).toBe(balance);
          expect(balance).toBeLessThanOrEqual(LIMIT);
          expect(now.points).toBeGreaterThanOrEqual(0);
        }
        // All of it brought back: points earned are gone again, and what was spent is there.
        for (const sold of sales)
          if (sold.left > 0) expect((await takeBack(sold.sale, sold.left)).status).toBe(201);
        const after = await account(accountId);
        expect([after.points, after.pointsDue]).toEqual([0, 0]);
      }),
      { numRuns: byProfile({ ci: 12, short: 25, long: 200 }) },
    );
    expect(await broken()).toEqual([]);
  });
});
