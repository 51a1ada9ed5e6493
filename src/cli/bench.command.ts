import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from '../platform/package-root.js';

const folder = (): string => join(packageRoot(), 'benches');

/** Names of the benches there are; none where only the built program is installed. */
export function benchNames(): string[] {
  if (!existsSync(folder())) return [];
  return readdirSync(folder())
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => name.slice(0, -'.mjs'.length))
    .sort();
}

/** Runs a bench with its own arguments, on data and a database of its own; never on the pharmacy's. */
export async function bench(name: string, args: readonly string[]): Promise<void> {
  const names = benchNames();
  if (!names.includes(name))
    throw new Error(
      names.length === 0
        ? 'The benches come with the sources of Meditory, not with the built program.'
        : `There is no bench ${name}. Benches: ${names.join(', ')}.`,
    );
  const child = spawn(process.execPath, [join(folder(), `${name}.mjs`), ...args], { stdio: 'inherit' });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  if (code !== 0) process.exitCode = code;
}
