import { chown, lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

import tar from 'tar-stream';

import type { postgresIdentity } from '../embedded-binaries.js';
import { BackupBroken } from './backup-broken.js';

/** Where ALTER SYSTEM keeps its settings, in the folder of the data. */
export const SETTINGS_FILE = 'postgresql.auto.conf';
const OF_OTHERS = /^\s*(primary_conninfo|primary_slot_name|synchronous_standby_names)\b/;

/** Settings without those that tie a cluster to others: a copy follows nobody, and waits for no standby of the original. */
export const ownSettings = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !OF_OTHERS.test(line))
    .join('\n');

/** Writes files of a cluster as PostgreSQL has them. */
export class ClusterWriter {
  constructor(
    private readonly identity: Awaited<ReturnType<typeof postgresIdentity>>,
    private readonly isLasting: boolean,
  ) {}

  async folder(path: string): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await this.give(path);
  }

  async file(path: string, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const handle = await open(path, 'w', 0o600);
    try {
      for await (const chunk of content) await handle.writeFile(chunk);
      if (this.isLasting) await handle.sync();
    } finally {
      await handle.close();
    }
    await this.give(path);
  }

  private async give(path: string): Promise<void> {
    const { uid, gid } = this.identity;
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
  }
}

/** Writes the tar of a cluster's files as it comes. */
export async function unpackBase(
  read: (sink: tar.Extract) => Promise<void>,
  data: string,
  writer: ClusterWriter,
): Promise<void> {
  const extract = tar.extract();
  const reading = read(extract);
  // Where reading fails the loop below fails with it; where the loop fails the reading does.
  const writing = (async () => {
    for await (const entry of extract) {
      const { name, type } = entry.header;
      const path = join(data, name);
      if (!path.startsWith(data)) throw new BackupBroken('A file of the backup lies outside of it.');
      if (type === 'directory') await writer.folder(path);
      else if (type !== 'file') throw new BackupBroken(`${name} is no plain file.`);
      // The log of the server's own words stays where it was.
      else if (name !== 'server.log') {
        await writer.file(path, entry);
        continue;
      }
      entry.resume();
      await finished(entry);
    }
  })();
  const [read_, written] = await Promise.allSettled([reading, writing]);
  if (read_.status === 'rejected') throw read_.reason as Error;
  if (written.status === 'rejected') throw written.reason as Error;
  await lstat(join(data, 'backup_label')).catch(() => {
    throw new BackupBroken('The backup has no label: it is not whole.');
  });
}
