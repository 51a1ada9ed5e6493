import { createHash, randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';

const KEY_BYTES = 32;

/** A key that is kept beside the database, never in it. */
export interface FileKey {
  readonly bytes: Buffer;
  /** Tells keys apart without giving one away: eight hex digits. */
  readonly id: string;
}

/**
 * The key in a file of 64 hex digits that its owner alone may read; made when there is none. Throws an Error that names the file,
 * never its content, where others may read it or it holds something else.
 */
export async function readOrMakeKey(path: string): Promise<FileKey> {
  const made = await make(path);
  const text = made ?? (await read(path));
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error(`${path} does not hold a key of ${KEY_BYTES} bytes in hex`);
  const bytes = Buffer.from(text, 'hex');
  return { bytes, id: createHash('sha256').update('key id').update(bytes).digest('hex').slice(0, 8) };
}

/** Undefined: there is one already, perhaps made by another process this moment. */
async function make(path: string): Promise<string | undefined> {
  let file;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    const text = randomBytes(KEY_BYTES).toString('hex');
    await file.writeFile(`${text}\n`);
    await file.sync();
    return text;
  } finally {
    await file.close();
  }
}

/** Waits a moment where another process is still writing it. */
async function read(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${path} may be read by others: chmod 600 it`);
  for (let attempt = 0; ; attempt++) {
    const file = await open(path, 'r');
    const text = (await file.readFile('utf8').finally(() => file.close())).trim();
    if (text !== '' || attempt === 50) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
