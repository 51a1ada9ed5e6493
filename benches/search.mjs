// Search over HTTP on a real catalogue: `node benches/search.mjs <egyptian-drugs.csv>`.
// Makes an installation of its own in a temporary folder, imports the file with the command line, and prints the
// distribution of answers by kind of query, with facets and stock, on one connection. Prints, never asserts.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';

const PORT = 3977;
const PASSWORD = 'nine silver spoons in a drawer';
const QUERIES = 200;
const INGREDIENTS = [
  'paracetamol',
  'amoxicillin',
  'warfarin',
  'metformin',
  'ibuprofen',
  'omeprazole',
  'amox 500 cap',
];

const file = process.argv[2];
if (!file) {
  process.stderr.write('usage: node benches/search.mjs <egyptian-drugs.csv>\n');
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

const server = spawn(process.execPath, [main, 'start'], { env, stdio: 'ignore' });
try {
  const base = `http://127.0.0.1:${PORT}/api`;
  while (!(await fetch(`${base}/health/ready`).catch(() => undefined))?.ok)
    await new Promise((r) => setTimeout(r, 100));
  const login = await fetch(`${base}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  });
  const { token } = await login.json();

  const search = async (q) => {
    const from = performance.now();
    const answer = await fetch(`${base}/drugs/search?limit=20&q=${encodeURIComponent(q)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const body = await answer.json();
    return { ms: performance.now() - from, first: body.data[0]?.name };
  };
  const names = parse(readFileSync(file, 'utf8'), { columns: true }).map((row) =>
    row.commercial_name_en.trim(),
  );
  const step = Math.max(1, Math.floor(names.length / QUERIES));
  const sample = names.filter((_, n) => n % step === 0).slice(0, QUERIES);
  const kinds = {
    'exact name': sample,
    'prefix of 3 to 6': sample.map((name, n) => name.slice(0, 3 + (n % 4))),
    ingredient: sample.map((_, n) => INGREDIENTS[n % INGREDIENTS.length]),
  };
  for (const name of sample.slice(0, 40)) await search(name); // warm caches and plans

  console.log(
    `${inserted} products imported in ${seconds ?? '?'} s; ${cpus().length} cores, Node ${process.version}`,
  );
  for (const [kind, queries] of Object.entries(kinds)) {
    const answers = [];
    for (const q of queries) answers.push({ q, ...(await search(q)) });
    const ms = answers.map((answer) => answer.ms).sort((a, b) => a - b);
    const at = (share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))].toFixed(1);
    const exact = answers.filter((answer) => answer.first === answer.q.replace(/\s+/g, ' ')).length;
    console.log(
      `${kind.padEnd(18)} n ${ms.length}  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)} ms` +
        (kind === 'exact name' ? `  exact name first ${exact}/${ms.length}` : ''),
    );
  }
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(home, { recursive: true, force: true });
}
