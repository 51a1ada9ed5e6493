// A release at two branches: `npm run meditory -- bench hub [--products 100000] [--json]`.
// Makes a hub and two branches, installations of their own in temporary folders with their servers running, and takes two releases in at the hub: all products
// new, then a new price for each. Told: how long the hub took, when each branch has the release in its database (after the hub's commit) and answers a search
// by it, and how much log the hub wrote and sent. Nobody sells meanwhile.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { command } from './lib/command.mjs';
import { superuser } from './lib/counter.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORTS = [3984, 3985, 3986];
const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const { values: options } = parseArgs({
  options: { products: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
const products = Number(options.products);
process.env.MEDITORY_SAMPLE = 'none';

async function write(file, price) {
  const stream = createWriteStream(file);
  stream.write(`${HEADER}\n`);
  for (let n = 0; n < products; n++) {
    const line = `BENCHOL ${n} 500 MG 20 TABS.,,PARACETAMOL+CAFFEINE,MAKER ${n % 500},ANALGESIC,ORAL.SOLID,${price}\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** The moment a question is first answered with yes. */
async function moment(ask) {
  while (!(await ask())) await pause(20);
  return performance.now();
}

const seconds = (ms) => Math.round(ms / 10) / 100;
const LOG = `select pg_current_wal_lsn() - '0/0' as written, coalesce((select sum(total_bytes) from pg_stat_replication_slots), 0) as decoded`;

/** Takes a release in at the hub and watches it arrive. */
async function release({ hub, branches, file, price }) {
  await write(file, price);
  const counted = `select count(*)::int as n from reference.drugs where price = ${price}`;
  const has = (db) => async () => (await db.query(counted)).rows[0].n >= products;
  const serves = (base, headers) => async () => {
    const answer = await fetch(`${base}/drugs/search?q=benchol%20${products - 1}%20500`, { headers });
    const { data } = await answer.json();
    return Number(data?.[0]?.price) === price;
  };
  const before = (await hub.db.query(LOG)).rows[0];
  const begin = performance.now();
  const arrivals = branches.map(async ({ db, base, headers }) => ({ inDatabase: await moment(has(db)), served: await moment(serves(base, headers)) })); // prettier-ignore
  const committed = moment(has(hub.db));
  const summary = await command(hub.env, 'import', 'egypt', file, '--apply');
  const at = await committed;
  const done = performance.now();
  const seen = await Promise.all(arrivals);
  await pause(1000); // the figures of slots come when the sender has a moment
  const after = (await hub.db.query(LOG)).rows[0];
  return {
    products: summary.inserted + summary.updated,
    importSeconds: seconds(done - begin),
    inDatabaseSeconds: seen.map(({ inDatabase }) => seconds(inDatabase - at)),
    servedSeconds: seen.map(({ served }) => seconds(served - at)),
    logMiB: Math.round((after.written - before.written) / 2 ** 20),
    decodedMiB: Math.round((after.decoded - before.decoded) / 2 ** 20),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'meditory-bench-hub-'));
try {
  await inInstallation(PORTS[0], async ({ env }) => {
    const published = await command(env, 'hub', 'publish');
    const db = await superuser(env.MEDITORY_HOME); // the database was started anew
    db.on('error', () => undefined);
    const branch = (port, work) =>
      inInstallation(port, async ({ env: own, owner, base, headers }) => {
        const from = `127.0.0.1:${published.port}/${published.database}`;
        await command(
          { ...own, MEDITORY_HUB_PASSWORD: published.password },
          'hub',
          'subscribe',
          '--from',
          from,
        );
        await work({ db: owner, base, headers });
      });
    await branch(PORTS[1], (one) =>
      branch(PORTS[2], async (two) => {
        const world = { hub: { env, db }, branches: [one, two] };
        const figures = {
          fresh: await release({ ...world, file: join(folder, 'fresh.csv'), price: 10 }),
          prices: await release({ ...world, file: join(folder, 'prices.csv'), price: 20 }),
        };
        if (options.json) console.log(JSON.stringify(figures));
        else {
          console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`);
          for (const [name, it] of Object.entries(figures))
            console.log(
              `${name}: ${it.products} products; import ${it.importSeconds} s; after its commit in the databases of the branches ${it.inDatabaseSeconds.join(', ')} s, searched ${it.servedSeconds.join(', ')} s; log ${it.logMiB} MiB, decoded for both ${it.decodedMiB} MiB`,
            );
        }
      }),
    );
    await db.end();
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
