// Master data of several pharmacies in one place (docs/hub.md): a hub and two branches as servers of their own. A release arrives whole while a branch is
// killed in the middle of it; a branch sells while the hub is gone; nothing in use is lost. `MEDITORY_HUB_PRODUCTS=100000` makes the release as large as that.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { ServerProcess } from '../support/server-process.js';
import { owning, StubbornCaller } from '../support/stubborn-caller.js';

const PRODUCTS = Number(process.env['MEDITORY_HUB_PRODUCTS'] ?? 500);
const PATIENCE_MS = 120_000 + PRODUCTS * 5;
const KILLS = 2;

const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';
const rowsOf = (from: number, to: number, price: number): string =>
  Array.from(
    { length: to - from },
    (_, n) => `HUBOL ${from + n} 500 MG 20 TABS.,,PARACETAMOL+CAFFEINE,MAKER ${n % 50},ANALGESIC,ORAL.SOLID,${price}\n`,
  ).join(''); // prettier-ignore

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything a release writes, as the hub published it. */
const HASHES = `select reference.catalogue_hash() || reference.rules_hash() as hash`;

describe('a hub and its branches', () => {
  let servers: ServerProcess[];
  let hub: ServerProcess;
  let one: ServerProcess;
  let two: ServerProcess;
  let from: string;
  let password: string;
  let shop: World;

  async function ask<Row extends pg.QueryResultRow>(server: ServerProcess, text: string): Promise<Row[]> {
    const { port, superuserPassword } = JSON.parse(
      await readFile(join(server.home, 'cluster.json'), 'utf8'),
    ) as { port: number; superuserPassword: string };
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: superuserPassword,
      database: 'meditory_erp',
    });
    client.on('error', () => undefined); // PostgreSQL is killed under it
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  const hash = async (server: ServerProcess): Promise<string> =>
    (await ask<{ hash: string }>(server, HASHES))[0]?.hash ?? '';
  async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
      const found = await look().catch(() => undefined);
      if (found !== undefined) return found;
    }
    throw new Error(`waited in vain for ${what}`);
  }
  const agrees = (server: ServerProcess): Promise<true> =>
    until(async () => ((await hash(server)) === (await hash(hub)) ? true : undefined), 'the same catalogue');
  async function call(server: ServerProcess, world: World, method: string, path: string, body?: object) {
    return new StubbornCaller(server).ask<{ data?: { name: string; price: string }[] }>(
      method,
      world,
      path,
      body,
      body ? `key-${Math.random()}` : undefined,
    );
  }
  async function ok(ran: ReturnType<ServerProcess['command']>): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await ran;
    expect(stderr).not.toContain('meditory:');
    expect(code).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  }
  async function release(name: string, rows: string): Promise<Record<string, unknown>> {
    const file = join(hub.home, `${name}.csv`);
    await writeFile(file, `${HEADER}\n${rows}`);
    return ok(hub.command('import', 'egypt', file, '--apply', '--discontinue-many', '--json'));
  }
  /** Looks at the catalogue again and again, over outages; answers every state it was seen in. */
  function watching(server: ServerProcess): { end: () => Promise<string[]> } {
    const seen = new Set<string>();
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        const [row] = await ask<{ state: string }>(
          server,
          `select count(*) || '/' || count(*) filter (where price = 20) || '/' || (select count(*) from reference.drug_ingredients) || '/' || (select count(*) from reference.companies) as state from reference.drugs`,
        ).catch(() => []);
        if (row) seen.add(row.state);
        await pause(5);
      }
    })();
    return {
      end: async () => {
        isOver = true;
        await looking;
        return [...seen];
      },
    };
  }

  beforeAll(async () => {
    servers = await Promise.all(
      [1, 2, 3].map(() => ServerProcess.create({ MEDITORY_SAMPLE: 'none', MEDITORY_HUB_PASSWORD: '' })),
    );
    [hub, one, two] = servers as [ServerProcess, ServerProcess, ServerProcess];
    await Promise.all(servers.map((server) => server.start()));
    const published = await ok(hub.command('hub', 'publish', '--json'));
    ({ password } = published as { password: string });
    from = `127.0.0.1:${String(published['port'])}`;
    await hub.ready();
    await Promise.all(
      [one, two].map((server, n) =>
        ok(
          server.commandWith(
            { MEDITORY_HUB_PASSWORD: password },
            'hub',
            'subscribe',
            '--from',
            from,
            '--name',
            `b${n}`,
            '--json',
          ),
        ),
      ),
    );
    shop = await owning(one, async (db) => {
      const world = await aWorldFor(db, 'administrator');
      await aTillShift(db, world);
      return world;
    });
  }, 600_000);
  afterAll(async () => {
    for (const server of servers) {
      await server.stop();
      await server.killDatabase(); // of a server that was killed
      await server.dispose();
    }
  }, 120_000);

  it('have the same catalogue from the start, and a release arrives whole', async () => {
    await agrees(one);
    await agrees(two);
    const [empty] = await ask<{ state: string }>(
      one,
      `select '0/0/0/' || count(*) as state from reference.companies`,
    );
    const eyes = [watching(one), watching(two)];
    expect(await release('first', rowsOf(0, PRODUCTS, 10))).toMatchObject({ inserted: PRODUCTS });
    await agrees(one);
    await agrees(two);
    for (const eye of eyes) {
      const seen = await eye.end();
      expect(seen).toHaveLength(2);
      expect(seen[0]).toBe(empty?.state);
      expect(seen[1]).toMatch(new RegExp(`^${PRODUCTS}/0/${2 * PRODUCTS}/`));
    }
    // The running server of the branch has it in its index, and what follows a release was done there.
    const found = await until(async () => {
      const { body } = await call(one, shop, 'GET', '/drugs/search?q=hubol%207%20500');
      return body.data?.[0];
    }, 'the product to be found');
    expect(found.name).toContain('HUBOL 7 ');
    await until(
      async () =>
        (await ask<{ n: number }>(one, `select sum(products)::int as n from reference.catalogue_statistics where dimension = 'status'`))[0]?.n === PRODUCTS || undefined,
      'statistics',
    ); // prettier-ignore
    const health = await until(async () => {
      const { parts } = (await (await fetch(`${one.address}/api/health/ready`)).json()) as { parts: Record<string, string> }; // prettier-ignore
      return parts['search']?.startsWith(`snapshot of ${PRODUCTS} products`) ? parts : undefined;
    }, 'the snapshot');
    expect(health['hub']).toContain(`branch of ${from}/meditory_erp`);
  }, 600_000);

  it('change master data at the hub alone', async () => {
    const refused = await call(one, shop, 'POST', '/reference/companies', { name: 'Local maker' });
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/managed-by-hub' } });
    const { body } = await call(one, shop, 'GET', '/reference/hub');
    expect(body).toMatchObject({ role: 'branch' });
    const file = join(hub.home, 'first.csv');
    const imported = await one.command('import', 'egypt', file, '--apply');
    expect(imported.code).toBe(1);
    expect(imported.stderr).toContain('managed by the hub');
    await expect(ask(one, `update reference.drugs set price = 1`)).rejects.toMatchObject({ code: 'MD460' });
    await expect(ask(one, `truncate reference.drug_texts`)).rejects.toMatchObject({ code: 'MD460' });
    await expect(ask(hub, `delete from reference.companies`)).rejects.toMatchObject({ code: 'MD461' });
  }, 180_000);

  it('sell while the hub is gone, and follow it when it is back, killed in the middle', async () => {
    const [drug] = await ask<{ drug_id: number }>(one, 'select max(drug_id) as drug_id from reference.drugs');
    const drugId = drug?.drug_id ?? 0;
    await owning(one, (db) => aLot(db, { branchId: shop.branchId, drugId }));
    await hub.kill();
    await hub.killDatabase();
    const sold = await call(one, shop, 'POST', '/sales', {
      items: [{ drugId, quantity: '2' }],
      payments: [{ method: 'cash', amount: '1000.00' }],
    });
    expect(sold).toMatchObject({ status: 201 });
    await hub.start();

    // All prices change, a tenth is new; the last one, which the branch sells, is not listed any more.
    const tenth = Math.round(PRODUCTS / 10);
    const eye = watching(two);
    const [before] = await ask<{ state: string }>(
      two,
      `select count(*) || '/0/' || (select count(*) from reference.drug_ingredients) || '/' || (select count(*) from reference.companies) as state from reference.drugs`,
    );
    let isThere = false;
    const killing = (async () => {
      for (let kill = 0; kill < KILLS && !isThere; kill++) {
        await pause(500 + 1000 * kill);
        await two.kill();
        await two.killDatabase();
        await two.start();
      }
    })();
    await release('second', rowsOf(0, PRODUCTS - 1, 20) + rowsOf(PRODUCTS, PRODUCTS + tenth, 20));
    await agrees(one);
    isThere = true;
    await killing;
    await agrees(two);
    const seen = await eye.end();
    expect(seen.filter((state) => state !== before?.state)).toEqual([
      expect.stringMatching(new RegExp(`^${PRODUCTS + tenth}/${PRODUCTS - 1 + tenth}/`)),
    ]);
    // Discontinued, not deleted: what was sold points at it.
    expect(await ask(one, `select status from reference.drugs where drug_id = ${drugId}`)).toEqual([
      { status: 'discontinued' },
    ]);
    await until(async () => {
      const { body } = await call(one, shop, 'GET', '/drugs/search?q=hubol%207%20500');
      return body.data?.[0]?.price.startsWith('20') || undefined;
    }, 'the price of the release');
  }, 600_000);

  it('lose nothing when a release is taken back at the hub', async () => {
    const [last] = await ask<{ id: number }>(
      hub,
      'select max(release_id) as id from reference.import_releases',
    );
    await ok(hub.command('import', 'revert', String(last?.id), '--json'));
    await agrees(one);
    const [counted] = await ask<{ kept: number }>(
      one,
      `select count(*)::int as kept from reference.drugs where status = 'discontinued' and name like 'HUBOL%'`,
    );
    expect(counted?.kept).toBe(Math.round(PRODUCTS / 10));
    const doctor = await one.command('doctor', '--json');
    const { invariants } = JSON.parse(doctor.stdout) as { invariants: { code: string; broken: string[] }[] };
    expect(invariants.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(doctor.code).toBe(0);
  }, 300_000);

  it('take the catalogue as a whole again where the hub keeps no log any more, and leave with it', async () => {
    await ask(two, 'alter subscription meditory_reference disable');
    await until(
      async () => (await ask(hub, `select from pg_replication_slots where slot_name = 'meditory_branch_b1' and not active`))[0],
      'the branch to be gone',
    ); // prettier-ignore
    expect(await ok(hub.command('hub', 'forget', 'b1', '--json'))).toEqual({
      forgotten: 'meditory_branch_b1',
    });
    await ask(
      hub,
      `update reference.drugs set price = 30, version = version + 1 where name like 'HUBOL 7 %'`,
    );
    const status = await two.command('hub', 'status', '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ state: 'degraded', role: 'branch' });
    expect(status.code).toBe(1);
    const { differences } = await ok(two.command('hub', 'resync', '--json'));
    expect(differences).toEqual(expect.arrayContaining([{ name: 'drugs', fresh: 0, changed: 1, gone: 0 }]));
    await agrees(two);
    expect(await ok(two.command('hub', 'leave', '--json'))).toEqual({ left: 'branch' });
    const [added] = await ask<{ company_id: number; most: number }>(
      two,
      `with most as (select max(company_id) as most from reference.companies) insert into reference.companies (name, name_folded)
       select 'Maker of this branch', 'maker of this branch' from most returning company_id, (select most from most) as most`,
    );
    expect(added?.company_id).toBe((added?.most ?? 0) + 1);
    expect(
      await ask(hub, `select slot_name::text as name from pg_replication_slots where plugin = 'pgoutput'`),
    ).toEqual([{ name: 'meditory_branch_b0' }]);
  }, 300_000);
});
