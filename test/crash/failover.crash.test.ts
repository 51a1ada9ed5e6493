// The database that takes writes is killed while tills sell; its synchronous standby is promoted. Nothing acknowledged is lost, each key happens
// once, the server finds the new one by itself, and an old one that comes back gets no write.
import { randomUUID } from 'node:crypto';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import type { DatabaseServer } from '../../src/platform/config/config.js';
import { findPrimary } from '../../src/platform/database/replicas/primary-locator.js';
import {
  createStandby,
  promoteStandby,
  standbyStatus,
} from '../../src/platform/database/replicas/standby.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestDatabase } from '../support/db.js';
import { aFieldKey } from '../support/field-key.js';
import { TestStandby } from '../support/standby.js';

const TILLS = 4;
const STOCK = 100_000;
/** Two copies of a cluster and a server take seconds, and minutes on a machine that is used by others. */
const HOOK_MS = 300_000;
/** Sales of each till before the kill, and after it. */
const BEFORE = 5;
const AFTER = 5;

/** A sale that was answered by 201. */
interface Acknowledged {
  readonly key: string;
  readonly saleId: number;
  readonly begunAt: number;
  readonly at: number;
}

describe('a primary that is lost', () => {
  const db = useTestDatabase();
  let [primary, standby] = [undefined, undefined] as (TestStandby | undefined)[];
  let app: NestFastifyApplication | undefined;
  let address = '';
  let tills: World[] = [];
  let drugId = 0;
  let server: DatabaseServer;

  beforeAll(async () => {
    const first = await aWorldFor(db, 'pharmacist');
    ({ drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' }));
    await aLot(db, { branchId: first.branchId, drugId, quantity: String(STOCK) });
    tills = [first];
    while (tills.length < TILLS) tills.push(await aWorldFor(db, 'pharmacist', { branchId: first.branchId }));
    for (const till of tills) await aTillShift(db, till);
    // A primary of its own, that may be killed: a copy of the one of the tests.
    primary = await TestStandby.of(inject('clusterHome'));
    await promoteStandby(primary.cluster, true);
    standby = await TestStandby.of(primary.home, true);
    const hosts = [primary.endpoint, standby.endpoint];
    server = { ...db.app, ...(hosts[0] as (typeof hosts)[0]), hosts };
    app = await createApplication(server, 16, createLogger('silent'), { security: await aFieldKey() });
    await app.listen(0, '127.0.0.1');
    address = await app.getUrl();
  }, HOOK_MS);
  afterAll(async () => {
    await app?.close();
    await standby?.dispose();
    await primary?.dispose(inject('superuser'));
  }, HOOK_MS);

  const both = (): readonly [TestStandby, TestStandby] => {
    if (!primary || !standby) throw new Error('ask inside a test');
    return [primary, standby];
  };
  const count = async (at: TestStandby): Promise<number> =>
    (await at.sql<{ n: number }>(db.app.database, 'select count(*)::int as n from operational.sales'))[0]
      ?.n ?? 0;

  const post = async (till: World, key: string): Promise<{ status: number; body: { saleId: number } }> => {
    const answer = await fetch(`${address}/api/sales`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${till.token}`,
        'idempotency-key': key,
      },
      body: JSON.stringify({
        items: [{ drugId, quantity: '1' }],
        payments: [{ method: 'cash', amount: '1' }],
      }),
    });
    return { status: answer.status, body: (await answer.json()) as { saleId: number } };
  };

  /** Sells once: what is not answered for good is sent again with its key. Any other answer than 201 and 503 is a fault. */
  async function sell(till: World, untilMs: number): Promise<Acknowledged> {
    const key = randomUUID();
    const begunAt = performance.now();
    while (Date.now() < untilMs) {
      const { status, body } = await post(till, key);
      if (status === 201) return { key, saleId: body.saleId, begunAt, at: performance.now() };
      expect(status, JSON.stringify(body)).toBe(503);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('not sold in time');
  }

  it('under load: nothing acknowledged is lost, each key happens once, and tills sell again', async () => {
    const [old, next] = both();
    const acknowledged: Acknowledged[] = [];
    let killedAt = Number.POSITIVE_INFINITY;
    const untilMs = Date.now() + 50_000;
    const isDone = (mine: readonly Acknowledged[]): boolean =>
      mine.filter(({ at }) => at > killedAt).length >= AFTER;
    const selling = tills.map(async (till) => {
      const mine: Acknowledged[] = [];
      while (!isDone(mine)) {
        const sale = await sell(till, untilMs);
        mine.push(sale);
        acknowledged.push(sale);
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(TILLS * BEFORE);
    await old.kill();
    killedAt = performance.now();
    await promoteStandby(next.cluster, false);
    const promotedAt = performance.now();
    await Promise.all(selling);

    const again = Math.min(...acknowledged.filter(({ begunAt }) => begunAt > killedAt).map(({ at }) => at));
    const rows = await next.sql<{ saleId: number }>(
      db.app.database,
      `select sale_id as "saleId" from operational.sales order by 1`,
    );
    const ids = acknowledged.map(({ saleId }) => saleId).sort((a, b) => a - b);
    expect(
      rows.map(({ saleId }) => saleId),
      'what was acknowledged is what there is',
    ).toEqual(ids);
    expect(new Set(ids).size, 'one sale a key').toBe(acknowledged.length);
    const [state] = await next.sql<{ quantity: string; keys: number; broken: number }>(
      db.app.database,
      `select (select sum(quantity)::int::text from operational.inventory_lots where drug_id = ${drugId}) as quantity,
         (select count(*)::int from operational.idempotency_keys where response is not null) as keys,
         (select count(*)::int from operational.stock_discrepancies) as broken`,
    );
    expect(state).toEqual({ quantity: String(STOCK - ids.length), keys: ids.length, broken: 0 });
    console.info(
      `failover: ${ids.length} sales acknowledged by ${TILLS} tills, 0 lost; promoted ${Math.round(promotedAt - killedAt)} ms and sold again ${Math.round(again - killedAt)} ms after the kill`,
    );
  });

  it('and comes back gets no write, and no server that starts', async () => {
    const [old, next] = both();
    await old.cluster.start();
    expect((await standbyStatus(old.cluster)).isStandby, 'it takes itself for the primary').toBe(false);
    const [before, after] = [await count(old), await count(next)];
    const till = tills[0] as World;
    for (let n = 0; n < 5; n++) await sell(till, Date.now() + 10_000);
    expect([await count(old), await count(next)]).toEqual([before, after + 5]);
    expect((await findPrimary(server)).port, 'the later timeline').toBe(next.endpoint.port);

    // Alone it is refused by whoever has seen the later one.
    await next.cluster.stop();
    expect((await post(till, randomUUID())).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await post(till, randomUUID())).status).toBe(503);
    expect(await count(old)).toBe(before);
    await next.cluster.start();
    await sell(till, Date.now() + 20_000);
    expect([await count(old), await count(next)]).toEqual([before, after + 6]);
  });

  it('is not promoted away from while it runs, nor is anything made where something is', async () => {
    const [, next] = both();
    await expect(promoteStandby(next.cluster, false)).rejects.toThrow('takes writes already');
    const made = { from: next.home, name: 'another', isSynchronous: false };
    await expect(createStandby({ ...made, home: next.home })).rejects.toThrow('is not empty');
    await expect(createStandby({ ...made, home: `${next.home}-x`, name: 'No;' })).rejects.toThrow(
      'name of a standby',
    );
    const third = await TestStandby.of(next.home);
    try {
      await expect(promoteStandby(third.cluster, false)).rejects.toThrow('which runs');
      expect(await standbyStatus(next.cluster)).toMatchObject({
        isStandby: false,
        standbys: [{ name: third.name, state: 'streaming', sync: 'async' }],
      });
    } finally {
      await third.dispose(next.cluster.server('superuser', 'postgres'));
    }
  });
});
