// Receiving: `npm run meditory -- bench receive [--lines 200] [--rounds 20] [--json]`.
// Makes an installation of its own in a temporary folder. Each round orders so many products and posts their delivery, one pack
// of each with a lot of its own, over HTTP: cost, lots, ledger, order, audit and idempotency key in one transaction. Prints, never asserts.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { superuser } from './lib/counter.mjs';
import { distribution } from './lib/distribution.mjs';
import { Connection } from './lib/http-client.mjs';

const PORT = 3981;
const PASSWORD = 'nine silver spoons in a drawer';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
buildIfStale();
const count = Number(options.lines);
const rounds = Number(options.rounds);

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
  const one = async (text, values) => (await owner.query(text, values)).rows[0].id;
  const branchId = await one('select min(branch_id) as id from operational.branches');
  const supplierId = await one(
    "insert into operational.suppliers (name) values ('Bench') returning supplier_id as id",
  );
  const { rows: drugs } = await owner.query(
    `insert into reference.drugs (name, name_folded, price, units_per_pack)
     select 'Bench ' || n, 'bench ' || n, 20, 30 from generate_series(1, $1::integer) n returning drug_id as id`,
    [count],
  );
  const client = new Connection(PORT, { authorization: `Bearer ${token}`, 'x-branch-id': String(branchId) });
  const post = async (path, content, headers) => {
    const { status, body } = await client.post(`/api${path}`, content, headers);
    if (status >= 300) throw new Error(`${path}: ${status} ${body.toString().slice(0, 500)}`);
    return JSON.parse(body.toString());
  };

  const ms = [];
  for (let round = -2; round < rounds; round++) {
    const order = await post('/purchase-orders', {
      supplierId,
      landedCost: '100.00',
      lines: drugs.map(({ id }) => ({ drugId: id, quantity: '1', price: '15.00', bonus: '1' })),
    });
    await post(`/purchase-orders/${order.purchaseOrderId}/submit`, { version: order.version });
    const lines = order.lines.map(({ purchaseOrderItemId }, n) => ({
      purchaseOrderItemId,
      lotNumber: `L${round}-${n}`,
      expiryDate: '2031-12-31',
      quantity: '1',
    }));
    const from = performance.now();
    await post(
      `/purchase-orders/${order.purchaseOrderId}/receive`,
      { supplierDocument: `DN${round}`, lines },
      { 'idempotency-key': randomUUID() },
    );
    if (round >= 0) ms.push(performance.now() - from);
  }
  client.close();
  await owner.end();

  const { p50, p95, p99, max } = distribution(ms);
  if (options.json) console.log(JSON.stringify({ lines: count, rounds, p50, p95, p99, max }));
  else
    console.log(
      `delivery of ${count} lines, ${rounds} rounds: p50 ${p50.toFixed(0)}  p95 ${p95.toFixed(0)}  max ${max.toFixed(0)} ms; ` +
        `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
    );
} finally {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  rmSync(home, { recursive: true, force: true });
}
