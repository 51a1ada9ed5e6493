// Import of N products beside a raw COPY of the same file: `node benches/import.mjs [rows=500000] [changed=10]`.
// Makes an installation of its own in a temporary folder and a file of N products from a fixed seed (brands that are not
// real, ingredients of the starter rules), then measures in one run: COPY of the file into a table of the same columns; the
// import by the command line into an empty catalogue, the same file again, and a file in which every tenth product has
// another price; the revert of that. Meanwhile a till sells over HTTP. Prints rows/s, the ratio to raw COPY, the peak memory
// of the importing process, and the till's p50 and p99 at rest and while a release is read and applied, beside those of an
// answer that needs no database, of `select 1`, and what the server's sessions waited for. On a machine that
// is shared the time a step takes says little: processor seconds (of the process and of PostgreSQL) are given beside it, with
// their ratio to those of raw COPY. `changed` 0 stops after the first import. Never asserts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { once } from 'node:events';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { clearInterval, setInterval } from 'node:timers';

import { parse } from 'csv-parse/sync';
import { from as copyFrom } from 'pg-copy-streams';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { Counter, superuser } from './lib/counter.mjs';

const SEED = 20261122;
const rows = Number(process.argv[2] ?? 500_000);
const every = Number(process.argv[3] ?? 10);

/** Deterministic numbers: mulberry32. */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SYLLABLES =
  'BA BE BI BO CA CE CI CO DA DE DI DO FA FE FI FO GA GE GO KA KE KI LA LE LI LO MA ME MI MO NA NE NI NO PA PE PI PO RA RE RI RO SA SE SI SO TA TE TI TO VA VE VI VO XA XE ZA ZE ZI ZO'.split(
    ' ',
  );
const ARABIC = 'با بي بو تا تي دا دي را ري سا سي فا في كا كي لا لي ما مي نا ني'.split(' ');
const FORMS = [
  ['F.C.TABS.', 'ORAL.SOLID'],
  ['TABS.', 'ORAL.SOLID'],
  ['CAPS.', 'ORAL.SOLID'],
  ['EFF. TABS.', 'EFF'],
  ['SACHETS', 'ORAL.SOLID'],
  ['AMP.', 'INJECTION'],
  ['SUPP.', 'RECTAL'],
];
const CLASSES = [
  'ANALGESIC',
  'ANTIBIOTIC.QUINOLONE',
  'ANTIBIOTIC.CEPHALOSPORIN',
  'ANTIHYPERTENSIVE',
  'ANTIDIABETIC',
  'VITAMINS',
  'ANTIHISTAMINE',
  'ANTIFUNGAL',
];

async function generate(path, count, changedEvery) {
  const next = random(SEED);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const names = parse(readFileSync(join(root, 'db', 'seed', 'clinical', 'ingredients.csv'), 'utf8'), {
    columns: true,
  }).map((row) => row.name.toUpperCase());
  const companies = Array.from(
    { length: 1000 },
    () => `${pick(SYLLABLES)}${pick(SYLLABLES)}${pick(SYLLABLES)} PHARMA`,
  );
  const file = createWriteStream(path);
  file.write(
    'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp\n',
  );
  let text = '';
  for (let n = 0; n < count; n++) {
    const syllables = 2 + Math.floor(next() * 2);
    let brand = '';
    for (let i = 0; i < syllables; i++) brand += pick(SYLLABLES);
    const parts = 1 + Math.floor(next() * next() * 3);
    const composition = [...new Set(Array.from({ length: parts }, () => pick(names)))].join('+');
    const [form, route] = pick(FORMS);
    const strength = 5 * (1 + Math.floor(next() * 200));
    const price = (1 + next() * 900).toFixed(2);
    const changed = changedEvery > 0 && n % changedEvery === 0;
    const name = `${brand} ${String(n).padStart(6, '0')} ${strength} MG ${pick([10, 14, 20, 24, 30])} ${form}`;
    text += `${name},${pick(ARABIC)}${pick(ARABIC)}${pick(ARABIC)} ${n},"${composition}",${pick(companies)} > ${pick(companies)},${pick(CLASSES)},${route},${changed ? (Number(price) + 1).toFixed(2) : price}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await once(file, 'close');
}

/** Processor seconds of a process so far, with those of its children that have ended; 0 where that cannot be told. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return 0; // it has ended, or this is no Linux
  }
}

/** Processor seconds of PostgreSQL so far, every process of it. */
function clusterCpu() {
  try {
    const postmaster = readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0];
    const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === postmaster);
    return [postmaster, ...children].reduce((sum, pid) => sum + cpuOf(pid), 0);
  } catch {
    return 0;
  }
}

function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[1];
  } catch {
    return '';
  }
}

/** Runs the command line; answers its JSON, the most memory it held and the processor seconds it took. */
async function meditory(args, env, till) {
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const clusterBefore = clusterCpu();
  let peakKb = 0;
  let ownCpu = 0;
  const watch = setInterval(() => {
    ownCpu = Math.max(ownCpu, cpuOf(child.pid));
    try {
      peakKb = Math.max(
        peakKb,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
      );
    } catch {
      peakKb = Math.max(peakKb, 0); // it has ended, or this is no Linux
    }
  }, 50);
  let out = '';
  let err = '';
  const phases = [];
  const sales = {};
  let phase = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => {
    err += chunk;
    const told = /applying|comparing|finishing|refreshing|reading|taking/.exec(String(chunk))?.[0] ?? '';
    if (told === '' || told === phase) return;
    const sold = till?.take();
    if (phase !== '') sales[phase] = sold;
    phases.push([(phase = told), performance.now()]);
  });
  const [code] = await once(child, 'close');
  clearInterval(watch);
  if (code !== 0) throw new Error(err);
  if (phase !== '') sales[phase] = till?.take();
  phases.push(['end', performance.now()]);
  const spent = phases
    .slice(0, -1)
    .map(([name, at], i) => `${name} ${((phases[i + 1][1] - at) / 1000).toFixed(1)}`);
  const cpu = { own: ownCpu, cluster: clusterCpu() - clusterBefore };
  return { answer: JSON.parse(out), peakMb: Math.round(peakKb / 1024), spent: spent.join(', '), sales, cpu };
}

async function rawCopy(path) {
  const client = await superuser(home);
  await client.query(
    'create table public.raw_copy (name text, name_ar text, composition text, company text, class text, route text, price numeric)',
  );
  const cpuBefore = clusterCpu() + cpuOf(process.pid);
  const started = performance.now();
  await pipeline(
    createReadStream(path, { highWaterMark: 1 << 18 }),
    client.query(copyFrom('copy public.raw_copy from stdin with (format csv, header)')),
  );
  const seconds = (performance.now() - started) / 1000;
  const cpu = clusterCpu() + cpuOf(process.pid) - cpuBefore;
  await client.query('drop table public.raw_copy');
  await client.end();
  return { rate: rows / seconds, cpu };
}

const PASSWORD = 'nine silver spoons in a drawer';
const spread = (times) =>
  times.length === 0
    ? 'none'
    : `p50 ${times[Math.floor(times.length / 2)].toFixed(1)} ms, p99 ${times[Math.floor(times.length * 0.99)].toFixed(1)} ms, ${times.length} times`;
const told = (when, { times, waits }) => {
  for (const [name, taken] of times) console.log(`${`${name} ${when}`.padEnd(30)}${spread(taken)}`);
  console.log(`${''.padEnd(24)}sessions: ${waits.map(([what, n]) => `${what} ${n}`).join(', ')}`);
};

buildIfStale();
const home = mkdtempSync(join(tmpdir(), 'meditory-bench-'));
chmodSync(home, 0o755);
const env = {
  ...process.env,
  MEDITORY_HOME: home,
  MEDITORY_ADMIN_PASSWORD: PASSWORD,
  PORT: '3978',
  LOG_LEVEL: 'error',
};
// The server keeps the embedded database running between the commands.
const server = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'start'], { env, stdio: 'ignore' });
try {
  while (
    !existsSync(join(home, 'cluster.json')) ||
    !(await fetch('http://127.0.0.1:3978/api/health/ready').catch(() => undefined))?.ok
  )
    await new Promise((r) => setTimeout(r, 200));
  const first = join(home, 'products.csv');
  const second = join(home, 'products-next.csv');
  await generate(first, rows, 0);
  await generate(second, rows, every);
  const digest = createHash('sha256').update(readFileSync(first)).digest('hex').slice(0, 12);
  console.log(
    `${rows} products, file ${digest}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  );
  const copies = [];
  for (let n = 0; n < 3; n++) copies.push(await rawCopy(first));
  const { rate: raw } = copies.sort((a, b) => a.rate - b.rate)[1];
  const rawCpu = copies.map(({ cpu }) => cpu).sort((a, b) => a - b)[1];
  console.log(`raw COPY                ${Math.round(raw)} rows/s, ${rawCpu.toFixed(1)} CPU s (medians of 3)`);
  const tell = (label, { answer, peakMb, spent, cpu }) =>
    console.log(
      `${label.padEnd(22)}  ${answer.rowsPerSecond} rows/s  ratio ${(answer.rowsPerSecond / raw).toFixed(3)}  peak ${peakMb} MB  ` +
        `(+${answer.inserted} ~${answer.updated} =${answer.unchanged} !${answer.rejected}; s: ${spent})\n` +
        `${''.padEnd(22)}  CPU s: process ${cpu.own.toFixed(1)}, PostgreSQL ${cpu.cluster.toFixed(1)}; ` +
        `ratio by CPU ${(rawCpu / (cpu.own + cpu.cluster)).toFixed(3)}`,
    );
  const args = (file) => ['import', 'egypt', file, '--apply', '--json'];
  tell('import, empty catalogue', await meditory(args(first), env));
  const again = async () => {
    tell('the same file again', await meditory(args(first), env));
    const till = await new Counter().open('http://127.0.0.1:3978/api', home, PASSWORD);
    await new Promise((r) => setTimeout(r, 2000));
    till.take();
    await new Promise((r) => setTimeout(r, 30_000));
    told('at rest', till.take());
    const changed = await meditory(args(second), env, till);
    await till.close();
    tell(`1 of ${every} prices changed`, changed);
    for (const [phase, taken] of Object.entries(changed.sales)) told(`while ${phase}`, taken);
    const from = performance.now();
    const { answer } = await meditory(['import', 'revert', String(changed.answer.releaseId), '--json'], env);
    console.log(
      `revert of that          ${((performance.now() - from) / 1000).toFixed(1)} s (${JSON.stringify(answer)})`,
    );
  };
  if (every > 0) await again();
} finally {
  server.kill('SIGTERM');
  await once(server, 'close');
  rmSync(home, { recursive: true, force: true });
}
