// A server beside the product's that does nothing, and one statement: the limits of answering over HTTP on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { superuserOf } from './counter.mjs';

/** Starts it in a process of its own, on the PostgreSQL of the installation. */
export async function startEmptyServer(port, home) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('empty-server.mjs', import.meta.url)), String(port)],
    {
      env: { ...process.env, MEDITORY_BENCH_DATABASE: JSON.stringify(superuserOf(home)) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const gone = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) throw new Error(`the empty server ended with ${child.exitCode}`);
  return {
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
