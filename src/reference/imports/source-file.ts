import { isUtf8 } from 'node:buffer';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { ImportRefused } from './imports.errors.js';
import { checkUtf8 } from './utf8.domain.js';

/** Largest file taken. A catalogue of two million products has some 400 MB; what is larger is not a catalogue. */
export const LARGEST_FILE = 4 * 1024 ** 3;
const CHUNK = 256 * 1024;

/** Beginnings of files that people take for text. */
const NOT_TEXT: ReadonlyArray<readonly [readonly number[], string]> = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an Excel workbook; save it as CSV first'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook; save it as CSV first'],
  [[0x1f, 0x8b], 'gzip-compressed; unpack it first'],
  [[0xff, 0xfe], 'UTF-16 text; save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16 text; save it as UTF-8'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
];

/** Size of a file in bytes. Refuses what is missing, a folder, unreadable, empty or too large. */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ImportRefused(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}.`,
    );
  });
  if (!found.isFile()) throw new ImportRefused(`${path} is not a file.`);
  if (found.size === 0) throw new ImportRefused(`${path} is empty.`);
  if (found.size > LARGEST_FILE)
    throw new ImportRefused(`${path} has ${found.size} bytes; at most ${LARGEST_FILE} are taken.`);
  return found.size;
}

function refuseBinary(name: string, start: Buffer): void {
  for (const [mark, what] of NOT_TEXT) {
    if (mark.every((byte, i) => start[i] === byte)) throw new ImportRefused(`${name} is ${what}.`);
  }
  let nuls = 0;
  for (const byte of start) if (byte === 0) nuls++;
  // A stray NUL is the fault of a row, which is refused by itself; many are the mark of another sort of file.
  if (nuls * 100 > start.length)
    throw new ImportRefused(`${name} is not a text file: byte ${start.indexOf(0)} is NUL.`);
}

/** Checks a file's bytes piece by piece as they pass, keeping what a chunk has cut off for the next one. */
class Utf8Gate {
  private offset = 0;
  private line = 1;
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly name: string) {}

  check(chunk: Buffer): void {
    const piece = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (isUtf8(piece)) {
      this.pass(piece, piece.length);
      return;
    }
    const { valid, isBroken } = checkUtf8(piece);
    this.pass(piece, valid);
    if (isBroken) this.refuse();
  }

  /** Refuses a file that ends in the middle of a character. */
  end(): void {
    if (this.rest.length > 0) this.refuse();
  }

  private pass(piece: Buffer, valid: number): void {
    for (let at = piece.indexOf(10); at >= 0 && at < valid; at = piece.indexOf(10, at + 1)) this.line++;
    this.offset += valid;
    this.rest = piece.subarray(valid);
  }

  private refuse(): never {
    throw new ImportRefused(
      `${this.name} is not UTF-8: byte ${this.offset} (line ${this.line}) begins no character. ` +
        'Save it as UTF-8, or set the encoding in the mapping.',
    );
  }
}

/** The bytes of a text file in pieces; throws ImportRefused where they are not text in the encoding stated. */
export async function* readTextFile(
  path: string,
  encoding: 'utf-8' | 'latin1',
  onBytes: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  const name = basename(path);
  const gate = encoding === 'utf-8' ? new Utf8Gate(name) : undefined;
  const handle = await open(path);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      if (isFirst) refuseBinary(name, chunk);
      gate?.check(chunk);
      onBytes(chunk);
      yield chunk;
    }
    gate?.end();
  } finally {
    await handle.close();
  }
}
