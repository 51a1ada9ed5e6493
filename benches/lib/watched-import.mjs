// The import by the command line, watched: the most memory it held, the processor time it and PostgreSQL took, and what a till saw meanwhile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

import { root } from '../../tools/build-if-stale.mjs';
import { clusterPid, processorOf } from './processor.mjs';

const LOOK_MS = 50;

/** The most memory a process has held so far, in kB; undefined where it has ended or the system does not tell. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) || undefined;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Runs a command; throws where it fails. `till` is asked at each step what it saw during the one before. */
export async function watched(args, { env, home }, till) {
  const cluster = clusterPid(home);
  const clusterBefore = processorOf(cluster);
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let peakKb = 0;
  let ownMs = 0;
  const watch = setInterval(() => {
    ownMs = Math.max(ownMs, processorOf(child.pid) ?? 0);
    peakKb = Math.max(peakKb, peakOf(child.pid) ?? 0);
  }, LOOK_MS);
  let out = '';
  let said = '';
  const steps = [];
  const seen = {};
  let step;
  const next = (name) => {
    if (step) seen[step] = till?.take();
    steps.push([(step = name), performance.now()]);
  };
  child.stdout.on('data', (chunk) => (out += chunk.toString()));
  child.stderr.on('data', (chunk) => {
    said += chunk.toString();
    const [told] = /applying|comparing|finishing|refreshing|reading|taking/.exec(chunk.toString()) ?? [];
    if (told && told !== step) next(told);
  });
  const [code] = await once(child, 'close');
  clearInterval(watch);
  if (code !== 0) throw new Error(said);
  next('end');
  const spent = steps
    .slice(0, -1)
    .map(([name, at], n) => `${name} ${((steps[n + 1][1] - at) / 1000).toFixed(1)}`);
  const clusterMs = processorOf(cluster) === undefined ? undefined : processorOf(cluster) - clusterBefore;
  return {
    answer: JSON.parse(out),
    megabytes: Math.round(peakKb / 1024),
    spent: spent.join(', '),
    seen,
    ownMs,
    clusterMs,
  };
}
