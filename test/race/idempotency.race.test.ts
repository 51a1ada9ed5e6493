// The same command sent many times at once with one Idempotency-Key happens once.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('one Idempotency-Key', () => {
  const { db, call } = useTestApp();

  async function aTill() {
    const world = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, world);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    const { lotId } = await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    const body = (quantity: string) => ({
      items: [{ drugId, quantity }],
      payments: [{ method: 'cash', amount: '50' }],
    });
    return { ...world, lotId, body };
  }
  const salesAt = async (branchId: number): Promise<number> => {
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*) as n from operational.sales where branch_id = $1',
      [branchId],
    );
    return rows[0]?.n ?? -1;
  };

  it('100 parallel retries: one sale, and every answer is the first', async () => {
    const { token, branchId, body } = await aTill();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => call('POST', '/sales', { token, key: 'retry-1', body: body('3') })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 100 }, () => 201));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(await salesAt(branchId)).toBe(1);
  });

  it('with another body is refused, and with another user is another key', async () => {
    const till = await aTill();
    const { token, branchId, body } = till;
    expect((await call('POST', '/sales', { token, key: 'k', body: body('3') })).status).toBe(201);
    expect(await call('POST', '/sales', { token, key: 'k', body: body('4') })).toMatchObject({
      status: 422,
      body: { type: '/problems/idempotency-key-reused' },
    });
    const colleague = await aWorldFor(db, 'pharmacist', { branchId });
    await aTillShift(db, colleague);
    const theirs = await call('POST', '/sales', { token: colleague.token, key: 'k', body: body('3') });
    expect(theirs.status).toBe(201);
    expect(await salesAt(branchId)).toBe(2);
  });

  it('at another branch of the same user is refused: his first answer is of the other branch', async () => {
    const { token, userId, branchId, body } = await aTill();
    const there = await aBranch(db);
    await db.owner.query('insert into operational.user_branches (user_id, branch_id) values ($1, $2)', [
      userId,
      there,
    ]);
    await aTillShift(db, { userId, branchId: there });
    const here = await call<{ saleId: number }>('POST', '/sales', {
      ...{ token, branchId, key: 'two', body: body('1') },
    });
    expect(here.status).toBe(201);
    const other = await call('POST', '/sales', { token, branchId: there, key: 'two', body: body('1') });
    expect(other).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } });
    expect(other.body).not.toHaveProperty('saleId');
    expect([await salesAt(branchId), await salesAt(there)]).toEqual([1, 0]);
  });

  it('of a refused command may be used again once it can succeed', async () => {
    const { token, branchId, body } = await aTill();
    expect((await call('POST', '/sales', { token, key: 'k2', body: body('101') })).status).not.toBe(201);
    const shelf = await call('POST', '/sales', { token, key: 'k2', body: body('10') });
    expect(shelf.status).toBe(201);
    expect(await salesAt(branchId)).toBe(1);
  });

  it('20 parallel corrections of stock: one', async () => {
    const { token, lotId } = await aTill();
    const body = { lotId, quantity: '-10', reason: 'breakage' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/inventory/adjust', { token, key: 'adj', body })),
    );
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], headers: answer.headers });
    expect(answers[0]).toMatchObject({ status: 201, body: { lot: { quantity: '90' } } });
  });
});
