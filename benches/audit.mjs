// The audit chain: `npm run meditory -- bench audit [--part checkout|verify|both] [--seconds 40] [--rounds 4] [--clients 8] [--rows 1000000] [--json]`.
// Makes an installation of its own in a temporary folder. Checkout: sells over HTTP with sealing held up (by the sealers' own lock) and with
// sealing, in turns; what waited meanwhile is sealed in the next turn, so that a turn with sealing does the work of two. Verify: writes so
// many rows to the trail, seals them, and proves them with "audit verify". Ends with an error where the chain does not hold.
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root } from '../tools/build-if-stale.mjs';
import { posting } from './lib/clients.mjs';
import { inInstallation } from './lib/installation.mjs';
import { basketsOf, openTill, stockUp } from './lib/till.mjs';

const PORT = 3979;
/** Lock the sealers take turns by (src/operational/audit-seals/audit-seals.sql.ts). */
const SEALERS = 1799250;
const PRODUCTS = 5000;

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', default: 'both' },
    seconds: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '8' },
    rows: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
});
const [seconds, rounds, clients, rows] = ['seconds', 'rounds', 'clients', 'rows'].map((name) =>
  Number(options[name]),
);
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

async function checkout({ base, headers, owner, branchId }) {
  await openTill(base, headers);
  const drugIds = await stockUp(owner, branchId, PRODUCTS);
  const next = basketsOf()(() => drugIds[Math.floor(Math.random() * drugIds.length)]);
  const sell = async (time) =>
    (await posting({ port: PORT, headers, clients, seconds: time, next })).perSecond;
  await sell(5); // plans and compiled code
  const turns = { without: [], with: [] };
  for (let n = 0; n < rounds; n++) {
    await owner.query('select pg_advisory_lock($1)', [SEALERS]);
    turns.without.push(await sell(seconds));
    await owner.query('select pg_advisory_unlock($1)', [SEALERS]);
    turns.with.push(await sell(seconds));
  }
  const [without, sealed] = [median(turns.without), median(turns.with)];
  return { clients, turns, without, with: sealed, cost: Math.round((1 - sealed / without) * 1000) / 10 };
}

/** Rows as sales leave them: about as long, most of them inserts. */
const ROWS = `
insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
select gen_random_uuid()::text, 1 + n % 9, 1, gen_random_uuid()::text, 'operational', (array['sales', 'sale_items', 'payments', 'stock_movements'])[1 + n % 4], n::text, 'insert',
  jsonb_build_object('sale_id', n, 'branch_id', 1, 'drug_id', n % 5000, 'quantity', 1.000, 'unit', 'pack', 'price', 12.50, 'created_at', now(), 'status', 'completed',
    'description', 'PARACETAMOL 500 mg TABLET ' || n, 'tax', 1.75, 'version', 1, 'lot_number', 'B' || n % 977)
from generate_series($1::int, $2::int) n`;

function command(env, ...args) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'main.js'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr, seconds: Math.round((performance.now() - from) / 10) / 100 };
}

async function verify({ owner, env }) {
  const AT_ONCE = 50_000;
  for (let n = 0; n < rows; n += AT_ONCE) await owner.query(ROWS, [n + 1, Math.min(rows, n + AT_ONCE)]);
  await owner.query('vacuum analyze operational.audit_logs');
  const sealing = command(env, 'audit', 'seal', '--json');
  if (sealing.status !== 0) throw new Error(sealing.stderr);
  const proving = command(env, 'audit', 'verify', '--json');
  const { ok, checked, findingsCount } = JSON.parse(proving.stdout);
  const { rows: size } = await owner.query(
    "select (select sum(pg_table_size(i.inhrelid)) from pg_inherits i where i.inhparent = 'operational.audit_logs'::regclass)::bigint / 1048576 as trail, pg_total_relation_size('operational.audit_seals') / 1048576 as seals",
  );
  return {
    ok,
    findingsCount,
    checked,
    sealSeconds: sealing.seconds,
    verifySeconds: proving.seconds,
    megabytes: size[0],
  };
}

await inInstallation(PORT, async (installation) => {
  const result = {
    ...(options.part === 'verify' ? {} : { checkout: await checkout(installation) }),
    ...(options.part === 'checkout' ? {} : { verify: await verify(installation) }),
  };
  if (options.json) console.log(JSON.stringify(result));
  else {
    console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`);
    if (result.checkout)
      console.log(
        `checkout, ${clients} clients: ${result.checkout.without}/s without sealing, ${result.checkout.with}/s with it (medians of ${rounds} turns): ${result.checkout.cost} % less`,
      );
    if (result.verify)
      console.log(
        `verify: ${result.verify.checked.rows} rows in ${result.verify.checked.seals} seals in ${result.verify.verifySeconds} s (sealed in ${result.verify.sealSeconds} s); ` +
          `trail ${result.verify.megabytes.trail} MB, seals ${result.verify.megabytes.seals} MB; ${result.verify.ok ? 'the chain holds' : 'BROKEN'}`,
      );
  }
  if (result.verify && !result.verify.ok) process.exitCode = 1;
});
