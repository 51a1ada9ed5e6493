// T06, T07. The disk of the data, and that of PostgreSQL's log, are really full while tills work: with the whole folder of the data on a small
// disk commands are refused in plain words, reading goes on, and commands go on without a restart once there is space; with the log on one
// PostgreSQL stops, and goes on when there is space. What was acknowledged is there once, and no invariant is broken. Only root may make a
// small disk; elsewhere this is skipped, and says so.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { SmallDisk } from '../support/small-disk.js';
import { owning } from '../support/stubborn-caller.js';
import { FLAWLESS, judge, unknownOf } from './harness/checker.js';
import { brokenInvariants } from './harness/invariants.js';
import { Load } from './harness/load.js';
import { measured, stream, until } from './harness/profile.js';
import { aShelf, aShop, Customers, type Shop } from './harness/shop.js';
import { asOwner } from './harness/strike.js';
import { post } from './harness/till.js';

const MB = 1024 * 1024;
const TILLS = 6;
/** The guard of the server is off: what PostgreSQL itself does is tried. That the guard comes first is a test of its own (operations.e2e). */
const UNGUARDED = {
  MEDITORY_SAMPLE: 'none',
  MEDITORY_STORAGE_MIN_MB: '0',
  MEDITORY_STORAGE_MIN_PERCENT: '0',
};
const STARTED = 'select pg_postmaster_start_time()::text as at';

const scratch = await mkdtemp(join(tmpdir(), 'meditory-disk-'));
const isPossible = SmallDisk.isPossible(scratch);

describe.skipIf(!isPossible)('a disk that is really full', () => {
  const shelf = aShelf();
  let server: ServerProcess;
  let disk: SmallDisk;
  let shop: Shop;
  let load: Load;
  const loads: Load[] = [];
  afterEach(async () => {
    for (const one of loads.splice(0)) await one.close();
    await disk.free();
    await server.stop();
    await server.killDatabase();
    await until('nobody writes to the disk', async () => {
      try {
        disk.unmount();
        return true;
      } catch {
        return false;
      }
    });
    await server.dispose();
    for (const left of [shelf, scratch]) for (const name of await readdir(left)) await rm(join(left, name), { recursive: true }); // prettier-ignore
  }, 120_000);

  /** Opens a shop with tills that work, on the disk. */
  async function open(): Promise<void> {
    await server.start();
    shop = await owning(server, (db) => aShop(db, { cashiers: 3, products: 10, prescriptions: 60 }));
    for (const { token } of shop.cashiers) {
      const key = randomUUID();
      await until('its shift is open', async () => {
        const opened = await post(server, token, '/till-shifts', { openingFloat: '0.00' }, key).catch(() => undefined); // prettier-ignore
        return opened?.status === 201;
      });
    }
    load = new Load(server, shop.cashiers, new Customers(shop, stream('full disk')), shelf);
    loads.push(load);
    load.open(TILLS);
    await until('the tills work', () => load.served > TILLS);
  }
  /** Ends the day: what is in doubt is asked for again, and all is as the books of the tills say. */
  async function close(): Promise<{ commands: number; doubtful: number }> {
    await load.close();
    const doubtful = unknownOf(load.books().values()).length;
    await load.settle();
    const books = load.books();
    const verdict = await asOwner(server, (db) => judge(db, books));
    expect(verdict).toMatchObject({ ...FLAWLESS, refused: 0, acknowledged: books.size });
    expect(await asOwner(server, brokenInvariants)).toEqual([]);
    return { commands: books.size, doubtful };
  }
  const started = (): Promise<string | undefined> =>
    asOwner(server, async (db) => (await db.query<{ at: string }>(STARTED)).rows[0]?.at);
  const told = (status: number): number =>
    [...load.books().values()].filter(({ replies }) => replies.some((reply) => reply.status === status))
      .length;
  const ask = (path: string): Promise<Response> =>
    fetch(`${server.address}/api${path}`, {
      headers: { authorization: `Bearer ${shop.cashiers[0]?.token ?? ''}` },
    });

  it('with the whole folder of the data: refused as 507, read from, and over without a restart', async () => {
    server = await anInstalledServer(UNGUARDED);
    const [data, wal] = [join(server.home, 'postgres'), join(server.home, 'wal')];
    await rename(join(data, 'pg_wal'), wal);
    disk = await SmallDisk.holding(data, 64 * MB);
    await symlink(wal, join(data, 'pg_wal'));
    await open();
    const before = await started();
    await disk.fill();
    await until('commands are refused for want of space', () => told(507) > TILLS);
    for (const path of ['/drugs/search?q=a', '/sales?limit=5', '/health/ready'])
      expect((await ask(path)).status, path).toBe(200);
    const freedAt = Date.now();
    await disk.free();
    await until('the tills work again', () => load.servedSince(freedAt));
    measured('T06', { refused: told(507), 'served again': `${Date.now() - freedAt} ms`, ...(await close()) });
    expect(await started()).toBe(before);
  }, 900_000);

  it('with the log of PostgreSQL: it stops, nothing is lost, and it goes on when there is space', async () => {
    server = await anInstalledServer(UNGUARDED);
    const link = join(server.home, 'postgres', 'pg_wal');
    const wal = join(server.home, 'wal');
    await rename(link, wal);
    await symlink(wal, link);
    disk = await SmallDisk.holding(wal, 64 * MB);
    await open();
    await disk.fill();
    const log = (): Promise<string> => readFile(join(server.home, 'postgres', 'server.log'), 'utf8');
    await until('PostgreSQL has stopped for want of space', async () =>
      /PANIC: .*No space left on device/.test(await log()),
    );
    await until('the server says so', async () => (await ask('/health/ready')).status === 503);
    expect((await ask('/health/live')).status).toBe(200);
    const freedAt = Date.now();
    await disk.free();
    await until('the tills work again', () => load.servedSince(freedAt));
    measured('T07', { told: told(503), 'served again': `${Date.now() - freedAt} ms`, ...(await close()) });
  }, 900_000);
});
