// Dispensing: `npm run meditory -- bench fill [--prescriptions 1000000] [--seconds 15] [--clients 1,8] [--rounds 200] [--json]`.
// Makes an installation of its own in a temporary folder and fills its branch with years of work. Measures, over HTTP on
// one connection, every list and page of the dispensary; then fills (counter policy, whole screening, stock, register,
// audit, idempotency key) by so many clients, beside pgbench's TPC-B on the same server with as many. Prints, never asserts.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { dispensary, FIRST, waiting } from './generate/dispensary.mjs';
import { superuser } from './lib/counter.mjs';
import { distribution } from './lib/distribution.mjs';
import { Connection } from './lib/http-client.mjs';

const PORT = 3979;
const PASSWORD = 'nine silver spoons in a drawer';
/** Branches of TPC-B: more than clients, so that they do not wait for each other's. */
const SCALE = 20;

const { values: options } = parseArgs({
  options: {
    prescriptions: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '15' },
    clients: { type: 'string', default: '1,8' },
    rounds: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});
buildIfStale();
const prescriptions = Number(options.prescriptions);
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const { foldText } = await import(pathToFileURL(join(root, 'dist', 'platform', 'text', 'fold.js')).href);

const home = mkdtempSync(join(tmpdir(), 'meditory-bench-'));
chmodSync(home, 0o755);
const env = { ...process.env, MEDITORY_HOME: home, MEDITORY_ADMIN_PASSWORD: PASSWORD, PORT: String(PORT), LOG_LEVEL: 'error' }; // prettier-ignore
const base = `http://127.0.0.1:${PORT}/api`;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const started = () =>
  fetch(`${base}/health/ready`).then(
    (answer) => answer.json(),
    () => undefined,
  );

/** Transactions per second of pgbench's TPC-B (simple protocol); undefined where there is no pgbench. */
function tpcb(clients, prepare) {
  const { port, superuserPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8'));
  const at = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
  const run = (args) =>
    spawnSync('pgbench', [...at, ...args, 'bench'], {
      env: { ...process.env, PGPASSWORD: superuserPassword },
    });
  if (prepare && run(['-i', '-q', '-s', String(SCALE)]).status !== 0) return undefined;
  const { stdout } = run(['-c', String(clients), '-j', '2', '-T', String(seconds)]);
  return Number(/tps = ([\d.]+) \(without/.exec(stdout?.toString() ?? '')?.[1]) || undefined;
}

const server = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'start'], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  while ((await started())?.status !== 'ok') await pause(50);
  const login = await fetch(`${base}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  });
  const { token } = await login.json();
  const owner = await superuser(home);
  owner.on('error', () => undefined); // when the bench fails, the cluster goes first
  const one = async (text) => (await owner.query(text)).rows[0].id;
  const branchId = await one('select min(branch_id) as id from operational.branches');
  const userId = await one("select user_id as id from operational.users where username = 'admin'");
  const load = async (statements) => {
    for (const [text, values] of statements) await owner.query(text, values);
  };
  await load(dispensary({ branchId, userId, prescriptions, fold: foldText }));

  // Pages and lists: each asked for another patient, name or prescription every time.
  const headers = { authorization: `Bearer ${token}`, 'x-branch-id': String(branchId) };
  const connection = new Connection(PORT, headers);
  const patients = Math.ceil(prescriptions / 10);
  const patient = (n) => FIRST + 1 + ((n * 7919) % patients);
  const rx = (n) => FIRST + 1 + ((n * 104_729) % prescriptions);
  const names = [
    'ahmed mahmoud',
    'mohamad',
    'fatma el masry',
    'حسن قاسم',
    'yousef',
    'أحمد',
    'dina barakt',
    'rashid',
  ];
  const pages = {
    'work board': () => '/work-board',
    'list: waiting': () => '/prescriptions?status=pending',
    'list: filled, page 40': () => '/prescriptions?status=filled&page=40',
    'list: all': () => '/prescriptions',
    'list: by patient name': (n) => `/prescriptions?q=${encodeURIComponent(names[n % names.length])}`,
    'list: by number': (n) => `/prescriptions?q=RX${rx(n)}`,
    'list: by drug': (n) => `/prescriptions?q=${['amoxi', 'metformin', 'warfarin', 'atorva'][n % 4]}`,
    'one prescription': (n) => `/prescriptions/${rx(n)}`,
    'patients: by name': (n) => `/patients?q=${encodeURIComponent(names[n % names.length])}`,
    'patients: by phone': (n) => `/patients?q=01${String((n * 7919) % 1_000_000_000).padStart(9, '0')}`,
    'patients: by birth date': (n) => `/patients?q=${1940 + (n % 50)}-0${1 + (n % 9)}-1${n % 9}`,
    'patient: record': (n) => `/patients/${patient(n)}`,
    'patient: allergies': (n) => `/patients/${patient(n)}/allergies`,
    'patient: conditions': (n) => `/patients/${patient(n)}/conditions`,
    'patient: medicines': (n) => `/patients/${patient(n)}/medications`,
    'patient: prescriptions': (n) => `/patients/${patient(n)}/prescriptions`,
    'patient: timeline': (n) => `/patients/${patient(n)}/timeline`,
    'patient: adherence': (n) => `/patients/${patient(n)}/adherence`,
    'will-call': () => '/will-call',
    owed: () => '/owed-fills',
    'refills due': () => '/refills-due',
  };
  const shown = {};
  for (const [name, path] of Object.entries(pages)) {
    const ms = [];
    for (let n = -20; n < rounds; n++) {
      const from = performance.now();
      await connection.get(`/api${path(n + 20)}`);
      if (n >= 0) ms.push(performance.now() - from);
    }
    shown[name] = distribution(ms);
  }
  connection.close();

  // Fills: every client takes the next that waits; a screening that stops is counted apart and not as a fill.
  // Whom it is for is asked at a screen; here nobody could answer.
  await owner.query('update operational.branches set pick_up_identifiers = false where branch_id = $1', [
    branchId,
  ]);
  await load(waiting({ branchId, userId, count: patients }));
  await owner.query('create database bench');
  let taken = 0;
  const fill = async (clients) => {
    const ms = [];
    const answers = {};
    const from = performance.now();
    const until = from + seconds * 1000;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        const client = new Connection(PORT, headers);
        while (performance.now() < until && taken < patients) {
          const at = performance.now();
          const { status } = await client.post(
            `/api/prescriptions/${FIRST * 2 + ++taken}/fill`,
            { complete: true, overrides: [] },
            { 'idempotency-key': randomUUID() },
          );
          answers[status] = (answers[status] ?? 0) + 1;
          if (status === 201) ms.push(performance.now() - at);
        }
        client.close();
      }),
    );
    return {
      clients,
      answers,
      perSecond: Math.round((ms.length / (performance.now() - from)) * 10_000) / 10,
      ...distribution(ms),
    };
  };
  await fill(4); // plans, compiled code, rules
  const fills = [];
  for (const clients of options.clients.split(',').map(Number)) {
    const limit = tpcb(clients, fills.length === 0);
    const measured = await fill(clients);
    fills.push({
      ...measured,
      tpcb: limit,
      ratio: limit && Math.round((measured.perSecond / limit) * 1000) / 1000,
    });
  }
  const size = await one("select pg_size_pretty(pg_database_size('meditory_erp')) as id");
  await owner.end();

  if (options.json) console.log(JSON.stringify({ prescriptions, size, pages: shown, fills }));
  else {
    const say = ({ p50, p95, p99, max }) =>
      `p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}  p99 ${p99.toFixed(2)}  max ${max.toFixed(1)} ms`;
    console.log(
      `${prescriptions} prescriptions, ${patients} patients, database ${size}; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n`,
    );
    for (const [name, times] of Object.entries(shown)) console.log(`${name.padEnd(26)} ${say(times)}`);
    console.log('');
    for (const each of fills)
      console.log(
        `fill, ${each.clients} clients: ${each.perSecond}/s, ${say(each)}, answers ${JSON.stringify(each.answers)}; ` +
          `TPC-B ${each.tpcb ? `${Math.round(each.tpcb)}/s, ratio ${each.ratio}` : 'not measured: there is no pgbench'}`,
      );
  }
} finally {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  rmSync(home, { recursive: true, force: true });
}
