// Price history against a model: whatever is done to a price, on every day since the first exactly one price holds, the
// last one is the product's, and the past never changes.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';

type Step =
  | { readonly kind: 'set'; readonly price: number }
  | { readonly kind: 'dated' | 'schedule'; readonly price: number; readonly offset: number }
  | { readonly kind: 'apply'; readonly offset: number };

const price = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), price }),
  fc.record({ kind: fc.constant('dated' as const), price, offset: fc.integer({ min: -40, max: 0 }) }),
  fc.record({
    kind: fc.constant('schedule' as const),
    price: fc.integer({ min: 1, max: 5 }),
    offset: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ kind: fc.constant('apply' as const), offset: fc.integer({ min: 0, max: 1 }) }),
);

/** Days without exactly one price, between the first and a year after; and whether the current period is the product's price. */
const CHECK = `
with days as (
  select generate_series((select min(effective_from) from reference.drug_prices where drug_id = $1), current_date + 365, '1 day')::date as day
)
select
  (select coalesce(array_agg(day::text), '{}') from days where (
    select count(*) from reference.drug_prices p
    where p.drug_id = $1 and p.effective_from <= day and (p.effective_to is null or p.effective_to > day)) <> 1) as wrong,
  (select array_agg(p.price = d.price) from reference.drug_prices p join reference.drugs d using (drug_id) where p.drug_id = $1 and p.state = 'current') as current`;

const PAST = `
select price, effective_from, effective_to from reference.drug_prices
where drug_id = $1 and state = 'past' and effective_to < current_date order by effective_from`;

describe('price history', () => {
  const db = useTestDatabase();
  let world: World;
  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
  });

  async function take(drugId: number, taken: Step): Promise<void> {
    switch (taken.kind) {
      case 'set':
        await db.owner.query('update reference.drugs set price = $2 where drug_id = $1', [
          drugId,
          taken.price,
        ]);
        return;
      case 'dated':
        await db.owner.query(
          'update reference.drugs set price = $2, price_effective_from = current_date + $3::integer where drug_id = $1',
          [drugId, taken.price, taken.offset],
        );
        return;
      case 'schedule':
        await db.owner.query(
          `insert into reference.scheduled_prices (drug_id, price, effective_from) values ($1, $2, current_date + $3::integer)
           on conflict (drug_id, effective_from) where status = 'waiting' do update set price = excluded.price`,
          [drugId, taken.price, taken.offset],
        );
        return;
      case 'apply':
        await db.uow.runAsAdmin(world.ctx, (tx) =>
          tx.execute('select reference.apply_due_prices(current_date + $1::integer)', [taken.offset]),
        );
    }
  }

  it('has exactly one price on every day, and a past that stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { drugId } = await aDrug(db, { price: '3' });
        await db.owner.query(
          'update reference.drugs set price_effective_from = current_date - 50 where drug_id = $1',
          [drugId],
        );
        let past: unknown[] = [];
        for (const taken of steps) {
          await take(drugId, taken);
          const { rows } = await db.owner.query(CHECK, [drugId]);
          expect(rows).toEqual([{ wrong: [], current: [true] }]);
          const now = (await db.owner.query<Record<string, unknown>>(PAST, [drugId])).rows;
          expect(now.slice(0, past.length)).toEqual(past);
          past = now;
        }
      }),
      { numRuns: 60 },
    );
  });
});
