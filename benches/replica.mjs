// Replicas: `npm run meditory -- bench replica [--sales 5000] [--products 200] [--seconds 4] [--clients 4] [--rounds 2] [--json]`.
// Makes an installation of its own in a temporary folder with so many sales, and a standby that follows it. Asks for reports of sales over HTTP while a till
// sells, first without and then with the replica: reports and sales a second, how old what is read late is. Then so many times: a primary with a synchronous
// standby is killed with SIGKILL while a till sells, the standby is promoted, and it is measured when the next sale is acknowledged. Ends with an error
// where an acknowledged sale is not there afterwards.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { root } from '../tools/build-if-stale.mjs';
import { parts, sales } from './generate/sales.mjs';
import { posting } from './lib/clients.mjs';
import { superuser } from './lib/counter.mjs';
import { distribution } from './lib/distribution.mjs';
import { Connection } from './lib/http-client.mjs';
import { inInstallation } from './lib/installation.mjs';
import { basketsOf, openTill, stockUp } from './lib/till.mjs';

const PORT = 3984;
const SECOND_PORT = 3985;
/** A client whose report was put off comes again after this. */
const AGAIN_MS = 100;
/** A killed primary whose standby is promoted is given up after this. */
const PATIENCE_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    sales: { type: 'string', default: '5000' },
    products: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const clients = Number(options.clients);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const main = join(root, 'dist', 'main.js');

/** Runs `standby …` and answers its JSON. */
async function standby(...args) {
  const child = spawn(process.execPath, [main, 'standby', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`standby ${args.join(' ')} ended with ${code}`);
  return JSON.parse(out);
}

/** A server beside that of the installation, on the same database or others; ended after `work`. */
async function withServer(home, settings, work) {
  const { appPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8'));
  const env = { ...process.env, MEDITORY_HOME: home, PORT: String(SECOND_PORT), LOG_LEVEL: 'fatal', DB_USERNAME: 'pharmacy_app', DB_PASSWORD: appPassword, ...settings }; // prettier-ignore
  const server = spawn(process.execPath, [main, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const ready = () =>
    fetch(`http://127.0.0.1:${SECOND_PORT}/api/health/ready`).then(
      async (answer) => (await answer.json()).status === 'ok',
      () => false,
    );
  try {
    while (!(await ready())) {
      if (server.exitCode !== null) throw new Error('the second server did not start');
      await pause(50);
    }
    return await work();
  } finally {
    server.kill('SIGTERM');
    await gone;
  }
}

/** Reports of sales asked for by some clients while one till sells; and how old what is read is, as the server knows. */
async function reading(headers, report, next) {
  const until = performance.now() + seconds * 1000;
  const times = [];
  const ages = [];
  let refused = 0;
  const asking = Array.from({ length: clients }, async () => {
    const client = new Connection(SECOND_PORT, headers);
    while (performance.now() < until) {
      const from = performance.now();
      const { status, body } = await client.ask(report);
      if (status === 200) times.push(performance.now() - from);
      else if (status !== 503) throw new Error(`the report answered ${status}: ${body}`);
      else {
        // As many reports run at once as there are connections for them; the rest is told to come again.
        refused += 1;
        await pause(AGAIN_MS);
      }
    }
    client.close();
  });
  const looking = (async () => {
    const client = new Connection(SECOND_PORT, headers);
    while (performance.now() < until) {
      const { replicas } = JSON.parse(await client.get('/api/operations/server'));
      for (const { lagMs } of replicas) if (lagMs !== null) ages.push(lagMs);
      await pause(100);
    }
    client.close();
  })();
  const [sold] = await Promise.all([
    posting({ port: SECOND_PORT, headers, clients: 1, seconds, next }),
    ...asking,
    looking,
  ]);
  return { reports: { perSecond: Math.round((10 * times.length) / seconds) / 10, refused, ...distribution(times) }, sales: sold, lagMs: distribution(ages) }; // prettier-ignore
}

/** Kills the primary of `from` while a till sells, and promotes `to`; ms until promoted and until the next sale is acknowledged. */
async function failover(headers, from, to, next) {
  const client = new Connection(SECOND_PORT, headers);
  const acknowledged = [];
  let killedAt;
  let again;
  let isSelling = true;
  const sell = async ([path, body]) => {
    const key = randomUUID();
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const { status, body: answer } = await client.post(path, body, { 'idempotency-key': key });
      if (status === 201) return acknowledged.push(JSON.parse(answer).saleId);
      if (status !== 503 || performance.now() > until) throw new Error(`answered ${status}: ${answer}`);
      await pause(20);
    }
  };
  const selling = (async () => {
    while (isSelling) {
      const begun = performance.now();
      await sell(next());
      if (killedAt !== undefined && begun > killedAt) again ??= performance.now() - killedAt;
      if (again !== undefined) isSelling = false;
    }
  })();
  await pause(500);
  process.kill(
    Number.parseInt(readFileSync(join(from, 'postgres', 'postmaster.pid'), 'utf8'), 10),
    'SIGKILL',
  );
  killedAt = performance.now();
  await standby('promote', '--home', to);
  const promoted = performance.now() - killedAt;
  await selling;
  client.close();
  const owner = await superuser(to);
  const { rows } = await owner.query('select count(*)::int as n from operational.sales where sale_id = any ($1)', [acknowledged]); // prettier-ignore
  await owner.end();
  return { promoted, again, lost: acknowledged.length - rows[0].n };
}

await inInstallation(PORT, async ({ base, headers, owner, one, branchId, userId }) => {
  const home = dirname(await one("select current_setting('data_directory') as id"));
  const port = await one("select current_setting('port')::int as id");
  await openTill(base, headers);
  const drugIds = await stockUp(owner, branchId, Number(options.products));
  const today = await one(`select (now() at time zone 'Africa/Cairo')::date::text as id`);
  for (const [text, values] of parts(today)) await owner.query(text, values);
  await owner.query('begin');
  for (const [text, values] of sales({ branchId, userId, sales: Number(options.sales), today })) await owner.query(text, values); // prettier-ignore
  await owner.query('commit');
  await owner.query('vacuum (analyze)');
  const next = basketsOf()(() => drugIds[Math.floor(Math.random() * drugIds.length)]);
  const report = `/api/reports/sales?by=drug&from=${today.slice(0, 8)}01&to=${today}`;
  const folder = mkdtempSync(join(tmpdir(), 'meditory-bench-replica-'));
  chmodSync(folder, 0o755);
  const at = (name) => join(folder, name);
  try {
    const begun = performance.now();
    const copy = await standby('create', '--from', home, '--home', at('copy'), '--name', 'copy');
    const createMs = performance.now() - begun;
    const primary = { DB_HOST: '127.0.0.1', DB_PORT: String(port) };
    const without = await withServer(home, primary, () => reading(headers, report, next));
    const hosts = { ...primary, DB_REPLICA_HOSTS: `${copy.host}:${copy.port}` };
    const beside = await withServer(home, hosts, () => reading(headers, report, next));

    // From here on the copy is a primary of its own, which nobody starts again.
    await standby('promote', '--home', at('copy'), '--force');
    const rounds = [];
    let from = { home: at('copy'), host: copy.host, port: copy.port };
    for (let n = 1; n <= Number(options.rounds); n++) {
      const name = `round${n}`;
      const to = await standby(
        'create',
        '--from',
        from.home,
        '--home',
        at(name),
        '--name',
        name,
        '--synchronous',
      );
      const both = { DB_HOST: `${from.host}:${from.port},${to.host}:${to.port}` };
      rounds.push(await withServer(home, both, () => failover(headers, from.home, to.home, next)));
      from = to;
    }
    await standby('stop', '--home', from.home);
    const figures = {
      sales: await one('select count(*)::int as id from operational.sales'),
      createMs: Math.round(createMs),
      without,
      beside,
      promoted: distribution(rounds.map(({ promoted }) => promoted)),
      again: distribution(rounds.map((round) => round.again)),
      lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
    };
    if (options.json) console.log(JSON.stringify(figures));
    else {
      const words = ({ reports, sales: sold }) =>
        `${reports.perSecond} reports/s (p50 ${reports.p50.toFixed(0)}, p95 ${reports.p95.toFixed(0)} ms), beside ${sold.perSecond} sales/s (p95 ${sold.p95.toFixed(0)} ms)`;
      const spread = ({ n, p50, max }) => `p50 ${Math.round(p50)}, max ${Math.round(max)} ms of ${n}`;
      console.log(
        `${figures.sales} sales; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}; ${clients} clients, primary and standby on one machine\n` +
          `Standby made in ${(createMs / 1000).toFixed(1)} s\n` +
          `Without a replica: ${words(without)}\nWith a replica:    ${words(beside)}; behind at the most ${spread(beside.lagMs)}\n` +
          `Primary killed: promoted after ${spread(figures.promoted)}; sold again after ${spread(figures.again)}; acknowledged sales lost: ${figures.lost}`,
      );
    }
    if (figures.lost > 0) process.exitCode = 1;
  } finally {
    for (const name of ['copy', ...Array.from({ length: Number(options.rounds) }, (_, n) => `round${n + 1}`)])
      await standby('stop', '--home', at(name)).catch(() => undefined); // one that was never made
    rmSync(folder, { recursive: true, force: true });
  }
});
