// Many tills on one account near its limit, one deposit, one customer's points: through the HTTP door, and straight into the ledger.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aDeposit, aLoyaltyRule, anAccount } from '../builders/account.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useCreditShop } from '../support/credit-shop.js';

const CALLERS = 50;

describe('one account, asked by many at once', () => {
  const { db, me, account, sell, takeBack, post, broken } = useCreditShop();

  async function tills(count: number): Promise<World[]> {
    const worlds = await Promise.all(
      Array.from({ length: count }, () => aWorldFor(db, 'pharmacist', { branchId: me().branchId })),
    );
    for (const world of worlds) await aTillShift(db, world);
    return worlds;
  }
  const tally = (answers: readonly { status: number; body: { type?: string } }[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { status, body } of answers) {
      const key = status === 201 ? 'sold' : `${status} ${body.type}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };

  it(`is never above its limit: of ${CALLERS} callers as many buy as it covers, the rest are told so`, async () => {
    const worlds = await tills(10);
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, (_, n) =>
        sell(accountId, 7, [{ method: 'account', amount: '7' }], {
          world: worlds[n % worlds.length] ?? me(),
          key: randomUUID(),
        }),
      ),
    );
    expect(tally(answers)).toEqual({ sold: 14, '409 /problems/credit-limit': CALLERS - 14 });
    expect(await account(accountId)).toMatchObject({ balance: '98.00', available: '2.00' });
    expect(await broken()).toEqual([]);
  });

  it('is never above its limit past the application either', async () => {
    const accountId = await anAccount(db, me(), { creditLimit: '100' });
    const results = await Promise.allSettled(
      Array.from({ length: CALLERS }, () =>
        db.uow.run(me().ctx, (tx) =>
          tx.execute(
            `insert into operational.account_entries (branch_id, account_id, kind, amount, reason) values ($1, $2, 'correction', 7, 'race')`,
            [me().branchId, accountId],
          ),
        ),
      ),
    );
    const refused = results.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code?: string }).code] : [],
    );
    expect(refused).toEqual(Array.from({ length: CALLERS - 14 }, () => 'MD322'));
    expect((await account(accountId)).balance).toBe('98.00');
  });

  it('spends what was paid ahead once', async () => {
    const worlds = await tills(5);
    const accountId = await anAccount(db, me(), { creditLimit: '1000' });
    await aDeposit(db, accountId, '20');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        sell(accountId, 3, [{ method: 'deposit', amount: '3' }], { world: worlds[n % 5] ?? me() }),
      ),
    );
    expect(tally(answers)).toEqual({ sold: 6, '409 /problems/deposit-short': 14 });
    expect((await account(accountId)).paidAhead).toBe('2.00');
    expect(await broken()).toEqual([]);
  });

  it('spends its points once', async () => {
    await aLoyaltyRule(db, me().branchId);
    const worlds = await tills(5);
    const accountId = await anAccount(db, me());
    await sell(accountId, 300, [{ method: 'cash', amount: '300' }]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        sell(accountId, 4, [{ method: 'points', amount: '4' }], { world: worlds[n % 5] ?? me() }),
      ),
    );
    expect(tally(answers)).toEqual({ sold: 3, '409 /problems/points-short': 17 });
    expect((await account(accountId)).points).toBe(6);
    expect(await broken()).toEqual([]);
  });

  it('is charged, paid and credited at once, and every sum holds', async () => {
    const worlds = await tills(6);
    const accountId = await anAccount(db, me(), { creditLimit: '500' });
    const sales = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        sell(accountId, 10, [{ method: 'account', amount: '10' }], { world: worlds[n % 6] ?? me() }),
      ),
    );
    const answers = await Promise.all([
      ...sales.map(({ body }) => takeBack(body, 4)),
      ...Array.from({ length: 12 }, (_, n) =>
        post(
          `/accounts/${accountId}/payments`,
          { method: 'cash', amount: '5' },
          { world: worlds[n % 6] ?? me() },
        ),
      ),
      ...Array.from({ length: 12 }, (_, n) =>
        sell(accountId, 2, [{ method: 'account', amount: '2' }], { world: worlds[n % 6] ?? me() }),
      ),
    ]);
    expect([...new Set(answers.map((answer) => answer.status))]).toEqual([201]);
    expect((await account(accountId)).balance).toBe('36.00');
    expect(await broken()).toEqual([]);
  });
});
