// An installation of its own in a temporary folder with its server running, and pgbench beside it.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildIfStale, root } from '../../tools/build-if-stale.mjs';
import { superuser, superuserOf } from './counter.mjs';
import { watchProcessor } from './processor.mjs';

export const PASSWORD = 'nine silver spoons in a drawer';
/** Branches of TPC-B: more than clients, so that they do not wait for each other's. */
const SCALE = 20;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A folder for an installation, and what its processes are told. */
export function homeOf(port, kept, more) {
  buildIfStale();
  const home = kept ?? mkdtempSync(join(tmpdir(), 'meditory-bench-'));
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  const env = { ...process.env, MEDITORY_HOME: home, MEDITORY_ADMIN_PASSWORD: PASSWORD, PORT: String(port), LOG_LEVEL: 'error', ...more }; // prettier-ignore
  return { home, env };
}

/** What the server says of itself; undefined while nothing answers. */
export const readiness = (port) =>
  fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
    (answer) => answer.json(),
    () => undefined,
  );

/** Starts the server and waits until it answers; throws where it ends instead. `stop` lets it end as an operator would. */
export async function startServer(env, port) {
  const from = performance.now();
  const server = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'start'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await gone;
  };
  let answeredMs;
  for (;;) {
    const said = await readiness(port);
    answeredMs ??= said && performance.now() - from;
    if (said?.status === 'ok') break;
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    await pause(10);
  }
  return { pid: server.pid, answeredMs, readyMs: performance.now() - from, from, stop };
}

/**
 * Starts it, signs in, does `work` with it, and leaves nothing behind, whatever happened. Where `kept` names a folder, it is made there, or
 * found there as an earlier run left it, and stays. `more` are settings beside the usual ones.
 */
export async function inInstallation(port, work, kept, more) {
  const { home, env } = homeOf(port, kept, more);
  const base = `http://127.0.0.1:${port}/api`;
  let server;
  try {
    server = await startServer(env, port);
    const owner = await superuser(home);
    owner.on('error', () => undefined); // when the bench fails, the cluster goes first
    const one = async (text) => (await owner.query(text)).rows[0].id;
    const branchId = await one('select min(branch_id) as id from operational.branches');
    const userId = await one("select user_id as id from operational.users where username = 'admin'");
    /** Headers of a session that begins now; one that nothing is asked of for half an hour is over. */
    const signIn = async () => {
      const login = await fetch(`${base}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'admin', password: PASSWORD }),
      });
      const { token } = await login.json();
      return { authorization: `Bearer ${token}`, 'x-branch-id': String(branchId) };
    };
    const headers = await signIn();
    const { rowCount } = await owner.query("select from pg_database where datname = 'bench'");
    if (rowCount === 0) await owner.query('create database bench');
    const { pid } = server;
    const spent = watchProcessor(home, pid);
    await work({
      base,
      headers,
      signIn,
      owner,
      one,
      branchId,
      userId,
      env,
      home,
      pid,
      spent,
      tpcb: tpcbOf(home),
    });
    await owner.end();
  } finally {
    await server?.stop();
    if (!kept) rmSync(home, { recursive: true, force: true });
  }
}

/** Measures pgbench's TPC-B (simple protocol) in transactions per second; undefined where there is no pgbench. */
function tpcbOf(home) {
  let isPrepared = false;
  return (clients, seconds) => {
    const { host, port, user, password } = superuserOf(home);
    const at = ['-h', host, '-p', String(port), '-U', user];
    const run = (args) =>
      spawnSync('pgbench', [...at, ...args, 'bench'], {
        env: { ...process.env, PGPASSWORD: password },
      });
    if (!isPrepared && run(['-i', '-q', '-s', String(SCALE)]).status !== 0) return undefined;
    isPrepared = true;
    const { stdout } = run(['-c', String(clients), '-j', '2', '-T', String(seconds)]);
    return Number(/tps = ([\d.]+) \(without/.exec(stdout?.toString() ?? '')?.[1]) || undefined;
  };
}

export const NO_PGBENCH = 'No ratios: there is no pgbench (Debian has it in `postgresql-contrib` or `postgresql`).'; // prettier-ignore
