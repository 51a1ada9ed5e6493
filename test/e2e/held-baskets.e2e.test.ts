// Baskets held at one till and resumed at another, over HTTP: once only, bounded, gone after their time, undone.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Held {
  heldBasketId: number;
  status: string;
  label: string | null;
  lineCount: number;
  total: string;
  names: string[];
  lines: object[];
}
interface Listed {
  data: Held[];
  meta: { total: number };
}

describe('held baskets', () => {
  const { db, call } = useTestApp();

  async function aShop() {
    const world = await aWorldFor(db, 'cashier');
    const colleague = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    const { drugId } = await aDrug(db, { name: 'Holdadol', price: '10.00' });
    const lines = [{ drugId, quantity: '2', unit: 'pack', discount: '0.50' }];
    const hold = (at: World, more: object = {}) =>
      call<Held>('POST', '/held-baskets', { token: at.token, body: { lines, total: '19.50', ...more } });
    const act = (at: World, id: number, what: string) =>
      call<Held>('POST', `/held-baskets/${id}/${what}`, { token: at.token });
    const list = (at: World) => call<Listed>('GET', '/held-baskets', at);
    return { world, colleague, lines, hold, act, list };
  }

  it('are seen by every till of the branch and resumed by one of them', async () => {
    const { world, colleague, lines, hold, act, list } = await aShop();
    const held = await hold(world, { label: 'lady with the dog' });
    expect(held).toMatchObject({
      status: 201,
      body: {
        status: 'held',
        label: 'lady with the dog',
        lineCount: 1,
        total: '19.50',
        names: ['Holdadol'],
        lines,
      },
    });
    const id = held.body.heldBasketId;
    expect((await list(colleague)).body.data.map((row) => row.heldBasketId)).toEqual([id]);
    expect(await act(colleague, id, 'resume')).toMatchObject({
      status: 200,
      body: { status: 'resumed', lines },
    });
    expect((await list(world)).body.data).toEqual([]);
    expect(await act(world, id, 'resume')).toMatchObject({
      status: 409,
      body: { type: '/problems/held-basket-gone', params: { status: 'resumed' } },
    });
    const stranger = await aWorldFor(db, 'cashier');
    expect((await act(stranger, id, 'resume')).status).toBe(404);
    expect((await list(stranger)).body.data).toEqual([]);
  });

  it('go to one of ten tills that want the same at once', async () => {
    const { world, hold, act } = await aShop();
    const { heldBasketId } = (await hold(world)).body;
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(world, heldBasketId, 'resume')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  it('come back after they were discarded, while their time lasts', async () => {
    const { world, hold, act, list } = await aShop();
    const { heldBasketId } = (await hold(world)).body;
    expect((await act(world, heldBasketId, 'discard')).body.status).toBe('discarded');
    expect((await list(world)).body.data).toEqual([]);
    expect((await act(world, heldBasketId, 'restore')).body.status).toBe('held');
    await db.owner.query('alter table operational.held_baskets disable trigger held_baskets_guard');
    await db.owner.query(
      `update operational.held_baskets set expires_at = now() - interval '1 second' where held_basket_id = $1`,
      [heldBasketId],
    );
    await db.owner.query('alter table operational.held_baskets enable trigger held_baskets_guard');
    expect((await list(world)).body.data).toEqual([]);
    expect((await act(world, heldBasketId, 'resume')).status).toBe(409);
  });

  it('are fifty at most, last as long as the branch says, and outlive a shift', async () => {
    const { world, hold, list } = await aShop();
    const boss = await aWorldFor(db, 'administrator', { branchId: world.branchId });
    const settings = await call<object>('GET', '/after-sale-settings', world);
    expect(settings.body).toMatchObject({ heldBasketHours: 24, version: 0 });
    const body = { ...settings.body, heldBasketHours: 2 };
    expect((await call('PATCH', '/after-sale-settings', { token: world.token, body })).status).toBe(403);
    expect(await call('PATCH', '/after-sale-settings', { token: boss.token, body })).toMatchObject({
      status: 200,
      body: { heldBasketHours: 2, version: 1 },
    });
    expect(await call('PATCH', '/after-sale-settings', { token: boss.token, body })).toMatchObject({
      status: 409,
      body: { type: '/problems/stale-version' },
    });
    for (let n = 0; n < 50; n++) expect((await hold(world)).status).toBe(201);
    expect(await hold(world)).toMatchObject({
      status: 409,
      body: { type: '/problems/too-many-held-baskets' },
    });
    const { rows } = await db.owner.query(
      `select distinct expires_at - held_at = interval '2 hours' as two from operational.held_baskets where branch_id = $1`,
      [world.branchId],
    );
    expect(rows).toEqual([{ two: true }]);
    expect((await list(world)).body.meta.total).toBe(50);
  });

  it('refuse what is no basket, and a patient of another branch', async () => {
    const { world, hold } = await aShop();
    expect((await hold(world, { lines: [] })).status).toBe(400);
    expect((await hold(world, { lines: [{ drugId: 1, quantity: '0', unit: 'pack' }] })).status).toBe(400);
    expect((await hold(world, { total: '-1' })).status).toBe(400);
    expect((await hold(world, { patientId: 2_000_000_000 })).status).toBe(404);
  });
});
