// The command line of the product, as a person or a schedule would run it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { root } from '../../tools/build-if-stale.mjs';

/** Runs a command of Meditory and answers its JSON, whatever it ended with; throws where it said nothing. */
export async function command(env, ...args) {
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js'), ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (out === '') throw new Error(`${args.join(' ')} ended with ${code}`);
  return JSON.parse(out);
}
