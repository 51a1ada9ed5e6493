// T01, T02, T03, T05. Tills sell, fill, receive and correct while the server, PostgreSQL and single backends are killed with SIGKILL. What
// the books of the tills say was acknowledged is in the database once; what was left in doubt is asked for again with its key and has
// one effect; no invariant is broken, the Z reports are the ledger, and every page on the disk is sound. `MEDITORY_KILLS=100` kills each of
// server and database a hundred times in the one run, and as many backends.
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';
import { FLAWLESS, happened, judge, unknownOf } from './harness/checker.js';
import { brokenInvariants } from './harness/invariants.js';
import { Load } from './harness/load.js';
import { byProfile, measured, pause, PROFILE, SEED, spread, stream, until } from './harness/profile.js';
import { aShelf, aShop, Customers, PRICE, type Shop } from './harness/shop.js';
import { damaged } from './harness/storage.js';
import { asOwner, strike, type Fault } from './harness/strike.js';
import { post } from './harness/till.js';

const KILLS = Number(process.env['MEDITORY_KILLS'] ?? byProfile({ ci: 2, short: 6, long: 100 }));
const TILLS = 16;
const FAULTS: readonly Fault[] = ['server', 'database', 'backend'];
/** Time to be back, ms: published bars, held to where nothing else is measured on the machine. */
const BACK_MS: Readonly<Record<Fault, number>> = { server: 5000, database: 10_000, backend: 10_000 };
const ID: Readonly<Record<Fault, string>> = { server: 'T01', database: 'T02', backend: 'T03' };

describe('tills that work through kills', () => {
  const shelf = aShelf();
  let server: ServerProcess;
  let shop: Shop;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    shop = await owning(server, (db) => aShop(db, { cashiers: 4, products: 20, prescriptions: 60 * KILLS }));
  }, 300_000);
  afterAll(async () => {
    await server.dispose();
    await rm(shelf, { recursive: true, force: true });
  }, 60_000);

  it(
    `of server, database and backends, ${KILLS} of each: nothing lost, nothing twice, no half`,
    { timeout: 300_000 + KILLS * 90_000 },
    async () => {
      console.info(`kills: seed ${SEED}, ${KILLS} of each, books in ${shelf}`);
      const shifts = new Map<number, number>();
      for (const { userId, token } of shop.cashiers) {
        const body = { openingFloat: '100.00' };
        const opened = await post(server, token, '/till-shifts', body, randomUUID());
        expect(opened.status, opened.body).toBe(201);
        shifts.set(userId, (JSON.parse(opened.body) as { shiftId: number }).shiftId);
      }
      const load = new Load(server, shop.cashiers, new Customers(shop, stream('customers')), shelf);
      load.open(TILLS);
      const draw = stream('strikes');
      const back = new Map<Fault, number[]>(FAULTS.map((fault) => [fault, []]));
      for (let kill = 0; kill < KILLS * FAULTS.length; kill++) {
        const served = load.served;
        // Where nothing is done between two kills there is nothing to lose.
        await until('the tills work', () => load.served > served + TILLS);
        await pause(draw() * 300);
        const fault = FAULTS[kill % FAULTS.length] ?? 'server';
        back.get(fault)?.push(await strike(server, load, fault));
      }
      await load.close();

      const open = unknownOf(load.books().values());
      const done = await asOwner(server, (db) => happened(db, open));
      await load.settle();
      const books = load.books();
      const verdict = await asOwner(server, (db) => judge(db, books));
      expect(verdict).toMatchObject({ ...FLAWLESS, refused: 0, acknowledged: books.size });
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
      for (const fault of FAULTS) {
        const times = back.get(fault) ?? [];
        measured(ID[fault], {
          ...{ kills: times.length, back: spread(times), commands: verdict.intents },
          ...{ 'left in doubt': open.length, 'of which had happened': done, lost: 0, duplicated: 0 },
        });
        if (PROFILE !== 'ci') expect(Math.max(...times), fault).toBeLessThanOrEqual(BACK_MS[fault]);
      }

      for (const { userId, token } of shop.cashiers) {
        const mine = [...books.values()].filter(
          ({ intent }) => intent.userId === userId && intent.kind === 'sale',
        );
        const taken = mine.reduce((sum, { intent }) => sum + intent.units, 0) * PRICE;
        const counts = [{ method: 'cash', counted: (100 + taken).toFixed(2) }];
        const path = `/till-shifts/${shifts.get(userId) ?? 0}/close`;
        const closed = await post(server, token, path, { counts }, randomUUID());
        expect(closed.status, closed.body).toBe(200);
        expect(JSON.parse(closed.body)).toMatchObject({
          ...{ kind: 'Z', salesCount: mine.length, salesTotal: taken.toFixed(2) },
          ...{ netTotal: taken.toFixed(2), overShort: '0.00' },
        });
      }
      const doctor = await server.command('doctor', '--json');
      const report = JSON.parse(doctor.stdout) as { invariants: { code: string; broken: string[] }[] };
      expect(report.invariants.filter(({ broken }) => broken.length > 0)).toEqual([]);
      expect(doctor.code).toBe(0);
    },
  );

  it(
    'of a database that is stopped at once: every page it left on the disk is sound',
    { timeout: 300_000 },
    async () => {
      const pidFile = join(server.home, 'postgres', 'postmaster.pid');
      const postmaster = Number.parseInt(await readFile(pidFile, 'utf8'), 10);
      process.kill(postmaster, 'SIGQUIT'); // what pg_ctl stop -m immediate sends
      await until('the server has started it again', async () => {
        const now = await readFile(pidFile, 'utf8').catch(() => '');
        return now !== '' && Number.parseInt(now, 10) !== postmaster;
      });
      await server.ready();
      const { broken, relations, pages } = await asOwner(server, damaged);
      expect(broken).toEqual([]);
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
      measured('T05', { 'tables and indexes read': relations, pages, damaged: 0 });
    },
  );
});
