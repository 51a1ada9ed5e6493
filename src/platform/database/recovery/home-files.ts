import { lstat, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

import { z } from 'zod';

import { BackupBroken } from './backup-broken.js';
import { syncPath } from './sealed-file.js';
import { parseJson } from './wal-archive.js';

/** Keys, passwords and anchors are small. */
export const MOST_HOME_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 10_000;

/**
 * What lies in the folder of an installation and is not backed up with its files: the database, which has its own way; backups, and their key, which
 * would lie beside what it locks; what restorations leave; what a printer has printed.
 */
const NOT_FILES = /^(postgres|backups|prints|backup\.key|(scratch|restoring|replaced)-.*|.*\.new)$/;

export const isHomeFile = (name: string): boolean => !NOT_FILES.test(name);

const HomeFiles = z.array(
  z.strictObject({
    path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0\\:]+$/),
    mode: z.number().int(),
    content: z.base64(),
  }),
);

/** Files of an installation beside its database (secrets, keys, anchors), as one text. */
export async function packHomeFiles(home: string): Promise<Buffer> {
  const files: z.output<typeof HomeFiles> = [];
  let bytes = 0;
  const walk = async (folder: string): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      if (folder === home && !isHomeFile(name)) continue;
      const path = join(folder, name);
      const found = await lstat(path);
      if (found.isDirectory()) await walk(path);
      if (!found.isFile()) continue;
      bytes += found.size;
      if (bytes > MOST_HOME_BYTES / 2 || files.length >= MOST_FILES)
        throw new Error(`${home} holds more than the files of an installation: ${path}. Move it elsewhere.`);
      const content = (await readFile(path)).toString('base64');
      files.push({ path: relative(home, path).split(sep).join('/'), mode: found.mode & 0o777, content });
    }
  };
  await walk(home);
  return Buffer.from(JSON.stringify(files));
}

/** Writes such files into a folder. */
export async function unpackHomeFiles(packed: Buffer, home: string): Promise<void> {
  const parsed = HomeFiles.safeParse(parseJson(packed.toString('utf8')));
  if (!parsed.success) throw new BackupBroken('The files of the installation in the backup cannot be read.');
  for (const { path, mode, content } of parsed.data) {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(content, 'base64'), { mode });
    await syncPath(file);
  }
}
