import { beforeAll, describe, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aBranch, aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import type { DrugPricesService } from './drug-prices.service.js';
import type { DrugsService } from './drugs.service.js';

describe('prices over time', () => {
  const db = useTestDatabase(CATALOGUE_ENTITIES);
  let world: World;
  let drugs: DrugsService;
  let prices: DrugPricesService;
  let today: string;

  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    ({ drugs, prices } = theCatalogue(db));
    const { rows } = await db.owner.query<{ today: string }>('select operational.price_day() as today');
    today = rows[0]?.today ?? '';
  });

  const day = async (offset: number): Promise<string> => {
    const { rows } = await db.owner.query<{ day: string }>('select ($1::date + $2::integer) as day', [
      today,
      offset,
    ]);
    return rows[0]?.day ?? '';
  };
  const history = async (drugId: number) =>
    (await prices.history(world.ctx, drugId, { page: 1, limit: 50 })).data.map((period) => [
      period.state,
      period.price,
      period.effectiveFrom,
      period.effectiveTo,
    ]);
  const since = (drugId: number, date: string) =>
    db.owner.query('update reference.drugs set price_effective_from = $2 where drug_id = $1', [drugId, date]);

  it('of a product that never changed are one period, without a row written', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    expect(await history(drugId)).toEqual([['current', '10.00', expect.any(String), null]]);
    const { rowCount } = await db.owner.query('select from reference.drug_price_changes where drug_id = $1', [
      drugId,
    ]);
    expect(rowCount).toBe(0);
    await expect(prices.history(world.ctx, 999_999, { page: 1, limit: 5 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('keep who set them and when, and what was before', async () => {
    const { drugId } = await aDrug(db, { price: '0' });
    await since(drugId, '2026-01-01');
    await drugs.update(world.ctx, drugId, { version: 1, price: '12', priceEffectiveFrom: '2026-03-01' });
    const changed = await drugs.update(world.ctx, drugId, { version: 2, price: '15' });
    expect(changed).toMatchObject({ price: '15.00', oldPrice: '12.00', priceEffectiveFrom: today });
    expect(await history(drugId)).toEqual([
      ['current', '15.00', today, null],
      ['past', '12.00', '2026-03-01', today],
      ['past', null, '2026-01-01', '2026-03-01'],
    ]);
    const { data } = await prices.history(world.ctx, drugId, { page: 1, limit: 1 });
    expect(data[0]).toMatchObject({ setBy: world.userId, source: 'manual' });
  });

  it('changed by an import name its release; changed in plain SQL are dated all the same', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    await since(drugId, '2026-01-01');
    const { rows } = await db.owner.query<{ id: number }>(
      "insert into reference.import_releases (source) values ('egypt') returning release_id as id",
    );
    const releaseId = rows[0]?.id;
    await db.owner.query(
      "update reference.drugs set price = 11, release_id = $2, source = 'egypt' where drug_id = $1",
      [drugId, releaseId],
    );
    await db.owner.query('update reference.drugs set price = 13 where drug_id = $1', [drugId]);
    const { data } = await prices.history(world.ctx, drugId, { page: 1, limit: 5 });
    const utc = data[0]?.effectiveFrom;
    expect(data).toMatchObject([
      { state: 'current', price: '13.00', source: 'manual' },
      { state: 'past', price: '10.00', effectiveFrom: '2026-01-01', effectiveTo: utc },
    ]);
    const all = await db.owner.query<{ price: string; source: string; release_id: number | null }>(
      'select price, source, release_id from reference.drug_price_changes where drug_id = $1 order by price_change_id',
      [drugId],
    );
    expect(all.rows).toEqual([
      { price: '11.000', source: 'egypt', release_id: releaseId },
      { price: '13.000', source: 'manual', release_id: null },
    ]);
  });

  it('restored by a revert hold from the day of the revert, not from their first day', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    await since(drugId, '2026-01-01');
    await drugs.update(world.ctx, drugId, { version: 1, price: '12', priceEffectiveFrom: '2026-06-01' });
    await db.owner.query(
      "update reference.drugs set price = 10, price_effective_from = '2026-01-01' where drug_id = $1",
      [drugId],
    );
    const rows = await history(drugId);
    expect(rows.map(([state, price, from]) => [state, price, from])).toEqual([
      ['current', '10.00', expect.any(String)],
      ['past', '12.00', '2026-06-01'],
      ['past', '10.00', '2026-01-01'],
    ]);
  });

  it('of a later day wait for it, and are taken over on it with the old price kept', async () => {
    const made = await aDrug(db, { price: '10', priceCeiling: '30' });
    const [soon, later] = [await day(3), await day(9)];
    const waiting = await drugs.update(world.ctx, made.drugId, {
      version: 1,
      price: '20',
      priceEffectiveFrom: soon,
    });
    await drugs.update(world.ctx, made.drugId, { version: 2, price: '25', priceEffectiveFrom: later });
    expect(waiting).toMatchObject({
      price: '10.00',
      scheduledPrices: [{ price: '20.00', effectiveFrom: soon }],
    });
    expect(await prices.applyDue()).toBe(0);
    expect((await history(made.drugId)).map(([state, price]) => [state, price])).toEqual([
      ['scheduled', '25.00'],
      ['scheduled', '20.00'],
      ['current', '10.00'],
    ]);
    const apply = (date: string) =>
      db.uow.runAsAdmin(world.ctx, (tx) =>
        tx.one<{ n: number }>('select reference.apply_due_prices($1) as n', [date]),
      );
    expect(await apply(soon)).toEqual({ n: 1 });
    expect(await apply(soon)).toEqual({ n: 0 });
    const taken = await drugs.findOne(world.ctx, made.drugId);
    expect(taken).toMatchObject({ price: '20.00', oldPrice: '10.00', version: 4 });
    expect(taken.scheduledPrices).toMatchObject([{ price: '25.00' }]);
    const { data } = await prices.history(world.ctx, made.drugId, { page: 1, limit: 5 });
    expect(data[1]).toMatchObject({ state: 'current', price: '20.00', source: 'scheduled' });
  });

  it('of a later day can be taken back, replaced, and are not taken over above the ceiling of their day', async () => {
    const { drugId } = await aDrug(db, { price: '10', priceCeiling: '30' });
    const soon = await day(2);
    const decide = (version: number, price: string) =>
      drugs.update(world.ctx, drugId, { version, price, priceEffectiveFrom: soon });
    await decide(1, '20');
    const replaced = await decide(2, '21');
    expect(replaced.scheduledPrices).toMatchObject([{ price: '21.00' }]);
    const id = replaced.scheduledPrices[0]?.scheduledPriceId ?? 0;
    await prices.cancel(world.ctx, drugId, id);
    await expect(prices.cancel(world.ctx, drugId, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(decide(3, '31')).rejects.toMatchObject({ code: 'price-ceiling' });
    await expect(decide(3, '0')).rejects.toMatchObject({ status: 422 });
    await decide(3, '22');
    await drugs.update(world.ctx, drugId, { version: 4, priceCeiling: '21' });
    await db.uow.runAsAdmin(world.ctx, (tx) => tx.execute('select reference.apply_due_prices($1)', [soon]));
    expect((await drugs.findOne(world.ctx, drugId)).price).toBe('10.00');
    const { rows } = await db.owner.query<{ status: string }>(
      'select status from reference.scheduled_prices where drug_id = $1 order by scheduled_price_id',
      [drugId],
    );
    expect(rows.map(({ status }) => status)).toEqual(['cancelled', 'refused']);
  });

  it('set by hand on the day supersede what was decided for it', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    await drugs.update(world.ctx, drugId, { version: 1, price: '20', priceEffectiveFrom: await day(1) });
    await db.owner.query('update reference.scheduled_prices set effective_from = $2 where drug_id = $1', [
      drugId,
      today,
    ]);
    await drugs.update(world.ctx, drugId, { version: 2, price: '11' });
    expect(await prices.applyDue()).toBe(0);
    expect((await drugs.findOne(world.ctx, drugId)).price).toBe('11.00');
  });

  it('cannot take effect before the present one did', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    await since(drugId, '2026-05-01');
    await expect(
      drugs.update(world.ctx, drugId, { version: 1, price: '11', priceEffectiveFrom: '2026-04-30' }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('are judged by a day that has begun at every branch', async () => {
    await aBranch(db, { timeZone: 'Pacific/Kiritimati' });
    await aBranch(db, { timeZone: 'Pacific/Pago_Pago' });
    const { rows } = await db.owner.query<{ ok: boolean }>(
      "select operational.price_day() = (now() at time zone 'Pacific/Pago_Pago')::date as ok",
    );
    expect(rows).toEqual([{ ok: true }]);
  });

  it('are never altered once written, by nobody', async () => {
    const { drugId } = await aDrug(db, { price: '10' });
    await drugs.update(world.ctx, drugId, { version: 1, price: '11' });
    for (const statement of [
      'update reference.drug_price_changes set price = 1',
      'delete from reference.drug_price_changes',
      'truncate reference.drug_price_changes',
    ])
      await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.uow.runAsAdmin(world.ctx, (tx) =>
        tx.execute(
          `insert into reference.drug_price_changes (drug_id, previous_price, previous_from, price, effective_from, source)
           values ($1, 1, '2026-01-01', 2, '2026-01-02', 'forged')`,
          [drugId],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});
