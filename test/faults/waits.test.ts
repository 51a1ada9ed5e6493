// T12, T20. A line that delays answers and loses some after the server has committed; a lot that somebody in psql holds.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';
import { FLAWLESS, judge } from './harness/checker.js';
import { brokenInvariants } from './harness/invariants.js';
import { Load } from './harness/load.js';
import { byProfile, measured, PROFILE, spread, stream, until } from './harness/profile.js';
import { BadLine } from './harness/proxy.js';
import { aShelf, aShop, Customers, type Shop } from './harness/shop.js';
import { asOwner } from './harness/strike.js';
import { post } from './harness/till.js';

const TILLS = 16;
const LINE = byProfile({
  ci: { delayMs: 100, dropEvery: 10, commands: 150 },
  short: { delayMs: 2000, dropEvery: 50, commands: 400 },
  long: { delayMs: 2000, dropEvery: 50, commands: 8000 },
});
/** A till is told within this that a lot is held, ms: the lock timeout of the server and half a second. */
const TOLD_MS = 3500;
const OTHERS = 20;

describe('a till that has to wait', () => {
  const shelf = aShelf();
  let server: ServerProcess;
  let shop: Shop;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    shop = await owning(server, (db) => aShop(db, { cashiers: 4, products: 20, prescriptions: 100 }));
    for (const { token } of shop.cashiers) {
      const opened = await post(server, token, '/till-shifts', { openingFloat: '0.00' }, randomUUID());
      expect(opened.status, opened.body).toBe(201);
    }
  }, 120_000);
  afterAll(async () => {
    await server.dispose();
    await rm(shelf, { recursive: true, force: true });
  }, 60_000);

  it(
    'for answers that come late or never, after they were committed: one effect for one key',
    { timeout: 900_000 },
    async () => {
      const line = await BadLine.open(server.port, LINE.delayMs, LINE.dropEvery);
      try {
        const load = new Load(line, shop.cashiers, new Customers(shop, stream('line')), shelf);
        load.open(TILLS);
        await until('enough was served', () => load.served >= LINE.commands, 800_000);
        await load.close();
        const open = await load.settle();
        const books = load.books();
        const verdict = await asOwner(server, (db) => judge(db, books));
        expect(verdict).toMatchObject({ ...FLAWLESS, refused: 0, acknowledged: books.size });
        expect(line.dropped).toBeGreaterThanOrEqual(Math.floor(LINE.commands / LINE.dropEvery / 2));
        expect(await asOwner(server, brokenInvariants)).toEqual([]);
        measured('T12', {
          ...{ commands: books.size, 'answers dropped': line.dropped, 'delay ms': LINE.delayMs },
          ...{ 'left in doubt': open, duplicated: 0, lost: 0 },
        });
      } finally {
        await line.close();
      }
    },
  );

  it(
    'for a lot that somebody holds in psql is told so in time, and the others sell on',
    { timeout: 120_000 },
    async () => {
      const [held = 0, ...free] = shop.drugIds;
      const [waiting, ...others] = shop.cashiers;
      const sale = (token: string, drugId: number, key = randomUUID()) =>
        post(
          server,
          token,
          '/sales',
          { items: [{ drugId, quantity: '1' }], payments: [{ method: 'cash', amount: '20.00' }] },
          key,
        );
      await asOwner(server, async (db) => {
        const holder = await db.connect();
        const key = randomUUID();
        try {
          await holder.query('begin');
          await holder.query('select from operational.inventory_lots where drug_id = $1 for update', [held]);
          const told = sale(waiting?.token ?? '', held, key);
          const sold = await Promise.all(
            Array.from({ length: OTHERS }, (_, n) =>
              sale(others[n % others.length]?.token ?? '', free[n % free.length] ?? 0),
            ),
          );
          expect(sold.map(({ status }) => status)).toEqual(sold.map(() => 201));
          const refused = await told;
          const ms = refused.at - refused.sentAt;
          expect([409, 503]).toContain(refused.status);
          expect(refused.contentType).toMatch(/^application\/problem\+json/);
          // The holder still holds it: what was answered was not waited out.
          expect((await holder.query('select pg_backend_pid() as pid')).rowCount).toBe(1);
          measured('T20', {
            'told after ms': ms,
            'others sold meanwhile': spread(sold.map(({ sentAt, at }) => at - sentAt)),
          });
          if (PROFILE !== 'ci') expect(ms).toBeLessThanOrEqual(TOLD_MS);
        } finally {
          await holder.query('rollback');
          holder.release();
        }
        // Nothing was kept of it: the same key sells once the lot is free.
        expect((await sale(waiting?.token ?? '', held, key)).status).toBe(201);
      });
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
    },
  );
});
