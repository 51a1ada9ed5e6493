// The start of the server: `npm run meditory -- bench start [--products 25000] [--rounds 5] [--searches 500]`; --full: 20 rounds, 5,000 searches. Makes an
// installation with a generated catalogue, stops it, and starts it again so many times: from the start of the process to the first answer of any kind, to
// ready, to the first search (answered by the database until the snapshot is there) and to the snapshot; then what the server and its PostgreSQL hold of memory at rest and after
// so many searches. The limit is a process of Fastify that answers one `select 1` of the same PostgreSQL. Never asserts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bench, ofLimit } from './lib/bench.mjs';
import { importCatalogue, snapshotOf } from './lib/catalogue.mjs';
import { distribution } from './lib/distribution.mjs';
import { startEmptyServer } from './lib/empty-answers.mjs';
import { Connection } from './lib/http-client.mjs';
import { homeOf, inInstallation, pause, startServer } from './lib/installation.mjs';
import { clusterPid, memoryOf } from './lib/processor.mjs';

const PORT = 3975;
const LIMIT_PORT = 3976;
/** After the snapshot, before memory at rest is looked at: what the start has left behind is collected by then. */
const REST_MS = 3000;
const LIMIT = 'Fastify and select 1, to its first answer';
const FIRST = 'first search answered';

/** Starts and stops a process that answers a `select 1`; milliseconds to its first answer. */
async function emptyStart(home) {
  const from = performance.now();
  const server = await startEmptyServer(LIMIT_PORT, home);
  const connection = new Connection(LIMIT_PORT, {});
  await connection.get('/select');
  const ms = performance.now() - from;
  connection.close();
  await server.stop();
  return ms;
}

/** Memory in MB of both; undefined where the system does not tell. */
const memory = (pid, home) => ({ server: memoryOf(pid), postgres: memoryOf(clusterPid(home)) });

async function measure({ products, rounds, searches }) {
  const kept = mkdtempSync(join(tmpdir(), 'meditory-bench-'));
  const more = { MEDITORY_SAMPLE: 'none' };
  const times = { 'first answer': [], ready: [], [FIRST]: [], 'snapshot there': [], [LIMIT]: [] };
  const held = {};
  let inserted;
  try {
    const { env, home } = homeOf(PORT, kept, more);
    let headers;
    let names;
    await inInstallation(
      PORT,
      async (installation) => {
        ({ names, inserted } = await importCatalogue(installation, products));
        await snapshotOf(PORT, inserted);
        for (let n = 0; n < rounds; n++) times[LIMIT].push(await emptyStart(home));
        headers = installation.headers;
      },
      kept,
      more,
    );
    const path = (n) => `/api/drugs/search?limit=20&q=${encodeURIComponent(names[n % names.length])}`;
    for (let n = 0; n < rounds; n++) {
      const server = await startServer(env, PORT);
      const connection = new Connection(PORT, headers);
      try {
        times['first answer'].push(server.answeredMs);
        times.ready.push(server.readyMs);
        await connection.get(path(n));
        times[FIRST].push(performance.now() - server.from);
        await snapshotOf(PORT, inserted);
        times['snapshot there'].push(performance.now() - server.from);
        if (n < rounds - 1) continue;
        await pause(REST_MS);
        held['at rest'] = memory(server.pid, home);
        for (let asked = 0; asked < searches; asked++) await connection.get(path(asked));
        held[`after ${searches} searches`] = memory(server.pid, home);
      } finally {
        connection.close();
        await server.stop();
      }
    }
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
  const limit = distribution(times[LIMIT]);
  return {
    figures: [
      ...Object.entries(times).map(([of, ms]) => {
        const shown = distribution(ms);
        return { of, ...shown, ...(of === FIRST && { ratio: ofLimit.time(limit.p50, shown.p50) }) };
      }),
      ...Object.entries(held).flatMap(([when, parts]) =>
        Object.entries(parts)
          .filter(([, megabytes]) => megabytes !== undefined)
          .map(([part, megabytes]) => ({
            of: `memory of ${part === 'server' ? 'the server' : 'PostgreSQL'} ${when}`,
            megabytes,
          })),
      ),
    ],
    notes: [
      `${inserted} products. The embedded PostgreSQL starts with the server and is in its times; that of the limit runs already. Memory that processes share is divided among them.`,
    ],
  };
}

await bench('start', { sizes: { products: [25_000, 25_000], rounds: [5, 20], searches: [500, 5000] } }, measure); // prettier-ignore
