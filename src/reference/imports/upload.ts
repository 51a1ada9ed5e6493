import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Transform } from 'node:stream';
import { Transform as Passing } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { InvalidRequest } from '../../platform/errors/domain-error.js';
import type { MultipartRequest } from '../../platform/http/multipart.js';
import { LARGEST_FILE } from './file-content.js';
import { ImportRefused } from './imports.errors.js';
import { MOST_FILES } from './source-input.js';

const PREFIX = 'meditory-upload-';
/** A folder this old belongs to a process that was killed. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;
const LONGEST_FIELD = 256 * 1024;

/** One part of a multipart body, as @fastify/multipart hands it out. */
type Part =
  | { type: 'file'; filename: string; file: Readable & { truncated?: boolean } }
  | { type: 'field'; fieldname: string; value: unknown; valueTruncated: boolean };

/** What somebody sent: files in a private folder, and fields. */
export interface Upload {
  files: string[];
  fields: ReadonlyMap<string, string>;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** A name that can be a file name anywhere, with what adapters tell files by left in it. */
export function safeName(given: string): string {
  const last = given.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = last
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^[.\s]+/, '')
    .slice(-150);
  return clean === '' ? 'file' : clean;
}

/** Refuses the upload once more bytes have passed than all files of an import may have. */
function bounded(total: { bytes: number }): Transform {
  return new Passing({
    transform(chunk: Buffer, _encoding, done) {
      total.bytes += chunk.length;
      if (total.bytes > LARGEST_FILE)
        done(new ImportRefused(`The upload has more than ${LARGEST_FILE} bytes.`));
      else done(null, chunk);
    },
  });
}

/**
 * Streams the files of a request to a private folder and reads its fields. Throws InvalidRequest where it is no multipart
 * form, ImportRefused where it is too much; nothing is left behind then.
 */
export async function receiveUpload(request: MultipartRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new InvalidRequest('The files are sent as multipart/form-data.');
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await chmod(folder, 0o700);
    const files: string[] = [];
    const fields = new Map<string, string>();
    const total = { bytes: 0 };
    const limits = {
      fields: 10,
      fieldSize: LONGEST_FIELD,
      files: MOST_FILES,
      fileSize: LARGEST_FILE,
      parts: MOST_FILES + 10,
    };
    for await (const part of request.parts({ limits }) as AsyncIterable<Part>) {
      if (part.type === 'field') {
        if (part.valueTruncated) throw new InvalidRequest(`The field ${part.fieldname} is too long.`);
        fields.set(part.fieldname, String(part.value));
        continue;
      }
      // A folder for each, so that two files of one name do not meet.
      const place = join(folder, String(files.length));
      await mkdir(place, { mode: 0o700 });
      const path = join(place, safeName(part.filename));
      await pipeline(part.file, bounded(total), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      if (part.file.truncated === true) throw new ImportRefused(`${safeName(part.filename)} is too large.`);
      files.push(path);
    }
    return { files, fields, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Removes upload folders of processes that were killed. */
export async function removeForgottenUploads(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > FORGOTTEN_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

/** The mapping sent with an upload, parsed; undefined: none. Throws InvalidRequest. */
export function mappingOf({ fields }: Upload): unknown {
  const text = fields.get('mapping');
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidRequest('The mapping is not JSON.', {}, [
      { pointer: '/mapping', detail: 'is not JSON' },
    ]);
  }
}
