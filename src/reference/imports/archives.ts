import type { Readable } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';

import { fromFd, type Entry, type ZipFile } from 'yauzl';

import { LARGEST_FILE, readHandle, type Content, type OpenFile } from './file-content.js';
import { ImportRefused } from './imports.errors.js';

/** Entries of an archive at most; those of real sources have under thirty. */
export const MOST_ENTRIES = 1000;
/** Bytes a packed byte may become. Tables of codes pack to a fiftieth at most; bombs to a thousandth and less. */
export const HIGHEST_RATIO = 200;
/** Below this many bytes the ratio says nothing. */
const SMALL = 16 * 1024 * 1024;

const ENCRYPTED_STRONG = 0x40;
const STORED = 0;
const DEFLATED = 8;

const isZipMark = (start: Buffer): boolean => start.subarray(0, 2).toString('latin1') === 'PK';
const isGzipMark = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** Beginnings of files that people take for text. */
const NOT_TEXT: ReadonlyArray<readonly [mark: string, what: string]> = [
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook; save it as CSV first'],
  ['%PDF', 'a PDF document'],
  ['7z\xbc\xaf', 'a 7-Zip archive; unpack it first'],
  ['Rar!', 'a RAR archive; unpack it first'],
  ['BZh', 'a bzip2 file; unpack it first'],
  ['\xfd7zXZ', 'an xz file; unpack it first'],
];

/** Refuses what is not text and no archive that is opened here. */
export function refuseNotText(name: string, start: Buffer): void {
  const head = start.subarray(0, 8).toString('latin1');
  for (const [mark, what] of NOT_TEXT)
    if (head.startsWith(mark)) throw new ImportRefused(`${name} is ${what}.`);
}

function refuseBomb(name: string, packed: number, unpacked: number): void {
  if (unpacked > LARGEST_FILE)
    throw new ImportRefused(`${name} has more than ${LARGEST_FILE} bytes unpacked.`);
  if (unpacked > SMALL && unpacked > packed * HIGHEST_RATIO)
    throw new ImportRefused(
      `${name} unpacks to more than ${HIGHEST_RATIO} times its size: it is no table, but made to fill the disk.`,
    );
}

/** What a file holds: itself, or what is packed in it (zip, gzip). Refuses archives that are hostile or damaged. */
export async function contentsOf(file: OpenFile): Promise<Content[]> {
  const start = Buffer.alloc(4);
  await file.handle.read(start, 0, 4, 0);
  if (isGzipMark(start)) return [gunzipped(file)];
  if (isZipMark(start)) return zipEntries(file);
  return [file];
}

function gunzipped(file: OpenFile): Content {
  const name = file.name.replace(/\.gz$/i, '');
  return {
    name,
    size: 0,
    async *bytes() {
      const unpacker = createGunzip();
      const feed = async (): Promise<void> => {
        for await (const piece of readHandle(file.handle, 0, file.size))
          if (!unpacker.write(Buffer.from(piece)))
            await new Promise<void>((resolve) => unpacker.once('drain', resolve).once('close', resolve));
        unpacker.end();
      };
      const feeding = feed().catch((error: Error) => unpacker.destroy(error));
      try {
        let unpacked = 0;
        let isFirst = true;
        for await (const piece of unpacker as AsyncIterable<Buffer>) {
          unpacked += piece.length;
          refuseBomb(file.name, file.size, unpacked);
          if (isFirst) refuseNested(file.name, name, piece);
          isFirst = false;
          yield piece;
        }
        await feeding;
      } catch (error) {
        throw error instanceof ImportRefused
          ? error
          : new ImportRefused(`${file.name} is damaged or cut off: ${plain(error)}.`);
      } finally {
        unpacker.destroy();
      }
    },
  };
}

const plain = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function refuseNested(archive: string, name: string, start: Buffer): void {
  if (isZipMark(start) || isGzipMark(start))
    throw new ImportRefused(
      `${archive} holds the archive ${name}. Unpack it first: archives in archives are not read.`,
    );
}

async function zipEntries(file: OpenFile): Promise<Content[]> {
  const damaged = (error: unknown): never => {
    throw error instanceof ImportRefused
      ? error
      : new ImportRefused(`${file.name} is no zip archive that can be read: ${plain(error)}.`);
  };
  try {
    const zip = await openZip(file.handle.fd);
    const entries = await listEntries(file, zip);
    if (entries.some(({ fileName }) => fileName === '[Content_Types].xml'))
      throw new ImportRefused(
        `${file.name} is an Excel workbook or another Office document; save it as CSV first.`,
      );
    return entries.map((entry) => ({
      name: entry.fileName.split('/').at(-1) ?? entry.fileName,
      size: entry.uncompressedSize,
      bytes: () => entryBytes(file.name, zip, entry),
    }));
  } catch (error) {
    return damaged(error);
  }
}

const openZip = (fd: number): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };
    fromFd(fd, options, (error, zip) => (error === null ? resolve(zip) : reject(error)));
  });

/** The files of an archive. yauzl has refused absolute names, "..", and backslashes by then. */
function listEntries(file: OpenFile, zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES)
    throw new ImportRefused(`${file.name} has ${zip.entryCount} entries; at most ${MOST_ENTRIES} are taken.`);
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    let packed = 0;
    let unpacked = 0;
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      try {
        packed += entry.compressedSize;
        unpacked += entry.uncompressedSize;
        checkEntry(file.name, entry);
        if (packed > file.size)
          throw new ImportRefused(`${file.name} has entries that overlap: it is made to fill the disk.`);
        refuseBomb(file.name, packed, unpacked);
        if (!isBeside(entry.fileName)) entries.push(entry);
        zip.readEntry();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    zip.readEntry();
  });
}

/** Folders, and what a Macintosh adds to every archive. */
const isBeside = (name: string): boolean =>
  name.endsWith('/') || name.startsWith('__MACOSX/') || /(?:^|\/)\._[^/]*$/.test(name);

const UNIX = 3;
const TYPE_OF_FILE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

function checkEntry(archive: string, entry: Entry): void {
  const { fileName, compressionMethod, generalPurposeBitFlag } = entry;
  if (entry.isEncrypted() || (generalPurposeBitFlag & ENCRYPTED_STRONG) !== 0)
    throw new ImportRefused(`${archive} is encrypted (${fileName}). Unpack it first.`);
  if (entry.versionMadeBy >>> 8 === UNIX) {
    const type = (entry.externalFileAttributes >>> 16) & TYPE_OF_FILE;
    if (type === SYMBOLIC_LINK) throw new ImportRefused(`${archive} holds a symbolic link (${fileName}).`);
  }
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw new ImportRefused(
      `${archive} is packed in a way that is not read here (${fileName}). Unpack it first.`,
    );
}

async function* entryBytes(archive: string, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const where = `${entry.fileName} in ${archive}`;
  let stream: Readable | undefined;
  try {
    stream = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error)));
    });
    let sum = 0;
    let unpacked = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (unpacked === 0) refuseNested(archive, entry.fileName, piece);
      unpacked += piece.length;
      refuseBomb(where, entry.compressedSize, unpacked);
      sum = crc32(piece, sum);
      yield piece;
    }
    if (sum !== entry.crc32) throw new Error('its check sum is wrong');
  } catch (error) {
    throw error instanceof ImportRefused ? error : new ImportRefused(`${where} is damaged: ${plain(error)}.`);
  } finally {
    stream?.destroy();
  }
}
