import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';

import { ImportRefused } from './imports.errors.js';

/** Largest file taken, unpacked. A catalogue of two million products has some 400 MB; what is larger is no catalogue. */
export const LARGEST_FILE = 4 * 1024 ** 3;
/** What is parsed in one go: small, so that its rows are gone before the garbage collector has to move them. */
const CHUNK = 32 * 1024;

/** The bytes of a file or of an entry of an archive; may be read more than once. */
export interface Content {
  /** Name without folder. */
  readonly name: string;
  /** Bytes, unpacked; 0 where only reading tells. */
  readonly size: number;
  /** Piece by piece; a piece is good until the next one is asked for. */
  bytes(): AsyncGenerator<Buffer>;
}

/** A file given, opened once: what is read later is what was checked. */
export interface OpenFile extends Content {
  readonly handle: FileHandle;
}

/** Bytes of an open file from `from` up to `to`. A piece is good until the next one is asked for: they share their memory. */
export async function* readHandle(handle: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  let at = from;
  while (at < to) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Opens a file for an import. Refuses what is missing, a folder, a symbolic link, a device or pipe, what cannot be read,
 * what is empty or too large.
 */
export async function openFile(path: string): Promise<OpenFile> {
  const refuse = (error: NodeJS.ErrnoException): never => {
    throw new ImportRefused(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}.`,
    );
  };
  const found = await lstat(path).catch(refuse);
  if (found.isSymbolicLink())
    throw new ImportRefused(`${path} is a symbolic link. Name the file it leads to instead.`);
  if (!found.isFile()) throw new ImportRefused(`${path} is not a file.`);
  // A link or a pipe put in its place meanwhile is not followed, and not waited for.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    refuse,
  );
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) throw new ImportRefused(`${path} is not a file.`);
    const { size } = opened;
    if (size === 0) throw new ImportRefused(`${path} is empty.`);
    if (size > LARGEST_FILE)
      throw new ImportRefused(`${path} has ${size} bytes; at most ${LARGEST_FILE} are taken.`);
    return { name: basename(path), size, handle, bytes: () => readHandle(handle, 0, size) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
