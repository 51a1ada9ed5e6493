// Closing a shift while it is sold in, returned in, moved in and closed: one Z report, whole, and a right answer to each.
import { describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

const COUNTS = { counts: [{ method: 'cash', counted: '100' }] };

describe('the close of a shift', () => {
  const { db, call } = useTestApp();
  const post = <Body = Record<string, unknown>>({ token }: World, path: string, body: object) =>
    call<Body>('POST', path, { token, body });
  const open = async (world: World): Promise<number> => {
    const answer = await post<{ shiftId: number }>(world, '/till-shifts', { openingFloat: '100' });
    expect(answer.status).toBe(201);
    return answer.body.shiftId;
  };
  const aStock = async (world: World): Promise<number> => {
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '10000' });
    return drugId;
  };
  const sell = (world: World, drugId: number) =>
    post<{ saleId: number; items: { saleItemId: number }[] }>(world, '/sales', {
      items: [{ drugId, quantity: '1' }],
      payments: [{ method: 'cash', amount: '1' }],
    });
  const typeOf = (answer: Answer<object>): string =>
    answer.status < 300 ? 'ok' : String((answer.body as { type?: string }).type);
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter((one) => one.broken.length > 0)).toEqual([]);
  };

  it('raced by 40 sales, 10 returns and 10 movements of cash: what was in time is in the Z, what was not is refused', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const drugId = await aStock(world);
    const shiftId = await open(world);
    const before = await Promise.all(Array.from({ length: 10 }, () => sell(world, drugId)));
    const returns = before.map(
      ({ body }) =>
        () =>
          post(world, `/sales/${body.saleId}/return`, {
            items: [{ saleItemId: body.items[0]?.saleItemId, quantity: '1' }],
            reason: 'x',
          }),
    );
    const sales = Array.from({ length: 40 }, () => () => sell(world, drugId));
    const moves = Array.from(
      { length: 10 },
      () => () => post(world, `/till-shifts/${shiftId}/pay-in`, { amount: '1', reason: 'coins' }),
    );
    const close = () =>
      post<{ zNumber: number; salesCount: number }>(world, `/till-shifts/${shiftId}/close`, COUNTS);
    const work = [...sales.slice(0, 20), ...returns, close, ...moves, ...sales.slice(20)];
    const answers = await Promise.all(work.map((one) => one() as Promise<Answer<object>>));
    const kinds = new Set(answers.map(typeOf));
    for (const kind of kinds)
      expect([
        'ok',
        '/problems/no-open-shift',
        '/problems/shift-closed',
        '/problems/drawer-not-counted',
      ]).toContain(kind);
    // Where something was posted between count and close of one request, nothing was closed: the shift is not stranded.
    const state = await call<{ status: string }>('GET', `/till-shifts/${shiftId}`, world);
    if (state.body.status === 'open') expect((await close()).status).toBe(200);
    const z = await call<{ salesCount: number; returnsCount: number }>(
      'GET',
      `/till-shifts/${shiftId}/report`,
      world,
    );
    const { rows } = await db.owner.query<{ sales: number; returns: number }>(
      `select count(*) filter (where sale_type = 'sale')::integer as sales, count(*) filter (where sale_type <> 'sale')::integer as returns
       from operational.sales where shift_id = $1`,
      [shiftId],
    );
    expect(z.body).toMatchObject({ kind: 'Z', salesCount: rows[0]?.sales, returnsCount: rows[0]?.returns });
    expect((await sell(world, drugId)).body).toMatchObject({ type: '/problems/no-open-shift' });
    expect((await post(world, '/till-shifts', { openingFloat: '0' })).status).toBe(201);
    await sound();
  });

  it('asked for 30 times at once closes once; the others are told that it is closed', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const shiftId = await open(world);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => post(world, `/till-shifts/${shiftId}/close`, COUNTS)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(answer).toMatchObject({ status: 409, body: { type: '/problems/shift-closed' } });
    await sound();
  });

  it('of 12 tills of a branch at once gives 12 numbers without a gap, in one chain', async () => {
    const first = await aWorldFor(db, 'pharmacist');
    const others = await Promise.all(
      Array.from({ length: 11 }, () => aWorldFor(db, 'pharmacist', { branchId: first.branchId })),
    );
    const worlds = [first, ...others];
    const shifts = await Promise.all(worlds.map(open));
    const answers = await Promise.all(
      worlds.map((world, index) =>
        post<{ zNumber: number }>(world, `/till-shifts/${shifts[index] ?? 0}/close`, COUNTS),
      ),
    );
    expect(answers.map(({ body }) => body.zNumber).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, n) => n + 1),
    );
    await sound();
  });

  it('is not held up by 20 counts of the same drawer: two stand, the rest are told so', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const shiftId = await open(world);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(world, `/till-shifts/${shiftId}/count`, { ...COUNTS, recountReason: 'again' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(new Set(answers.map(typeOf))).toEqual(new Set(['ok', '/problems/recount-used']));
    expect((await post(world, `/till-shifts/${shiftId}/close`, {})).status).toBe(200);
    await sound();
  });
});
