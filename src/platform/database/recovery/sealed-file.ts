import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

import { BackupBroken } from './backup-broken.js';
import type { BackupKey } from './backup-key.js';
import { HEADER_BYTES, opening, sealing } from './sealed-stream.js';

/** What a sealed file is known by. */
export interface SealedFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** Lets everything through and tells what went by. */
function tap(see: (bytes: Buffer) => void, end?: () => void): Transform {
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      see(bytes);
      done(null, bytes);
    },
    flush(done) {
      try {
        end?.();
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Makes sure that what was written survives a loss of power: a file, or the names in a folder. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows does not sync folders, and does not need it.
    if (
      (error as NodeJS.ErrnoException).code !== 'EPERM' &&
      (error as NodeJS.ErrnoException).code !== 'EISDIR'
    )
      throw error;
  } finally {
    await handle.close();
  }
}

/** Writes a stream compressed and encrypted and on the disk when this ends; answers how long it was before as well. */
export async function writeSealed(
  source: Readable,
  path: string,
  key: BackupKey,
  purpose: string,
): Promise<{ readonly file: SealedFile; readonly plainBytes: number }> {
  const hash = createHash('sha256');
  let [plainBytes, bytes] = [0, 0];
  await pipeline(
    source,
    tap((chunk) => (plainBytes += chunk.length)),
    // The fastest level: a database compresses well, and the disk waits less than the processor.
    createGzip({ level: 1 }),
    sealing(key, purpose),
    tap((chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
    }),
    createWriteStream(path, { mode: 0o600 }),
  );
  await syncPath(path);
  return { file: { bytes, sha256: hash.digest('hex') }, plainBytes };
}

/** Bytes of memory as a sealed file that is there whole or not at all. */
export async function replaceSealed(
  source: Readable,
  file: string,
  key: BackupKey,
  purpose: string,
): Promise<SealedFile> {
  const written = await writeSealed(source, `${file}.new`, key, purpose);
  await rename(`${file}.new`, file);
  await syncPath(dirname(file));
  return written.file;
}

/** Text as a file that is there whole or not at all. */
export async function replaceText(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  await syncPath(dirname(file));
}

async function headerOf(file: string, name: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BackupBroken(`${name} is missing.`);
    throw new BackupBroken(`${name} cannot be read: ${error.message}`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function checked(hash: Hash, expected: SealedFile, name: string): Transform {
  let bytes = HEADER_BYTES;
  return tap(
    (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
    },
    () => {
      if (bytes !== expected.bytes)
        throw new BackupBroken(`${name} has ${bytes} bytes; it was written with ${expected.bytes}.`);
      if (hash.digest('hex') !== expected.sha256)
        throw new BackupBroken(`${name} was changed after it was written: its checksum is another.`);
    },
  );
}

/**
 * Reads a sealed file into `sink`, decrypted and unpacked. With `expected` its length and checksum must be those; what is broken is told as
 * BackupBroken.
 */
export async function readSealed(
  file: string,
  key: BackupKey,
  purpose: string,
  sink: Writable,
  name: string,
  expected?: SealedFile,
): Promise<void> {
  const header = await headerOf(file, name);
  const opener = opening(key, purpose, header, name);
  const unpack = createGunzip();
  const source = createReadStream(file, { start: HEADER_BYTES });
  try {
    if (expected) {
      const hash = createHash('sha256').update(header);
      await pipeline(source, checked(hash, expected, name), opener, unpack, sink);
    } else await pipeline(source, opener, unpack, sink);
  } catch (error) {
    // zlib says Z_…: what was decrypted is proved, so it was packed by another program.
    if (/^Z_/.test(String((error as NodeJS.ErrnoException).code)))
      throw new BackupBroken(`${name} cannot be unpacked.`);
    throw error;
  }
}

/** A small sealed file as bytes; `atMost` bounds them. */
export async function readSealedBytes(
  file: string,
  key: BackupKey,
  purpose: string,
  name: string,
  atMost: number,
  expected?: SealedFile,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let held = 0;
  const sink = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held += chunk.length;
      parts.push(chunk);
      done(held > atMost ? new BackupBroken(`${name} is longer than it can be.`) : null);
    },
  });
  await readSealed(file, key, purpose, sink.resume(), name, expected);
  return Buffer.concat(parts);
}
