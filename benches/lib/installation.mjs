// An installation of its own in a temporary folder with its server running, and pgbench beside it.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildIfStale, root } from '../../tools/build-if-stale.mjs';
import { superuser } from './counter.mjs';
import { watchProcessor } from './processor.mjs';

const PASSWORD = 'nine silver spoons in a drawer';
/** Branches of TPC-B: more than clients, so that they do not wait for each other's. */
const SCALE = 20;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts it, signs in, does `work` with it, and leaves nothing behind, whatever happened. Where `kept` names a folder, it is made there, or
 * found there as an earlier run left it, and stays.
 */
export async function inInstallation(port, work, kept) {
  buildIfStale();
  const home = kept ?? mkdtempSync(join(tmpdir(), 'meditory-bench-'));
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  const env = { ...process.env, MEDITORY_HOME: home, MEDITORY_ADMIN_PASSWORD: PASSWORD, PORT: String(port), LOG_LEVEL: 'error' }; // prettier-ignore
  const base = `http://127.0.0.1:${port}/api`;
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
    const spent = watchProcessor(home, server.pid);
    await work({ base, headers, signIn, owner, one, branchId, userId, env, spent, tpcb: tpcbOf(home) });
    await owner.end();
  } finally {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
    if (!kept) rmSync(home, { recursive: true, force: true });
  }
}

/** Measures pgbench's TPC-B (simple protocol) in transactions per second; undefined where there is no pgbench. */
function tpcbOf(home) {
  let isPrepared = false;
  return (clients, seconds) => {
    const { port, superuserPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8'));
    const at = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
    const run = (args) =>
      spawnSync('pgbench', [...at, ...args, 'bench'], {
        env: { ...process.env, PGPASSWORD: superuserPassword },
      });
    if (!isPrepared && run(['-i', '-q', '-s', String(SCALE)]).status !== 0) return undefined;
    isPrepared = true;
    const { stdout } = run(['-c', String(clients), '-j', '2', '-T', String(seconds)]);
    return Number(/tps = ([\d.]+) \(without/.exec(stdout?.toString() ?? '')?.[1]) || undefined;
  };
}

/** One measured command as words: the rate, its times, the answers by status, TPC-B's rate beside it, and what it cost. */
export function sayRate(name, { clients, perSecond, p50, p95, p99, max, answers, tpcb, ratio, processor }) {
  const times = `p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}  p99 ${p99.toFixed(2)}  max ${max.toFixed(1)} ms`;
  const beside = tpcb ? `${Math.round(tpcb)}/s, ratio ${ratio}` : 'not measured: there is no pgbench';
  const cost = processor
    ? `; processor: server ${processor.server} ms, PostgreSQL ${processor.postgres} ms each`
    : '';
  return `${name}, ${clients} clients: ${perSecond}/s, ${times}, answers ${JSON.stringify(answers)}; TPC-B ${beside}${cost}`;
}
