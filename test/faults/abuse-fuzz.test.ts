// Requests made of the OpenAPI document: valid, mutated and hostile ones, with ids of rows there are, to the built product as users
// run it, over TLS. No answer is a 5xx but a declared 503, none shows the inside, every refusal is a problem; afterwards the server
// is healthy, its memory is what it was and every invariant holds. MEDITORY_FUZZ says how many, MEDITORY_FUZZ_SEED which.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { selfSignedCertificate } from '../support/certificate.js';
import { eachOf, RawClient } from '../support/fuzz/client.js';
import { operationsOf, type OpenApi } from '../support/fuzz/document.js';
import { faultOf } from '../support/fuzz/judge.js';
import { ENDS_THE_SESSION, learnIds, nameOf } from '../support/fuzz/listening-shop.js';
import { KnownIds, RequestMaker } from '../support/fuzz/maker.js';
import { Fuzzer } from '../support/fuzz/mutations.js';
import { Random } from '../support/fuzz/random.js';
import { anInstalledServer } from '../support/installed-server.js';
import { ADMIN_PASSWORD, type ServerProcess } from '../support/server-process.js';
import { byProfile } from './harness/profile.js';

const REQUESTS = Number(process.env['MEDITORY_FUZZ'] ?? byProfile({ ci: 400, short: 800, long: 100_000 }));
const SEED = Number(process.env['MEDITORY_FUZZ_SEED'] ?? 20_261_201);
const AT_ONCE = 4;
/** One user reads no more than a person may (reading-pace.domain.ts): users take turns. */
const TURN = 1_000;
const USERS = 12;
/** What the second half of a run may add to what is left after collecting garbage, by a linear fit. */
const MOST_GROWTH = 40 * 1024 * 1024;

const certificate = selfSignedCertificate();
let folder = '';
let server: ServerProcess;
let client: RawClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meditory-fuzz-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(cert, certificate.cert);
  await writeFile(key, certificate.key);
  const hook = pathToFileURL(join(packageRoot(), 'test', 'support', 'fuzz', 'memory-hook.mjs')).href;
  server = await anInstalledServer({
    MEDITORY_TLS_CERT: cert,
    MEDITORY_TLS_KEY: key,
    NODE_OPTIONS: `--import=${hook}`,
  });
  await server.start();
  client = new RawClient(server.address, certificate.cert);
}, 300_000);
afterAll(async () => {
  client?.close();
  await server?.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function signIn(username: string, password: string): Promise<string> {
  const answer = await client.json('POST', '/api/auth/login', '', { username, password });
  if (answer.status !== 200) throw new Error(`${username} cannot sign in: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as { token: string }).token;
}

/** Administrators beside the first one, who is left alone. */
async function moreUsers(admin: string): Promise<string[]> {
  const roles = JSON.parse((await client.json('GET', '/api/roles', admin)).body) as {
    data: { roleId: number; name: string }[];
  };
  const branches = JSON.parse((await client.json('GET', '/api/branches', admin)).body) as {
    data: { branchId: number }[];
  };
  const names: string[] = [];
  for (let n = 0; n < USERS; n++) {
    const username = `fuzz.${SEED}.${n}`;
    const made = await client.json('POST', '/api/users', admin, {
      username,
      fullName: `Fuzz ${n}`,
      password: ADMIN_PASSWORD,
      roleIds: roles.data.filter(({ name }) => name === 'administrator').map(({ roleId }) => roleId),
      branchIds: branches.data.map(({ branchId }) => branchId),
    });
    if (made.status !== 201) throw new Error(`no user was made: ${made.status} ${made.body}`);
    names.push(username);
  }
  return names;
}

/** Bytes left after collecting garbage: of the process, and of its heap with what hangs on it. */
async function memory(): Promise<{ rss: number; heap: number }> {
  const before = server.output.length;
  server.signal('SIGUSR2');
  for (;;) {
    const told = /\nmemory (\d+) (\d+)\n/.exec(server.output.slice(before));
    if (told) return { rss: Number(told[1]), heap: Number(told[2]) };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** By how much a straight line through the values rises from the first to the last. */
function rise(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const below = values.reduce((sum, _value, index) => sum + (index - middle) ** 2, 0);
  return (above / below) * (values.length - 1);
}

it('the secrets of an installation are random and readable by their owner alone', async () => {
  const secrets = (await readdir(server.home)).filter((name) => name.endsWith('.json'));
  expect(secrets.length).toBeGreaterThan(0);
  for (const name of secrets) {
    expect((await stat(join(server.home, name))).mode & 0o077, name).toBe(0);
    const kept = JSON.parse(await readFile(join(server.home, name), 'utf8')) as Record<string, unknown>;
    const passwords = Object.entries(kept).filter(([key]) => /password/i.test(key));
    for (const [, password] of passwords) expect(String(password)).toMatch(/^[\w-]{32,}$/);
  }
  expect((await stat(join(server.home, 'postgres'))).mode & 0o077).toBe(0);
});

it(
  `${REQUESTS} made requests leave a healthy server, and no answer is one of a program that failed`,
  { timeout: 8 * 3_600_000 },
  async () => {
    const admin = await signIn('admin', ADMIN_PASSWORD);
    const document = JSON.parse((await client.json('GET', '/api/openapi.json', admin)).body) as OpenApi;
    const operations = operationsOf(document).filter(
      (operation) => !operation.isUpload && !ENDS_THE_SESSION.has(nameOf(operation)),
    );
    const random = new Random(SEED);
    const ids = new KnownIds();
    const maker = new RequestMaker(document, random, ids);
    await learnIds({ client, operations, token: admin, ids, maker });
    const users = await moreUsers(admin);
    const fuzzer = new Fuzzer(document, operations, maker, random);

    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const succeeded = new Set<string>();
    const heaps: number[] = [];
    const residents: number[] = [];
    const samples = 20;
    for (let sample = 0; sample < samples; sample++) {
      const round = Array.from({ length: Math.ceil(REQUESTS / samples) }, (_, n) => n);
      let token = '';
      await eachOf(round, AT_ONCE, async (n) => {
        const count = sample * round.length + n;
        if (token === '' || count % TURN === 0)
          token = await signIn(users[Math.floor(count / TURN) % users.length] ?? '', ADMIN_PASSWORD);
        const request = fuzzer.next(token);
        const answer = await client.send(request);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const fault = request.method === 'HEAD' && answer.status < 500 ? undefined : faultOf(answer);
        if (fault !== undefined)
          faults.push(
            `${fault}: ${request.method} ${request.path} ${request.body?.slice(0, 600) ?? ''} → ${answer.status} ${answer.body.slice(0, 300)}`,
          );
        if (answer.status === 401 && request.headers['authorization'] === `Bearer ${token}`) token = '';
        if (answer.status < 300) {
          succeeded.add(nameOf(request.operation));
          if (/json/.test(answer.headers['content-type'] ?? '') && answer.body !== '')
            ids.learn(JSON.parse(answer.body));
        }
      });
      const { heap, rss } = await memory();
      heaps.push(heap);
      residents.push(rss);
    }
    const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
    const [heapRise, rssRise] = [heaps, residents].map((values) => rise(values.slice(samples / 2)));
    process.stdout.write(
      `fuzz: seed ${SEED}, ${REQUESTS} requests, answers ${JSON.stringify(Object.fromEntries([...statuses].sort((a, b) => a[0] - b[0])))}, ` +
        `${succeeded.size} of ${operations.length} operations succeeded; second half: heap ${megabytes(heapRise ?? 0)}, resident ${megabytes(rssRise ?? 0)} more\n`,
    );
    expect(faults.slice(0, 10)).toEqual([]);
    expect(server.output).not.toContain('request failed');
    expect(heapRise).toBeLessThan(MOST_GROWTH);
    expect((await client.json('GET', '/api/health/ready', admin)).status).toBe(200);
    const doctor = await server.command('doctor');
    expect(doctor.code, doctor.stdout + doctor.stderr).toBe(0);
  },
);
