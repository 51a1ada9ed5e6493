// T22. The whole catalogue is loaded anew while tills sell, fill and receive; one load is killed with kill -9 in the middle. No till meets a
// failure, no half of a catalogue is ever seen, what the source dropped stays as discontinued, and what is on the shelf stays sold.
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DoomedImports } from '../support/doomed-import.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';
import { FLAWLESS, judge } from './harness/checker.js';
import { brokenInvariants } from './harness/invariants.js';
import { Load } from './harness/load.js';
import { byProfile, measured, stream, until } from './harness/profile.js';
import { aShelf, aShop, Customers, type Shop } from './harness/shop.js';
import { asOwner } from './harness/strike.js';
import { post } from './harness/till.js';

const ROWS = byProfile({ ci: 1000, short: 20_000, long: 100_000 });
const DROPPED = 100;
const TILLS = 8;
const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';

const table = (from: number, to: number, price: number): string =>
  `${HEADER}\n${Array.from(
    { length: to - from },
    (_, n) =>
      `RELOADOL ${from + n} 500 MG 20 TABS.,,PARACETAMOL+CAFFEINE,MAKER ${n % 50},ANALGESIC,ORAL.SOLID,${price}`,
  ).join('\n')}\n`;

describe('the catalogue loaded anew', () => {
  const shelf = aShelf();
  let server: ServerProcess;
  let shop: Shop;
  let second = '';
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    shop = await owning(server, (db) => aShop(db, { cashiers: 4, products: 20, prescriptions: 200 }));
    for (const { token } of shop.cashiers)
      expect((await post(server, token, '/till-shifts', { openingFloat: '0.00' }, randomUUID())).status).toBe(
        201,
      );
    const first = join(server.home, 'first.csv');
    second = join(server.home, 'second.csv');
    await writeFile(first, table(0, ROWS, 10));
    await writeFile(second, table(DROPPED, ROWS, 20));
    const loaded = await server.command('import', 'egypt', first, '--apply', '--json');
    expect(loaded.code, loaded.stderr).toBe(0);
  }, 600_000);
  afterAll(async () => {
    await server.dispose();
    await rm(shelf, { recursive: true, force: true });
  }, 60_000);

  const catalogue = () =>
    asOwner(server, async (db) => {
      const { rows } = await db.query<{ old: number; new: number; discontinued: number }>(
        `select count(*) filter (where price = 10)::int as old, count(*) filter (where price = 20)::int as new,
           count(*) filter (where status = 'discontinued')::int as discontinued
         from reference.drugs where name like 'RELOADOL %'`,
      );
      return rows[0];
    });

  it(
    'beside tills, and killed in the middle: whole or not at all, and no till fails',
    { timeout: 900_000 },
    async () => {
      const load = new Load(server, shop.cashiers, new Customers(shop, stream('reload')), shelf);
      load.open(TILLS);
      await until('the tills work', () => load.served > TILLS);
      const imports = new DoomedImports(server, 'reference.catalogue_hash()');
      const before = await imports.hash();
      const { child, letGo } = await imports.untilHeld(
        ['egypt', second, '--apply'],
        `select drug_id from reference.drugs where name like 'RELOADOL %' order by drug_id desc limit 1 for update`,
      );
      const servedAtKill = load.served;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await letGo();
      expect(await imports.hash()).toBe(before);
      expect(await catalogue()).toEqual({ old: ROWS, new: 0, discontinued: 0 });
      await until('the tills go on', () => load.served > servedAtKill + TILLS);

      const begun = Date.now();
      const seen: unknown[] = [];
      let isLoading = true;
      const looking = (async () => {
        while (isLoading) seen.push(await catalogue());
      })();
      const servedBefore = load.served;
      const again = await server.command('import', 'egypt', second, '--apply', '--json');
      isLoading = false;
      await looking;
      expect(again.code, again.stderr).toBe(0);
      const meanwhile = load.served - servedBefore;
      const [old, fresh] = [
        { old: ROWS, new: 0, discontinued: 0 },
        { old: DROPPED, new: ROWS - DROPPED, discontinued: DROPPED },
      ];
      seen.push(await catalogue());
      for (const one of seen) expect([old, fresh]).toContainEqual(one);
      expect(seen.at(-1)).toEqual(fresh);
      await load.close();

      const settled = await load.settle();
      const books = load.books();
      const verdict = await asOwner(server, (db) => judge(db, books));
      expect(verdict).toMatchObject({ ...FLAWLESS, refused: 0, acknowledged: books.size });
      const statuses = new Set(
        [...books.values()].flatMap(({ replies }) => replies.map(({ status }) => status)),
      );
      expect([...statuses].filter((status) => status >= 400)).toEqual([]);
      expect(settled).toBe(0);
      expect(meanwhile).toBeGreaterThan(0);
      expect(await asOwner(server, brokenInvariants)).toEqual([]);
      measured('T22', {
        ...{ products: ROWS, 'load seconds': Math.round((Date.now() - begun) / 100) / 10 },
        ...{ 'commands meanwhile': meanwhile, failures: 0, 'looks at the catalogue': seen.length, halves: 0 },
      });
    },
  );
});
