import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { EmbeddedCluster } from '../embedded-cluster.js';

const SCRATCH = /^scratch-/;

/** Takes away what a proof that was killed left behind, its cluster too. Only under the lock of backups. */
async function sweep(home: string): Promise<void> {
  for (const name of (await readdir(home)).filter((entry) => SCRATCH.test(entry))) {
    const directory = join(home, name);
    if (
      existsSync(join(directory, 'cluster.json')) &&
      existsSync(join(directory, 'postgres', 'postmaster.pid'))
    )
      await (await EmbeddedCluster.open(directory)).stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Does `work` with an empty folder for a cluster, and leaves nothing of it, whatever happens. */
export async function inScratch<T>(home: string, work: (directory: string) => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  await sweep(home);
  const directory = join(home, `scratch-${randomBytes(4).toString('hex')}`);
  // PostgreSQL may run as another user: it passes through, and reads nothing here.
  await mkdir(directory, { mode: 0o711 });
  try {
    return await work(directory);
  } finally {
    await sweep(home);
  }
}

/** Throws where a disk has not the room for so many bytes, before any of it is taken. */
export async function requireRoom(path: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const mib = (n: number): string => `${Math.ceil(n / 1024 / 1024)} MiB`;
  if (free < bytes) throw new Error(`${what} needs ${mib(bytes)} in ${path}; there are ${mib(free)} free.`);
}
