import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { inject } from 'vitest';

import { freePort, ServerProcess } from './server-process.js';

/**
 * The built product on an installation of its own that was made and migrated already and holds nothing, at rest. For tests of what comes
 * after that; how an installation is made is tried by those that start from an empty folder.
 */
export async function anInstalledServer(environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const server = await ServerProcess.create(environment);
  await promisify(execFile)('cp', ['-a', `${inject('installation')}/.`, server.home]);
  const file = join(server.home, 'cluster.json');
  const secrets = JSON.parse(await readFile(file, 'utf8')) as { port: number };
  await writeFile(file, JSON.stringify({ ...secrets, port: await freePort() }));
  return server;
}
