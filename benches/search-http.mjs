// Search over HTTP on a real catalogue: `node benches/search-http.mjs <egyptian-drugs.csv> [--seconds 5] [--connections 1,8,32]`.
// Makes an installation of its own in a temporary folder, imports the file with the command line, and prints, with facets
// and stock: how long the start took, the distribution of answers by kind of query on one connection (also while the
// snapshot is not there yet), what an edit costs, and searches per second; processor time
// beside the clock, for machines that do other work. Prints, never asserts.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { parse } from 'csv-parse/sync';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { Connection } from './lib/http-client.mjs';

const PORT = 3977;
const PASSWORD = 'nine silver spoons in a drawer';
const QUERIES = 400;
const INGREDIENTS = [
  'paracetamol',
  'amoxicillin',
  'warfarin',
  'metformin',
  'ibuprofen',
  'omeprazole',
  'amox 500 cap',
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,8,32' },
  },
});
const file = positionals[0];
if (!file) {
  process.stderr.write(
    'usage: node benches/search-http.mjs <egyptian-drugs.csv> [--seconds 5] [--connections 1,8,32]\n',
  );
  process.exit(2);
}
buildIfStale();

const home = mkdtempSync(join(tmpdir(), 'meditory-bench-'));
chmodSync(home, 0o755);
const env = {
  ...process.env,
  MEDITORY_HOME: home,
  MEDITORY_SAMPLE: 'none',
  MEDITORY_ADMIN_PASSWORD: PASSWORD,
  PORT: String(PORT),
  LOG_LEVEL: 'error',
};
const main = join(root, 'dist', 'main.js');
const imported = spawnSync(process.execPath, [main, 'import', 'egypt', file, '--apply', '--json'], { env });
if (imported.status !== 0) throw new Error(imported.stderr.toString());
const { inserted, seconds } = JSON.parse(imported.stdout.toString());

const started = performance.now();
const server = spawn(process.execPath, [main, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const memory = () => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] / 1024;

const TICK_MS = 10;
/** Milliseconds of processor time the server has taken, to the tick of the kernel; PostgreSQL is not in it. */
const processorMs = () => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Sorted milliseconds as the figures of a table. */
function figures(ms) {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2);
  return `n ${sorted.length}  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)} ms`;
}

try {
  const base = `http://127.0.0.1:${PORT}/api`;
  const ready = () =>
    fetch(`${base}/health/ready`).then(
      (answer) => answer.json(),
      () => undefined,
    );
  while ((await ready())?.status !== 'ok') await pause(20);
  const readyMs = performance.now() - started;
  const post = (path, body, headers) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).then((answer) => answer.json());
  const { token } = await post('/auth/login', { username: 'admin', password: PASSWORD });
  const headers = { authorization: `Bearer ${token}` };
  const pathOf = (q) => `/api/drugs/search?limit=20&q=${encodeURIComponent(q)}`;

  const one = new Connection(PORT, headers);
  const search = async (q) => {
    const from = performance.now();
    const bytes = await one.get(pathOf(q));
    const ms = performance.now() - from;
    const { data, meta } = JSON.parse(bytes.toString());
    return { ms, inServer: meta.tookMs, first: data[0]?.name };
  };
  const names = parse(readFileSync(file, 'utf8'), { columns: true }).map((row) =>
    row.commercial_name_en.trim(),
  );
  const step = Math.max(1, Math.floor(names.length / QUERIES));
  const sample = names.filter((_, n) => n % step === 0).slice(0, QUERIES);
  const swapped = (name) => (name.length < 5 ? name : name.slice(0, 2) + name[3] + name[2] + name.slice(4));
  const kinds = {
    'exact name': sample,
    'prefix of 3 to 6': sample.map((name, n) => name.slice(0, 3 + (n % 4))),
    ingredient: sample.map((_, n) => INGREDIENTS[n % INGREDIENTS.length]),
    'swapped letters': sample.map((name) => swapped(name.split(' ')[0])),
    'nothing asked': sample.map(() => ''),
  };

  let snapshot = (await ready()).parts.search;
  if (!snapshot.startsWith('snapshot'))
    console.log(`first search, by the database: ${(await search(sample[0])).ms.toFixed(0)} ms`);
  while (!(snapshot = (await ready()).parts.search).startsWith('snapshot')) await pause(10);
  const snapshotMs = performance.now() - started;
  console.log(
    `${inserted} products imported in ${seconds ?? '?'} s; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n` +
      `start to ready ${readyMs.toFixed(0)} ms, to ${snapshot} ${snapshotMs.toFixed(0)} ms; ${memory().toFixed(0)} MB\n`,
  );
  for (const name of sample.slice(0, 200)) await search(name); // warm caches and plans

  for (const [kind, queries] of Object.entries(kinds)) {
    const answers = [];
    const before = processorMs();
    for (const q of queries) answers.push({ q, ...(await search(q)) });
    const exact = answers.filter((answer) => answer.first === answer.q.replace(/\s+/g, ' ')).length;
    console.log(
      `${kind.padEnd(18)} ${figures(answers.map(({ ms }) => ms))}  in the server ${figures(answers.map(({ inServer }) => inServer)).replace(/^n \d+ +/, '')}` +
        `  processor of the server ${((processorMs() - before) / queries.length).toFixed(2)} ms each` +
        (kind === 'exact name' ? `  exact name first ${exact}/${answers.length}` : ''),
    );
  }

  const edited = [];
  for (let n = 0; n < 100; n++) {
    await post('/drugs', { name: `Benchol ${n}`, price: '1' }, headers);
    const { ms, first } = await search(`benchol ${n}`);
    if (first !== `Benchol ${n}`) throw new Error(`the edit was not found: ${first}`);
    edited.push(ms);
  }
  console.log(`${'after an edit'.padEnd(18)} ${figures(edited)}\n`);

  const mixed = Object.entries(kinds)
    .filter(([kind]) => kind !== 'nothing asked')
    .flatMap(([, queries]) => queries.map(pathOf));
  mixed.sort((a, b) => (a < b ? 1 : -1)); // neighbours are of different kinds, the same in every run
  for (const count of values.connections.split(',').map(Number)) {
    const connections = Array.from({ length: count }, () => new Connection(PORT, headers));
    const ms = [];
    let next = 0;
    const before = processorMs();
    const from = performance.now();
    const until = from + Number(values.seconds) * 1000;
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < until) {
          const sent = performance.now();
          await connection.get(mixed[next++ % mixed.length]);
          ms.push(performance.now() - sent);
        }
        connection.close();
      }),
    );
    const perSecond = (ms.length / (performance.now() - from)) * 1000;
    console.log(
      `${String(count).padStart(3)} connections  ${perSecond.toFixed(0)} searches/s  ${figures(ms)}  ` +
        `processor of the server ${((processorMs() - before) / ms.length).toFixed(2)} ms each`,
    );
  }
  console.log(`${memory().toFixed(0)} MB`);
  one.close();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(home, { recursive: true, force: true });
}
