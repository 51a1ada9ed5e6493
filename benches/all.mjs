// Every bench that is recorded, one after the other, each in a process of its own: `npm run meditory -- bench all [--full] [--record]`. Options go to each. One that fails
// does not keep the others from running; the end is an error then. A table of how each ended comes last.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { ALL } from './lib/names.mjs';

const args = process.argv.slice(2);
const ended = [];
for (const name of ALL) {
  console.log(`\n=== ${name}`);
  const from = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${name}.mjs`, import.meta.url)), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = await once(child, 'exit');
  ended.push({ name, how: code === 0 ? 'done' : `ended with ${code ?? signal}`, seconds: (performance.now() - from) / 1000 }); // prettier-ignore
}
console.log('');
for (const { name, how, seconds } of ended)
  console.log(`${name.padEnd(10)} ${`${seconds.toFixed(0)} s`.padStart(7)}  ${how}`);
if (ended.some(({ how }) => how !== 'done')) process.exitCode = 1;
