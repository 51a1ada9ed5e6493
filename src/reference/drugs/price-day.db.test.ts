import { HttpAdapterHost } from '@nestjs/core';
import { beforeAll, expect, it } from 'vitest';

import { CATALOGUE_ENTITIES, theCatalogue } from '../../../test/builders/catalogue.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { PriceDayService } from './price-day.service.js';

const db = useTestDatabase(CATALOGUE_ENTITIES);
beforeAll(() => aWorldFor(db, 'administrator'));

async function aDuePrice(): Promise<() => Promise<string | undefined>> {
  const { drugId } = await aDrug(db, { price: '10' });
  await db.owner.query(
    'insert into reference.scheduled_prices (drug_id, price, effective_from) values ($1, 12, operational.price_day())',
    [drugId],
  );
  return async () => {
    const { rows } = await db.owner.query<{ price: string }>(
      'select price from reference.drugs where drug_id = $1',
      [drugId],
    );
    return rows[0]?.price;
  };
}

it('a server takes over what is due when it starts; the command line does not', async () => {
  const price = await aDuePrice();
  const host = new HttpAdapterHost();
  const service = new PriceDayService(theCatalogue(db).prices, host);
  service.onApplicationBootstrap();
  await service.onModuleDestroy();
  expect(await price()).toBe('10.000');
  host.httpAdapter = {} as HttpAdapterHost['httpAdapter'];
  service.onApplicationBootstrap();
  await service.onModuleDestroy();
  expect(await price()).toBe('12.000');
});

it('two servers take over a price once between them', async () => {
  const price = await aDuePrice();
  const { prices } = theCatalogue(db);
  const applied = await Promise.all([prices.applyDue(), prices.applyDue(), prices.applyDue()]);
  expect(applied.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await price()).toBe('12.000');
  const { rows } = await db.owner.query<{ n: number }>(
    'select count(*)::integer as n from reference.drug_price_changes where price = 12 and previous_price = 10',
  );
  expect(rows[0]?.n).toBe(2);
});
